"""Which tables of the room ``evidence`` hold personal data? Only who brought it in and who decided."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from valley.foundation.privacy import NotPersonal, PersonalTable, by_desk

_DESK = "GDPR 6(1)(e) and (f): work at a desk, answered for by name within the organisation"

TABLES = (
    by_desk(
        "evidence.Piece",
        purpose="knowing from which desk a text or form came",
        owner="added_by",
        fields=("kind", "title", "dated_on", "added_at"),
    ),
    NotPersonal("evidence.Finding", "competences read in texts of employers; who decided stands in the decisions"),
    by_desk(
        "evidence.Decision",
        purpose="who confirmed, changed or rejected what was read, and when",
        owner="by",
        fields=("state", "reason", "at"),
    ),
    NotPersonal("evidence.Mention", "names of products in texts of employers"),
    by_desk(
        "evidence.Merge",
        purpose="who decided that two competences count as one",
        owner="decided_by",
        fields=("state", "reason", "decided_at"),
    ),
    NotPersonal("evidence.SharingTerms", "what an organisation allows with its own evidence"),
    PersonalTable(
        model="evidence.Intake",
        purpose="previewing a spreadsheet of evidence",
        basis=_DESK,
        kept="30 days",
        owner="uploaded_by",
        fields=("kind", "file_name", "uploaded_at", "applied_at"),
        on_erase="detach",
        expires=lambda at: Q(uploaded_at__lt=at - timedelta(days=30)),
    ),
)
