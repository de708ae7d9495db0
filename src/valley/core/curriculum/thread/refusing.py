"""When is there no common core, and what would be needed for one?"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from valley.core.curriculum.thread.shapes import LeftOut, Null, Policy, Refusal

LEAST_EMPLOYERS = 3  # two can always be found to share something; a region begins at three
COMMON = 0.75  # see `too_alike_to_shuffle`


def refusal(
    policy: Policy, *, widest: int, employers: int, null: Null | None, left_out: Sequence[LeftOut], density: float
) -> Refusal | None:
    """The first ground that applies, or None.

    ``widest`` is the largest number of employers that ask one competence, ``density`` the mean share of everything
    in play that an employer asks.

    >>> refusal(Policy(), widest=2, employers=2, null=None, left_out=(), density=0.1)
    Refusal(reason='too-few-employers', needed={'employers': 3, 'found': 2})
    """
    least = max(policy.support, LEAST_EMPLOYERS)
    if employers < least:
        return Refusal("too-few-employers", {"employers": least, "found": employers})
    if widest < policy.support:
        return Refusal("nothing-shared", {"support": policy.support, "found": widest})
    if null and null.p > policy.p_at_most and not too_alike_to_shuffle(density):
        return Refusal("not-above-chance", {"p": null.p, "p_at_most": policy.p_at_most, "share": null.high_share})
    return _decided_by_one(policy, left_out)


def too_alike_to_shuffle(density: float) -> bool:
    """True when employers ask three quarters of everything in play on average.

    A shuffled region is then as common as the real one: chance cannot be told from agreement, and what most ask is
    common in any case.
    """
    return density >= COMMON


def _decided_by_one(policy: Policy, left_out: Sequence[LeftOut]) -> Refusal | None:
    most = max(left_out, key=lambda left: left.changed)
    if most.changed <= policy.change_at_most:
        return None
    size = round(len(most.left) / most.changed)
    kept = len(most.left) - int(policy.change_at_most * size + 1e-9)
    return Refusal(
        "one-employer-decides",
        {
            "employer": most.employer,
            "changed": most.changed,
            "change_at_most": policy.change_at_most,
            "items": max(1, ceil(kept)),
        },
    )
