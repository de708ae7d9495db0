"""What changed since a day, in sentences that a person can read over coffee?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from valley.curriculum import queries as curriculum
from valley.dossiers import queries as dossiers
from valley.field.models import LookIn
from valley.field.queries import announced, rights, visits
from valley.foundation import access, clock
from valley.foundation.models import DeskRole
from valley.thread import queries as red_thread

USUAL_DAYS = 31
"""Without a day asked, the feed goes back so far: a month, so that a monthly visit misses nothing."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One thing that changed: the day, a sentence, and what it is about (``kind`` and ``subject`` make the link)."""

    on: date
    kind: str
    sentence: str
    subject: str

    @property
    def key(self) -> str:
        """The key of the programme, where ``subject`` is KEY@N."""
        return self.subject.partition("@")[0]

    @property
    def number(self) -> int:
        """The number of the version, where ``subject`` is KEY@N."""
        return int(self.subject.partition("@")[2] or 0)


@dataclass(frozen=True, slots=True)
class Feed:
    """What changed since a day, newest first, and what waits for this caller."""

    since_on: date
    until_on: date
    items: tuple[FeedItem, ...]
    waiting: tuple[FeedItem, ...]


def feed(caller: access.Caller, *, since: date | None = None) -> Feed:
    """What changed since a day (a month ago when none is given), of what this caller may see, newest first."""
    rights.require_reader(caller)
    today = clock.today(caller.at)
    since = min(since, today) if since else today - timedelta(days=USUAL_DAYS)
    found = [*_announced(caller), *_looked_in(caller), *_published(), *_computed(caller), *_dossiers(caller)]
    kept = [item for item in found if since <= item.on <= today]
    newest = sorted(kept, key=lambda item: (-item.on.toordinal(), item.kind, item.subject))
    return Feed(since, today, tuple(newest), tuple(_waiting(caller)))


def _announced(caller: access.Caller) -> Iterator[FeedItem]:
    for one in announced.changes(caller, limit=1000):
        said = {"employer": one.employer, "title": one.title, "day": _day(one.from_on)}
        if one.withdrawn:
            words = _("%(employer)s withdrew this change: %(title)s.")
            yield FeedItem(one.lead.until_on, "change", words % said, str(one.id))
            continue
        words = _("%(employer)s announces a change from %(day)s: %(title)s.")
        yield FeedItem(one.announced_on, "change", words % said, str(one.id))
        if one.lead.ended == "taught":
            words = _("“%(title)s” is taught: the first lesson came %(days)s days after the announcement.")
            yield FeedItem(one.lead.until_on, "change", words % (said | {"days": one.lead.total}), str(one.id))


def _looked_in(caller: access.Caller) -> Iterator[FeedItem]:
    visible = {one.id: one for one in visits.look_ins(caller, limit=1000) if one.state == "approved"}
    decided: dict[int, datetime] = dict(LookIn.objects.filter(pk__in=visible).values_list("pk", "decided_at"))
    words = _("%(employer)s approved the notes of %(school)s: they count as evidence now.")
    for pk, one in visible.items():
        said = {"employer": one.employer, "school": one.school}
        yield FeedItem(clock.today(decided[pk]), "look-in", words % said, str(pk))


def _published() -> Iterator[FeedItem]:
    words = _("Version %(number)s of %(programme)s is published. Groups that start from %(day)s follow it.")
    for one in curriculum.tied_versions(published=True):
        if one.published_on is not None:
            said = {"number": one.number, "programme": one.programme, "day": _day(one.from_on)}
            yield FeedItem(one.published_on, "version", words % said, one.ref)


def _computed(caller: access.Caller) -> Iterator[FeedItem]:
    """Designers and the office open the run; an employer opens its own share of it."""
    whole = rights.office(caller) or caller.sits_at(DeskRole.DESIGNER)
    if not (whole or rights.announces_for(caller)):
        return
    for pk, refused, made_at in red_thread.moments():
        words = _("The red thread was computed: there is no common core in it.") if refused else ""
        words = words or _("The red thread was computed again: look at what employers share now.")
        yield FeedItem(clock.today(made_at), "thread" if whole else "share", words, str(pk))


def _dossiers(caller: access.Caller) -> Iterator[FeedItem]:
    words = _("The qualification dossier “%(name)s” holds from %(day)s.")
    for one in dossiers.dossiers(caller):
        said = {"name": one.name, "day": _day(one.valid_from_on)}
        yield FeedItem(one.valid_from_on, "dossier", words % said, one.code)


def _waiting(caller: access.Caller) -> Iterator[FeedItem]:
    """What this caller can do now, one tap away: questions and notes to answer, visits to write down."""
    words = {
        "agree": _("%(school)s asks %(employer)s to look in: %(question)s"),
        "approve": _("The notes of %(school)s wait for %(employer)s: read and approve them."),
        "note": _("Write down what you saw at %(employer)s: %(question)s"),
    }
    for one in visits.look_ins(caller, limit=1000):
        act = next((name for name in one.may if name in words), "")
        if act and not caller.operator:
            said = {"school": one.school, "employer": one.employer, "question": one.question}
            yield FeedItem(one.wanted_on, "look-in", words[act] % said, str(one.id))
    for one in visits.placements(caller, limit=1000):
        if "agree" in one.may and not caller.operator:
            sentence = _("%(school)s asks whether a teacher may work along at %(employer)s.")
            said = {"school": one.school, "employer": one.employer}
            yield FeedItem(one.starts_on, "placement", sentence % said, str(one.id))


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
