"""How is an overlap put into words: must-haves, practical points and lines, in the reader's language?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from valley.core.mobility.overlap import MustHave, PracticalPoint, State
from valley.skills import queries as skills

IN_TOWN_KM = 3  # places are known by their centre, so a shorter way says nothing; the room work allows the same
CEFR = ("", "A1", "A2", "B1", "B2", "C1", "C2")


@dataclass(frozen=True, slots=True)
class MustHaveLine:
    """One must-have in words. ``has`` and ``asked`` are levels, 0 when nothing was said."""

    kind: str
    subject: str
    label: str
    met: bool
    has: int
    asked: int
    words: str


@dataclass(frozen=True, slots=True)
class PracticalLine:
    """One practical point in words: ok, clash, or unknown because somebody did not say."""

    kind: str
    label: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """Every label that an answer in one language needs, looked up once for all its rows."""

    competences: Mapping[int, str]
    levels: Mapping[int, str]
    languages: Mapping[str, str]
    shifts: Mapping[str, str]
    permits: Mapping[str, str]
    practical: Mapping[str, str]


def words_for(competences: Iterable[int], *, language: str) -> Words:
    """The labels of these competences, with the words of levels and languages. One query."""
    return Words(
        competences=skills.labels(sorted(set(competences)), language),
        levels={level.number: level.label for level in skills.levels(language)},
        languages={tongue.code: tongue.label for tongue in skills.languages(language)},
        shifts=_shift_labels(),
        permits=_permit_labels(),
        practical=_practical_labels(),
    )


def must_have(gate: MustHave, known: Words) -> MustHaveLine:
    """One must-have, met or named."""
    label = _label(gate.kind, gate.subject, known)
    return MustHaveLine(
        gate.kind, str(gate.subject), label, gate.met, gate.has, gate.asked, _gate_words(gate, label, known)
    )


def gate_label(kind: str, subject: str | int, asked: int, known: Words) -> str:
    """A must-have without a person: what is asked, with its level."""
    label = _label(kind, subject, known)
    if kind == "language":
        return f"{label} {CEFR[asked]}"
    return f"{label}: {known.levels[asked].lower()}" if kind == "competence" else label


def practical(point: PracticalPoint, known: Words) -> PracticalLine:
    """One practical point with both sides in one sentence."""
    words = _shifts(point, known) if point.kind == "shifts" else _SIDES[point.kind](point)
    return PracticalLine(point.kind, known.practical[point.kind], str(point.state), words)


def _practical_labels() -> dict[str, str]:
    """The names of the five practical points."""
    return {
        "hours": _("Hours"),
        "travel": _("Travel"),
        "shifts": _("Shifts"),
        "start": _("Start"),
        "length": _("Length of contract"),
    }


def _shift_labels() -> dict[str, str]:
    """The names of the shifts."""
    return {"evening": _("evenings"), "weekend": _("weekends"), "night": _("nights"), "early": _("early mornings")}


def _permit_labels() -> dict[str, str]:
    """What can be asked to be shown."""
    return {"vog": _("certificate of conduct (VOG)"), "driving-licence-b": _("driving licence B")}


def _label(kind: str, subject: str | int, known: Words) -> str:
    if kind == "competence":
        return known.competences.get(int(subject), "?")
    tables = {"language": known.languages, "permit": known.permits}
    return tables.get(kind, known.shifts).get(str(subject), str(subject))


def _gate_words(gate: MustHave, label: str, known: Words) -> str:
    if gate.kind == "language":
        has = CEFR[gate.has] or _("nothing stated")
        return _("%(label)s: %(asked)s asked, you have %(has)s") % {
            "label": label, "asked": CEFR[gate.asked], "has": has,
        }  # fmt: skip
    if gate.kind == "competence":
        has = known.levels.get(gate.has, _("not in your passport")).lower()
        return _("%(label)s: asked “%(asked)s”, you have “%(has)s”") % {
            "label": label, "asked": known.levels[gate.asked].lower(), "has": has,
        }  # fmt: skip
    if gate.kind == "permit":
        return label if gate.met else _("%(label)s: not in your passport") % {"label": label}
    return label if gate.met else _("Work in %(label)s is asked, you do not want that") % {"label": label}


def _hours(point: PracticalPoint) -> str:
    person: Any = point.person
    opening: Any = point.opening
    return _("You want %(person)s hours a week, this job is %(opening)s.") % {
        "person": _between(*person), "opening": _between(*opening),
    }  # fmt: skip


def _between(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return _("any number of")
    if low is None or high is None or low == high:
        return f"{high if low is None else low:g}"
    return f"{low:g}-{high:g}"


def _travel(point: PracticalPoint) -> str:
    if point.opening is None:
        return _("The distance is not known: a place is missing.")
    km: Any = point.opening
    if km < IN_TOWN_KM:
        return _("In your own town.")
    if point.person is None:
        return _("About %(km)d km by road (estimate).") % {"km": round(km)}
    most: Any = point.person
    return _("About %(km)d km by road (estimate); you want at most %(most)d km.") % {"km": round(km), "most": most}


def _shifts(point: PracticalPoint, known: Words) -> str:
    names = known.shifts
    asked: Any = point.opening or ()
    willing: Any = point.person or ()
    if not asked:
        return _("Office hours.")
    if point.state is State.OK:
        return _("Also asked: %(shifts)s. You want that.") % {"shifts": ", ".join(names[s] for s in asked)}
    unwanted = ", ".join(names[shift] for shift in asked if shift not in willing)
    return _("Also asked: %(shifts)s. You do not want that.") % {"shifts": unwanted}


def _start(point: PracticalPoint) -> str:
    window: Any = point.opening
    free: Any = point.person
    start = _day(window[0]) if window and window[0] else _("a day still to be agreed")
    if free is None:
        return _("Starts from %(start)s.") % {"start": start}
    return _("Starts from %(start)s; you are free from %(free)s.") % {"start": start, "free": _day(free)}


def _day(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def _length(point: PracticalPoint) -> str:
    opening: Any = point.opening
    person: Any = point.person
    offers = _("%(months)d months") % {"months": opening} if opening else _("no end date")
    if person is None:
        return _("This contract: %(offers)s.") % {"offers": offers}
    return _("This contract: %(offers)s; you want at least %(months)d months.") % {"offers": offers, "months": person}


_SIDES = {"hours": _hours, "travel": _travel, "start": _start, "length": _length}
