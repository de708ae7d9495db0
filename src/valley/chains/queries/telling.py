"""How does a chain from the arithmetic become lines that a person can read?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from valley.careers import queries as careers
from valley.chains.queries import words
from valley.chains.queries.blocked import conflict_lines
from valley.chains.queries.plans import PlanPage
from valley.chains.queries.reckoning import Basis
from valley.chains.queries.shapes import (
    ChainLine,
    CoverLine,
    FallbackLine,
    FlagLine,
    LinkLine,
    ProcessHours,
    WayOut,
    WhyNot,
    YearLine,
)
from valley.chains.queries.words import Names
from valley.chains.snapshots import Facts
from valley.core.mobility import law
from valley.core.mobility import routes as core
from valley.foundation import organisations
from valley.people import queries as people
from valley.skills import queries as skills


@dataclass(frozen=True, slots=True)
class _Telling:
    """What is needed to tell chains of one answer: names, openings, hours asked and proven, the reader's language."""

    names: Names
    facts: Mapping[int, Facts]
    plan: PlanPage
    proven: Mapping[str, int]
    language: str


def told(
    found: core.Routes, *, basis: Basis, proven: Mapping[str, int], language: str
) -> tuple[tuple[ChainLine, ...], WhyNot | None]:
    """The chains of an answer in words, best first, and the reason when there is none.

    ``proven`` are hours per work process from before. Words are in the active language; names and labels of the
    vocabulary in ``language``. Cost: one question per kind of name, however many chains.
    """
    with_ = _telling(found, basis=basis, proven=proven, language=language)
    chains = tuple(_chain(chain, with_) for chain in found.chains)
    return chains, _why_not(found.refusal, with_) if found.refusal else None


def _telling(found: core.Routes, *, basis: Basis, proven: Mapping[str, int], language: str) -> _Telling:
    """Look up every name that an answer mentions."""
    facts, plan = basis.market.facts, basis.plan
    refusal = found.refusal
    more = refusal.relaxations if refusal else ()
    chains = [*found.chains, *(one.chain for one in more)]
    chains += [refusal.partial] if refusal and refusal.partial else []
    links = [link for chain in chains for link in chain.links]
    links += [link for chain in chains for fallback in chain.fallbacks for link in fallback.links or ()]
    employers = {link.employer for link in links} | {one.employer for one in more if one.employer is not None}
    employers |= {fallback.employer for chain in chains for fallback in chain.fallbacks}
    competences = {one.competence for link in links for one in (*link.levels, *link.opens)}
    subjects = [one.subject for conflict in refusal.conflicts for one in conflict.conditions] if refusal else []
    subjects += [one.subject for one in more]
    competences |= {
        int(part) for subject in subjects for pair in subject.split() if (part := pair.partition(":")[0]).isdigit()
    }
    names = Names(
        employers=organisations.names(employers),
        titles={key: fact.title for key, fact in facts.items()},
        processes={process.code: process.name for process in plan.processes},
        competences=skills.labels(competences, language),
        languages={code: str(label) for code, label in people.language_words(language).items()},
        permits={code: str(label) for code, label in people.PERMIT_WORDS.items()},
        levels={level.number: level.label for level in skills.levels(language)},
    )
    return _Telling(names, facts, plan, proven, language)


def chain_key(chain: core.Chain) -> str:
    """The name of a chain: the same openings on the same days have the same name."""
    parts = [(link.offer, link.employer, link.starts_on, link.ends_on) for link in chain.links]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _chain(chain: core.Chain, with_: _Telling) -> ChainLine:
    names = with_.names
    fallbacks = {fallback.at: fallback for fallback in chain.fallbacks}
    links = tuple(
        _link(link, with_, flags=chain.law, fallback=fallbacks.get(place)) for place, link in enumerate(chain.links)
    )
    about = {flag.about.starts_on for flag in chain.law if flag.about}
    loose = [flag for flag in chain.law if flag.about is None or flag.about.starts_on not in about]
    return ChainLine(
        key=chain_key(chain),
        links=links,
        starts_on=chain.links[0].starts_on,
        ends_on=chain.links[-1].ends_on,
        months=chain.months,
        idle_days=chain.idle_days,
        idle_words=words.idle_words(chain.idle_days, chain.wait_days),
        processes=_covers(chain, with_),
        covered=len(chain.covered),
        missing=hours_lines(chain.missing, names.processes),
        years=tuple(_year(year) for year in chain.years),
        survived=chain.survived,
        of=chain.of,
        robust_words=words.robust_words(chain.survived, chain.of),
        travel_words=words.travel_words(chain.travel_km, sum(link.months for link in chain.links)),
        flags=_flags(loose, with_.language),
    )


def _flags(flags: Iterable[law.Flag], language: str) -> tuple[FlagLine, ...]:
    return tuple(_flag(flag, language) for flag in flags)


