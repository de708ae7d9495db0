"""How many requests did this visitor make in this minute? Counted across all processes, in the cache database."""

from __future__ import annotations

from datetime import datetime

from django.db import connections
from django.db.utils import OperationalError, ProgrammingError

TABLE = "valley_rate"
_CREATE = (
    f"CREATE TABLE IF NOT EXISTS {TABLE} (bucket varchar(80) PRIMARY KEY, minute bigint NOT NULL, hits bigint NOT NULL)"
)
_COUNT = (
    f"INSERT INTO {TABLE} (bucket, minute, hits) VALUES (%s, %s, 1) "  # noqa: S608 - a constant table name
    f"ON CONFLICT (bucket) DO UPDATE SET hits = CASE WHEN {TABLE}.minute = excluded.minute THEN {TABLE}.hits + 1 "
    "ELSE 1 END, minute = excluded.minute RETURNING hits"
)
_FORGET = f"DELETE FROM {TABLE} WHERE minute < %s"  # noqa: S608 - a constant table name


def hit(bucket: str, *, at: datetime) -> int:
    """Count one request of ``bucket`` and return how many it made in the minute of ``at`` (1 for the first)."""
    minute = int(at.timestamp()) // 60
    try:
        return _count(bucket, minute)
    except (OperationalError, ProgrammingError):
        with connections["cache"].cursor() as cursor:
            cursor.execute(_CREATE)
        return _count(bucket, minute)


def _count(bucket: str, minute: int) -> int:
    with connections["cache"].cursor() as cursor:
        cursor.execute(_COUNT, [bucket[:80], minute])
        [hits] = cursor.fetchone() or (0,)
        if hits == 1:
            cursor.execute(_FORGET, [minute - 5])
    return int(hits)
