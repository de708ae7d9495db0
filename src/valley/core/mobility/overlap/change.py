"""What would change with this module, without this requirement, or with other weights?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from valley.core.errors import ValleyError
from valley.core.mobility.overlap.policy import OverlapPolicy
from valley.core.mobility.overlap.twin import Overlap, overlap
from valley.core.profiles import Demand, Gives, Grade, Has, Profile, Vocabulary, strongest


class NotANeed(ValleyError):
    """A change names a competence that the opening does not ask."""

    code = "not-a-need"


@dataclass(frozen=True, slots=True)
class Change:
    """``add``: what a module would give, as a credential of today. ``without_needs``: requirements left out.
    ``weights``: other emphasis per needed competence; 0 leaves the need out.
    """

    add: tuple[Gives, ...] = ()
    without_needs: tuple[int, ...] = ()
    weights: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))


def what_if(
    profile: Profile, demand: Demand, vocabulary: Vocabulary, policy: OverlapPolicy, change: Change, *, on: date
) -> Overlap:
    """The overlap after a change: the same function on changed inputs, so no second model can disagree.

    Raises `NotANeed` when the change names a need that does not exist.

    >>> from valley.core.profiles import Need
    >>> day = date(2026, 9, 1)
    >>> person, opening = Profile(1, (Has(1, 2, Grade.OBSERVED, day),)), Demand(9, (Need(1, 2), Need(2, 2)))
    >>> rule = OverlapPolicy(least_confirmed=1)
    >>> after = what_if(person, opening, Vocabulary(), rule, Change(add=(Gives(2, 2),)), on=day)
    >>> after.coverage, after.fit
    (1.0, 1.0)
    """
    changed = changed_profile(profile, change, on)
    return overlap(changed, changed_demand(demand, change), vocabulary, policy, on=on)


def changed_profile(profile: Profile, change: Change, on: date) -> Profile:
    """The person after the modules; never lower than before."""
    gained = (Has(gives.competence, gives.level, Grade.CREDENTIAL, on) for gives in change.add)
    return replace(profile, has=strongest((*profile.has, *gained)))


def changed_demand(demand: Demand, change: Change) -> Demand:
    """The opening without the dropped needs and with the other weights."""
    asked = {need.competence for need in demand.needs}
    unknown = sorted(({*change.without_needs, *change.weights}) - asked)
    if unknown:
        raise NotANeed(
            expected="competences this opening asks",
            found=unknown,
            next_step="Choose from the needs of the opening.",
            competences=tuple(unknown),
        )
    dropped = {*change.without_needs, *(key for key, weight in change.weights.items() if weight == 0)}
    kept = (need for need in demand.needs if need.competence not in dropped)
    needs = tuple(replace(need, weight=change.weights.get(need.competence, need.weight)) for need in kept)
    return replace(demand, needs=needs)
