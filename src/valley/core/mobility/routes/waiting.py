"""How does the compiled search answer when days may lie between links?

Idle days come first in the order of chains, and are counted in all: the wait for a first link and every gap. So the
least of them is found first, by halving between what is proven impossible and what was found; chains with exactly that
many are then compared by robustness, travel and ids. Only when these are fewer than asked, more idle days are allowed.
"""

from __future__ import annotations

import numpy as np

from valley.core.mobility.routes import cheapest, pricing, prospects
from valley.core.mobility.routes.ground import Ground, Label
from valley.core.mobility.routes.swift import Swift

MOST_LAYERS = 62  # idle days: above two months the bound for any number of them serves


class Waiting(Swift):
    """One ground with gaps for compiled code."""

    def __init__(self, ground: Ground, effort: int | None = None) -> None:
        super().__init__(ground, effort)
        self._layered = False

    def chains(self, k: int | None = None) -> list[Label]:
        """At most k complete chains with different openings, best first."""
        k = k or self.ground.policy.k
        some = self.alive()
        if some is None or not some.places:
            return [] if some is None else [some]
        least = within = self._least_idle(self.start, some, None)
        row = self._among(self.start, None, k=k, mode=cheapest.ROBUST, least=least, within=within)
        while len(row) < k:
            row = self._among(self.start, None, k=k, mode=cheapest.STRICT, least=least, within=within)
            if within >= self._most_idle():
                break
            within = 2 * within + 1
        return row

    def best_from(self, before: Label, employer: int | None) -> Label | None:
        """The best complete chain that goes on from a label, withdrawals left aside."""
        some = self.alive(before=before, employer=employer)
        if some is None or some is before:
            return some
        least = self._least_idle(before, some, employer)
        return self._among(before, employer, k=1, mode=cheapest.PLAIN, least=least, within=least)[0]

    def _least_idle(self, before: Label, some: Label, employer: int | None) -> int:
        """The least days that must be idle after a label, when some chain from it is known."""
        self._layer()
        low, high, middle = 0, some.idle - before.idle, 0
        while low < high:
            found = self.alive(before=before, employer=employer, within=middle)
            if found is None:
                low = middle + 1
            else:
                high = found.idle - before.idle
            middle = (low + high) // 2
        return low

    def _layer(self) -> None:
        """Add, for each number of idle days up to a gap, what can follow within it."""
        if not self._layered:
            most, ease = self.field.most, self.field.ease
            layers = min(self.field.gap, MOST_LAYERS) + 1
            self.field = self.field._replace(
                most=np.concatenate([np.zeros((layers, *most.shape[1:]), dtype=np.int64), most]),
                ease=np.concatenate([np.zeros((layers, *ease.shape[1:])), ease]),
            )
            prospects.layer_out(self.field)
            self._layered = True

    def _most_idle(self) -> int:
        """More days than any chain can be idle."""
        return len(self.field.arc_from) + self.ground.first_gap

    def _among(self, before: Label, employer: int | None, *, k: int, mode: int, least: int, within: int) -> list[Label]:
        """The best chains with at most ``within`` idle days, when none has fewer than ``least``."""
        without = self.number(employer)

        def run() -> cheapest.Found:
            path, found = self.path, self.blank(k)
            base = self.enter(path, before)
            path.steps[2], path.steps[3] = 0, self.ground.first_gap if self.field.done else 0
            path.steps[4], path.steps[5], path.left[base] = within, least, within
            first = int(path.day[base])
            if base or self.field.done:
                until = first + (0 if base else min(within, self.ground.first_gap))
                if pricing.possible(self.field, path, base, until, without, self.prices):
                    self.gather(base, without, mode, found)
                return found
            days = [int(day) for day in self.days(before.day) if day <= first + within]
            path.day[0] = days[0]
            if pricing.possible(self.field, path, base, days[-1], without, self.prices):
                for day in days:
                    if found.filled[0] == k and day - first > found.idle[k - 1]:
                        break
                    path.day[0], path.left[0] = day, within - (day - first)
                    self.gather(0, without, mode, found)
            return found

        return self.told(self.settled(run))
