"""How is a backup put back, whole or not at all, on either database, and who stays forgotten?"""

from __future__ import annotations

import base64
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import EmailField, Field, JSONField, Model
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import access, audit, outbox, sealing
from valley.foundation.backups import rebuilding
from valley.foundation.backups.manifest import (
    MAILS,
    OWNER,
    BackupUnreadable,
    Manifest,
    Report,
    applied_migrations,
    inspect,
    kept_tables,
    quiet,
)
from valley.foundation.models import Account, AuditLine, Organisation
from valley.foundation.privacy import erasure
from valley.foundation.privacy.declarations import Declaration, PersonalTable, opened

_BATCH = 2000
_MAIL_NAME = re.compile(r"^[A-Za-z0-9-]{1,80}\.eml$")


class RestoreRefused(ValleyError):
    """There are people or organisations here already, or the chain of the audit did not survive."""

    code = "restore-refused"
    status = 409


class VaultDoesNotFit(ValleyError):
    """The vault lacks keys of people who never asked to be forgotten: it is another vault, or an old copy."""

    code = "vault-does-not-fit"
    status = 409


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and how many people were forgotten again."""

    made_at: str
    tables: int
    rows: int
    mails: int
    forgotten: int
    audit_lines: int


@dataclass(slots=True)
class _Load:
    """One loading: where from, into which models, and which owners' keys were missing."""

    archive: zipfile.ZipFile
    manifest: Manifest
    models: rebuilding.Models
    keyless: set[str] = field(default_factory=set)


def restore(
    path: Path | str,
    *,
    at: datetime,
    progress: Report = quiet,
    into_empty: bool = True,
    forget_unreadable: bool = False,
) -> Restored:
    """Put a backup back in one transaction; when anything is wrong, nothing has changed.

    ``into_empty`` refuses a database with people or organisations in it; otherwise all of it is replaced. Whoever was
    forgotten since (the vault remembers) is forgotten again. People whose key is missing without having asked for it
    stop the restore, unless ``forget_unreadable``. Raises BackupUnreadable, BackupTooNew, RestoreRefused,
    VaultDoesNotFit.
    """
    source = Path(path)
    manifest = inspect(source, progress=lambda share, words: progress(share * 0.2, words))
    if into_empty:
        _refuse_unless_empty()
    older = set(manifest.migrations) != applied_migrations()
    try:
        with zipfile.ZipFile(source) as archive, rebuilding.prepared(manifest, older=older) as models:
            load = _Load(archive, manifest, models)
            _load_all(load, progress=lambda share, words: progress(0.2 + share * 0.7, words))
            rebuilding.finish(older=older)
            forgotten = _forget(load, at=at, forget_unreadable=forget_unreadable)
            lines = _check_chain(manifest)
    except (DatabaseError, ValidationError, LookupError, TypeError, ValueError) as error:
        raise BackupUnreadable(
            expected=_("rows that fit the tables"),
            found=_("others (%(kind)s)") % {"kind": type(error).__name__},
            next_step=_("Choose another backup; nothing changed."),
        ) from error
    mails = _put_mails(source)
    cache.clear()
    progress(1.0, "")
    rows = sum(part.rows for part in manifest.tables.values())
    return Restored(manifest.made_at, len(manifest.tables), rows, mails, forgotten, lines)


def _refuse_unless_empty() -> None:
    """Empty is: nobody, no organisation, and no audit but that of setting up."""
    if Account.objects.exists() or Organisation.objects.exists() or AuditLine.objects.exclude(door="setup").exists():
        raise RestoreRefused(
            expected=_("an empty valley"),
            found=_("one in use"),
            next_step=_("Restore into a new VALLEY_HOME, or make a backup first and add --replace."),
        )


