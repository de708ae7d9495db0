"""Which tables of the room ``thread`` hold personal data? Only who had it computed and who edited it."""

from __future__ import annotations

from valley.foundation.privacy import NotPersonal, by_desk

TABLES = (
    by_desk("thread.ThreadRun", purpose="who had the thread computed", owner="made_by", fields=("level", "made_at")),
    NotPersonal("thread.Core", "the core a school works with"),
    by_desk("thread.CoreEdit", purpose="who edited the core, and why", owner="by", fields=("verdict", "reason", "at")),
)
