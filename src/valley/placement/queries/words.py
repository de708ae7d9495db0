"""How are conditions, goals and groups of a plan put into words, and what would help against a condition?"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from valley.core.disclosure import THRESHOLD
from valley.core.mobility.placement.treatment import TOGETHER
from valley.mobility.queries import words
from valley.placement.models import ContractHeld, YearsBand

CEFR = words.CEFR
Known = words.Words


def known_words(competences: Iterable[int], *, language: str) -> Known:
    """Every label that conditions in one language need. One query."""
    return words.words_for(competences, language=language)


def condition(kind: str, subject: str | int, level: int, known: Known) -> str:
    """A condition that blocks, as it is asked."""
    if kind in ("language", "competence"):
        return words.gate_label(kind, subject, level, known)
    if kind == "permit":
        return known.permits.get(str(subject), str(subject))
    return _practical().get(kind, kind)


def relaxation(kind: str, subject: str | int, amount: int, known: Known) -> str:
    """A condition that is relaxed for everybody, to see what it costs."""
    if kind == "language":
        label = known.languages.get(str(subject), str(subject))
        return _("if everybody spoke %(language)s at %(level)s") % {"language": label, "level": CEFR[amount]}
    if kind == "competence":
        label = words.gate_label(kind, subject, amount, known)
        return _("if everybody could do this: %(competence)s") % {"competence": label}
    if kind == "permit":
        return _("if everybody had this: %(permit)s") % {"permit": known.permits.get(str(subject), str(subject))}
    if kind == "travel":
        return _("if everybody travelled %(km)s kilometres further") % {"km": amount}
    return _relaxed().get(kind, kind)


def helps(kind: str, known: Known, subject: str | int) -> str:
    """What would help somebody against a condition, kindly."""
    if kind == "language":
        label = known.languages.get(str(subject), str(subject))
        return _("A course of %(language)s at work could open this. Ask the programme office.") % {"language": label}
    return _help().get(kind, _("Talk about it with the programme office: something may be possible."))


def reason(key: str) -> str:
    """Why somebody has no place in a plan."""
    return {
        "no-seat": _("openings that fit are there, but all seats went to others"),
        "no-course": _("a course would open the way, but it is full or does not start"),
        "conditions": _("something is asked that is not there yet"),
    }.get(key, key)


def goal(name: str) -> str:
    """A goal of the planner."""
    return {
        "kept": _("promises kept"),
        "placed": _("people placed"),
        "loss": _("income lost, euro a week"),
        "weeks": _("weeks of course"),
        "cost": _("cost of courses, euro"),
        "travel": _("travel one way, kilometres"),
        "wishes": _("wishes met"),
    }.get(name, name)


def amount(name: str, value: int | None) -> float | None:
    """A value of a goal in the unit that its words say, when it may be seen."""
    if value is None:
        return None
    return {"loss": value / 100, "cost": value / 100, "travel": value / 10}.get(name, float(value))


def group(kind: str, key: str) -> tuple[str, str, int]:
    """A lawful group: what it is about, which one, and its place among those of the kind, small ones together last."""
    kinds = {"contract": _("contract that ends"), "hours": _("hours a week"), "years": _("years of service")}
    labels: dict[str, dict[str, str]] = {
        "contract": {value: str(label) for value, label in ContractHeld.choices},
        "years": {value: str(label) for value, label in YearsBand.choices},
        "hours": _hours(),
    }
    known = labels.get(kind, {}) | {TOGETHER: _("small groups together")}
    return kinds.get(kind, kind), known.get(key, key), [*known, key].index(key)


def people(count: int | None) -> str:
    """A count as it may be seen."""
    return _("fewer than %(least)s, or hidden") % {"least": THRESHOLD} if count is None else str(count)


def few() -> str:
    """A count that is small, and hidden for nothing else."""
    return _("fewer than %(least)s") % {"least": THRESHOLD}


def _hours() -> dict[str, str]:
    return {
        "<20": _("fewer than 20 hours"),
        "20-27": _("20 to 27 hours"),
        "28-35": _("28 to 35 hours"),
        "36+": _("36 hours or more"),
    }


def _practical() -> dict[str, str]:
    return {
        "evening": _("work in the evening"),
        "weekend": _("work at the weekend"),
        "night": _("work at night"),
        "early": _("a start before 7:00"),
        "hours": _("the number of hours"),
        "travel": _("the distance"),
        "start": _("the first working day"),
        "length": _("the length of the contract"),
    }


def _relaxed() -> dict[str, str]:
    return {
        "evening": _("if everybody worked in the evening"),
        "weekend": _("if everybody worked at the weekend"),
        "night": _("if everybody worked at night"),
        "early": _("if everybody could start before 7:00"),
        "level": _("if every competence were asked one level lower"),
        "hours": _("if the number of hours did not matter"),
        "start": _("if the first working day did not matter"),
        "length": _("if the length of the contract did not matter"),
    }


def _help() -> dict[str, str]:
    return {
        "competence": _(
            "Perhaps you can do this already: look whether it is in your passport. Else a course may help."
        ),
        "permit": _("It can often be arranged. The programme office knows how."),
        "evening": _("If an evening now and then is possible, say so in your wishes."),
        "weekend": _("If a weekend now and then is possible, say so in your wishes."),
        "night": _("If a night now and then is possible, say so in your wishes."),
        "early": _("If an early start is possible, say so in your wishes."),
        "hours": _("If other hours are possible too, say so in your wishes."),
        "travel": _("If a little further is possible, or working from home, say so in your wishes."),
        "start": _("If another first day is possible, say so in your wishes."),
        "length": _("If a shorter contract is a start for you, say so in your wishes."),
    }
