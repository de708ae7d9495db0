"""Who did what, on whom, touching which fields? Append-only, chained by hashes, names of fields but never values.

Every action writes one line in its own transaction, so a change and its line stand or fall together. The database
itself refuses to change or remove lines (triggers); whoever removes the triggers breaks the chain, and ``verify`` sees
it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from valley.core.errors import ValleyError
from valley.foundation.access import Caller
from valley.foundation.models import AuditLine

START = "0" * 64
TABLE = "foundation_auditline"
_FIELD = re.compile(r"^[a-z][a-z0-9_.]{0,59}$")
_WORD = re.compile(r"^[a-z][a-z0-9_.-]{0,39}$")
_SUBJECT = re.compile(r"^[A-Za-z0-9._:/#-]{1,80}$")
# Any fixed number will do, as long as nobody else uses it: the bytes of "audi".
_LOCK = 0x61756469


class AuditRefused(ValleyError):
    """The line would hold a value, or would be written outside the transaction of the change it tells of."""

    code = "audit-line-refused"
    status = 500


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """The outcome of walking the chain. ``broken_at`` is the id of the first line that does not follow, or None."""

    lines: int
    broken_at: int | None
    head: str

    @property
    def whole(self) -> bool:
        """True when no line was changed, removed from the middle or slipped in."""
        return self.broken_at is None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as a reader sees it."""

    id: int
    at: datetime
    actor: str
    door: str
    purpose: str
    verb: str
    fields: tuple[str, ...]


def record(
    caller: Caller, *, verb: str, subject: tuple[str, str], fields: Sequence[str] = (), purpose: str = ""
) -> None:
    """Write one line inside the caller's transaction; one query to read the head, one to write.

    ``subject`` is a kind and a pseudonym, key or number; ``fields`` are names such as ``wishes.place``. Raises
    :class:`AuditRefused` when a name looks like a value or when no transaction is open.
    """
    kind, pseudonym = subject[0], str(subject[1])
    _refuse_values(verb=verb, kind=kind, pseudonym=pseudonym, fields=fields)
    connection = transaction.get_connection(DEFAULT_DB_ALIAS)
    if not connection.in_atomic_block:
        raise AuditRefused(
            expected="an open transaction",
            found="none",
            next_step="Record inside the transaction.atomic() block that makes the change.",
        )
    if connection.vendor == "postgresql":
        # SQLite has one writer (IMMEDIATE); PostgreSQL has many, who must queue here to keep one chain.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    line = AuditLine(
        at=caller.at,
        actor=caller.pseudonym,
        door=caller.door,
        purpose=purpose,
        verb=verb,
        subject_kind=kind,
        subject=pseudonym,
        fields=sorted(set(fields)),
        previous=_head(),
    )
    line.digest = digest_of(line)
    line.save(force_insert=True)


def _refuse_values(*, verb: str, kind: str, pseudonym: str, fields: Sequence[str]) -> None:
    wrong = [name for name in fields if not _FIELD.match(name)]
    wrong += [word for word in (kind,) if not _WORD.match(word)]
    wrong += [word for word in (verb,) if not _FIELD.match(word)]
    if wrong or not _SUBJECT.match(pseudonym):
        raise AuditRefused(
            expected="names of fields and a pseudonym, key or number",
            found="something that looks like a value",
            next_step="Name what was touched, never what it says.",
        )


def _head() -> str:
    return AuditLine.objects.order_by("-pk").values_list("digest", flat=True).first() or START


def digest_of(line: AuditLine) -> str:
    """SHA-256 over the line and its predecessor's digest, as canonical JSON (sorted keys, UTC, microseconds)."""
    text = json.dumps(
        {
            "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": line.actor,
            "door": line.door,
            "purpose": line.purpose,
            "verb": line.verb,
            "subject": [line.subject_kind, line.subject],
            "fields": line.fields,
            "previous": line.previous,
        },
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()


def verify() -> AuditCheck:
    """Walk the whole chain in order. Linear in the number of lines; holds 2,000 at a time."""
    previous, count = START, 0
    for line in AuditLine.objects.order_by("pk").iterator(chunk_size=2000):
        count += 1
        if line.previous != previous or line.digest != digest_of(line):
            return AuditCheck(lines=count, broken_at=line.pk, head=previous)
        previous = line.digest
    return AuditCheck(lines=count, broken_at=None, head=previous)


def lines_about(kind: str, pseudonym: str, *, limit: int = 500) -> tuple[Entry, ...]:
    """What was done to one subject, newest first, at most ``limit`` lines."""
    return _entries(AuditLine.objects.filter(subject_kind=kind, subject=pseudonym), limit=limit)


def lines_by(actor: str, *, limit: int = 500) -> tuple[Entry, ...]:
    """What one actor did, newest first, at most ``limit`` lines."""
    return _entries(AuditLine.objects.filter(actor=actor), limit=limit)


def _entries(rows: Any, *, limit: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(row.pk, row.at, row.actor, row.door, row.purpose, row.verb, tuple(row.fields))
        for row in rows.order_by("-pk")[:limit]
    )


# --- the triggers -----------------------------------------------------------------------------------------------------

_REFUSAL = "the audit only grows"
_SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS audit_keeps_{word} BEFORE {word.upper()} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for word in ("update", "delete")
]
_SQLITE_OFF = [f"DROP TRIGGER IF EXISTS audit_keeps_{word}" for word in ("update", "delete")]
_POSTGRES = [
    f"CREATE OR REPLACE FUNCTION audit_keeps() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
    f"CREATE OR REPLACE TRIGGER audit_keeps_rows BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION audit_keeps()",
    f"CREATE OR REPLACE TRIGGER audit_keeps_table BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_keeps()",
]
_POSTGRES_OFF = [f"DROP TRIGGER IF EXISTS audit_keeps_{word} ON {TABLE}" for word in ("rows", "table")]


def guard(connection: Any) -> None:
    """Put the triggers on the audit table of this connection; harmless when they are there."""
    _execute(connection, _POSTGRES if connection.vendor == "postgresql" else _SQLITE)


def unguard(connection: Any) -> None:
    """Take the triggers off: only to empty the whole database on purpose."""
    _execute(connection, _POSTGRES_OFF if connection.vendor == "postgresql" else _SQLITE_OFF)


@contextmanager
def unguarded(alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """The triggers are off while the block runs, and on again whatever happens in it."""
    connection = connections[alias]
    unguard(connection)
    try:
        yield
    finally:
        guard(connection)


def guarded(alias: str = DEFAULT_DB_ALIAS) -> bool:
    """True when the triggers are in the database."""
    with connections[alias].cursor() as cursor:
        if connections[alias].vendor == "postgresql":
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'audit_keeps_%%' AND tgenabled <> 'D'")
        else:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_keeps_%%'")
        row = cursor.fetchone()
    return bool(row) and row[0] == 2


def _execute(connection: Any, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
