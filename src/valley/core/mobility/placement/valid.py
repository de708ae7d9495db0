"""Can these movers, offers and courses be planned at all?"""

from __future__ import annotations

from collections.abc import Sequence

from valley.core.mobility.placement.shapes import Course, Mover, Offer, PlacementPolicy, require_unique


def sorted_inputs(
    movers: Sequence[Mover], offers: Sequence[Offer], courses: Sequence[Course], policy: PlacementPolicy
) -> tuple[tuple[Mover, ...], tuple[Offer, ...], tuple[Course, ...]]:
    """All three sorted by id, so that their order changes nothing; who withdrew is gone. Raises `InvalidPlacement`."""
    require_unique((mover.id for mover in movers), "mover")
    require_unique((offer.id for offer in offers), "offer")
    require_unique((course.id for course in courses), "course")
    return (
        tuple(sorted((one for one in movers if one.id not in policy.withdrawn), key=lambda one: one.id)),
        tuple(sorted(offers, key=lambda one: one.id)),
        tuple(sorted(courses, key=lambda one: one.id)),
    )
