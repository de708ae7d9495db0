"""Is this valley healthy, and what should be mended first? Every finding names its next step."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import audit, clock, jobs, privacy, sealing
from valley.foundation.models import Account, Membership

State = Literal["ok", "warn", "bad"]
# A full ESCO import, a backup and the logs of the databases together stay under one gigabyte.
DISK_LEAST = 1 << 30
BACKUP_OLDEST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``next_step`` is empty when all is well."""

    name: str
    state: State
    words: str
    next_step: str = ""


def examine(at: datetime | None = None) -> tuple[Finding, ...]:
    """Look at everything, in a fixed order; reads only."""
    at = at or clock.now()
    return tuple(_guarded(name, look, at) for name, look in _LOOKS)


def _guarded(name: str, look: Callable[[datetime], Finding], at: datetime) -> Finding:
    """A look that fails is itself a finding, never the end of the examination."""
    try:
        return look(at)
    except ValleyError as error:
        return Finding(name, "bad", str(error), error.next_step)
    except (DatabaseError, OSError) as error:
        return Finding(name, "bad", type(error).__name__, _("Look at the database and the disk of this machine."))


def _python(at: datetime) -> Finding:
    # Older ones cannot run this code at all; that a person asks which one it is, is reason enough to say it.
    return Finding("python", "ok", ".".join(map(str, sys.version_info[:3])))


def _disk(at: datetime) -> Finding:
    free = shutil.disk_usage(settings.VALLEY_HOME).free
    words = _("%(gigabytes).1f GB free") % {"gigabytes": free / (1 << 30)}
    if free < DISK_LEAST:
        return Finding("disk", "bad", words, _("Make room on the disk of VALLEY_HOME."))
    return Finding("disk", "ok", words)


def _database(at: datetime) -> Finding:
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "sqlite":
        return Finding("database", "ok", connection.display_name)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = str((cursor.fetchone() or ("unknown",))[0])
    if mode not in ("wal", "memory"):
        return Finding("database", "bad", f"SQLite, {mode}", _("Put VALLEY_HOME on a local disk: WAL needs one."))
    return Finding("database", "ok", f"SQLite, {mode}")


def _migrations(at: datetime) -> Finding:
    waiting = 0
    for alias in (DEFAULT_DB_ALIAS, sealing.VAULT):
        executor = MigrationExecutor(connections[alias])
        waiting += len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        words = _("%(count)d migrations are waiting") % {"count": waiting}
        return Finding("migrations", "bad", words, _("Run: valley manage migrate, and again with --database vault."))
    return Finding("migrations", "ok", _("all applied"))


def _vault(at: datetime) -> Finding:
    vault, main = connections[sealing.VAULT].settings_dict["NAME"], connections[DEFAULT_DB_ALIAS].settings_dict["NAME"]
    if str(vault) == str(main):
        return Finding("vault", "bad", _("in the main database"), _("Give the vault a file of its own."))
    count = sealing.check_master_key()
    return Finding("vault", "ok", _("%(count)d keys, and the master key fits") % {"count": count})


def _master_key(at: datetime) -> Finding:
    path = Path(settings.VALLEY_HOME) / "master.key"
    if len(settings.VALLEY_MASTER_KEY) < 32:
        return Finding("master key", "bad", _("too short"), _("Use at least 32 random characters."))
    if path.exists() and path.stat().st_mode & 0o077:
        return Finding("master key", "bad", _("others can read the file"), _("Run: chmod 600 master.key"))
    return Finding("master key", "ok", _("present"))


def _cache(at: datetime) -> Finding:
    cache = settings.CACHES["default"]
    if not cache["BACKEND"].endswith("DatabaseCache"):
        return Finding("cache", "warn", cache["BACKEND"].rsplit(".", 1)[-1], _("Use a cache that all processes share."))
    if cache["LOCATION"] not in connections["cache"].introspection.table_names():
        return Finding("cache", "bad", _("no table"), _("Run: valley manage createcachetable --database cache"))
    return Finding("cache", "ok", _("shared by all processes"))


def _mail(at: datetime) -> Finding:
    if settings.EMAIL_BACKEND.endswith("OutboxBackend") and not settings.VALLEY_DEMO:
        return Finding("mail", "warn", _("mails stay in the outbox folder"), _("Set VALLEY_SMTP_HOST."))
    return Finding("mail", "ok", settings.EMAIL_HOST or settings.EMAIL_BACKEND.rsplit(".", 1)[-1])