def _load_all(load: _Load, *, progress: Report) -> None:
    tables = kept_tables()
    loaded: list[type[Model]] = []
    for number, (label, part) in enumerate(load.manifest.tables.items()):
        progress(number / len(load.manifest.tables), label)
        model = load.models(label)
        with load.archive.open(part.file) as stream:
            rows = (json.loads(line) for line in stream)
            while batch := list(islice(rows, _BATCH)):
                _insert(model, _opened(load, tables[label], model, batch))
        loaded.append(model)
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), loaded):
            cursor.execute(statement)
    connection.check_constraints()
    ContentType.objects.clear_cache()


def _insert(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows as they were: own keys and own times (hence raw), as many at once as the database takes."""
    fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
    made = [model(**{one.attname: _value(one, row[one.attname]) for one in fields}) for row in rows]
    connection = connections[DEFAULT_DB_ALIAS]
    size = max(connection.ops.bulk_batch_size(fields, made), 1)
    for start in range(0, len(made), size):
        model._base_manager.all()._insert(  # type: ignore[attr-defined]
            made[start : start + size], fields=fields, using=DEFAULT_DB_ALIAS, raw=True
        )


def _value(one: Field[Any, Any], value: Any) -> Any:
    return value if value is None or isinstance(one, JSONField) else one.to_python(value)


def _opened(load: _Load, table: Declaration, model: type[Model], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their identifying fields open again; owners without key are noted and get an empty stand-in."""
    if not isinstance(table, PersonalTable) or not (table.identifying or table.sealed):
        return rows
    keys = sealing.has_key(row[OWNER] for row in rows)
    load.keyless.update(
        row[OWNER]
        for row in rows
        if row[OWNER] not in keys and any(row[n] for n in (*table.identifying, *table.sealed))
    )
    for name in table.identifying:
        column = model._meta.get_field(name)
        texts = sealing.unseal_many(
            (row[OWNER], base64.b64decode(row[name]) if row[OWNER] in keys else b"") for row in rows
        )
        for row, text in zip(rows, texts, strict=True):
            row[name] = json.loads(text) if text else _stand_in(column, row[OWNER])
    return rows


def _stand_in(column: Any, owner: str) -> Any:
    """What fills a required field of someone who will be forgotten within this same transaction."""
    if isinstance(column, EmailField):
        return f"{owner}@forgotten.invalid"
    return {} if isinstance(column, JSONField) else ""


def _forget(load: _Load, *, at: datetime, forget_unreadable: bool) -> int:
    lost = load.keyless - sealing.forgotten()
    if lost and not forget_unreadable:
        raise VaultDoesNotFit(
            expected=_("the keys of everyone in the backup"),
            found=_("%(count)d people without one") % {"count": len(lost)},
            next_step=_("Put back the copy of the vault first (valley keys copy made it), or add --forget-unreadable."),
            missing=len(lost),
        )
    for owner in sorted(lost):
        sealing.shred(owner, at=at)
    with opened(access.Purpose.ERASURE, at=at):
        return erasure.forget_again(at)


def _check_chain(manifest: Manifest) -> int:
    chain = audit.verify()
    if manifest.audit_whole and (not chain.whole or chain.head != manifest.audit_head):
        raise RestoreRefused(
            expected=_("the audit chain of the backup"),
            found=_("broken at line %(line)d") % {"line": chain.broken_at} if chain.broken_at else _("another end"),
            next_step=_("Choose another backup; nothing changed."),
        )
    return chain.lines


def _put_mails(source: Path) -> int:
    """Put the mails back whose owner still has a key; those of the valley that was replaced go."""
    for old in outbox.files():
        old.unlink(missing_ok=True)
    put = 0
    with zipfile.ZipFile(source) as archive, archive.open(MAILS) as stream:
        for line in _lines(stream):
            if _MAIL_NAME.match(line["file"]) and sealing.has_key([line[OWNER]]):
                with suppress(sealing.Unreadable):
                    content = sealing.unseal(line[OWNER], base64.b64decode(line["sealed"]))
                    outbox.put(base64.b64decode(content), name=line["file"])
                    put += 1
    return put


def _lines(stream: Any) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in stream)
