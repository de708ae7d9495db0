"""Who works in the invented region, and what can they do?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from valley.demo.region.shapes import Claim, Employer, Role, RoleNeed, Wishes, Worker
from valley.demo.region.staffing import Cell
from valley.demo.region.tables import Tables

CONSENT = 0.92
ONE_IN_TOO_LITTLE = 125  # 40 of 5,000
ONE_IN_GERMAN_MISSING = 400  # 12 of 5,000
COMMON = (
    "listen-actively", "communicate-with-customers", "computer-literacy", "type-on-devices", "work-in-teams",
    "act-reliably", "tolerate-stress", "respond-to-inquiries",
)  # fmt: skip
DISTANCES = (10, 15, 20, 25, 30, 40, 60, None)
GRADES, GRADE_WEIGHTS = (1, 2, 3), (40, 46, 14)


@dataclass(frozen=True, slots=True)
class Draw:
    """What every draw needs: the tables, the roles, the day and the dice."""

    tables: Tables
    roles: Mapping[str, Role]
    on: date
    dice: Random


def workers(draw: Draw, staffing: Mapping[Cell, int], employers: Mapping[str, Employer]) -> tuple[Worker, ...]:
    """One worker per job, in the order of employers and roles, with the planted truths."""
    drawn = [
        _worker(draw, employers[employer], draw.roles[role])
        for (employer, role), count in staffing.items()
        for _ in range(count)
    ]
    return tuple(_planted(draw, drawn))


def _planted(draw: Draw, drawn: Sequence[Worker]) -> Iterator[Worker]:
    """Some with too little to compare, spread evenly; some roadside advisers whom only German B2 stops."""
    roadside = [place for place, worker in enumerate(drawn) if worker.role == "mobility-adviser"]
    german = set(roadside[:: max(1, len(roadside) // max(1, len(drawn) // ONE_IN_GERMAN_MISSING))])
    for place, worker in enumerate(drawn):
        if place in german:
            yield _german_missing(draw, worker)
        elif place % ONE_IN_TOO_LITTLE == 7:
            yield _too_little(worker)
        else:
            yield worker


def _too_little(worker: Worker) -> Worker:
    """Somebody who only began: two things said."""
    few = tuple(replace(claim, grade=1) for claim in worker.claims[:2])
    return replace(worker, claims=few, planted="too-little")


def _german_missing(draw: Draw, worker: Worker) -> Worker:
    """Everything a roadside desk asks, also of a learner, French and English, little Dutch, and German one level short
    of B2."""
    levels = dict.fromkeys(COMMON, 2) | {n.competence: min(4, n.level + 1) for n in draw.roles[worker.role].needs}
    claims = tuple(Claim(key, level, 2, draw.on - timedelta(days=200)) for key, level in levels.items())
    wishes = replace(worker.wishes, evenings=True, weekends=True, nights=True, early=True)
    wishes = replace(wishes, permits=("driving-licence-b", "vog"))
    spoken = (("de", 3), ("en", 5), ("fr", 6), ("it", 4), ("nl", 2))
    return replace(worker, claims=claims, languages=spoken, wishes=wishes, consent=True, planted="german-missing")


def _worker(draw: Draw, employer: Employer, role: Role) -> Worker:
    dice = draw.dice
    return Worker(
        name=f"{dice.choice(draw.tables.given)} {dice.choice(draw.tables.family)}",
        employer=employer.key,
        role=role.key,
        claims=_claims(draw, role),
        languages=_languages(draw, employer, role),
        wishes=_wishes(draw, role),
        consent=dice.random() < CONSENT,
    )


def _claims(draw: Draw, role: Role) -> tuple[Claim, ...]:
    """The role's own needs with noise, an earlier role, an earlier trade, the common core; the highest level stays."""
    dice = draw.dice
    found: dict[str, Claim] = {}
    for need in role.needs:
        if dice.random() < (0.97 if need.must else 0.86):
            _keep(found, _claim(draw, need, years=3))
    before = [other for other in draw.roles.values() if role.key in other.moves_to]
    if before and dice.random() < 0.55:
        for need in dice.choice(before).needs:
            if dice.random() < 0.4:
                _keep(found, _claim(draw, need, years=7))
    trade = dice.choices(draw.tables.earlier, [job.weight for job in draw.tables.earlier])[0]
    for competence in (*trade.competences, *COMMON):
        if dice.random() < 0.45:
            ago = timedelta(days=dice.randrange(200, 3600))
            _keep(found, Claim(competence, dice.choice((1, 2, 2, 2, 3)), dice.choice((1, 1, 1, 2)), draw.on - ago))
    return tuple(found[key] for key in sorted(found))


def _claim(draw: Draw, need: RoleNeed, *, years: int) -> Claim:
    step = draw.dice.choices((-1, 0, 1), (6 if need.must else 14, 70, 24))[0]
    grade = draw.dice.choices(GRADES, GRADE_WEIGHTS)[0]
    ago = timedelta(days=draw.dice.randrange(10, 365 * years))
    return Claim(need.competence, max(1, min(4, need.level + step)), grade, draw.on - ago)


def _keep(found: dict[str, Claim], claim: Claim) -> None:
    rival = found.get(claim.competence)
    if rival is None or (claim.level, claim.grade) > (rival.level, rival.grade):
        found[claim.competence] = claim


def _languages(draw: Draw, employer: Employer, role: Role) -> tuple[tuple[str, int], ...]:
    """Dutch for nearly all, what the role must speak, and what the employer is known for."""
    dice = draw.dice
    spoken = {"nl": dice.choices((6, 5, 4, 3), (62, 22, 12, 4))[0]}
    for code, asked in role.languages:
        level = max(1, min(6, asked + dice.choices((-1, 0, 1), (7, 55, 38))[0]))
        spoken[code] = max(level, spoken.get(code, 0))
    for code in employer.languages:
        if dice.random() < (0.5 if code in ("de", "en") else 0.22):
            spoken[code] = max(dice.choices((2, 3, 4, 5, 6), (12, 26, 34, 20, 8))[0], spoken.get(code, 0))
    if "en" not in spoken and dice.random() < 0.6:
        spoken["en"] = dice.choice((2, 3, 3, 4))
    return tuple(sorted(spoken.items()))


def _wishes(draw: Draw, role: Role) -> Wishes:
    dice = draw.dice
    homes = draw.tables.homes
    least = dice.choice((12, 16, 20, 24, role.hours[0]))
    return Wishes(
        hours_min=least,
        hours_max=max(least, dice.choice((24, 28, 32, 36, 38, 40, role.hours[1]))),
        place=dice.choices([place for place, _ in homes], [weight for _, weight in homes])[0],
        max_km=dice.choice(DISTANCES),
        evenings=dice.random() < (0.9 if "evenings" in role.shifts else 0.55),
        weekends=dice.random() < (0.88 if "weekends" in role.shifts else 0.5),
        nights=dice.random() < (0.85 if "nights" in role.shifts else 0.12),
        early=dice.random() < 0.8,
        home_work=dice.random() < 0.7,
        starts_on=draw.on + timedelta(days=dice.randrange(14, 400)) if dice.random() < 0.45 else None,
        months_min=dice.choice((6, 12)) if dice.random() < 0.3 else None,
        permits=tuple(p for p, share in (("driving-licence-b", 0.65), ("vog", 0.8)) if dice.random() < share),
    )
