"""Which choices shape an overlap, and in which whole numbers is it counted?

Weights are counted in thousandths, similarity and freshness in hundredths, levels in twelfths. Whole numbers make the
sum independent of its order: the readable twin, the fast kernel and a person with pencil and paper get the same
figure to the last digit, and ties are real ties.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from hashlib import sha256
from math import sqrt
from typing import Literal

from valley.core.errors import ValleyError
from valley.core.profiles import Importance, Need, Vocabulary

WEIGHT_PARTS = 1000
SIMILARITY_PARTS = 100
LEVEL_PARTS = 12  # divisible by 1, 2, 3 and 4, so every share of a level is whole
FRESHNESS_PARTS = 100
USE_UNIT = SIMILARITY_PARTS * LEVEL_PARTS
CREDIT_UNIT = USE_UNIT * FRESHNESS_PARTS


class InvalidPolicy(ValleyError):
    """An overlap policy whose numbers contradict each other or leave their range."""

    code = "invalid-overlap-policy"


@dataclass(frozen=True, slots=True)
class OverlapPolicy:
    """The choices behind a fit; the defaults won the comparison in docs/decisions/0002-ordering-rule.md.

    ``must`` and ``wish`` weigh the importance of a need. ``idf_power`` sets how much more a rare competence tells.
    ``relatives`` scales what a related competence counts for in a fit: 1 is the similarity table as it stands, .2 makes
    near .10 and broad .05, 0 is exact matches only (at 1, fifteen stray skills drown thirty percent of a profile).
    ``must_credit`` is the credit from which a required competence counts as met. ``least_confirmed`` is the number of
    confirmed competences below which nothing is compared. ``k`` is the length of a person's list in a sector run.
    """

    version: str = "2026.1"
    must: float = 1.5
    wish: float = 1.0
    idf_power: float = 1.25
    mean: Literal["harmonic", "geometric"] = "harmonic"
    relatives: float = 0.2
    must_credit: float = 1.0
    least_confirmed: int = 3
    age_evidence: bool = False
    k: int = 20

    def __post_init__(self) -> None:
        allowed = {
            "must and wish above 0": self.must > 0 and self.wish > 0,
            "an idf power from 0 to 4": 0 <= self.idf_power <= 4,
            "relatives from 0 to 1": 0 <= self.relatives <= 1,
            "must_credit above 0, at most 1": 0 < self.must_credit <= 1,
            "least_confirmed of 0 or more": self.least_confirmed >= 0,
            "k of 1 or more": self.k >= 1,
            "the harmonic or geometric mean": self.mean in ("harmonic", "geometric"),
        }
        for expected, holds in allowed.items():
            if not holds:
                raise InvalidPolicy(expected=expected, found=self, next_step="Correct the policy.")

    def fingerprint(self) -> str:
        """Changes when any choice changes.

        >>> OverlapPolicy().fingerprint() == OverlapPolicy(must=3.0).fingerprint()
        False
        """
        return digest(self)

    def need_weight(self, need: Need, vocabulary: Vocabulary) -> int:
        """Importance x own emphasis x idf, in thousandths, at least one thousandth.

        >>> OverlapPolicy().need_weight(Need(1, 2, Importance.MUST), Vocabulary())
        1500
        """
        importance = self.must if need.importance is Importance.MUST else self.wish
        rarity = vocabulary.idf(need.competence) ** self.idf_power
        return max(1, round(WEIGHT_PARTS * importance * need.weight * rarity))

    def held_weight(self, competence: int, vocabulary: Vocabulary) -> int:
        """The idf of what a person can, in thousandths, at least one thousandth."""
        return max(1, round(WEIGHT_PARTS * vocabulary.idf(competence) ** self.idf_power))

    def similarity_parts(self, similarity: float) -> int:
        """A similarity in hundredths, relatives scaled; an exact match stays 100."""
        return SIMILARITY_PARTS if similarity == 1 else round(SIMILARITY_PARTS * self.relatives * similarity)

    def combine(self, coverage: float, use: float) -> float:
        """The mean of the two sides; 0 when either is 0.

        >>> OverlapPolicy().combine(0.5, 1.0) == 2 / 3, OverlapPolicy(mean="geometric").combine(0.25, 1.0)
        (True, 0.5)
        """
        if coverage == 0 or use == 0:
            return 0.0
        return 2 * coverage * use / (coverage + use) if self.mean == "harmonic" else sqrt(coverage * use)


def level_parts(level: int, wanted: int) -> int:
    """How much of a wanted level a level is, in twelfths: all of it from that level up.

    >>> level_parts(2, 3), level_parts(4, 3)
    (8, 12)
    """
    return LEVEL_PARTS * min(level, wanted) // wanted


def digest(*values: object) -> str:
    """SHA-256 over a canonical text of dataclasses, tuples and sets: sets sorted, fields named."""
    return sha256("\n".join(canonical(value) for value in values).encode()).hexdigest()


def canonical(value: object) -> str:
    """One text per value, whatever order a set or mapping happens to have.

    >>> canonical(frozenset({"vog", "forklift"}))
    "{'forklift','vog'}"
    """
    if is_dataclass(value) and not isinstance(value, type):
        parts = (f"{field.name}={canonical(getattr(value, field.name))}" for field in fields(value))
        return f"{type(value).__name__}({','.join(parts)})"
    if isinstance(value, Enum):
        return repr(value.value)
    if isinstance(value, (set, frozenset)):
        return "{" + ",".join(sorted(canonical(part) for part in value)) + "}"  # type: ignore[reportUnknownVariableType]
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{canonical(k)}:{canonical(v)}" for k, v in value.items())) + "}"  # type: ignore[reportUnknownVariableType]
    if isinstance(value, (tuple, list)):
        return "(" + ",".join(canonical(part) for part in value) + ")"  # type: ignore[reportUnknownVariableType]
    return repr(value)
