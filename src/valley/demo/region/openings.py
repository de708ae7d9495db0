"""Which jobs can be had in the invented region over the coming three years?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from valley.demo.region.shapes import Employer, Opening, Role, RoleNeed
from valley.demo.region.staffing import Cell
from valley.demo.region.tables import first_of_month
from valley.demo.region.workers import Draw

MONTHS_AHEAD = 24
WORK_BASED_AHEAD = 35
"""Schools and training companies agree on learning jobs further ahead than on other jobs."""
TERMS = (2, 9)
"""Months in which a school term starts."""
TERM_NOTICE = timedelta(days=40)
"""Partners that plan together do so at least this long before the first day."""
WORK_BASED_MUSTS = 3  # a learner comes to learn: a few must-haves, one level lower
EVERYWHERE = ("communicate-with-customers", "listen-actively", "computer-literacy")
"""What every desk asks of somebody who comes to learn."""
ALWAYS_NIGHTS = ("autobijstand-europa", "alarmcentrale-geuldal")
CHECKED_TYPES = ("finance", "public")
"""Kinds of employer that ask a certificate of conduct (vog)."""
DUTCH_LEAST = 3  # every desk but the roadside one works in Dutch with its colleagues


def openings(
    draw: Draw, shares: Mapping[Cell, int], employers: Mapping[str, Employer], learning: frozenset[str]
) -> tuple[Opening, ...]:
    """As many openings per (employer, role) as ``shares`` says, each with an own reference; some of those of
    recognised training companies (``learning``) are learning jobs."""
    drawn = [
        _drawn(draw, employers[employer], draw.roles[role], learns=employer in learning)
        for (employer, role), count in shares.items()
        for _ in range(count)
    ]
    drawn += [_planned(draw, employers, row) for row in draw.tables.relay if row["employer"] in employers]
    number: dict[str, int] = {}
    return tuple(replace(opening, reference=_reference(opening, number)) for opening in drawn)


def _reference(opening: Opening, number: dict[str, int]) -> str:
    number[opening.employer] = number.get(opening.employer, 0) + 1
    letters = "".join(part[0] for part in opening.employer.split("-")).upper()
    return f"{letters}-{opening.starts_from_on.year}-{number[opening.employer]:03}"


def _drawn(draw: Draw, employer: Employer, role: Role, *, learns: bool) -> Opening:
    opening = _opening(draw, employer, role)
    practises = role.key in draw.tables.practice.roles
    if not (learns and practises and draw.dice.random() < draw.tables.patterns["work_based"]["share"]):
        return opening
    return _work_based(draw, opening)


def _planned(draw: Draw, employers: Mapping[str, Employer], row: Mapping[str, Any]) -> Opening:
    """A learning job that partners planned together: it starts when the one before it ends, and asks no more than a
    learner brings or the job before it taught."""
    terms = (date(draw.on.year + year, month, 1) for year in range(3) for month in TERMS)
    first = next(day for day in terms if day >= draw.on + TERM_NOTICE)
    start = first_of_month(first, row["after"])
    opening = _learning(draw, _opening(draw, employers[row["employer"]], draw.roles[row["role"]]), start, row["months"])
    languages = tuple(sorted(row["languages"].items()))
    title = _title(draw, draw.roles[row["role"]], languages)
    shifts = tuple(shift for shift in opening.shifts if shift != "nights")
    needs = tuple(replace(need, level=1) if need.must else need for need in opening.needs)
    opening = replace(opening, languages=languages, title=title, needs=needs)
    return replace(opening, hours=(24, 32), seats=4, shifts=shifts, permits=())


def _work_based(draw: Draw, opening: Opening) -> Opening:
    """The same job as a learning job: about a year, from the start of a school term."""
    dice, pattern = draw.dice, draw.tables.patterns["work_based"]
    month = dice.choices(pattern["months"], pattern["month_weights"])[0]
    last = first_of_month(draw.on, WORK_BASED_AHEAD)
    firsts = [date(draw.on.year + step, month, 1) for step in range(5)]
    start = dice.choice([day for day in firsts if draw.on < day <= last])
    return _learning(draw, opening, start, dice.choices(pattern["lengths"], pattern["length_weights"])[0])


def _learning(draw: Draw, opening: Opening, start: date, months: int) -> Opening:
    """The same job for somebody who comes to learn: few must-haves, one level lower, at least 28 hours a week."""
    musts = {need.competence: need for need in _for_a_learner(draw, opening)}
    needs = (
        *musts.values(),
        *(replace(need, must=False) for need in opening.needs if need.competence not in musts),
    )
    return replace(
        opening,
        contract="work-based-learning",
        months=months,
        hours=(min(opening.hours[0], 24), max(opening.hours[1], 28)),
        needs=needs,
        starts_from_on=start,
        starts_until_on=start + timedelta(days=draw.dice.choice((28, 31, 45))),
        closes_on=max(draw.on + timedelta(days=10), start - timedelta(days=draw.dice.choice((7, 14, 21)))),
    )


def _for_a_learner(draw: Draw, opening: Opening) -> tuple[RoleNeed, ...]:
    """What a learner must bring: of the role's needs those that learners bring or learn in a first job, one level
    lower; where there are fewer than three, what every desk asks."""
    practice = draw.tables.practice
    rank = {key: place for place, key in enumerate((*practice.learners_bring, *practice.first_job_teaches))}
    asked = sorted((need for need in opening.needs if need.competence in rank), key=lambda n: rank[n.competence])
    kept = [replace(need, must=True, level=max(1, need.level - 1)) for need in asked[:WORK_BASED_MUSTS]]
    first = {need.competence: need for need in draw.roles["adviser-1"].needs}
    known = {need.competence for need in opening.needs}
    spare = [replace(first[key], must=True) for key in EVERYWHERE if key not in known]
    return (*kept, *spare[: WORK_BASED_MUSTS - len(kept)])


def _opening(draw: Draw, employer: Employer, role: Role) -> Opening:
    dice = draw.dice
    languages = _languages(draw, employer, role)
    contract, months = _contract(draw, employer, role)
    start, until, closes = _dates(draw, employer)
    least = dice.choice((role.hours[0], role.hours[0] + 4, role.hours[0] + 8))
    return Opening(
        employer=employer.key,
        role=role.key,
        reference="",
        title=_title(draw, role, languages),
        text=_text(draw, employer),
        needs=_needs(draw, role),
        languages=languages,
        contract=contract,
        months=months,
        hours=(min(least, role.hours[1]), role.hours[1]),
        pay=_pay(draw, role),
        seats=_seats(draw, employer, role),
        place=employer.place,
        shifts=_shifts(draw, employer, role),
        home_work=role.home_work and dice.random() < 0.5,
        permits=_permits(draw, employer, role),
        starts_from_on=start,
        starts_until_on=until,
        closes_on=closes,
    )


def _languages(draw: Draw, employer: Employer, role: Role) -> tuple[tuple[str, int], ...]:
    """What the role must speak; advisers of many tongues get one of the employer's languages instead of English."""
    dice = draw.dice
    asked = dict(role.languages)
    if role.key == "mobility-adviser":
        extra = [code for code, share in (("fr", 0.35), ("it", 0.1), ("es", 0.1)) if dice.random() < share]
        return tuple(sorted({**asked, **dict.fromkeys(extra[:1], 4)}.items()))
    asked["nl"] = max(DUTCH_LEAST, asked.get("nl", DUTCH_LEAST))
    if asked.pop("en", None) is not None or dice.random() < 0.45:
        spoken = [code for code in employer.languages if code != "it"][:4]
        if role.key in ("service-desk", "cx-improver", "manager") or "en" in spoken[:1]:
            asked["en"] = 4
        elif spoken:
            asked[dice.choice(spoken)] = 4 if role.key != "adviser-1" else dice.choice((3, 4))
    return tuple(sorted(asked.items()))


