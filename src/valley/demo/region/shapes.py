"""What does the invented region consist of, before any of it is stored?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Employer:
    """An invented employer. ``jobs`` are jobs, not persons or fte; ``languages`` are those beyond Dutch."""

    key: str
    name: str
    type: str
    sector: str
    place: str
    jobs: int
    languages: tuple[str, ...]
    colour_nl: str
    colour_en: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Partner:
    """An invented school, municipality, programme office or association."""

    key: str
    name: str
    kind: str
    sector: str
    place: str


@dataclass(frozen=True, slots=True)
class RoleNeed:
    """A competence (by its key in the starter vocabulary) that a role asks."""

    competence: str
    level: int
    must: bool
    task: str


@dataclass(frozen=True, slots=True)
class Role:
    """One of the trade's roles, as far as the region needs it. ``languages`` are (code, CEFR 1-6) must-haves."""

    key: str
    title: str
    needs: tuple[RoleNeed, ...]
    languages: tuple[tuple[str, int], ...]
    hours: tuple[int, int]
    permanent: bool
    months: int
    shifts: tuple[str, ...]
    home_work: bool
    pay: tuple[float, float]
    jobs: int
    turnover: float
    moves_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EarlierJob:
    """A job outside the trade that people had before."""

    key: str
    weight: int
    competences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskAccount:
    """A ready account at a desk of a partner or employer."""

    email: str
    organisation: str
    role: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A competence somebody says to have; ``grade`` 1 self, 2 observed, 3 credential."""

    competence: str
    level: int
    grade: int
    said_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a worker can and wants in practice."""

    hours_min: int
    hours_max: int
    place: str
    max_km: int | None
    evenings: bool
    weekends: bool
    nights: bool
    early: bool
    home_work: bool
    starts_on: date | None
    months_min: int | None
    permits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worker:
    """An invented worker. ``employer`` and ``role`` are how the region was drawn; a passport does not hold them.

    ``planted`` is "" or the truth that tests look for: "too-little" (not enough confirmed to compare) or
    "german-missing" (nothing possible, and German B2 is all that stops some openings).
    """

    name: str
    employer: str
    role: str
    claims: tuple[Claim, ...]
    languages: tuple[tuple[str, int], ...]
    wishes: Wishes
    consent: bool
    planted: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """An invented opening of an employer."""

    employer: str
    role: str
    reference: str
    title: str
    text: str
    needs: tuple[RoleNeed, ...]
    languages: tuple[tuple[str, int], ...]
    contract: str
    months: int | None
    hours: tuple[int, int]
    pay: tuple[str, str]
    seats: int
    place: str
    shifts: tuple[str, ...]
    home_work: bool
    permits: tuple[str, ...]
    starts_from_on: date
    starts_until_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class Recognised:
    """An employer is a recognised training company from a day until (not including) another, or without an end."""

    employer: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Practice:
    """Which work processes a role practises, in hours of a year at ``full_week`` hours a week."""

    dossier: str
    full_week: int
    learners_bring: tuple[str, ...]
    first_job_teaches: tuple[str, ...]
    roles: Mapping[str, Mapping[str, int]]

    def hours(self, opening: Opening) -> dict[str, int]:
        """Hours per work process over the whole of an opening, rounded down to tens; a permanent job counts a year."""
        share = (opening.months or 12) / 12 * min(1.0, opening.hours[1] / self.full_week)
        found = {code: int(hours * share) // 10 * 10 for code, hours in self.roles.get(opening.role, {}).items()}
        return {code: hours for code, hours in found.items() if hours}


@dataclass(frozen=True, slots=True)
class Region:
    """The whole invented region of one seed and day."""

    employers: tuple[Employer, ...]
    partners: tuple[Partner, ...]
    workers: tuple[Worker, ...]
    openings: tuple[Opening, ...]
    desks: tuple[DeskAccount, ...]
    recognised: tuple[Recognised, ...]
    practice: Practice
