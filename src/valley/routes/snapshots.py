"""How do a learner, a proven hour and a stored link become the values that routes are computed from?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from valley.careers import snapshots as careers
from valley.chains import snapshots as chains
from valley.core.mobility import law
from valley.core.mobility import routes as core
from valley.core.profiles import Profile, Spoken
from valley.foundation.access import Grant
from valley.people import snapshots as people
from valley.routes.models import LinkState, ProvenPractice


def profile(grant: Grant, *, max_km: int | None, language: tuple[str, int] | None) -> Profile:
    """The person's profile; for a what-if with other kilometres, or a language at another level."""
    found = people.profile(grant)
    if max_km is not None:
        found = replace(found, limits=replace(found.limits, max_km=max_km))
    if language is None:
        return found
    code, cefr = language
    spoken = (*(one for one in found.spoken if one.code != code), Spoken(code, cefr))
    return replace(found, spoken=tuple(sorted(spoken, key=lambda one: one.code)))


def contracts(grant: Grant, *, person: int, but: Iterable[core.Done]) -> tuple[law.Contract, ...]:
    """Earlier employments, for the rules of law; without those that are links of the route itself."""
    own = {(str(link.employer), link.starts_on) for link in but}
    return tuple(one for one in careers.contracts(grant, person) if (one.employer, one.starts_on) not in own)


def proven(*, person: int, code: str, asked: Mapping[str, int]) -> dict[str, int]:
    """Hours that a school signed for, under an open grant; a work process shown in full has all its hours."""
    rows: Any = ProvenPractice.objects.filter(person=person, dossier_code=code)
    return {
        row.process_code: asked[row.process_code] if row.proven else min(row.hours, asked[row.process_code])
        for row in rows
        if row.process_code in asked
    }


def agreed(link: Any, *, gone: bool = False) -> chains.Agreed:
    """A link as it was agreed: also of one that was broken off since, the last day and the hours that were planned."""
    ends_on = link.facts.get("ends_on")
    return chains.Agreed(
        key=link.key,
        opening=link.opening_id or 0,
        employer=link.organisation_id,
        role=link.facts.get("role", ""),
        kind=link.facts.get("contract", "work-based-learning"),
        starts_on=link.starts_on,
        ends_on=date.fromisoformat(ends_on) if ends_on else link.ends_on,
        months=link.facts.get("months", 0),
        processes=link.facts.get("processes", link.processes),
        gone=gone,
    )


def done(link: Any, *, asked: Mapping[str, int], teaches: chains.Teaches) -> core.Done:
    """A link that was worked or is running, as it is kept; one that was broken off has the hours up to that day."""
    broken = link.state == LinkState.WITHDRAWN
    hours = {code: hours for code, hours in link.processes.items() if code in asked}
    return core.Done(
        employer=link.organisation_id,
        starts_on=link.starts_on,
        ends_on=link.ends_on,
        hours=hours,
        gives=chains.gives(hours, asked, teaches),
        offer=link.opening_id,
        role=link.facts.get("role", ""),
        kind=link.facts.get("contract", "work-based-learning"),
        broken=broken,
    )
