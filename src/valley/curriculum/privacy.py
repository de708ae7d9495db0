"""Which tables of the room ``curriculum`` hold personal data? Only who made and approved a version."""

from __future__ import annotations

from valley.foundation.privacy import NotPersonal, by_desk

_WORDS = "what is taught; nobody is named"

TABLES = (
    NotPersonal("curriculum.Programme", _WORDS),
    by_desk("curriculum.ProgrammeVersion", purpose="who made a version", owner="made_by", fields=("number", "made_at")),
    NotPersonal("curriculum.Unit", _WORDS),
    NotPersonal("curriculum.Outcome", _WORDS),
    NotPersonal("curriculum.OutcomeCompetence", _WORDS),
    NotPersonal("curriculum.OutcomeWorkProcess", _WORDS),
    NotPersonal("curriculum.FocusArea", "named areas of competences"),
    NotPersonal("curriculum.FocusArea_competences", "which competences an area holds"),
    by_desk(
        "curriculum.Approval",
        purpose="who approved what, and when",
        owner="decided_by",
        fields=("step", "verdict", "words", "decided_at"),
    ),
    NotPersonal("curriculum.Cohort", "groups of learners, without the learners"),
)
