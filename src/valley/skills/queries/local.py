"""What does a local concept say in full, for the desk that revises it?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.skills.models import Competence, Scheme, Status

LARGEST_ID = 2**53


@dataclass(frozen=True, slots=True)
class LocalConcept:
    """What a local concept says. ``parent`` is the id of the competence it lies under; ``author`` an organisation."""

    label_nl: str
    label_en: str
    parent: int
    author: str
    evidence: str
    kind: str = "skill"
    cluster: str = ""
    description_nl: str = ""
    description_en: str = ""
    alternatives_nl: tuple[str, ...] = ()
    alternatives_en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LocalConceptRow(LocalConcept):
    """A local concept as it is stored."""

    id: int = 0
    version: int = 0
    parent_label: str = ""


def local_concept(caller: Caller, *, id: int) -> LocalConceptRow:
    """A local concept by id; `NotFound` when there is none, or when it is a concept of ESCO."""
    row = Competence.objects.select_related("parent").filter(pk=id, scheme=Scheme.LOCAL).first()
    if row is None:
        raise NotFound(
            expected=_("a local concept"),
            found=id,
            next_step=_("Concepts of ESCO cannot be changed; add a local concept under one."),
        )
    return LocalConceptRow(
        id=row.pk,
        label_nl=row.label_nl,
        label_en=row.label_en,
        parent=row.parent_id or 0,
        parent_label=(row.parent.label_nl or row.parent.label_en) if row.parent else "",
        author=row.author,
        evidence=row.evidence,
        kind=row.kind,
        cluster=row.cluster,
        description_nl=row.description_nl,
        description_en=row.description_en,
        alternatives_nl=tuple(row.alt_labels_nl),
        alternatives_en=tuple(row.alt_labels_en),
        version=row.version,
    )


def competence_named(text: str) -> int | None:
    """The id of the competence in use with this number or exactly this name; the trade's own before others."""
    rows = Competence.objects.filter(status=Status.CURRENT)
    if text.isdecimal() and int(text) < LARGEST_ID:
        return rows.filter(pk=int(text)).values_list("pk", flat=True).first()
    named = rows.filter(Q(label_nl__iexact=text) | Q(label_en__iexact=text))
    return named.order_by("-starter_key", "pk").values_list("pk", flat=True).first()
