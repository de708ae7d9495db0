"""What is in a backup, is it whole, and was it made by a version that this one understands?"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation.privacy.declarations import Declaration, RegisterBroken, register, undeclared

FORMAT = "valley-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
MAILS = "outbox.jsonl"
# Beside the columns of a row with sealed text: the pseudonym whose key opens it.
OWNER = "@owner"
_CHUNK = 1 << 20
# A manifest of a few hundred tables is well under a megabyte; more is not ours.
_MANIFEST_LIMIT = 4 << 20

Report = Callable[[float, str], None]


def quiet(share: float, words: str) -> None:
    """Tell nobody."""


class BackupUnreadable(ValleyError):
    """The file is no backup of Valley, or not whole."""

    code = "backup-unreadable"


class BackupTooNew(ValleyError):
    """The backup was made by a newer version."""

    code = "backup-too-new"


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside the backup: its number of rows and the SHA-256 of its bytes."""

    file: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the backup says about itself. ``tables`` by label, ``migrations`` as ``app.name``."""

    version: str
    made_at: str
    migrations: tuple[str, ...]
    tables: dict[str, Part]
    mails: Part
    audit_head: str
    audit_whole: bool

    def as_json(self) -> str:
        """The manifest's text."""
        parts = {
            label: {"file": part.file, "rows": part.rows, "sha256": part.sha256} for label, part in self.tables.items()
        }
        mails = {"file": self.mails.file, "rows": self.mails.rows, "sha256": self.mails.sha256}
        body = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "version": self.version,
            "made_at": self.made_at,
            "migrations": list(self.migrations),
            "tables": parts,
            "mails": mails,
            "audit": {"head": self.audit_head, "whole": self.audit_whole},
        }
        return json.dumps(body, indent=1, sort_keys=True)


def inspect(path: Path, *, progress: Report = quiet) -> Manifest:
    """Read the manifest and prove every file against its hash, before anything is changed.

    Raises :class:`BackupUnreadable` or :class:`BackupTooNew`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            parts = [*manifest.tables.values(), manifest.mails]
            for number, part in enumerate(parts):
                progress(number / len(parts), part.file)
                if _hash_of(archive, part.file) != part.sha256:
                    raise _unreadable(_("a changed %(file)s") % {"file": part.file})
            return manifest
    except FileNotFoundError as error:
        raise _unreadable(_("no file there")) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise _unreadable(_("a truncated or foreign file")) from error


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > _MANIFEST_LIMIT:
            raise _unreadable(_("another zip"))
        body = json.loads(archive.read(MANIFEST))
        if body["format"] != FORMAT:
            raise _unreadable(_("another zip"))
        _refuse_newer(body)
        return Manifest(
            version=body["version"],
            made_at=body["made_at"],
            migrations=tuple(body["migrations"]),
            tables={label: Part(**part) for label, part in body["tables"].items()},
            mails=Part(**body["mails"]),
            audit_head=body["audit"]["head"],
            audit_whole=body["audit"]["whole"],
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _unreadable(_("another zip")) from error


def _refuse_newer(body: dict[str, Any]) -> None:
    unknown = set(body["migrations"]) - known_migrations()
    if body["format_version"] != FORMAT_VERSION or unknown:
        raise BackupTooNew(
            expected=_("a backup of this version or an older one"),
            found=_("one of version %(version)s") % {"version": body["version"]},
            next_step=_("Install that version (or a newer one) and restore with it."),
            unknown_migrations=sorted(unknown),
        )
    unknown_tables = set(body["tables"]) - set(kept_tables())
    if unknown_tables:
        raise BackupTooNew(
            expected=_("tables that this version knows"),
            found=", ".join(sorted(unknown_tables)[:5]),
            next_step=_("Install that version (or a newer one) and restore with it."),
        )


def _hash_of(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except KeyError as error:
        raise _unreadable(_("no %(file)s") % {"file": name}) from error
    return digest.hexdigest()


def _unreadable(found: str) -> BackupUnreadable:
    return BackupUnreadable(
        expected=_("a whole backup made by valley backup"),
        found=found,
        next_step=_("Choose another backup; nothing changed."),
    )


def known_migrations() -> set[str]:
    """Every migration this version has, as ``app.name``."""
    loader = MigrationLoader(None)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def applied_migrations() -> set[str]:
    """Every migration the main database has seen, as ``app.name``, of apps that are installed."""
    recorder = MigrationRecorder(connections[DEFAULT_DB_ALIAS])
    installed = {app.label for app in apps.get_app_configs()}
    return {f"{app}.{name}" for app, name in recorder.applied_migrations() if app in installed}


def kept_tables() -> dict[str, Declaration]:
    """The tables a backup holds, by label; RegisterBroken when nobody declared one, for it would be left out."""
    missing = undeclared()
    if missing:
        raise RegisterBroken(
            expected=_("a declaration of every table"),
            found=_("none of %(tables)s") % {"tables": ", ".join(missing)},
            next_step=_("Declare these tables in privacy.py."),
        )
    return {label: table for label, table in sorted(register().items()) if table.backup}
