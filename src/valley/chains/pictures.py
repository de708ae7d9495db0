"""How does a chain, computed or stored, become the plain tuples of a timeline: jobs, work processes, school years?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language

from valley.chains.queries.shapes import ChainLine, LinkLine

DAYS_A_MONTH = 30.4375
TICKS = 4


def of_chain(chain: ChainLine) -> dict[str, Any]:
    """The picture of a computed chain."""
    links = [
        (link.employer, link.starts_on, link.ends_on, "done" if link.done else "planned", _flags(link))
        for link in chain.links
    ]
    return of_links(links, chain.processes, chain.years)


def of_route(page: Any) -> dict[str, Any]:
    """The picture of a stored route, from its page: ``links`` with state and warnings, ``processes`` and ``years``."""
    links = [(link.employer, link.starts_on, link.ends_on, link.state, link.warnings) for link in page.links]
    return of_links(links, page.processes, page.years)


def _flags(link: LinkLine) -> tuple[str, ...]:
    """Only what asks for something: a note is told beside the link, it needs no warning sign."""
    return tuple(f"{flag.words} ({flag.source})" for flag in link.flags if flag.severity != "info")


def of_links(links: Sequence[tuple[Any, ...]], processes: Sequence[Any], years: Sequence[Any]) -> dict[str, Any]:
    """The picture of (employer, first day, first day after, state, flags) links in order of time."""
    if not links:
        return {"jobs": (), "processes": (), "years": (), "ticks": ()}
    first: date = links[0][1]

    def short(day: date) -> str:
        return date_format(day, "M Y" if (get_language() or "nl").startswith("en") else "b Y")

    def month(day: date) -> float:
        return round((day - first).days / DAYS_A_MONTH, 2)

    jobs = tuple(
        (name, f"{short(starts)} – {short(ends)}", month(starts), month(ends), state, flags)
        for name, starts, ends, state, flags in links
    )
    return {
        "jobs": jobs,
        "processes": tuple(
            (line.process, line.name, line.asked, line.per_link, line.proven, line.missing == 0) for line in processes
        ),
        "years": tuple((year.label, year.hours, year.least) for year in years),
        "ticks": tuple((month(day), short(day)) for day in _ticks(first, links[-1][2])),
    }


def _ticks(first: date, last: date) -> list[date]:
    """The first day, and every half year after it."""
    found = [first]
    while True:
        year, at = divmod(found[-1].year * 12 + found[-1].month - 1 + 6, 12)
        following = date(year, at + 1, 1)
        if following >= last:
            return found
        found.append(following)
