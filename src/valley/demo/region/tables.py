"""Where do the invented employers, names, patterns and ready accounts stand written down?"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from valley.demo.region.shapes import (
    Claim,
    DeskAccount,
    EarlierJob,
    Employer,
    Partner,
    Practice,
    Recognised,
    Wishes,
    Worker,
)

FILES = resources.files("valley.demo") / "data"


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that was written by hand; the rest is drawn from it by seed."""

    employers: tuple[Employer, ...]
    partners: tuple[Partner, ...]
    staffing: dict[str, dict[str, float]]
    patterns: dict[str, Any]
    earlier: tuple[EarlierJob, ...]
    homes: tuple[tuple[str, int], ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    desks: tuple[DeskAccount, ...]
    workers: tuple[dict[str, Any], ...]
    recognitions: tuple[dict[str, str], ...]
    practice: Practice
    relay: tuple[dict[str, Any], ...]
    contracts: tuple[dict[str, Any], ...]


@cache
def tables() -> Tables:
    """The hand-written data, read once."""
    accounts = _toml("accounts.toml")
    return Tables(
        employers=tuple(_employer(row) for row in _csv("employers.csv")),
        partners=tuple(Partner(**row) for row in _csv("partners.csv")),
        staffing=_toml("staffing.toml"),
        patterns=_toml("patterns.toml"),
        earlier=tuple(
            EarlierJob(row["key"], int(row["weight"]), tuple(row["competences"].split()))
            for row in _csv("earlier_jobs.csv")
        ),
        homes=tuple((row["place"], int(row["weight"])) for row in _csv("homes.csv")),
        given=tuple(_text("given_names.txt").split()),
        family=tuple(_text("family_names.txt").split()),
        desks=tuple(DeskAccount(**row) for row in accounts["desk"]),
        workers=tuple(accounts["worker"]),
        recognitions=tuple(_csv("recognitions.csv")),
        practice=_practice(_toml("practice.toml")),
        relay=tuple(_toml("relay.toml")["job"]),
        contracts=tuple(_toml("contracts.toml")["contract"]),
    )


def recruiters(employers: Iterable[Employer], ready: Iterable[DeskAccount]) -> tuple[DeskAccount, ...]:
    """The ready desks, and a recruiter for each employer that has none: every partner of a route can sign its link."""
    known = tuple(ready)
    seated = {desk.organisation for desk in known if desk.role == "recruiter"}
    missing = (one.key for one in employers if one.key not in seated)
    return (*known, *(DeskAccount(f"recruiter.{key}@demo.valley.invalid", key, "recruiter") for key in missing))


def recognised(row: dict[str, str], on: date) -> Recognised:
    """A line of the register as days: the first of a month, so many months before and after ``on``."""
    until = row["months_until"]
    return Recognised(
        row["employer"],
        first_of_month(on, -int(row["months_since"])),
        first_of_month(on, int(until)) if until else None,
    )


def first_of_month(on: date, months: int) -> date:
    """The first day of the month so many months after that of ``on``."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, 1)


def ready_worker(row: dict[str, Any], on: date) -> Worker:
    """A worker with a ready account, written out in full; ages of evidence are in months before ``on``."""
    claims = tuple(
        Claim(
            line["competence"],
            line["level"],
            line["grade"],
            on - timedelta(days=30 * line["months_ago"]),
            line.get("note", ""),
        )
        for line in row["claims"]
    )
    wishes = dict(row["wishes"])
    free_in_days = wishes.pop("free_in_days", None)
    starts_on = None if free_in_days is None else on + timedelta(days=free_in_days)
    permits = tuple(wishes.pop("permits", ()))
    return Worker(
        name=row["name"],
        employer=row.get("employer", ""),
        role=row.get("role", ""),
        claims=claims,
        languages=tuple(sorted(row["languages"].items())),
        wishes=Wishes(**wishes, starts_on=starts_on, permits=permits),
        consent=row["consent"],
        planted=row.get("planted", ""),
        email=row["email"],
    )


def _practice(read: dict[str, Any]) -> Practice:
    known = {name: tuple(read[name]) for name in ("learners_bring", "first_job_teaches")}
    return Practice(**{**read, **known})


def _employer(row: dict[str, str]) -> Employer:
    return Employer(
        key=row["key"],
        name=row["name"],
        type=row["type"],
        sector=row["sector"],
        place=row["place"],
        jobs=int(row["jobs"]),
        languages=tuple(row["languages"].split()),
        colour_nl=row["colour_nl"],
        colour_en=row["colour_en"],
        kept=row["kept"] == "yes",
    )


def _text(name: str) -> str:
    return (FILES / name).read_text(encoding="utf-8")


def _csv(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(name).splitlines()))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(name))
