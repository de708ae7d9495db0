"""What may change what organisations offer: role profiles, openings, and spreadsheets of both?"""

# isort: skip_file
# fmt: off
from valley.work.actions.openings import (
    add_opening, add_openings, close_opening, duplicate_opening, open_opening, revise_opening,
)
from valley.work.actions.publishing import (
    OpeningRefused, SavedOpening, open_unchallenged, refused, require_unchallenged, touch_openings,
)
from valley.work.actions.roles import (
    RoleRefused, SavedRole, StarterRoles, add_role_profile, load_starter_roles, revise_role_profile,
)
from valley.work.actions.uploads import (
    Applied, Undone, UploadRefused, apply_upload, import_openings_preview, undo_upload,
)

__all__ = [
    "Applied", "OpeningRefused", "RoleRefused", "SavedOpening", "SavedRole", "StarterRoles", "Undone",
    "UploadRefused", "add_opening", "add_openings", "add_role_profile", "apply_upload", "close_opening",
    "duplicate_opening", "import_openings_preview", "load_starter_roles", "open_opening", "open_unchallenged",
    "refused", "require_unchallenged", "revise_opening", "revise_role_profile", "touch_openings", "undo_upload",
]
