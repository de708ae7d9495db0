"""What can someone with this job probably do, and which jobs and competences have these words in their name?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valley.foundation import access
from valley.foundation.access import Caller, Purpose
from valley.people.models import Claim
from valley.people.queries import gate
from valley.skills import queries as skills


@dataclass(frozen=True, slots=True)
class Found:
    """A job title or competence that fits what was typed; ``key`` leads on to it."""

    key: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A competence that someone with this job probably has. ``level`` is what the passport says, else a proposal."""

    competence: int
    label: str
    description: str
    level: int
    in_passport: bool


def job_titles(caller: Caller, *, text: str, limit: int = 12) -> tuple[Found, ...]:
    """Job titles and occupations for what someone typed."""
    found = skills.search(caller, text=text, language=caller.language, kinds=("title", "occupation"), limit=limit)
    return tuple(Found(f"{hit.kind}-{hit.id}", hit.label, hit.leads_to or hit.because) for hit in found)


def competences_like(caller: Caller, *, text: str, limit: int = 12) -> tuple[Found, ...]:
    """Competences for what someone typed."""
    found = skills.search(caller, text=text, language=caller.language, kinds=("competence",), limit=limit)
    return tuple(Found(str(hit.id), hit.label, hit.because) for hit in found)


def suggestions(caller: Caller, *, person: int | None, title: str) -> tuple[Suggestion, ...]:
    """What someone with this job probably can, and what the passport says about it already; at most 25."""
    probable = skills.probable_competences(caller, title=title)
    own = _own_levels(caller, person) if person is not None else {}
    return tuple(
        Suggestion(
            found.competence,
            found.label,
            found.description,
            own.get(found.competence, found.level),
            found.competence in own,
        )
        for found in probable
    )


def _own_levels(caller: Caller, person: int) -> dict[int, int]:
    with access.opened(gate.grant(caller, purpose=Purpose.OWN, person=person)):
        rows: Any = Claim.objects.filter(person=person).values_list("competence_id", "level")
        return dict(rows)
