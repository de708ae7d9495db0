"""How does the alliance add a word that ESCO lacks: with a parent, an author, a day and evidence?"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import access, audit, clock
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.foundation.problems import Conflict, NotFound
from valley.skills.models import Cluster, Competence, CompetenceKind, Scheme, Status
from valley.skills.queries import LocalConcept

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LONGEST = {"label_nl": 120, "label_en": 120, "author": 120, "description_nl": 600, "description_en": 600}
_LONGEST |= {"evidence": 1000}
MOST_ALTERNATIVES = 20


class LocalConceptRefused(ValleyError):
    """A local concept lacks something it must say; ``facts["field"]`` names what."""

    code = "local-concept-refused"


class ConceptExists(ValleyError):
    """Another competence has this name already."""

    code = "concept-exists"
    status = 409


@dataclass(frozen=True, slots=True)
class SavedConcept:
    """A local concept as it was stored."""

    id: int
    uri: str
    version: int


def add_local_concept(caller: Caller, *, draft: LocalConcept) -> SavedConcept:
    """Add a competence that ESCO lacks (designer or office). Raises `LocalConceptRefused` and `ConceptExists`."""
    access.require_desk(caller, DeskRole.DESIGNER, DeskRole.OFFICE)
    _require_sound(draft)
    with transaction.atomic():
        _require_new(draft, own=None)
        row = Competence(uri=_fresh_uri(draft.label_en), scheme=Scheme.LOCAL, version=0)
        row.authored_on = clock.today(caller.at)
        return _store(caller, row, draft, verb="skills.add_local_concept")


def revise_local_concept(caller: Caller, *, competence: int, version: int, draft: LocalConcept) -> SavedConcept:
    """Change a local concept. ``version`` is the one that was read; `Conflict` when someone saved in between."""
    access.require_desk(caller, DeskRole.DESIGNER, DeskRole.OFFICE)
    _require_sound(draft)
    with transaction.atomic():
        row = Competence.objects.select_for_update().filter(pk=competence, scheme=Scheme.LOCAL).first()
        if row is None:
            raise NotFound(
                expected=_("a local concept"),
                found=competence,
                next_step=_("Concepts of ESCO cannot be changed; add a local concept under one."),
            )
        if row.version != version:
            raise Conflict(
                expected=_("version %(version)s") % {"version": version},
                found=_("version %(version)s, saved by someone else") % {"version": row.version},
                next_step=_("Read the new version and make your change again."),
                version=row.version,
            )
        _require_new(draft, own=row)
        return _store(caller, row, draft, verb="skills.revise_local_concept")


def _store(caller: Caller, row: Competence, draft: LocalConcept, *, verb: str) -> SavedConcept:
    values: dict[str, Any] = {name: getattr(draft, name).strip() for name in _LONGEST}
    values |= {
        "kind": draft.kind,
        "cluster": draft.cluster,
        "parent_id": draft.parent,
        "alt_labels_nl": list(draft.alternatives_nl),
        "alt_labels_en": list(draft.alternatives_en),
        "label_nl_source": draft.author.strip(),
    }
    touched = [name for name, value in values.items() if getattr(row, name) != value]
    for name, value in values.items():
        setattr(row, name, value)
    row.version, row.changed_at = row.version + 1, caller.at
    row.save()
    audit.record(caller, verb=verb, subject=("competence", str(row.pk)), fields=touched)
    return SavedConcept(row.pk, row.uri, row.version)


def _refused(field: str, expected: str, found: object) -> LocalConceptRefused:
    return LocalConceptRefused(
        expected=expected, found=found, next_step=_("Correct this field and save again."), field=field
    )


def _require_sound(draft: LocalConcept) -> None:
    for field in fields(draft):
        value = getattr(draft, field.name)
        words = value if isinstance(value, tuple) else (value,)
        if any(isinstance(word, str) and _CONTROL.search(word) for word in words):
            raise _refused(field.name, _("text without control characters"), _("a control character"))
    for name, longest in _LONGEST.items():
        value = getattr(draft, name).strip()
        if len(value) > longest or (not value and not name.startswith("description")):
            expected = _("a text of 1 to %(longest)s characters") % {"longest": longest}
            raise _refused(name, expected, _("%(number)s characters") % {"number": len(value)})
    _require_choices(draft)


def _require_choices(draft: LocalConcept) -> None:
    if draft.kind not in CompetenceKind.values:
        raise _refused("kind", ", ".join(CompetenceKind.values), draft.kind[:40])
    if draft.cluster and draft.cluster not in Cluster.values:
        raise _refused("cluster", ", ".join(Cluster.values), draft.cluster[:40])
    for name in ("alternatives_nl", "alternatives_en"):
        others = getattr(draft, name)
        if len(others) > MOST_ALTERNATIVES or any(not 0 < len(word) <= 120 for word in others):
            expected = _("at most %(number)s other words of 1 to 120 characters") % {"number": MOST_ALTERNATIVES}
            raise _refused(name, expected, _("%(number)s words") % {"number": len(others)})


def _require_new(draft: LocalConcept, *, own: Competence | None) -> None:
    """The parent exists and no other competence in use has one of the two names, as its own or as another word."""
    parent = Competence.objects.filter(pk=draft.parent, status=Status.CURRENT).first()
    if parent is None or (own is not None and _lies_under(parent, own.pk)):
        found = _("none") if parent is None else parent.label_nl or parent.label_en
        raise _refused("parent", _("a competence in use that lies above this one"), found)
    wanted = {draft.label_nl.strip().casefold(), draft.label_en.strip().casefold()}
    names = ("pk", "label_nl", "label_en", "alt_labels_nl", "alt_labels_en")
    others = Competence.objects.filter(status=Status.CURRENT).exclude(pk=own.pk if own else None)
    for pk, dutch, english, others_nl, others_en in others.values_list(*names).iterator():
        if not wanted.isdisjoint(word.casefold() for word in (dutch, english, *others_nl, *others_en)):
            raise ConceptExists(
                expected=_("a name that no other competence has"),
                found=f"{dutch or english} ({english}), {pk}",
                next_step=_("Use that competence, or choose a name that tells the difference."),
                competence=pk,
            )


def _lies_under(row: Competence | None, top: int) -> bool:
    seen: set[int] = set()
    while row is not None and row.pk not in seen:
        if row.pk == top:
            return True
        seen.add(row.pk)
        row = row.parent
    return False


def _fresh_uri(label: str) -> str:
    base = f"urn:valley:local:{slugify(label)[:80] or 'concept'}"
    taken = set(Competence.objects.filter(uri__startswith=base).values_list("uri", flat=True))
    number = 1
    uri = base
    while uri in taken:
        number += 1
        uri = f"{base}-{number}"
    return uri