def _title(draw: Draw, role: Role, languages: tuple[tuple[str, int], ...]) -> str:
    names = draw.tables.patterns["language_names"]
    beyond = [names[code] for code, _ in languages if code in names]
    return f"{role.title}, {' en '.join(beyond)}" if beyond else role.title


def _text(draw: Draw, employer: Employer) -> str:
    texts = draw.tables.patterns["texts"]
    return " ".join([employer.colour_nl, *(draw.dice.choice(texts[part]) for part in ("opening", "middle", "closing"))])


def _needs(draw: Draw, role: Role) -> tuple[RoleNeed, ...]:
    """The role's needs, a little different at every desk: some wishes left out, some must-haves softened."""
    dice = draw.dice
    kept = [need for need in role.needs if need.must or dice.random() < 0.85]
    softened = dice.choice([need.competence for need in kept if need.must]) if dice.random() < 0.4 else ""
    return tuple(_varied(draw, need, soften=need.competence == softened) for need in kept)


def _varied(draw: Draw, need: RoleNeed, *, soften: bool) -> RoleNeed:
    step = draw.dice.choices((-1, 0, 1), (6, 88, 6))[0]
    level = max(1, min(4, need.level + step))
    return replace(need, level=level, must=need.must and not soften)


def _contract(draw: Draw, employer: Employer, role: Role) -> tuple[str, int | None]:
    dice = draw.dice
    if role.permanent or (employer.type == "finance" and dice.random() < 0.4):
        return "permanent", None
    if employer.type == "outsourcing":
        return ("agency" if dice.random() < 0.3 else "fixed-term"), dice.choice((7, 8, 10, 12))
    return "fixed-term", dice.choice((role.months, 12, 12))


