"""What may a door ask about openings, role profiles and spreadsheets?"""

# isort: skip_file
# fmt: off
from valley.work.queries.board import Facet, Facets, Pinned, open_board
from valley.work.queries.editing import (
    Choice, FilterChoices, Finder, OpeningChoices, OpeningEdit, competence_finder, filter_choices, new_opening,
    opening_choices, opening_to_edit,
)
from valley.work.queries.moments import OpeningMoment, open_moments
from valley.work.queries.openings import (
    LanguageAsked, OpeningFilter, OpeningItem, OpeningList, PublicCounts, counts_by_organisation, matching,
    open_openings, opening_items, openings_of, public_counts,
)
from valley.work.queries.pages import NeedLine, NextStep, OpeningPage, opening, opening_id
from valley.work.queries.partners import OwnOrganisation, PartnerItem, own_organisations, partner, partners
from valley.work.queries.roles import RoleNeedLine, RoleProfileItem, RoleProfilePage, role_profile, role_profiles
from valley.work.queries.uploads import Preview, PreviewRow, upload_preview, uploads_of
from valley.work.queries.workbooks import openings_workbook, template_workbook

__all__ = [
    "Choice", "Facet", "Facets", "FilterChoices", "Finder", "LanguageAsked", "NeedLine", "NextStep", "OpeningChoices",
    "OpeningEdit", "OpeningFilter", "OpeningItem", "OpeningList", "OpeningMoment", "OpeningPage", "OwnOrganisation",
    "PartnerItem", "Pinned", "Preview", "PreviewRow", "PublicCounts", "RoleNeedLine", "RoleProfileItem",
    "RoleProfilePage", "competence_finder", "counts_by_organisation", "filter_choices", "matching", "new_opening",
    "open_board", "open_moments", "open_openings", "opening", "opening_choices", "opening_id", "opening_items",
    "opening_to_edit", "openings_of", "openings_workbook", "own_organisations", "partner", "partners", "public_counts",
    "role_profile", "role_profiles", "template_workbook", "upload_preview", "uploads_of",
]
