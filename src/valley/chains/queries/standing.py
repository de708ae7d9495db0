"""Can a link stand as it was agreed, and how does a new chain differ from the links that were agreed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from valley.chains.queries import words
from valley.chains.snapshots import Agreed
from valley.core.mobility import routes as core
from valley.foundation import organisations


def why_broken(link: Agreed, *, offer: core.Offer | None, periods: Sequence[core.Period], signed: bool) -> str:
    """Why a planned link cannot stand, as a code; "" when it can. ``periods`` are those of its recognition.

    Days that were signed need no open opening: a seat that was given away is often the last. Its recognition, and
    what it says when it is still open, are compared all the same.
    """
    if not any(start <= link.starts_on and (end is None or link.ends_on <= end) for start, end in periods):
        return "status-ends"
    if offer is None:
        return "" if signed else "opening-closed"
    asked = offer.demand.conditions
    fits = asked.starts_from is not None and asked.starts_until is not None
    inside = fits and asked.starts_from <= link.starts_on < asked.starts_until  # type: ignore[operator]
    same = asked.months == link.months and dict(offer.practises) == dict(link.processes)
    return "" if inside and same else "opening-changed"


def mark_kept(packed: Sequence[dict[str, Any]], before: Sequence[Agreed]) -> None:
    """Name, in the kept form of a new chain, the links that stay on their very days: their signatures stand."""
    stood = {
        (link.opening, link.starts_on.isoformat(), link.ends_on.isoformat()): link.key
        for link in before
        if not link.gone
    }
    for one in packed:
        one["kept"] = stood.get((one["opening"], one["starts_on"], one["ends_on"]), "")


def difference(before: Sequence[Agreed], packed: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What stays, goes and comes, and hours and last day before and after, as JSON can hold it; after mark_kept."""
    names = organisations.names([link.employer for link in before] + [one["organisation"] for one in packed])
    kept = {one["kept"] for one in packed if one["kept"]}
    found: dict[str, Any] = {
        "stayed": [_days(names, link) for link in before if link.key in kept],
        "went": [_days(names, link) for link in before if link.key not in kept],
        "came": [
            {"employer": names[one["organisation"]], "starts_on": one["starts_on"], "ends_on": one["ends_on"]}
            for one in packed
            if not one["kept"]
        ],
    }
    if packed:
        last = packed[-1]["ends_on"]
        hours = [sum(sum(link.processes.values()) for link in before)]
        found["hours"] = [*hours, sum(sum(one["processes"].values()) for one in packed)]
        found["ends"] = [max((link.ends_on.isoformat() for link in before), default=last), last]
    return found


@dataclass(frozen=True, slots=True)
class DifferenceWords:
    """A difference as a reader gets it, in the active language; ``blocked`` and ``ways_out`` when there is no chain."""

    stayed: tuple[str, ...]
    went: tuple[str, ...]
    came: tuple[str, ...]
    hours_words: str
    end_words: str
    blocked: tuple[str, ...]
    ways_out: tuple[str, ...]


def difference_words(diff: Mapping[str, Any]) -> DifferenceWords:
    """A kept difference, with a kept refusal when there was no chain, in words."""
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    ends = [words.day(date.fromisoformat(one)) for one in diff.get("ends", ())]
    return DifferenceWords(
        stayed=tuple(_link_words(one) for one in diff.get("stayed", ())),
        went=tuple(_link_words(one) for one in diff.get("went", ())),
        came=tuple(_link_words(one) for one in diff.get("came", ())),
        hours_words=_before_after(diff.get("hours")),
        end_words=_before_after(ends),
        blocked=tuple(diff.get("blocked", {}).get(language, ())),
        ways_out=tuple(diff.get("ways_out", {}).get(language, ())),
    )


def _link_words(one: Mapping[str, str]) -> str:
    start, end = (words.day(date.fromisoformat(one[name])) for name in ("starts_on", "ends_on"))
    return _("%(employer)s, %(start)s – %(end)s") % {"employer": one["employer"], "start": start, "end": end}


def _before_after(pair: Sequence[object] | None) -> str:
    return _("%(before)s before, %(after)s after") % {"before": pair[0], "after": pair[1]} if pair else ""


def _days(names: Mapping[int, str], link: Agreed) -> dict[str, str]:
    return {
        "employer": names[link.employer],
        "starts_on": link.starts_on.isoformat(),
        "ends_on": link.ends_on.isoformat(),
    }
