"""Which tables of the room ``work`` hold personal data? Only who uploaded a spreadsheet."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from valley.foundation.privacy import NotPersonal, PersonalTable

_OFFER = "what an organisation offers; no person is named"

TABLES = (
    NotPersonal("work.RoleProfile", _OFFER),
    NotPersonal("work.RoleNeed", _OFFER),
    NotPersonal("work.Opening", _OFFER),
    NotPersonal("work.OpeningNeed", _OFFER),
    NotPersonal("work.OpeningLanguage", _OFFER),
    PersonalTable(
        model="work.Upload",
        purpose="previewing a spreadsheet, and undoing it",
        basis="GDPR 6(1)(b): asked for at a desk",
        kept="30 days; at erasure it stays the organisation's, without who uploaded it",
        owner="uploaded_by",
        fields=("kind", "file_name", "uploaded_at", "applied_at", "undone_at"),
        on_erase="detach",
        expires=lambda at: Q(uploaded_at__lt=at - timedelta(days=30)),
    ),
)
