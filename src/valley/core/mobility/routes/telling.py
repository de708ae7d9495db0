"""What is there to say about a chain that was found?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from valley.core.mobility.law import flags
from valley.core.mobility.law.months import between
from valley.core.mobility.law.shapes import Contract, Flag
from valley.core.mobility.overlap.practical import State, practical
from valley.core.mobility.routes.board import way
from valley.core.mobility.routes.choosing import Searching
from valley.core.mobility.routes.days import MINUTES, school_year, spread
from valley.core.mobility.routes.ground import Ground, Label
from valley.core.mobility.routes.shapes import Chain, Fallback, Link, SchoolYear
from valley.core.profiles import Gives


def chain(label: Label, search: Searching, *, fallbacks: bool = True) -> Chain:
    """A label as a chain, with its law, its school years and the fallback of every chosen link."""
    ground = search.ground
    links = told_links(label, ground)
    hours = _hours(links, ground)
    asked = ground.board.qualification
    missing = {code: asked.requires[code] - have for code, have in hours.items() if have < asked.requires[code]}
    law = told_law(links, ground)
    wait = (links[0].starts_on - ground.on).days if links and not ground.learner.done else 0
    gaps = [(later.starts_on - before.ends_on).days for before, later in pairwise(links)]
    travel = sum(ground.travel[place] for place in label.places) / 10
    return Chain(
        links=links,
        hours=hours,
        missing=missing,
        months=sum(link.months for link in links),
        wait_days=wait,
        idle_days=wait + sum(gaps),
        travel_km=travel,
        years=told_years(links, ground),
        fallbacks=told_fallbacks(label, search, links) if fallbacks else (),
        law=law,
        flags=_flags(wait, gaps, law, ground),
    )


def _flags(wait: int, gaps: Sequence[int], law: Sequence[Flag], ground: Ground) -> tuple[str, ...]:
    done = ground.learner.done
    at = len(done) - 1
    broke = bool(done) and done[-1].broken and at < len(gaps) and gaps[at] > 0
    told = {
        "wait": wait > 0,
        "gap": any(gap > 0 and not (broke and place == at) for place, gap in enumerate(gaps)),
        "break": broke,
        "law": any(flag.severity != "note" for flag in law),
    }
    return tuple(name for name, holds in told.items() if holds)


def told_links(label: Label, ground: Ground) -> tuple[Link, ...]:
    """The links done and chosen, with the levels each brings and those it opens a later link with."""
    levels = {held.competence: held.level for held in ground.learner.profile.has}
    links: list[Link] = []
    asked: list[dict[int, int]] = []
    codes = ground.board.qualification.requires
    for done in ground.learner.done:
        hours = {code: done.hours[code] for code in sorted(done.hours) if code in codes}
        months = between(done.starts_on, done.ends_on)[0]
        raised = _raised(levels, done.gives)
        links.append(
            Link(
                done.offer, done.employer, done.role, done.kind, done.starts_on, done.ends_on, months, hours, raised,
                done=True,
            )
        )  # fmt: skip
        asked.append({})
    for place, start in zip(label.places, label.starts, strict=True):
        links.append(_link(place, start, levels, ground))
        musts = ground.board.musts(place)
        asked.append({one: level for one, level in musts if not _held(ground, one, level)})
    return tuple(_opening(link, asked[place + 1 :]) for place, link in enumerate(links))


def _held(ground: Ground, competence: int, level: int) -> bool:
    return any(one.competence == competence and one.level >= level for one in ground.learner.profile.has)


def _opening(link: Link, later: Sequence[dict[int, int]]) -> Link:
    used = tuple(one for one in link.levels if any(one.competence in asked for asked in later))
    return replace(link, opens=used) if used else link


def _raised(levels: dict[int, int], gives: Sequence[Gives]) -> tuple[Gives, ...]:
    found: list[Gives] = []
    for one in sorted(gives, key=lambda given: (given.competence, given.level)):
        if one.level > levels.get(one.competence, 0):
            levels[one.competence] = one.level
            found.append(one)
    return tuple(found)


def _link(place: int, start: int, levels: dict[int, int], ground: Ground) -> Link:
    board, limits = ground.board, ground.learner.profile.limits
    offer = board.offers[place]
    asked = offer.demand.conditions
    end = board.starts(place, recognised=ground.recognised)[start]
    codes = board.qualification.requires
    home = limits.home_work and asked.home_work
    return Link(
        offer=offer.id,
        employer=offer.employer,
        role=offer.role,
        kind=offer.kind,
        starts_on=date.fromordinal(start),
        ends_on=date.fromordinal(end),
        months=board.months[place],
        hours={code: offer.practises[code] for code in sorted(offer.practises) if code in codes},
        levels=_raised(levels, offer.gives),
        km=None if home else way(limits.place, asked.place),
        ask=tuple(one.kind for one in practical(limits, asked) if one.state is State.UNKNOWN),
    )


def _hours(links: Sequence[Link], ground: Ground) -> dict[str, int]:
    proven = ground.learner.proven
    return {
        code: proven.get(code, 0) + sum(link.hours.get(code, 0) for link in links) for code in ground.board.processes
    }


def told_law(links: Sequence[Link], ground: Ground) -> tuple[Flag, ...]:
    """What the rules say about the earlier contracts and all links together."""
    planned = [
        Contract(
            str(link.employer), link.kind, link.starts_on, link.ends_on, role=link.role,
            initiative=ground.policy.initiative,
        )
        for link in links if not link.done
    ]  # fmt: skip
    rows = (*ground.contracts, *planned)
    return flags(rows, rules=ground.board.rules, on=ground.on, scenario=ground.policy.scenario) if rows else ()


def told_years(links: Sequence[Link], ground: Ground) -> tuple[SchoolYear, ...]:
    """Practice per school year, from the first day of the chain to its last."""
    if not links:
        return ()
    asked = ground.board.qualification
    minutes: dict[int, int] = {}
    for link in links:
        start, end = link.starts_on.toordinal(), link.ends_on.toordinal()
        for first, _, part in spread(sum(link.hours.values()) * MINUTES, start, end):
            minutes[first] = minutes.get(first, 0) + part
    first, last = links[0].starts_on.toordinal(), links[-1].ends_on.toordinal()
    years: list[SchoolYear] = []
    while first < last:
        begin, following = school_year(first)
        days, length = min(last, following) - first, following - begin
        years.append(
            SchoolYear(
                date.fromordinal(begin).year,
                days,
                minutes.get(begin, 0) / MINUTES,
                asked.practice_hours_a_year * days / length,
                asked.guided_hours_a_year * days / length,
            )
        )
        first = following
    return tuple(years)


def told_fallbacks(label: Label, search: Searching, links: Sequence[Link]) -> tuple[Fallback, ...]:
    """For every chosen link, what remains when its employer withdraws as it would start."""
    ground = search.ground
    row: list[Label] = []
    here = label
    while here.places and here.before is not None:
        row.append(here.before)
        here = here.before
    found: list[Fallback] = []
    kept = len(ground.learner.done)
    for number, before in enumerate(reversed(row)):
        employer = links[kept + number].employer
        other = search.fallback(before, employer)
        then = None if other is None else told_links(other, ground)[kept + number :]
        found.append(Fallback(kept + number, employer, then))
    return tuple(found)
