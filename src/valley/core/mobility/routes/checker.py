"""Is this chain allowed, link by link and as a whole? Written apart from the search."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import asin, cos, radians, sin, sqrt

from valley.core.mobility.law import Contract, Rule, flags
from valley.core.mobility.routes.shapes import Chain, Learner, Link, Offer, Qualification, RoutePolicy
from valley.core.profiles import Importance

EARTH_KM, DETOUR = 6371.0088, 1.3  # as stated in valley.core.mobility.overlap.practical
SHORT_MINUTES = 1  # rounding down may take less than a minute of a school year


def check(
    chain: Chain,
    offers: Iterable[Offer],
    learner: Learner,
    qualification: Qualification,
    *,
    rules: Iterable[Rule] = (),
    policy: RoutePolicy = RoutePolicy(),  # noqa: B008 - frozen
) -> tuple[str, ...]:
    """Every way in which a chain is not a complete chain for this learner, in words; empty when it is one.

    >>> from valley.core.mobility.routes.engine import routes
    >>> from valley.core.profiles import Limits, Profile
    >>> asked = Qualification({"W1": 10}, months=1)
    >>> anna = Learner(Profile(1, (), limits=Limits(starts_on=date(2027, 2, 1))), proven={"W1": 10}, exempt_months=1)
    >>> check(routes((), anna, asked).chains[0], (), anna, asked)
    ()
    """
    by_id = {offer.id: offer for offer in offers}
    return (
        *_links(chain, by_id, learner),
        *_order(chain, learner, policy),
        *_entry(chain, by_id, learner),
        *_whole(chain, learner, qualification),
        *_years(chain, qualification),
        *_law(chain, learner, tuple(rules), policy),
        *_numbers(chain, by_id, learner, qualification),
        *_fallbacks(chain, by_id, learner, qualification, policy),
    )


def check_fallback(chain: Chain, at: int) -> Chain | None:
    """The chain of links that would be walked when the employer of link ``at`` withdraws: for `check`ing its links."""
    fallback = next((one for one in chain.fallbacks if one.at == at), None)
    if fallback is None or fallback.links is None:
        return None
    links = (*chain.links[:at], *fallback.links)
    return Chain(links, {}, {}, 0, 0, 0, 0.0, ())


def _links(chain: Chain, offers: Mapping[int, Offer], learner: Learner) -> Iterator[str]:
    done = [(one.employer, one.starts_on, one.ends_on) for one in learner.done]
    kept = [(one.employer, one.starts_on, one.ends_on) for one in chain.links if one.done]
    if done != kept:
        yield f"links that are done are not kept: {kept} for {done}"
    chosen = [link for link in chain.links if not link.done]
    names = [link.offer for link in chosen]
    if len(set(names)) != len(names):
        yield f"an opening is used twice: {names}"
    for link in chosen:
        offer = offers.get(link.offer) if link.offer is not None else None
        if offer is None:
            yield f"opening {link.offer} does not exist"
        else:
            yield from (f"opening {offer.id}: {words}" for words in _link(link, offer, learner))


def _link(link: Link, offer: Offer, learner: Learner) -> Iterator[str]:
    asked = offer.demand.conditions
    if (link.employer, link.role, link.kind) != (offer.employer, offer.role, offer.kind):
        yield "employer, role or kind is not that of the opening"
    if offer.seats < 1:
        yield "has no seat"
    if offer.employer in learner.avoid:
        yield "is at an employer the learner avoids"
    if not (asked.starts_from and asked.starts_until and asked.starts_from <= link.starts_on < asked.starts_until):
        yield f"cannot be started on {link.starts_on}"
    if link.months != asked.months or link.ends_on != _months_on(link.starts_on, asked.months or 0):
        yield f"does not last from {link.starts_on} to {link.ends_on}"
    covered = any(start <= link.starts_on and (end is None or link.ends_on <= end) for start, end in offer.recognised)
    if not covered:
        yield "is not recognised during the whole link"
    yield from _limits(offer, learner)


def _limits(offer: Offer, learner: Learner) -> Iterator[str]:
    limits, asked = learner.profile.limits, offer.demand.conditions
    spoken = {one.code: one.cefr for one in learner.profile.spoken}
    for tongue in offer.demand.spoken:
        if spoken.get(tongue.code, 0) < tongue.cefr:
            yield f"asks language {tongue.code} at {tongue.cefr}"
    if asked.permits - learner.profile.permits:
        yield f"asks permits {sorted(asked.permits - learner.profile.permits)}"
    unwilling = [
        name
        for name in ("evenings", "weekends", "nights", "early")
        if getattr(asked, name) and not getattr(limits, name)
    ]
    if unwilling:
        yield f"asks {', '.join(unwilling)}"
    if _less(asked.hours_max, limits.hours_min) or _less(limits.hours_max, asked.hours_min):
        yield "has other hours a week than wanted"
    if _less(asked.months, limits.months_min):
        yield "is shorter than wanted"
    if not (asked.home_work and limits.home_work) and _less(limits.max_km, _kilometres(offer, learner)):
        yield "is too far"


def _less(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and one < other


def _kilometres(offer: Offer, learner: Learner) -> float | None:
    here, there = learner.profile.limits.place, offer.demand.conditions.place
    if here is None or there is None:
        return None
    north, east = radians(there[0] - here[0]), radians(there[1] - here[1])
    chord = sin(north / 2) ** 2 + cos(radians(here[0])) * cos(radians(there[0])) * sin(east / 2) ** 2
    return DETOUR * 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


def _months_on(day: date, months: int) -> date:
    year, month = day.year + (day.month + months - 1) // 12, (day.month + months - 1) % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _order(chain: Chain, learner: Learner, policy: RoutePolicy) -> Iterator[str]:
    free = learner.profile.limits.starts_on
    if len(chain.links) > max(policy.longest, len(learner.done)):
        yield f"{len(chain.links)} links are too many"
    if chain.links and not learner.done and free is not None and chain.links[0].starts_on < free:
        yield f"starts on {chain.links[0].starts_on}, before the learner is free"
    for place in range(1, len(chain.links)):
        before, after = chain.links[place - 1], chain.links[place]
        gap = (after.starts_on - before.ends_on).days
        broken = place == len(learner.done) and learner.done[-1].broken
        allowed = max(policy.gap_days, policy.break_days) if broken else policy.gap_days
        if gap < 0:
            yield f"link {place} starts {-gap} days before the one before it ends"
        elif gap > allowed and not after.done:
            yield f"{gap} days lie between link {place - 1} and link {place}: {allowed} may"


def _entry(chain: Chain, offers: Mapping[int, Offer], learner: Learner) -> Iterator[str]:
    levels = {held.competence: held.level for held in learner.profile.has}
    done = iter(learner.done)
    for link in chain.links:
        offer = None if link.done or link.offer is None else offers.get(link.offer)
        needs = offer.demand.needs if offer else ()
        for need in needs:
            if need.importance is Importance.MUST and levels.get(need.competence, 0) < need.level:
                yield f"opening {link.offer}: asks competence {need.competence} at level {need.level} to start"
        gives = next(done).gives if link.done else offer.gives if offer else ()
        for given in gives:
            levels[given.competence] = max(levels.get(given.competence, 0), given.level)


def _practised(chain: Chain, learner: Learner, qualification: Qualification) -> dict[str, int]:
    return {
        code: learner.proven.get(code, 0) + sum(link.hours.get(code, 0) for link in chain.links)
        for code, hours in qualification.requires.items()
        if hours > 0
    }


def _whole(chain: Chain, learner: Learner, qualification: Qualification) -> Iterator[str]:
    for code, hours in _practised(chain, learner, qualification).items():
        if hours < qualification.requires[code]:
            yield f"{code} has {hours} of {qualification.requires[code]} hours"
    months = sum(link.months for link in chain.links)
    if months + learner.exempt_months < qualification.months:
        yield f"lasts {months} months of {qualification.months - learner.exempt_months}"


def _years(chain: Chain, qualification: Qualification) -> Iterator[str]:
    for year, (days, length, minutes) in _by_year(chain).items():
        asked = Fraction(qualification.practice_hours_a_year * 60 * days, length)
        if minutes <= asked - SHORT_MINUTES:
            yield f"school year {year} has {minutes / 60:.1f} of {float(asked) / 60:.1f} hours of practice"


def _by_year(chain: Chain) -> dict[int, tuple[int, int, int]]:
    """Per school year: days of it inside the chain, its length, and minutes of practice. Day by day, on purpose."""
    if not chain.links:
        return {}
    found: dict[int, tuple[int, int, int]] = {}
    day = chain.links[0].starts_on
    while day < chain.links[-1].ends_on:
        year = day.year if day.month >= 8 else day.year - 1
        length = (date(year + 1, 8, 1) - date(year, 8, 1)).days
        days, _, minutes = found.get(year, (0, length, 0))
        found[year] = (days + 1, length, minutes + sum(_minutes(link, day) for link in chain.links))
        day += timedelta(days=1)
    return found


def _minutes(link: Link, day: date) -> int:
    if not link.starts_on <= day < link.ends_on:
        return 0
    total, days, past = 60 * sum(link.hours.values()), (link.ends_on - link.starts_on).days, (day - link.starts_on).days
    return total * (past + 1) // days - total * past // days


def _law(chain: Chain, learner: Learner, rules: Sequence[Rule], policy: RoutePolicy) -> Iterator[str]:
    free = learner.done[-1].ends_on if learner.done else learner.profile.limits.starts_on
    if free is None:
        return
    rows = [(link.done, _contract(link, policy)) for link in chain.links]
    told = flags([*learner.contracts, *(row for _, row in rows)], rules=rules, on=free, scenario=policy.scenario)
    if sorted(map(repr, told)) != sorted(map(repr, chain.law)):
        yield "what the law says is told otherwise"
    for flag in told:
        new = any(not done and flag.about == row for done, row in rows)
        if policy.breach_blocks and flag.severity == "breach" and new:
            yield f"breaches {flag.rule.key}: {flag.says}"


def _contract(link: Link, policy: RoutePolicy) -> Contract:
    days = link.starts_on, link.ends_on
    return Contract(str(link.employer), link.kind, *days, role=link.role, initiative=policy.initiative)


def _numbers(
    chain: Chain, offers: Mapping[int, Offer], learner: Learner, qualification: Qualification
) -> Iterator[str]:
    practised = _practised(chain, learner, qualification)
    asked = qualification.requires
    told = {
        "hours": (dict(chain.hours), practised),
        "missing": (
            dict(chain.missing),
            {one: asked[one] - have for one, have in practised.items() if have < asked[one]},
        ),
        "months": (chain.months, sum(link.months for link in chain.links)),
        "days of waiting": (chain.wait_days, waiting(chain, learner)),
        "idle days": (chain.idle_days, waiting(chain, learner) + between(chain)),
        "kilometres": (round(chain.travel_km * 10), travel(chain, offers, learner)),
        "hours a year": (
            [(one.starts_in, one.days, round(one.hours * 60)) for one in chain.years],
            [(year, days, minutes) for year, (days, _, minutes) in _by_year(chain).items()],
        ),
    }
    yield from (f"{name}: {said}, which is {true}" for name, (said, true) in told.items() if said != true)
    for link in chain.links:
        offer = None if link.done or link.offer is None else offers.get(link.offer)
        if offer and dict(link.hours) != {code: count for code, count in offer.practises.items() if code in asked}:
            yield f"opening {offer.id} is said to practise {dict(link.hours)}"


def waiting(chain: Chain, learner: Learner) -> int:
    """Days between the first day the learner is free and the first link."""
    free = learner.profile.limits.starts_on
    return (chain.links[0].starts_on - free).days if chain.links and free and not learner.done else 0


def between(chain: Chain) -> int:
    """Days between links."""
    inside = sum((link.ends_on - link.starts_on).days for link in chain.links)
    return (chain.links[-1].ends_on - chain.links[0].starts_on).days - inside if chain.links else 0


def travel(chain: Chain, offers: Mapping[int, Offer], learner: Learner) -> int:
    """Kilometres one way times months, in tenths, over the chosen links."""
    total = 0
    for link in chain.links:
        offer = None if link.done or link.offer is None else offers.get(link.offer)
        if offer is None:
            continue
        home = offer.demand.conditions.home_work and learner.profile.limits.home_work
        km = 0.0 if home else _kilometres(offer, learner)
        total += round((learner.profile.limits.max_km or 0.0 if km is None else km) * 10) * link.months
    return total


def _fallbacks(
    chain: Chain, offers: Mapping[int, Offer], learner: Learner, qualification: Qualification, policy: RoutePolicy
) -> Iterator[str]:
    for fallback in chain.fallbacks:
        if fallback.employer != chain.links[fallback.at].employer or fallback.at < len(learner.done):
            yield f"the fallback of link {fallback.at} is about another employer"
        if fallback.links is not None and any(link.employer == fallback.employer for link in fallback.links):
            yield f"the fallback of link {fallback.at} uses the employer that withdrew"
        instead = check_fallback(chain, fallback.at)
        if instead is not None:
            words = (
                *_links(instead, offers, learner),
                *_order(instead, learner, policy),
                *_entry(instead, offers, learner),
                *_whole(instead, learner, qualification),
                *_years(instead, qualification),
            )
            yield from (f"fallback of link {fallback.at}: {one}" for one in words)
