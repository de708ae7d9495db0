"""How is a search told: items, the employers against the core, the curve?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from valley.core.curriculum.thread.evidence import Asked, Evidence
from valley.core.curriculum.thread.null import Shuffled
from valley.core.curriculum.thread.region import Reals, Region, hours_by_level, hours_to
from valley.core.curriculum.thread.shapes import CurvePoint, Item, Label, Policy, Setting, Share
from valley.core.curriculum.thread.table import Table


def label(stability: float, policy: Policy) -> Label:
    """Core, shared or own, by the share of bootstraps that keep it.

    >>> label(0.8, Policy()), label(0.79, Policy()), label(0.2, Policy())
    ('core', 'shared', 'own')
    """
    if stability >= policy.core_at:
        return "core"
    return "shared" if stability >= policy.shared_at else "own"


@dataclass(frozen=True)
class Telling:
    """What every item needs: the region, the evidence and the setting it came from."""

    region: Region
    evidence: Evidence
    setting: Setting
    hours: dict[int, tuple[int, ...]]

    def items(self, gains: Mapping[int, float], stability: Mapping[int, float]) -> tuple[Item, ...]:
        """The chosen in order of choice (``gains`` by competence, in that order), then the rest by stability."""
        asking: dict[int, list[int]] = {competence: [] for competence in stability}
        for asked in sorted(self.evidence.employers, key=lambda asked: asked.employer):
            for competence in asked.shares.keys() & asking.keys():
                asking[competence].append(asked.employer)
        rank = {competence: number for number, competence in enumerate(gains, start=1)}
        items = [
            self._item(competence, tuple(asking[competence]), rank.get(competence, 0), gains, stability)
            for competence in stability
        ]
        return tuple(sorted(items, key=_order))

    def _item(
        self,
        competence: int,
        employers: tuple[int, ...],
        rank: int,
        gains: Mapping[int, float],
        stability: Mapping[int, float],
    ) -> Item:
        level = self.evidence.levels.get(competence, 0)
        members = self.evidence.members[competence]
        outside = [self.setting.outside[one] for one in members if one in self.setting.outside]
        return Item(
            competence=competence,
            rank=rank,
            employers=employers,
            level=level,
            stability=stability[competence],
            label=label(stability[competence], self.region.policy),
            hours=hours_to(self.hours, competence, level),
            gain=gains.get(competence, 0.0),
            trend=self.evidence.trend.get(competence, 0.0) if self.evidence.trend else None,
            outside=max(outside, default=None),
            reuse=self.setting.reuse.get(competence, "") if self.region.policy.level == "leaf" else "",
            pieces=self.evidence.pieces[competence],
        )

    def shares(self, core: frozenset[int], shared: frozenset[int]) -> tuple[Share, ...]:
        """Every employer against the core, by id."""
        return tuple(self._share(asked, core, shared) for asked in self.evidence.employers)

    def _share(self, asked: Asked, core: frozenset[int], shared: frozenset[int]) -> Share:
        covered = tuple(competence for competence in asked.shares if competence in core)
        beside = tuple(competence for competence in asked.shares if competence in shared - core)
        own = tuple(competence for competence in asked.shares if competence not in shared)
        reached = sum(asked.shares[competence] for competence in covered)
        return Share(
            asked.employer,
            reached / sum(asked.shares.values()),
            covered,
            beside,
            own,
            *(self._hours(asked, competences) for competences in (covered, beside, own)),
        )

    def _hours(self, asked: Asked, competences: tuple[int, ...]) -> int:
        levels = ((one, asked.levels[one] or self.evidence.levels.get(one, 0)) for one in competences)
        return sum(hours_to(self.hours, one, level) for one, level in levels)


def telling(region: Region, evidence: Evidence, setting: Setting) -> Telling:
    """Ready to tell."""
    return Telling(region, evidence, setting, hours_by_level(evidence, region.policy, setting))


def _order(item: Item) -> tuple[bool, int, float, int, int]:
    return (not item.chosen, item.rank, -item.stability, -item.support, item.competence)


def curve(region: Region, columns: list[int], shuffles: Shuffled | None) -> tuple[CurvePoint, ...]:
    """Mean and least covered share with the first 1, 2, 3 ... of these columns of the region, beside the null band."""
    path: list[Reals] = [covered / region.total for covered in Table(region.matrix).walk(columns)]
    low = shuffles.low.tolist() if shuffles else [0.0] * len(columns)
    high = shuffles.high.tolist() if shuffles else [0.0] * len(columns)
    return tuple(
        CurvePoint(size, float(np.mean(path[size])), float(np.min(path[size])), low[size - 1], high[size - 1])
        for size in range(1, len(path))
    )
