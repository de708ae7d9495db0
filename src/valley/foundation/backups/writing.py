"""How is a consistent copy made while people go on working?"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Field
from django.utils.translation import gettext as _

from valley import __version__
from valley.core.errors import ValleyError
from valley.foundation import access, audit, outbox, sealing
from valley.foundation.backups.manifest import (
    MAILS,
    MANIFEST,
    OWNER,
    Manifest,
    Part,
    Report,
    applied_migrations,
    kept_tables,
    quiet,
)
from valley.foundation.models import Account, DataKey
from valley.foundation.privacy import erasure
from valley.foundation.privacy.declarations import Declaration, PersonalTable, model_of, opened
from valley.foundation.privacy.export import plain

_BATCH = 2000


class BackupRefused(ValleyError):
    """The backup cannot be written there."""

    code = "backup-refused"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was written."""

    path: str
    made_at: datetime
    tables: int
    rows: int
    size: int


def backup(path: Path | str, *, at: datetime, progress: Report = quiet) -> BackedUp:
    """Write everything but keys, sessions and caches to one zip, from one moment, while writers go on.

    Names, addresses and secrets lie sealed in it. Written beside its name first: a killed backup leaves no half file
    under that name. Raises :class:`BackupRefused` when the place cannot be written.
    """
    target = Path(path).absolute()
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    erasure.forget_again(at)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                manifest = _fill(archive, at=at, progress=progress)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise BackupRefused(
            expected=_("a place that can be written"),
            found=error.strerror or "an unwritable place",
            next_step=_("Choose another folder, or make room on the disk."),
            path=str(target),
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink()
    rows = sum(part.rows for part in manifest.tables.values())
    return BackedUp(str(target), at, len(manifest.tables), rows, target.stat().st_size)


def _fill(archive: zipfile.ZipFile, *, at: datetime, progress: Report) -> Manifest:
    tables = kept_tables()
    parts: dict[str, Part] = {}
    with one_moment(), opened(access.Purpose.UPKEEP, at=at):
        chain = audit.verify()
        for number, (label, table) in enumerate(tables.items()):
            progress(number / len(tables), label)
            parts[label] = _store(archive, f"tables/{label}.jsonl", _rows(table, at=at))
        mails = _store(archive, MAILS, _mails(at=at))
        manifest = Manifest(
            version=__version__,
            made_at=at.astimezone(UTC).isoformat(),
            migrations=tuple(sorted(applied_migrations())),
            tables=parts,
            mails=mails,
            audit_head=chain.head,
            audit_whole=chain.whole,
        )
    archive.writestr(MANIFEST, manifest.as_json())
    return manifest


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read in the block is as of one moment; writers are not held up.

    SQLite: a deferred read in the write-ahead log (the house's own transactions are IMMEDIATE and would take the write
    lock). PostgreSQL: REPEATABLE READ, read only. Inside a transaction that runs already, that one is used.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _store(archive: zipfile.ZipFile, name: str, rows: Iterable[dict[str, Any]]) -> Part:
    digest, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as stream:
        for row in rows:
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            digest.update(line)
            stream.write(line)
            count += 1
    return Part(name, count, digest.hexdigest())


def _rows(table: Declaration, *, at: datetime) -> Iterator[dict[str, Any]]:
    """Rows as JSON can hold them, by primary key, identifying fields sealed under the owner's key."""
    fields: Sequence[Field[Any, Any]] = model_of(table)._meta.concrete_fields
    names = [field.attname for field in fields]
    owner = [table.pseudonym_path] if isinstance(table, PersonalTable) and (table.identifying or table.sealed) else []
    identifying = table.identifying if isinstance(table, PersonalTable) else ()
    columns = [*names, OWNER] if owner else names
    found = table.rows().order_by("pk").values_list(*names, *owner).iterator(chunk_size=_BATCH)
    while batch := list(islice(found, _BATCH)):
        rows: list[dict[str, Any]] = [dict(zip(columns, values, strict=True)) for values in batch]
        for name in identifying:
            _seal(rows, name, at=at)
        for row in rows:
            yield {name: plain(value) for name, value in row.items()}


def _seal(rows: list[dict[str, Any]], name: str, *, at: datetime) -> None:
    """Seal one column as JSON text; whoever was forgotten a moment ago leaves an empty field."""
    gone = sealing.forgotten()
    pairs = [(row[OWNER], "" if row[OWNER] in gone else json.dumps(row[name], ensure_ascii=False)) for row in rows]
    for row, sealed in zip(rows, sealing.seal_many(pairs, at=at), strict=True):
        row[name] = sealed


def _mails(*, at: datetime) -> Iterator[dict[str, Any]]:
    """Mails of the outbox to people with an account, sealed with the account's key; others are left out."""
    owners = dict(Account.objects.values_list("email", "pseudonym"))
    for mail in outbox.mails(limit=outbox.KEPT):
        owner = next((owners[address] for address in mail.to if address in owners), None)
        if owner is not None:
            # Mails are bytes of any encoding, and text is what can be sealed: hence base64.
            content = base64.b64encode((outbox.folder() / mail.file).read_bytes()).decode()
            yield {"file": mail.file, OWNER: owner, "sealed": plain(sealing.seal(owner, content, at=at))}


def copy_keys(path: Path | str) -> int:
    """Copy the vault, while in use, to a file of its own; returns how many keys it holds.

    Keep it apart from backups, and replace it after every erasure: an older copy knows who should be forgotten no more.
    """
    target = Path(path).absolute()
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    connection = connections[sealing.VAULT]
    connection.ensure_connection()
    try:
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        copy = sqlite3.connect(partial)
        try:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        finally:
            copy.close()
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupRefused(
            expected=_("a place that can be written"), found=type(error).__name__, next_step=_("Choose another folder.")
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink()
    return DataKey.objects.count()
