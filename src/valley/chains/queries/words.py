"""In which words does a reader hear about chains, and about what blocks them?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from valley.core.mobility import routes as core

ASKS = {
    "travel": gettext_lazy("Nobody stated where it is: ask how far the way is."),
    "hours": gettext_lazy("Ask how many hours a week it is."),
    "shifts": gettext_lazy("Ask which shifts it has."),
    "start": gettext_lazy("Ask when it starts."),
    "length": gettext_lazy("Ask how long it lasts."),
}
SHIFTS = {
    "evening": gettext_lazy("evenings"),
    "evenings": gettext_lazy("evenings"),
    "weekend": gettext_lazy("weekends"),
    "weekends": gettext_lazy("weekends"),
    "night": gettext_lazy("nights"),
    "nights": gettext_lazy("nights"),
    "early": gettext_lazy("early mornings"),
}
CONTRACTS = {
    "fixed-term": gettext_lazy("fixed term"),
    "permanent": gettext_lazy("permanent"),
    "work-based-learning": gettext_lazy("work-based learning (bbl)"),
    "agency": gettext_lazy("through an agency"),
}
SEVERITIES = {
    "breach": gettext_lazy("not allowed like this"),
    "warning": gettext_lazy("look into this"),
    "note": gettext_lazy("good to know"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What ids and codes are called in the reader's language."""

    employers: Mapping[int, str]
    titles: Mapping[int, str]
    processes: Mapping[str, str]
    competences: Mapping[int, str]
    languages: Mapping[str, str]
    permits: Mapping[str, str]
    levels: Mapping[int, str]

    def employer(self, key: int | None) -> str:
        """The name of an employer."""
        return self.employers.get(key or 0, _("a partner"))

    def process(self, code: str) -> str:
        """Code and name of a work process."""
        return f"{code} {self.processes.get(code, '')}".strip()

    def competence(self, subject: str) -> str:
        """The label of a competence that the engine names by its number."""
        return self.competences.get(int(subject), subject) if subject.isdigit() else subject


CEFR = ("", "A1", "A2", "B1", "B2", "C1", "C2")


def day(value: date) -> str:
    """A day, written out in the active language."""
    return date_format(value, "DATE_FORMAT")


def days_words(days: int) -> str:
    """A number of days in words."""
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def idle_words(idle: int, wait: int) -> str:
    """How many days lie idle: before the first job, and between jobs."""
    if not idle:
        return _("no day idle")
    if idle == wait:
        return _("%(days)s before the first job, none between jobs") % {"days": days_words(wait)}
    facts = {"between": days_words(idle - wait), "wait": days_words(wait)}
    return _("%(between)s between jobs, %(wait)s before the first") % facts


def robust_words(survived: int, of: int) -> str:
    """How many single withdrawals leave a complete chain."""
    if not of:
        return _("Nothing can be withdrawn any more.")
    facts = {"survived": survived, "of": of}
    return _("If one partner stops, there is another chain in %(survived)s of %(of)s cases.") % facts


def travel_words(km: float, months: int) -> str:
    """The way to work on average, as an estimate."""
    if not km or not months:
        return _("the way to work is not known")
    return _("about %(km)s km to work on average, one way (estimate)") % {"km": round(km / months)}


def order_words() -> str:
    """By what chains are put in order, in words."""
    return _(
        "First the chains that cover most work processes, then those with fewest idle days, then those that survive "
        "most withdrawals, then those with the shortest way to work. Openings are put in order for you; people are "
        "never put in order."
    )


_CONDITIONS = {
    "distance": gettext_lazy("the most kilometres you want to travel"),
    "language": gettext_lazy("the level of %(language)s that is asked"),
    "permit": gettext_lazy("the permit that is asked: %(permit)s"),
    "shift": gettext_lazy("work in %(shift)s, which you do not want"),
    "hours": gettext_lazy("the hours a week you want"),
    "length": gettext_lazy("the shortest contract you want"),
    "avoid": gettext_lazy("the employers you want to avoid, or that stopped"),
    "recognised": gettext_lazy("an employer must be a recognised training company for the whole job"),
    "entry": gettext_lazy("the competence asked at the start: %(competence)s"),
    "gap": gettext_lazy("the days that may lie between two jobs"),
    "start": gettext_lazy("the first day you can start"),
    "law": gettext_lazy("a rule of law would be broken"),
    "links": gettext_lazy("the most jobs a route may have"),
    "process": gettext_lazy("enough hours of %(process)s"),
    "duration": gettext_lazy("jobs that together last as long as the training"),
    "year": gettext_lazy("enough hours of practice in each school year"),
}


def condition_words(condition: core.Condition, names: Names) -> str:
    """One condition that blocks, in words."""
    return str(_CONDITIONS[condition.kind]) % _subject(condition.subject, names)


