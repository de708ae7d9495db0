"""Which tables of the room hold something about a person? Only who uploaded a spreadsheet, by pseudonym."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from valley.foundation.privacy import NotPersonal, PersonalTable

_OFFER = "what an organisation offers; it names nobody"

TABLES = (
    PersonalTable(
        model="work.Upload",
        purpose="taking a spreadsheet back within a day, and knowing who to ask about it",
        basis="GDPR 6(1)(f): an organisation must be able to undo what was done in its name",
        kept="30 days after the upload",
        owner="uploaded_by",
        fields=("file_name", "uploaded_at", "applied_at", "undone_at"),
        on_erase="keep",
        expires=lambda at: Q(uploaded_at__lt=at - timedelta(days=30)),
    ),
    *(
        NotPersonal(model=f"work.{name}", why=_OFFER)
        for name in ("RoleProfile", "RoleNeed", "Opening", "OpeningNeed", "OpeningLanguage")
    ),
)