def _time_zones(at: datetime) -> Finding:
    try:
        ZoneInfo("Europe/Amsterdam")
    except ZoneInfoNotFoundError:
        return Finding("time zones", "bad", _("no data"), _("Install tzdata: pip install tzdata"))
    return Finding("time zones", "ok", "Europe/Amsterdam")


def _backups(at: datetime) -> Finding:
    folder = Path(settings.VALLEY_HOME) / "backups"
    newest = max((path.stat().st_mtime for path in folder.glob("*.zip")), default=None)
    step = _("Run every night: valley backup VALLEY_HOME/backups/NAME.zip, and copy it elsewhere.")
    if newest is None:
        return Finding("backups", "warn", _("none in VALLEY_HOME/backups"), step)
    hours = (at.timestamp() - newest) / 3600
    words = _("the newest is %(hours).0f hours old") % {"hours": max(hours, 0)}
    old = hours > BACKUP_OLDEST.total_seconds() / 3600
    return Finding("backups", "warn" if old else "ok", words, step if old else "")


def _audit(at: datetime) -> Finding:
    if not audit.guarded():
        return Finding("audit", "bad", _("its triggers are gone"), _("Find out who took them, then restore a backup."))
    chain = audit.verify()
    if not chain.whole:
        words = _("broken at line %(line)d") % {"line": chain.broken_at or 0}
        return Finding("audit", "bad", words, _("Compare with a backup and find out who changed it."))
    return Finding("audit", "ok", _("%(count)d lines, chain whole") % {"count": chain.lines})


def _second_factors(at: datetime) -> Finding:
    today = clock.today(at)
    until = Q(until_on__isnull=True) | Q(until_on__gt=today)
    seated = set(Membership.objects.filter(until, since_on__lte=today).values_list("account_id", flat=True))
    demo = set(Account.objects.filter(is_demo=True).values_list("pk", flat=True)) if settings.VALLEY_DEMO else set()
    strong = set(Authenticator.objects.exclude(type="recovery_codes").values_list("user_id", flat=True))
    bare = len(seated - strong - demo)
    if bare:
        words = _("%(count)d people at a desk have none") % {"count": bare}
        return Finding("second factor", "warn", words, _("Ask them to add a passkey or an authenticator app."))
    return Finding("second factor", "ok", _("everyone at a desk has one"))


def _https(at: datetime) -> Finding:
    if not settings.VALLEY_URL.startswith("https://"):
        local = any(host in settings.VALLEY_URL for host in ("//localhost", "//127.0.0.1", "//[::1]"))
        step = _("Serve over https and set VALLEY_URL to that address.")
        return Finding("https", "ok" if local else "bad", settings.VALLEY_URL, "" if local else step)
    if not settings.SECURE_HSTS_SECONDS:
        return Finding("https", "bad", _("without HSTS"), _("Set SECURE_HSTS_SECONDS."))
    return Finding("https", "ok", "HSTS")


def _jobs(at: datetime) -> Finding:
    late = jobs.stuck(at)
    if late:
        words = _("%(count)d jobs wait too long") % {"count": late}
        return Finding("jobs", "bad", words, _("Start a worker: valley jobs work"))
    return Finding("jobs", "ok", _("none waits too long"))


def _register(at: datetime) -> Finding:
    missing = privacy.undeclared()
    if missing:
        return Finding("personal data", "bad", ", ".join(missing), _("Declare these tables in privacy.py."))
    return Finding("personal data", "ok", _("every table is declared"))


_LOOKS: tuple[tuple[str, Callable[[datetime], Finding]], ...] = (
    ("python", _python),
    ("disk", _disk),
    ("database", _database),
    ("migrations", _migrations),
    ("vault", _vault),
    ("master key", _master_key),
    ("cache", _cache),
    ("mail", _mail),
    ("time zones", _time_zones),
    ("backups", _backups),
    ("audit", _audit),
    ("second factor", _second_factors),
    ("https", _https),
    ("jobs", _jobs),
    ("personal data", _register),
)


def worst(findings: tuple[Finding, ...]) -> State:
    """The worst state among findings."""
    states = {finding.state for finding in findings}
    return "bad" if "bad" in states else "warn" if "warn" in states else "ok"