def _subject(subject: str, names: Names) -> dict[str, str]:
    return {
        "language": names.languages.get(subject, subject),
        "permit": names.permits.get(subject, subject),
        "shift": str(SHIFTS.get(subject, subject)),
        "competence": names.competence(subject),
        "process": names.process(subject),
    }


def subject_words(condition: core.Condition, names: Names) -> str:
    """What a condition is about: a language, permit, shift, competence or work process; "" for one without."""
    return _subject(condition.subject, names).get(_ABOUT.get(condition.kind, ""), "")


_ABOUT = {"language": "language", "permit": "permit", "shift": "shift", "entry": "competence", "process": "process"}
_EMPLOYERS = frozenset({"longer", "earlier", "later", "status", "practise"})
_RELAXATIONS = {
    "longer": gettext_lazy("“%(title)s” at %(employer)s lasts %(becomes)s instead of %(was)s"),
    "earlier": gettext_lazy("“%(title)s” at %(employer)s can start from %(becomes)s instead of %(was)s"),
    "later": gettext_lazy("“%(title)s” at %(employer)s can still start until %(becomes)s instead of %(was)s"),
    "status": gettext_lazy("%(employer)s is a recognised training company %(becomes)s"),
    "practise": gettext_lazy("“%(title)s” at %(employer)s gives %(becomes)s of %(process)s instead of %(was)s"),
    "distance": gettext_lazy("you travel %(becomes)s instead of %(was)s"),
    "language": gettext_lazy("your %(language)s goes from %(was)s to %(becomes)s"),
    "permit": gettext_lazy("you get the permit: %(permit)s"),
    "shift": gettext_lazy("you also work in %(shift)s"),
    "hours": gettext_lazy("you work %(becomes)s a week instead of %(was)s"),
    "length": gettext_lazy("you accept a contract of %(becomes)s instead of %(was)s"),
    "avoid": gettext_lazy("you do not avoid %(employer)s"),
    "entry": gettext_lazy("you reach level %(becomes)s in %(competence)s before the first job that asks it"),
    "learn": gettext_lazy("you show these before the first job that asks them: %(competences)s"),
    "gap": gettext_lazy("%(becomes)s may lie between two jobs instead of %(was)s"),
    "start": gettext_lazy("you can start on %(becomes)s instead of %(was)s"),
    "links": gettext_lazy("the route may have %(becomes)s jobs instead of %(was)s"),
}
_UNITS = {
    "longer": gettext_lazy("%(n)s months"),
    "practise": gettext_lazy("%(n)s hours"),
    "distance": gettext_lazy("%(n)s km"),
    "hours": gettext_lazy("%(n)s hours"),
    "length": gettext_lazy("%(n)s months"),
    "gap": gettext_lazy("%(n)s days"),
}


def relaxation_words(one: core.Relaxation, names: Names) -> str:
    """One change that would give a chain, in words."""
    facts = _subject(one.subject, names) | {
        "competences": _levels(one.subject, names) if one.kind == "learn" else "",
        "title": names.titles.get(one.offer or 0, _("an opening")),
        "employer": names.employer(one.employer),
        "was": _amount(one.kind, one.was),
        "becomes": _amount(one.kind, one.becomes),
    }
    return str(_RELAXATIONS[one.kind]) % facts


def _levels(subject: str, names: Names) -> str:
    """The competences and levels of "5:2 6:1", in words."""
    pairs = (pair.partition(":") for pair in subject.split())
    return ", ".join(f"{names.competence(key)} ({names.levels.get(int(level), level)})" for key, _sign, level in pairs)


def gives_words(chain: core.Chain) -> str:
    """What a change yields: how many jobs, and from when until when."""
    jobs = ngettext("%(jobs)s job", "%(jobs)s jobs", len(chain.links)) % {"jobs": len(chain.links)}
    facts = {"jobs": jobs, "start": day(chain.links[0].starts_on), "end": day(chain.links[-1].ends_on)}
    return _("then there is a chain of %(jobs)s, from %(start)s until %(end)s") % facts


def whose(one: core.Relaxation) -> str:
    """Whose move a relaxation is: "employer" or "learner"."""
    return "employer" if one.kind in _EMPLOYERS else "learner"


def whose_words(who: str) -> str:
    """Whose move it is, in words."""
    return _("the employer can do this") if who == "employer" else _("you can do this")


def _amount(kind: str, value: float | date | core.Period | None) -> str:
    if isinstance(value, tuple):
        return _period(value)
    if isinstance(value, date):
        return day(value)
    if value is None:
        return _("no limit")
    if kind == "language":
        return CEFR[int(value)] or _("nothing stated")
    return str(_UNITS[kind]) % {"n": round(value)} if kind in _UNITS else f"{value:.0f}"


def _period(value: core.Period) -> str:
    start, end = value
    if end is None:
        return _("from %(start)s") % {"start": day(start)}
    return _("from %(start)s until %(end)s") % {"start": day(start), "end": day(end)}
