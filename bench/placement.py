"""Can a group of 380 be placed for good, with proof, in the time of a coffee? Peers in the same run."""

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import sys
import time
from datetime import date, timedelta

import numpy as np

from valley.core.mobility.placement import Course, Mover, Offer, PlacementPolicy, Wishes
from valley.core.profiles import Conditions, Demand, Gives, Grade, Has, Importance, Limits, Need, Profile, Spoken

DAY = date(2027, 1, 4)
SECTORS = ("telecom", "care", "energy", "retail", "government", "banking")
CENTRE = (50.87, 5.85)
COMMON = tuple(range(1, 31))
SPECIAL = tuple(range(101, 113))


class Shock:
    """People of one employer: mostly German speakers with some Dutch; 29 employers who mostly ask more Dutch."""

    def __init__(self, people: int, offers: int, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.employers = {
            number: (self._place(0.22), str(self.random.choice(SECTORS)), float(self.random.normal(16.5, 1.3)))
            for number in range(1, 30)
        }
        self.movers = tuple(self._mover(number) for number in range(1, people + 1))
        self.offers = tuple(self._offer(number) for number in range(1, offers + 1))
        self.courses = self._courses()

    def _place(self, spread: float) -> tuple[float, float]:
        north, east = self.random.normal(0, spread, 2)
        return round(CENTRE[0] + 0.6 * float(north), 4), round(CENTRE[1] + float(east), 4)

    def _chance(self, share: float) -> bool:
        return bool(self.random.random() < share)

    def _level(self, *shares: float) -> int:
        return int(self.random.choice(len(shares), p=np.array(shares) / sum(shares)))

    def _mover(self, number: int) -> Mover:
        spoken = {
            "nl": self._level(0.08, 0.12, 0.22, 0.22, 0.18, 0.12, 0.06),
            "de": self._level(0.30, 0.15, 0.12, 0.13, 0.12, 0.10, 0.08),
            "en": self._level(0.05, 0.1, 0.2, 0.3, 0.25, 0.1, 0.0),
        }
        own = sorted(
            {*self.random.choice(COMMON, 12, replace=False).tolist(), *self.random.choice(SPECIAL, 3).tolist()}
        )
        has = tuple(Has(one, int(self.random.integers(1, 5)), Grade.OBSERVED, DAY) for one in own)
        hours = float(self.random.choice([20, 24, 28, 32, 36, 38]))
        limits = Limits(
            hours_min=max(12.0, hours - 12),
            hours_max=None if self._chance(0.7) else hours,
            max_km=float(self.random.choice([15, 20, 30, 40], p=[0.3, 0.35, 0.25, 0.1])),
            place=self._place(0.12),
            evenings=self._chance(0.65),
            weekends=self._chance(0.5),
            nights=self._chance(0.2),
            early=self._chance(0.7),
            home_work=self._chance(0.8),
            starts_on=DAY + timedelta(days=int(self.random.integers(0, 60))),
        )
        profile = Profile(
            number,
            has,
            tuple(Spoken(code, level) for code, level in spoken.items() if level),
            limits,
            frozenset({"vog"}) if self._chance(0.9) else frozenset(),
        )
        wishes = Wishes(frozenset(self.random.integers(1, 30, 2).tolist()) if self._chance(0.4) else frozenset())
        groups = (("hours", f"{int(hours) // 8 * 8}+"), ("contract", str(self.random.choice(["fixed", "permanent"]))))
        wage = round(float(self.random.normal(16.2, 1.4)), 2) if self._chance(0.95) else None
        return Mover(profile, hours, wage, wishes, groups)

    def _offer(self, number: int) -> Offer:
        employer = int(self.random.choice(np.arange(1, 30), p=_falling(29)))
        place, sector, pay = self.employers[employer]
        spoken = {"nl": int(self.random.choice([3, 4, 5], p=[0.15, 0.5, 0.35]))}
        if self._chance(0.35):
            spoken["de"] = int(self.random.choice([3, 4]))
        if self._chance(0.25):
            spoken = {"de": 4} if self._chance(0.5) else {"en": 4}
        musts = self.random.choice(COMMON, 1).tolist() + (
            self.random.choice(SPECIAL, 1).tolist() if self._chance(0.8) else []
        )
        needs = [Need(one, int(self.random.integers(2, 4)), Importance.MUST) for one in musts]
        needs += [Need(one, 2) for one in sorted(set(self.random.choice(COMMON, 5).tolist()) - set(musts))]
        starts = DAY + timedelta(days=int(self.random.integers(20, 200)))
        hours = float(self.random.choice([16, 24, 32, 36]))
        conditions = Conditions(
            hours_min=hours - 8,
            hours_max=hours,
            place=place,
            evenings=self._chance(0.5),
            weekends=self._chance(0.4),
            nights=self._chance(0.08),
            early=self._chance(0.2),
            home_work=self._chance(0.1),
            starts_from=starts,
            starts_until=starts + timedelta(days=int(self.random.integers(20, 90))),
            months=12,
            permits=frozenset({"vog"}) if self._chance(0.3) else frozenset(),
        )
        low = round(max(14.4, pay + float(self.random.normal(0, 0.7))), 2)
        demand = Demand(number, tuple(needs), tuple(Spoken(*one) for one in spoken.items()), conditions)
        return Offer(demand, employer, low, low + 2.5, int(self.random.choice([1, 2, 3], p=[0.6, 0.3, 0.1])), sector)

    def _courses(self) -> tuple[Course, ...]:
        def course(number: int, weeks: int, sizes: tuple[int, int], *gives: int, **more: object) -> Course:
            taught = tuple(Gives(one, 3) for one in gives)
            start = DAY + timedelta(weeks=int(self.random.integers(1, 6)))
            costs = {"cost": 4000.0 + 900 * weeks, "cost_a_head": 55.0 * weeks}
            return Course(number, weeks, start, *sizes, gives=taught, **costs, **more)  # type: ignore[arg-type]

        languages = [
            course(1, 6, (10, 16), speaks=(Spoken("de", 3),), taught_in=Spoken("de", 1)),
            course(2, 12, (10, 16), speaks=(Spoken("de", 4),), taught_in=Spoken("de", 2)),
            course(3, 8, (8, 14), speaks=(Spoken("nl", 3),), taught_in=Spoken("nl", 1)),
            course(4, 10, (8, 14), speaks=(Spoken("nl", 4),), taught_in=Spoken("nl", 2)),
            course(5, 14, (8, 14), speaks=(Spoken("nl", 5),), taught_in=Spoken("nl", 4)),
            course(6, 6, (8, 20), speaks=(Spoken("en", 4),), taught_in=Spoken("en", 2)),
        ]
        return (*languages, *(course(7 + n, 2 + n % 3, (6, 12), *SPECIAL[2 * n : 2 * n + 2]) for n in range(6)))


def _falling(count: int) -> np.ndarray:
    share = 1 / np.arange(1, count + 1) ** 0.6
    return share / share.sum()
