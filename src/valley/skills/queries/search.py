"""Which competences, job titles and occupations fit what someone typed, and why?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from valley.core.errors import ValleyError
from valley.core.skills.search import Hit
from valley.foundation.access import Caller
from valley.skills import snapshots
from valley.skills.models import Competence, Occupation, Title
from valley.skills.queries import index
from valley.skills.queries.wording import worded

KINDS = ("competence", "title", "occupation")
BECAUSE = {
    "exact": _("these are the words"),
    "prefix": _("begins with what you typed"),
    "words": _("has the same words"),
    "typo": _("differs by a slip of the key"),
    "part": _("has part of the words"),
    "similar": _("looks like it"),
}


class UnknownKind(ValleyError):
    """There is nothing of this kind to search for."""

    code = "unknown-kind"


@dataclass(frozen=True, slots=True)
class Found:
    """One answer. ``why`` is a code, ``because`` the same in words; ``leads_to`` is the occupation behind a title."""

    kind: str
    id: int
    label: str
    english_only: bool
    description: str
    description_language: str
    matched: str
    why: str
    because: str
    score: float
    leads_to: str


def search(
    caller: Caller, *, text: str, language: str = "", kinds: Sequence[str] = KINDS, limit: int = 10
) -> tuple[Found, ...]:
    """The best answers over all ``kinds``, whatever language was typed, worded in ``language``; ties by kind and id.

    The first search after the vocabulary changed builds the index (eight seconds with all of ESCO), later ones take
    milliseconds. Raises `UnknownKind`, and the `UnusableQuery` of the index above 200 letters.
    """
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise UnknownKind(expected=", ".join(KINDS), found=", ".join(unknown), next_step="Choose from these kinds.")
    spoken = language or caller.language
    state = snapshots.vocabulary_fingerprint()
    hits = [(kind, hit) for kind in dict.fromkeys(kinds) for hit in _hits(kind, state, text, limit)]
    best = sorted(hits, key=lambda found: (-found[1].score, KINDS.index(found[0]), found[1].concept))[:limit]
    with override(spoken):
        shown = {kind: _SHOWN[kind]([hit for name, hit in best if name == kind], spoken) for kind in KINDS}
    return tuple(shown[kind][hit.concept] for kind, hit in best if hit.concept in shown[kind])


def _hits(kind: str, state: str, text: str, limit: int) -> tuple[Hit, ...]:
    found = index.labels(kind, state=state)
    return found.find(text, limit=limit) if found else ()


def _shown_competences(hits: Sequence[Hit], language: str) -> dict[int, Found]:
    rows = Competence.objects.in_bulk([hit.concept for hit in hits])
    return {
        hit.concept: _concept("competence", rows[hit.concept], hit, language) for hit in hits if hit.concept in rows
    }


def _shown_occupations(hits: Sequence[Hit], language: str) -> dict[int, Found]:
    rows = Occupation.objects.in_bulk([hit.concept for hit in hits])
    return {
        hit.concept: _concept("occupation", rows[hit.concept], hit, language) for hit in hits if hit.concept in rows
    }


def _concept(kind: str, row: Competence | Occupation, hit: Hit, language: str) -> Found:
    words = worded(row, language)
    return Found(
        kind=kind,
        id=hit.concept,
        label=words.label,
        english_only=words.english_only,
        description=words.description,
        description_language=words.description_language,
        matched=hit.text_matched,
        why=hit.why,
        because=str(BECAUSE[hit.why]),
        score=round(hit.score, 4),
        leads_to="",
    )


def _shown_titles(hits: Sequence[Hit], language: str) -> dict[int, Found]:
    rows = Title.objects.select_related("occupation").in_bulk([hit.concept for hit in hits])
    return {hit.concept: _title(rows[hit.concept], hit, language) for hit in hits if hit.concept in rows}


def _title(row: Title, hit: Hit, language: str) -> Found:
    return Found(
        kind="title",
        id=hit.concept,
        label=row.text,
        english_only=False,
        description="",
        description_language="",
        matched=hit.text_matched,
        why=hit.why,
        because=str(BECAUSE[hit.why]),
        score=round(hit.score, 4),
        leads_to=worded(row.occupation, language).label if row.occupation else "",
    )


_SHOWN: dict[str, Callable[[Sequence[Hit], str], dict[int, Found]]] = {
    "competence": _shown_competences,
    "title": _shown_titles,
    "occupation": _shown_occupations,
}
