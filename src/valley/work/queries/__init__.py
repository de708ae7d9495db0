"""What may a door ask about openings, role profiles and spreadsheets?"""

from valley.work.queries.openings import (
    Facet,
    Facets,
    LanguageAsked,
    OpeningFilter,
    OpeningItem,
    OpeningList,
    PublicCounts,
    counts_by_organisation,
    matching,
    open_openings,
    opening_items,
    openings_of,
    public_counts,
)
from valley.work.queries.pages import NeedLine, NextStep, OpeningPage, opening, opening_id
from valley.work.queries.roles import (
    RoleNeedLine,
    RoleProfileItem,
    RoleProfilePage,
    role_profile,
    role_profiles,
)
from valley.work.queries.uploads import Preview, PreviewRow, upload_preview, uploads_of
from valley.work.queries.workbooks import openings_workbook, template_workbook

__all__ = [
    "Facet",
    "Facets",
    "LanguageAsked",
    "NeedLine",
    "NextStep",
    "OpeningFilter",
    "OpeningItem",
    "OpeningList",
    "OpeningPage",
    "Preview",
    "PreviewRow",
    "PublicCounts",
    "RoleNeedLine",
    "RoleProfileItem",
    "RoleProfilePage",
    "counts_by_organisation",
    "matching",
    "open_openings",
    "opening",
    "opening_id",
    "opening_items",
    "openings_of",
    "openings_workbook",
    "public_counts",
    "role_profile",
    "role_profiles",
    "template_workbook",
    "upload_preview",
    "uploads_of",
]
