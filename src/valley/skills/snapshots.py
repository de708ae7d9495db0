"""How does the vocabulary reach the arithmetic: as one read-only value, with a fingerprint that shows its age?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from threading import Lock
from typing import Any, Literal, NamedTuple

from django.db.models import Max, QuerySet

from valley.core.profiles import Kind, Vocabulary, inverse_frequency
from valley.skills import starter_files
from valley.skills.models import (
    Competence,
    CompetenceRelation,
    GroupLink,
    OccupationCompetence,
    Release,
    Scheme,
    Status,
    ToolClass,
)

TRADE = "422"
"""ISCO-08 minor group of the trade: client information workers."""

LabelLine = tuple[int, str, str, Literal["preferred", "alternative"]]

_lock = Lock()
_kept: tuple[str, Vocabulary] | None = None


def vocabulary_fingerprint() -> str:
    """Changes when a release, a language, a list of titles or a local concept is added or changed; three queries."""
    releases = list(Release.objects.order_by("pk").values_list("pk", "fingerprint"))
    local = Competence.objects.filter(scheme=Scheme.LOCAL).order_by("pk")
    words = list(local.values_list("pk", "uri", "version", "changed_at"))
    last = Competence.objects.aggregate(last=Max("pk"))["last"]
    return sha256(repr((releases, words, last)).encode()).hexdigest()[:32]


def vocabulary() -> Vocabulary:
    """Groups, relations, weights and kinds of every competence; built once per process and state (1 s with ESCO)."""
    global _kept
    state = vocabulary_fingerprint()
    with _lock:
        if _kept is None or _kept[0] != state:
            _kept = (state, _built())
        return _kept[1]


def _built() -> Vocabulary:
    broader = _links(GroupLink.objects.filter(child_group__isnull=False).values_list("child_group", "group"))
    related = CompetenceRelation.objects.filter(broader=False).order_by("pk").values_list("original", "related")
    return Vocabulary(
        groups=narrow_groups(),
        broader={group: tuple(sorted(above)) for group, above in broader.items()},
        relations=list(related),
        idf=_weights(),
        kinds={pk: Kind(kind) for pk, kind in Competence.objects.order_by("pk").values_list("pk", "kind")},
    )


def narrow_groups() -> dict[int, tuple[int, ...]]:
    """The narrow groups of every competence: its own, or else those of the broader competence it lies under.

    A local concept without group lies where its parent lies.
    """
    own = _links(GroupLink.objects.filter(competence__isnull=False).values_list("competence", "group"))
    above = _links(CompetenceRelation.objects.filter(broader=True).values_list("original", "related"))
    for pk, parent in Competence.objects.filter(parent__isnull=False).values_list("pk", "parent"):
        above[pk].add(parent)
    everyone = own.keys() | above.keys()
    return {pk: tuple(sorted(_inherited(pk, own, above))) for pk in sorted(everyone)}


def _inherited(pk: int, own: Mapping[int, set[int]], above: Mapping[int, set[int]]) -> set[int]:
    seen, level = {pk}, {pk}
    while level:
        found = {group for one in level for group in own.get(one, ())}
        if found:
            return found
        level = {up for one in level for up in above.get(one, ())} - seen
        seen |= level
    return set()


def _links(pairs: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    made: defaultdict[int, set[int]] = defaultdict(set)
    for child, parent in pairs:
        made[child].add(parent)
    return made


def _weights() -> dict[int, float]:
    """How telling each competence is: by ESCO's occupations when they are loaded, else by the starter roles."""
    asks = _links(OccupationCompetence.objects.values_list("occupation", "competence"))
    if asks:
        weights = inverse_frequency(asks.values(), len(asks))
        # A local concept is in no occupation of ESCO; it is taken to be as common as the concept it lies under.
        local = Competence.objects.filter(parent__isnull=False).order_by("pk").values_list("pk", "parent")
        return weights | {pk: weights[parent] for pk, parent in local if parent in weights and pk not in weights}
    ids = dict(Competence.objects.exclude(starter_key="").values_list("starter_key", "pk"))
    roles = [{ids[need.key] for need in role.needs if need.key in ids} for role in starter_files.roles()]
    return inverse_frequency(roles, len(roles))


class Standing(NamedTuple):
    """How widely competences are asked: ESCO reuse level, ESCO occupations outside the trade, and all of them."""

    reuse: dict[int, str]
    outside: dict[int, int]
    asked: dict[int, int]


def standing(ids: Iterable[int]) -> Standing:
    """The standing of these competences in the whole of ESCO; the counts are empty as long as ESCO is not loaded."""
    wanted = set(ids)
    reuse = dict(Competence.objects.filter(pk__in=wanted).exclude(reuse_level="").values_list("pk", "reuse_level"))
    links = OccupationCompetence.objects.filter(competence__in=wanted).order_by()
    pairs = set(links.values_list("competence", "occupation", "occupation__isco_group"))
    loaded = bool(pairs) or OccupationCompetence.objects.exists()
    asked, outside = (dict.fromkeys(wanted, 0) if loaded else {} for _ in range(2))
    for competence, _occupation, isco in pairs:
        asked[competence] += 1
        outside[competence] += not isco.startswith(TRADE)
    return Standing(reuse, outside, asked)


def label_lines() -> Iterator[LabelLine]:
    """Every label of every current competence: id, language, text, and whether it is the preferred one."""
    return labels_of(Competence.objects.filter(status=Status.CURRENT).order_by("pk"))


def labels_of(rows: QuerySet[Any]) -> Iterator[LabelLine]:
    """The labels of concepts, each concept's Dutch ones first."""
    fields = ("pk", "label_nl", "label_en", "alt_labels_nl", "alt_labels_en")
    for pk, dutch, english, others_nl, others_en in rows.values_list(*fields):
        for language, preferred, others in (("nl", dutch, others_nl), ("en", english, others_en)):
            if preferred:
                yield pk, language, preferred, "preferred"
            for other in others:
                yield pk, language, other, "alternative"


def tool_names() -> tuple[tuple[str, str], ...]:
    """Every product name with the key of its tool class."""
    classes = ToolClass.objects.order_by("pk").values_list("key", "products")
    return tuple((product[0], key) for key, products in classes for product in products)


def tool_class_ids() -> dict[str, int]:
    """The id of every tool class by key."""
    return dict(ToolClass.objects.order_by("pk").values_list("key", "pk"))


def relation_pairs(ids: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Related pairs among these competences, the lower id first."""
    wanted = set(ids)
    pairs = CompetenceRelation.objects.filter(original__in=wanted, related__in=wanted)
    return tuple(sorted({(min(pair), max(pair)) for pair in pairs.values_list("original", "related")}))
