"""Which tables of the room ``field`` hold personal data? Who took a step, and where a teacher works along."""

from __future__ import annotations

from valley.foundation.privacy import NotPersonal, by_desk

TABLES = (
    NotPersonal("field.Change_competences", "which competences a change touches"),
    by_desk("field.Change", purpose="who announced a change", owner="announced_by", fields=("title", "announced_at")),
    by_desk("field.ChangeStep", purpose="who took a step", owner="by", fields=("step", "words", "at")),
    by_desk("field.LookIn", purpose="who asked to look in", owner="asked_by", fields=("question", "notes", "asked_at")),
    by_desk(
        "field.TeacherPlacement",
        purpose="where a teacher works along, and what it changed",
        owner="teacher",
        fields=("aim", "starts_on", "ends_on", "outcome"),
    ),
)
