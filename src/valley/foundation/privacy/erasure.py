"""How is someone forgotten everywhere, and what is removed because its time has passed?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from graphlib import TopologicalSorter

from django.conf import settings
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from valley.foundation import access, outbox, sealing
from valley.foundation.models import Account, Job
from valley.foundation.privacy.declarations import PersonalTable, model_of, opened, personal, register
from valley.foundation.privacy.export import pseudonyms_of


@dataclass(frozen=True, slots=True)
class Removed:
    """How many rows of one table went (or would go)."""

    table: str
    rows: int


def erase(owner_pseudonym: str, account_id: int | None, *, at: datetime) -> dict[str, int]:
    """Forget someone: rows, sessions, mails, cached answers, jobs, and the keys of every copy ever made.

    Either argument may be empty. Runs in one transaction; the keys are destroyed as its last step, so that a failure
    before leaves everything as it was and a crash after is finished by :func:`forget_again`. Twice is harmless.
    Returns the number of rows per table. The caller's action writes the audit line.
    """
    names = pseudonyms_of(owner_pseudonym, account_id)
    with transaction.atomic(), opened(access.Purpose.ERASURE, at=at):
        addresses = _addresses(account_id)
        gone = {table.label: _erase_from(table, names, account_id, at=at) for table in children_first(personal())}
        Job.objects.filter(requested_by__in=names).update(requested_by="")
        for name in sorted(names):
            sealing.shred(name, at=at)
        transaction.on_commit(lambda: _sweep(addresses))
    return {label: rows for label, rows in gone.items() if rows}


def _erase_from(table: PersonalTable, names: frozenset[str], account: int | None, *, at: datetime) -> int:
    rows = table.owned(pseudonyms=names, account=account)
    if table.on_erase == "keep":
        return 0
    if table.before_erase is not None:
        table.before_erase(rows, at)
    if table.on_erase == "detach":
        return rows.update(**_cleared(table))
    # Rows that hang on these fall with them; each is declared, and children come first, so each count is its own.
    return rows.delete()[1].get(table.label, 0)


def _cleared(table: PersonalTable) -> dict[str, str | None]:
    """The reference to the owner, emptied: the first step of the owner's or account's path."""
    name = (table.owner or table.account).split("__")[0].removesuffix("_id")
    field = model_of(table)._meta.get_field(name)
    return {name: None if field.null else ""}


def _addresses(account: int | None) -> frozenset[str]:
    """Every e-mail address of an account, from the account and wherever a table declares one."""
    if account is None:
        return frozenset()
    found = set(Account.objects.filter(pk=account).values_list("email", flat=True))
    for table in personal():
        if table.account and "email" in table.identifying:
            found.update(table.owned(pseudonyms=frozenset(), account=account).values_list("email", flat=True))
    return frozenset(found)


def _sweep(addresses: Iterable[str]) -> None:
    """What lies outside the tables: mails, cached answers, and the database's own log of old pages."""
    for address in addresses:
        outbox.forget(address)
    cache.clear()
    kept_in_tables = settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    for alias in (DEFAULT_DB_ALIAS, sealing.VAULT, *(["cache"] if kept_in_tables else [])):
        if connections[alias].vendor == "sqlite" and not connections[alias].in_atomic_block:
            wipe_log(alias)


def wipe_log(alias: str = DEFAULT_DB_ALIAS) -> bool:
    """Move SQLite's write-ahead log into the file and empty it; False when a reader keeps it open just now.

    ``secure_delete`` (see the settings) has overwritten what was deleted in the file itself.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone() or (0,)
        # Two seconds: a page is being waited for. Retention does it again every night.
        cursor.execute("PRAGMA busy_timeout = 2000")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_pages = cursor.fetchone() or (1,)
        cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")
    return not busy


def children_first(tables: Iterable[PersonalTable]) -> list[PersonalTable]:
    """Tables in an order in which rows can be deleted: who refers to another comes before it."""
    by_label = {table.label: table for table in tables}
    order: TopologicalSorter[str] = TopologicalSorter()
    for label, table in by_label.items():
        order.add(label)
        for field in model_of(table)._meta.concrete_fields:
            target = field.related_model._meta.label if field.is_relation else label
            if target in by_label and target != label:
                order.add(target, label)
    return [by_label[label] for label in order.static_order()]


def forget_again(at: datetime) -> int:
    """Erase whoever was forgotten before and is here all the same: after a restore, or after a crash halfway.

    Returns how many people or accounts that were. One question per personal table and 500 forgotten pseudonyms.
    """
    back: set[str] = set()
    with opened(access.Purpose.ERASURE, at=at):
        for batch in _in_batches(sorted(sealing.forgotten())):
            back.update(Account.objects.filter(pseudonym__in=batch).values_list("pseudonym", flat=True))
            for table in personal():
                if table.owner and table.on_erase == "delete":
                    back.update(
                        table.rows().filter(**{f"{table.owner}__in": batch}).values_list(table.owner, flat=True)
                    )
    for name in sorted(back):
        erase(name, Account.objects.filter(pseudonym=name).values_list("pk", flat=True).first(), at=at)
    return len(back)


def retention(at: datetime, *, dry_run: bool = False) -> tuple[Removed, ...]:
    """Remove every row that is past its declared keep time, table by table; ``dry_run`` only counts.

    Also finishes erasures that a crash left halfway and empties the write-ahead log.
    """
    found: list[Removed] = []
    with opened(access.Purpose.UPKEEP, at=at):
        for label, table in sorted(register().items()):
            if table.expires is None:
                continue
            past = table.rows().filter(table.expires(at))
            rows = past.count() if dry_run else past.delete()[1].get(label, 0)
            found.append(Removed(label, rows))
    if not dry_run:
        forget_again(at)
        _sweep(())
    return tuple(found)


def _in_batches(names: list[str], size: int = 500) -> Iterable[list[str]]:
    return (names[start : start + size] for start in range(0, len(names), size))