def _dates(draw: Draw, employer: Employer) -> tuple[date, date, date]:
    """Start, first day too late, and closing day, all after ``on``; months follow the season of the trade."""
    season = draw.tables.patterns["season"]
    weights = season.get(employer.type, season["default"])
    ahead = [(draw.on.month - 1 + step) % 12 for step in range(1, MONTHS_AHEAD + 1)]
    step = draw.dice.choices(range(1, MONTHS_AHEAD + 1), [weights[month] for month in ahead])[0]
    year, month = divmod(draw.on.year * 12 + draw.on.month - 1 + step, 12)
    start = date(year, month + 1, draw.dice.choice((1, 1, 15)))
    closes = max(draw.on + timedelta(days=10), start - timedelta(days=draw.dice.choice((7, 14, 21, 30))))
    until = start + timedelta(days=draw.dice.choice((14, 21, 30, 45)))
    return start, until, min(closes, until)


def _pay(draw: Draw, role: Role) -> tuple[str, str]:
    """Within the band of the role, in steps of five cents."""
    low, high = (Decimal(str(value)) for value in role.pay)
    step = (high - low) / 5
    least = low + step * draw.dice.choice((0, 0, 1))
    most = max(least, high - step * draw.dice.choice((0, 0, 1)))
    return tuple(str((value / Decimal("0.05")).quantize(Decimal(1)) * Decimal("0.05")) for value in (least, most))  # type: ignore[return-value]


def _seats(draw: Draw, employer: Employer, role: Role) -> int:
    if role.key in ("adviser-1", "adviser-2") and employer.jobs > 150:
        return draw.dice.choice((2, 4, 6, 8, 12))
    return draw.dice.choice((1, 1, 1, 2))


def _shifts(draw: Draw, employer: Employer, role: Role) -> tuple[str, ...]:
    """What the role can ask and this kind of employer works, each most of the time; nights only where help is sent."""
    usual = set(draw.tables.patterns["shifts"][employer.type])
    asked = {shift for shift in sorted(usual & {*role.shifts, "early"}) if draw.dice.random() < 0.7}
    if "nights" in role.shifts and employer.key in ALWAYS_NIGHTS and draw.dice.random() < 0.6:
        asked.add("nights")
    return tuple(sorted(asked))


def _permits(draw: Draw, employer: Employer, role: Role) -> tuple[str, ...]:
    asked = {"vog"} if employer.type in CHECKED_TYPES else set()
    if role.key == "trainer" and draw.dice.random() < 0.5:
        asked.add("driving-licence-b")
    return tuple(sorted(asked))
