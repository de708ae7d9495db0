"""What can someone with this job title probably do? A proposal to confirm, change or skip; never stored by itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.skills.models import Competence, Occupation, OccupationCompetence, OccupationLink, Status, Title
from valley.skills.queries.wording import worded

Row = TypeVar("Row")
MOST = 25
# "On my own in ordinary situations": what a job title says about someone who had the job, and no more.
USUAL_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Probable:
    """A competence that goes with a job, and the level to propose."""

    competence: int
    label: str
    english_only: bool
    description: str
    description_language: str
    level: int


def probable_competences(caller: Caller, *, title: str) -> tuple[Probable, ...]:
    """At most 25 competences behind a search result named ``title-ID`` or ``occupation-ID``; five queries at most.

    From the title's own list where it has one, else ESCO's essential competences of the occupation, the ones that
    the trade has words for first, then the ones that most occupations ask. Raises `NotFound`.
    """
    kind, _dash, number = title.partition("-")
    pairs: list[tuple[int, int]] = []
    if kind == "title" and number.isdecimal():
        row = _found(Title.objects.filter(pk=int(number)).first(), title)
        pairs = [(pk, level) for pk, level in row.probable] or _of_occupation(row.occupation_id)
    elif kind == "occupation" and number.isdecimal():
        pairs = _of_occupation(_found(Occupation.objects.filter(pk=int(number)).first(), title).pk)
    else:
        _found(None, title)
    return _shown(pairs[:MOST], caller.language)


def _found(row: Row | None, title: str) -> Row:
    if row is None:
        raise NotFound(
            expected=_("a job title from the search"),
            found=title[:40],
            next_step=_("Search for the title and choose one."),
        )
    return row


def _of_occupation(occupation: int | None) -> list[tuple[int, int]]:
    """What an occupation needs; of a group of occupations what at least a third of them need."""
    links = OccupationCompetence.objects.filter(essential=True, competence__status=Status.CURRENT)
    fields = ("competence_id", "competence__starter_key", "competence__reuse_level")
    asked = Counter(links.filter(occupation_id=occupation).values_list(*fields))
    least = 0.0
    if not asked:
        children = list(OccupationLink.objects.filter(broader_id=occupation).values_list("child", flat=True))
        asked = Counter(links.filter(occupation_id__in=children).values_list(*fields))
        least = len(children) / 3
    order = {"transversal": 0, "cross-sector": 1, "sector-specific": 2}
    often = [row for row, times in asked.items() if times >= least]
    ranked = sorted(often, key=lambda row: (not row[1], order.get(row[2], 3), row[0]))
    return [(pk, USUAL_LEVEL) for pk, _key, _reuse in ranked]


def _shown(pairs: list[tuple[int, int]], language: str) -> tuple[Probable, ...]:
    rows = Competence.objects.in_bulk([pk for pk, _level in pairs])
    found = ((rows[pk], level) for pk, level in pairs if pk in rows)
    return tuple(Probable(row.pk, *worded(row, language)[:4], level) for row, level in found)
