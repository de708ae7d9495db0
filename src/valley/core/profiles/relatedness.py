"""How alike are two competences, how telling is one, and how long does its evidence count?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from math import isfinite, log
from types import MappingProxyType

from valley.core.profiles.shapes import require

_NONE: frozenset[int] = frozenset()


class Kind(StrEnum):
    """What sort of competence, because a tool is forgotten sooner than a skill."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    TOOL = "tool"
    ATTITUDE = "attitude"


@dataclass(frozen=True, slots=True)
class SimilarityTable:
    """What related competences count for; shown to everyone whose overlap uses it."""

    valid_from: date
    source: str
    same: float
    near: float
    broad: float


SIMILARITY = SimilarityTable(
    valid_from=date(2026, 1, 1),
    source="Local decision, to be reviewed yearly; near = an ESCO skill-skill relation or the same narrow ESCO group, "
    "broad = the same broader ESCO group. Compared with no credit for relatives in docs/decisions/0002.",
    same=1.0,
    near=0.5,
    broad=0.25,
)


@dataclass(frozen=True, slots=True)
class HalfLives:
    """After how many years evidence of a kind counts for half; None is never."""

    valid_from: date
    source: str
    years: Mapping[Kind, float | None]


HALF_LIVES = HalfLives(
    valid_from=date(2026, 1, 1),
    source="Local decision: no agreed figure exists. Tools change fastest, skills in use last longest, an attitude "
    "does not expire. Shown beside old evidence; lowers credit only where the overlap policy says so.",
    years=MappingProxyType({Kind.SKILL: 5.0, Kind.KNOWLEDGE: 3.0, Kind.TOOL: 2.0, Kind.ATTITUDE: None}),
)

DAYS_A_YEAR = 365.25


def freshness(kind: Kind, evidence_on: date, on: date) -> float:
    """The share, in (0, 1], that evidence of one day still counts on another day. Evidence from later counts 1.

    By default this is only shown ("two years old, counts 50%"): the arithmetic of a fit must stay redoable by hand,
    and forgetting is not the same for everyone. ``OverlapPolicy.age_evidence`` makes it lower credit.

    >>> round(freshness(Kind.TOOL, date(2024, 1, 1), date(2026, 1, 1)), 2), freshness(
    ...     Kind.ATTITUDE, date(1990, 1, 1), date(2026, 1, 1))
    (0.5, 1.0)
    """
    half_life = HALF_LIVES.years[kind]
    days = max(0, (on - evidence_on).days)
    return 1.0 if half_life is None else 0.5 ** (days / DAYS_A_YEAR / half_life)


LEAST_DOCUMENTS = 30
"""Below this many profiles a frequency says more about who joined first than about rarity (matching study, 3.4)."""


def inverse_frequency(profiles: Iterable[Iterable[int]], n: int) -> dict[int, float]:
    """How telling each competence is: ln(1 + n / count), n being the number of profiles or roles counted over.

    Always above 0 (a competence that everybody has keeps ln 2), so no need is ever worth nothing. A competence listed
    twice in one profile counts once. With fewer than 30 profiles every competence weighs 1: too few to call one rare.

    >>> table = inverse_frequency([{1, 2}] * 20 + [{1}] * 20, 40)
    >>> round(table[1], 3), round(table[2], 3)
    (0.693, 1.099)
    """
    counts = Counter(competence for profile in profiles for competence in set(profile))
    most = max(counts.values(), default=0)
    require(most <= n, "n to be the number of profiles", f"n = {n}, one competence in {most}", "Pass the true number.")
    if n < LEAST_DOCUMENTS:
        return dict.fromkeys(sorted(counts), 1.0)
    return {competence: log(1 + n / counts[competence]) for competence in sorted(counts)}


class Vocabulary:
    """Which competences are related, how telling each is, and of which kind. Read-only after building.

    ``groups`` gives each competence's narrow groups, ``broader`` each group's broader groups, ``relations`` pairs of
    related competences in either order, ``idf`` how telling a competence is (`inverse_frequency`) and ``kinds`` its
    kind. A competence absent from ``idf`` weighs as the rarest one, because it was never seen; absent from ``kinds``
    it is a skill. Building costs one pass: about 0.1 s for the 14,000 competences of ESCO.

    >>> words = Vocabulary(groups={1: (10,), 2: (10,), 3: (11,)}, broader={10: (99,), 11: (99,)}, relations=[(5, 3)])
    >>> [words.similarity(1, other) for other in (1, 2, 3, 4)], words.similarity(3, 5)
    ([1.0, 0.5, 0.25, 0.0], 0.5)
    """

    def __init__(
        self,
        groups: Mapping[int, tuple[int, ...]] | None = None,
        broader: Mapping[int, tuple[int, ...]] | None = None,
        relations: Iterable[tuple[int, int]] = (),
        idf: Mapping[int, float] | None = None,
        kinds: Mapping[int, Kind] | None = None,
    ) -> None:
        above = broader or {}
        self._narrow = {key: frozenset(own) for key, own in (groups or {}).items() if own}
        self._broad = {
            key: frozenset(up for group in own for up in above.get(group, ())) for key, own in self._narrow.items()
        }
        related: dict[int, set[int]] = {}
        for left, right in relations:
            related.setdefault(left, set()).add(right)
            related.setdefault(right, set()).add(left)
        self._related = {key: frozenset(others) for key, others in related.items()}
        self._idf = dict(idf or {})
        self._kinds = dict(kinds or {})
        positive = all(isfinite(value) and value > 0 for value in self._idf.values())
        require(positive, "every idf above 0", "one of 0 or less", "Build it with `inverse_frequency`.")
        self._rarest = max(self._idf.values(), default=1.0)

    def similarity(self, held: int, needed: int) -> float:
        """What holding one competence counts for where another is needed: 1, .5, .25 or 0 (see ``SIMILARITY``)."""
        if held == needed:
            return SIMILARITY.same
        if needed in self._related.get(held, ()) or not self._narrow.get(held, _NONE).isdisjoint(
            self._narrow.get(needed, _NONE)
        ):
            return SIMILARITY.near
        shares = not self._broad.get(held, _NONE).isdisjoint(self._broad.get(needed, _NONE))
        return SIMILARITY.broad if shares else 0.0

    def idf(self, competence: int) -> float:
        """How telling a competence is; above 0."""
        return self._idf.get(competence, self._rarest)

    def kind(self, competence: int) -> Kind:
        """The kind of a competence, which sets its half-life."""
        return self._kinds.get(competence, Kind.SKILL)

    def near(self, competence: int) -> frozenset[int]:
        """The competences in a stated relation with this one (groups not included)."""
        return self._related.get(competence, _NONE)

    def narrow_groups(self, competence: int) -> frozenset[int]:
        """The narrow groups of a competence."""
        return self._narrow.get(competence, _NONE)

    def broad_groups(self, competence: int) -> frozenset[int]:
        """The broader groups of a competence."""
        return self._broad.get(competence, _NONE)

    @cached_property
    def fingerprint(self) -> str:
        """Changes when, and only when, something changes that a similarity, weight or freshness depends on."""
        sets = (self._narrow, self._broad, self._related)
        parts = [sorted((key, sorted(own)) for key, own in table.items()) for table in sets]
        plain = sorted(self._idf.items()), sorted((key, str(kind)) for key, kind in self._kinds.items())
        return sha256(repr((parts, plain, SIMILARITY, sorted(HALF_LIVES.years.items()))).encode()).hexdigest()