def _why_not(refusal: core.Refusal, with_: _Telling) -> WhyNot:
    conflicts = tuple(
        tuple(words.condition_words(one, with_.names) for one in conflict.conditions) for conflict in refusal.conflicts
    )
    ways = tuple(
        WayOut(
            words=words.relaxation_words(one, with_.names),
            gives=words.gives_words(one.chain),
            whose=words.whose(one),
            whose_words=words.whose_words(words.whose(one)),
            chain=_chain(one.chain, with_),
        )
        for one in refusal.relaxations
    )
    groups = tuple(conflict_lines(conflict.conditions, with_.names) for conflict in refusal.conflicts)
    every = [set(conflict.conditions) for conflict in refusal.conflicts]
    common = (
        [one for one in refusal.conflicts[0].conditions if all(one in other for other in every)] if every[1:] else []
    )
    shared = conflict_lines(common, with_.names)
    return WhyNot(conflicts, groups, shared, ways, _chain(refusal.partial, with_) if refusal.partial else None)


def _link(link: core.Link, with_: _Telling, *, flags: Iterable[law.Flag], fallback: core.Fallback | None) -> LinkLine:
    fact = with_.facts.get(link.offer or 0)
    names = with_.names
    own = [flag for flag in flags if flag.about is not None and flag.about.starts_on == link.starts_on]
    return LinkLine(
        opening=link.offer,
        slug=fact.slug if fact else "",
        title=fact.title if fact else _("a job that was agreed before"),
        organisation=link.employer,
        employer=names.employer(link.employer),
        starts_on=link.starts_on,
        ends_on=link.ends_on,
        days=(link.ends_on - link.starts_on).days,
        months=link.months,
        hours=sum(link.hours.values()),
        weekly=_weekly(fact),
        pay_min=fact.pay_min if fact else None,
        pay_max=fact.pay_max if fact else None,
        km=None if link.km is None else round(link.km, 1),
        contract=link.kind,
        contract_words=str(words.CONTRACTS[link.kind]),
        processes=hours_lines(link.hours, names.processes),
        gains=tuple(_gain(one.competence, one.level, names) for one in link.levels),
        opens=tuple(_gain(one.competence, one.level, names) for one in link.opens),
        asks=tuple(str(words.ASKS.get(ask, ask)) for ask in link.ask),
        done=link.done,
        flags=_flags(own, with_.language),
        fallback=_fallback(fallback, names) if fallback else None,
    )


def _weekly(fact: Facts | None) -> str:
    if fact is None:
        return ""
    low, high = fact.hours_min, fact.hours_max
    return str(low) if low == high else f"{low}–{high}"


def _gain(competence: int, level: int, names: Names) -> str:
    return f"{names.competences.get(competence, competence)} ({names.levels.get(level, level)})"


def _fallback(fallback: core.Fallback, names: Names) -> FallbackLine:
    if fallback.links is None:
        lost = _("If %(employer)s stops, no complete chain is left.") % {"employer": names.employer(fallback.employer)}
        return FallbackLine(False, lost, (), None)
    others = tuple(dict.fromkeys(names.employer(link.employer) for link in fallback.links))
    ends = fallback.links[-1].ends_on if fallback.links else None
    facts = {"employer": names.employer(fallback.employer), "others": ", ".join(others)}
    if ends is None:
        return FallbackLine(True, _("If %(employer)s stops, what was done before is enough.") % facts, (), None)
    said = _("If %(employer)s stops: on at %(others)s, until %(end)s.") % (facts | {"end": words.day(ends)})
    return FallbackLine(True, said, others, ends)


def _covers(chain: core.Chain, with_: _Telling) -> tuple[CoverLine, ...]:
    return tuple(
        CoverLine(
            process=process.code,
            name=process.name,
            asked=process.hours,
            proven=with_.proven.get(process.code, 0),
            per_link=tuple(int(link.hours.get(process.code, 0)) for link in chain.links),
            missing=int(chain.missing.get(process.code, 0)),
        )
        for process in with_.plan.processes
    )


def cover_lines(
    plan: PlanPage, per_link: Sequence[Mapping[str, int]], *, known: Mapping[str, tuple[int, bool]]
) -> tuple[CoverLine, ...]:
    """Each work process of a plan with its hours in each link, and what is missing.

    ``known`` are hours from before, and whether they show the whole work process: then all its hours count.
    """
    found: list[CoverLine] = []
    for process in plan.processes:
        hours, whole = known.get(process.code, (0, False))
        before = process.hours if whole else min(hours, process.hours)
        given = tuple(int(link.get(process.code, 0)) for link in per_link)
        missing = max(0, process.hours - before - sum(given))
        found.append(CoverLine(process.code, process.name, process.hours, before, given, missing))
    return tuple(found)


def hours_lines(hours: Mapping[str, int], names: Mapping[str, str]) -> tuple[ProcessHours, ...]:
    """Hours per work process with names, by code."""
    return tuple(ProcessHours(code, names.get(code, code), hours[code]) for code in sorted(hours))


def _year(year: core.SchoolYear) -> YearLine:
    label = f"{year.starts_in}–{year.starts_in + 1}"
    return YearLine(label, round(year.hours), round(year.minimum), round(year.guided_minimum))


_SEVERITIES = {"breach": "bad", "warning": "warning", "note": "info"}


def _flag(flag: law.Flag, language: str) -> FlagLine:
    return FlagLine(
        severity=_SEVERITIES[flag.severity],
        severity_words=str(words.SEVERITIES[flag.severity]),
        words=careers.flag_words(flag, language),
        rule=flag.rule.key,
        source=flag.source,
        from_on=flag.rule.from_on,
        until_on=flag.rule.until_on,
        scenario=flag.scenario,
    )
