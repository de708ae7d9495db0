"""How does a fresh valley get its words? The starter set is loaded once, and again when the product brings more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model

from valley.foundation import access, audit
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.skills import starter_files as files
from valley.skills.models import (
    Competence,
    CompetenceRelation,
    GroupLink,
    Release,
    Scheme,
    SkillGroup,
    Title,
    ToolClass,
)

SOURCE = "Valley"
_OWN = ["kind", "cluster", "starter_key", "label_nl", "label_nl_source", "description_nl", "description_en"]
_OWN += ["alt_labels_nl", "alt_labels_en"]
_FIRST = ["scheme", "status", "label_en", "reuse_level", "author", "authored_on", "evidence", "parent"]


def load_starter(caller: Caller) -> bool:
    """Load or refresh the starter vocabulary in one transaction (about a second). False when it is already there.

    Rows that ESCO filled in before keep what ESCO says; the trade's own words are laid over them.
    """
    access.require_desk(caller, DeskRole.OFFICE, DeskRole.DESIGNER)
    version = files.fingerprint()[:12]
    with transaction.atomic():
        if Release.objects.filter(scheme=Scheme.STARTER, version=version).exists():
            return False
        _load_groups()
        ids = _load_competences()
        _load_links(ids)
        _load_titles(ids)
        _load_tool_classes()
        Release.objects.create(
            scheme=Scheme.STARTER,
            version=version,
            languages=["nl", "en"],
            imported_at=caller.at,
            fingerprint=files.fingerprint(),
            counts={"competences": len(ids), "groups": len(files.groups()), "roles": len(files.roles())},
        )
        audit.record(caller, verb="skills.load_starter", subject=("vocabulary", version))
    return True


def _upsert(rows: Iterable[Model], unique: str, fields: list[str]) -> None:
    made = list(rows)
    if made:
        type(made[0]).objects.bulk_create(  # type: ignore[attr-defined]
            made, update_conflicts=True, unique_fields=[unique], update_fields=fields, batch_size=500
        )


def _load_groups() -> None:
    fields = ["label_nl", "label_en", "label_nl_source"]
    _upsert(
        (
            SkillGroup(
                uri=group.uri,
                scheme=Scheme.STARTER,
                label_nl=group.label_nl,
                label_en=group.label_en,
                label_nl_source=SOURCE,
            )
            for group in files.groups()
        ),
        "uri",
        fields,
    )


def _load_competences() -> dict[str, int]:
    """Write the competences, parents first; ids by starter key. Local concepts that someone revised stay so."""
    revised = set(Competence.objects.filter(scheme=Scheme.LOCAL, version__gt=1).values_list("uri", flat=True))
    everything = [row for row in files.competences() if row.uri not in revised]
    known = dict(Competence.objects.filter(uri__in=[row.uri for row in everything]).values_list("uri", "scheme"))
    ids: dict[str, int] = {}
    for children in (False, True):
        part = [row for row in everything if bool(row.parent) is children]
        fresh = [_row(row, ids) for row in part if known.get(row.uri) != Scheme.ESCO]
        _upsert(fresh, "uri", _OWN + _FIRST)
        _upsert((_row(row, ids) for row in part if known.get(row.uri) == Scheme.ESCO), "uri", _OWN)
        ids |= dict(Competence.objects.exclude(starter_key="").values_list("starter_key", "pk"))
    return ids


def _row(row: files.StarterCompetence, ids: dict[str, int]) -> Competence:
    return Competence(
        uri=row.uri,
        scheme=Scheme.LOCAL if row.is_local else Scheme.STARTER,
        label_en=row.label_en,
        reuse_level=row.reuse_level,
        author=row.author,
        authored_on=row.authored_on,
        evidence=row.evidence,
        parent_id=ids.get(row.parent),
        **own_words(row),
    )


def own_words(row: files.StarterCompetence) -> dict[str, Any]:
    """What the starter vocabulary says about a competence, whatever ESCO says."""
    return {
        "kind": row.kind,
        "cluster": row.cluster,
        "starter_key": row.key,
        "label_nl": row.label_nl,
        "label_nl_source": SOURCE,
        "description_nl": row.description_nl,
        "description_en": row.description_en,
        "alt_labels_nl": list(row.alternatives_nl),
        "alt_labels_en": list(row.alternatives_en),
    }


def _load_links(ids: dict[str, int]) -> None:
    """Write groups above groups and competences, and close pairs, in place of the ones of an earlier starter."""
    groups = {group.key: group for group in files.groups()}
    pks = dict(SkillGroup.objects.filter(scheme=Scheme.STARTER).values_list("uri", "pk"))
    above = [
        GroupLink(child_group_id=pks[group.uri], group_id=pks[groups[group.parent].uri], scheme=Scheme.STARTER)
        for group in groups.values()
        if group.parent
    ]
    members = [
        GroupLink(competence_id=ids[row.key], group_id=pks[groups[row.group].uri], scheme=Scheme.STARTER)
        for row in files.competences()
    ]
    GroupLink.objects.filter(scheme=Scheme.STARTER).delete()
    GroupLink.objects.bulk_create([*above, *members], batch_size=500)
    CompetenceRelation.objects.filter(scheme=Scheme.STARTER).delete()
    CompetenceRelation.objects.bulk_create(
        CompetenceRelation(
            original_id=ids[pair.competence], related_id=ids[pair.related], reason=pair.reason, scheme=Scheme.STARTER
        )
        for pair in files.relations()
    )


def _load_titles(ids: dict[str, int]) -> None:
    Title.objects.filter(source=SOURCE).delete()
    titles = [
        Title(
            text=text, language=language, probable=[[ids[key], level] for key, level in title.probable], source=SOURCE
        )
        for title in files.titles()
        for language, texts in (("nl", title.texts_nl), ("en", title.texts_en))
        for text in texts
    ]
    for role in files.roles():
        probable = [[ids[need.key], need.level] for need in role.needs]
        words = {"nl": (role.title_nl, *role.everyday_nl), "en": (role.title_en, *role.everyday_en)}
        titles += [
            Title(text=text, language=language, role_key=role.key, probable=probable, source=SOURCE)
            for language, texts in words.items()
            for text in dict.fromkeys(texts)
        ]
    Title.objects.bulk_create(titles, batch_size=500)


def _load_tool_classes() -> None:
    _upsert(
        (
            ToolClass(
                key=tools.key,
                label_nl=tools.label_nl,
                label_en=tools.label_en,
                description_nl=tools.description_nl,
                description_en=tools.description_en,
                products=[list(product) for product in tools.products],
            )
            for tools in files.tool_classes()
        ),
        "key",
        ["label_nl", "label_en", "description_nl", "description_en", "products"],
    )
