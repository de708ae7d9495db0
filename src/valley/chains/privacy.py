"""Which tables of the room ``chains`` hold personal data? None: it knows no person."""

from __future__ import annotations

from valley.foundation.privacy import NotPersonal, PersonalTable

TABLES: tuple[PersonalTable | NotPersonal, ...] = (
    NotPersonal("chains.QualificationPlan", "dated assumptions about a qualification"),
    NotPersonal("chains.PracticeHours", "dated assumptions about work processes"),
)
