"""Which inputs made this result? A fingerprint that can follow one change without reading everything again.

Every person, every opening and the frame (vocabulary, policy, day) has its own SHA-256; the fingerprint is their sum
modulo 2^256. A sum does not depend on order and can be corrected by what came and what went.
"""

from __future__ import annotations

from hashlib import sha256

from valley.core.mobility.overlap.gate import asked_shifts, willing_shifts
from valley.core.profiles import Demand, Profile

MODULUS = 2**256


def person_print(profile: Profile, claims: bytes) -> int:
    """Everything of a person that a run looks at; ``claims`` as written by `Crowd.prints`."""
    spoken = [(tongue.code, tongue.cefr) for tongue in profile.spoken]
    return _number(
        "person",
        profile.id,
        sha256(claims).hexdigest(),
        spoken,
        sorted(profile.permits),
        willing_shifts(profile.limits),
    )


def demand_print(demand: Demand) -> int:
    """Everything of an opening that a run looks at."""
    needs = [(need.competence, need.level, int(need.importance), need.weight) for need in demand.needs]
    spoken = [(tongue.code, tongue.cefr) for tongue in demand.spoken]
    permits = sorted(demand.conditions.permits)
    return _number("opening", demand.id, needs, spoken, permits, asked_shifts(demand.conditions))


def frame_print(*facts: object) -> int:
    """Vocabulary, policy and day."""
    return _number("frame", *facts)


def total(*numbers: int) -> str:
    """The fingerprint of a set of prints.

    >>> total(1, 2) == total(2, 1), moved(total(1, 2), plus=(7,), minus=(2,)) == total(1, 7)
    (True, True)
    """
    return f"{sum(numbers) % MODULUS:064x}"


def moved(fingerprint: str, *, plus: tuple[int, ...] = (), minus: tuple[int, ...] = ()) -> str:
    """The fingerprint after some prints came and some went."""
    return total(int(fingerprint, 16), *plus, *(-number for number in minus))


def _number(*facts: object) -> int:
    return int.from_bytes(sha256(repr(facts).encode()).digest(), "big")
