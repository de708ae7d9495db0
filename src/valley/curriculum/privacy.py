"""Which tables of the room ``curriculum`` hold personal data? Who decided, and where a teacher worked along."""

from __future__ import annotations

from valley.foundation.privacy import NotPersonal, PersonalTable

_DESK = "GDPR 6(1)(e) and (f): work at a desk, answered for by name within the organisation"
_WORDS = "what is taught; nobody is named"


def _by_desk(model: str, *, purpose: str, owner: str, fields: tuple[str, ...]) -> PersonalTable:
    kept = "as long as the programme it belongs to; at erasure without who did it"
    return PersonalTable(
        model=model, purpose=purpose, basis=_DESK, kept=kept, owner=owner, fields=fields, on_erase="detach"
    )


TABLES = (
    _by_desk(
        "curriculum.ThreadRun", purpose="who had the thread computed", owner="made_by", fields=("level", "made_at")
    ),
    NotPersonal("curriculum.Core", "the core a school works with"),
    _by_desk(
        "curriculum.CoreEdit", purpose="who edited the core, and why", owner="by", fields=("verdict", "reason", "at")
    ),
    NotPersonal("curriculum.Programme", _WORDS),
    _by_desk(
        "curriculum.ProgrammeVersion", purpose="who made a version", owner="made_by", fields=("number", "made_at")
    ),
    NotPersonal("curriculum.Unit", _WORDS),
    NotPersonal("curriculum.Outcome", _WORDS),
    NotPersonal("curriculum.OutcomeCompetence", _WORDS),
    NotPersonal("curriculum.OutcomeWorkProcess", _WORDS),
    NotPersonal("curriculum.FocusArea", "named areas of competences"),
    NotPersonal("curriculum.FocusArea_competences", "which competences an area holds"),
    NotPersonal("curriculum.Change_competences", "which competences a change touches"),
    _by_desk(
        "curriculum.Approval",
        purpose="who approved what, and when",
        owner="decided_by",
        fields=("step", "verdict", "words", "decided_at"),
    ),
    NotPersonal("curriculum.Cohort", "groups of learners, without the learners"),
    _by_desk(
        "curriculum.Change", purpose="who announced a change", owner="announced_by", fields=("title", "announced_at")
    ),
    _by_desk("curriculum.ChangeStep", purpose="who took a step", owner="by", fields=("step", "words", "at")),
    _by_desk(
        "curriculum.LookIn", purpose="who asked to look in", owner="asked_by", fields=("question", "notes", "asked_at")
    ),
    _by_desk(
        "curriculum.TeacherPlacement",
        purpose="where a teacher works along, and what it changed",
        owner="teacher",
        fields=("aim", "starts_on", "ends_on", "outcome"),
    ),
)
