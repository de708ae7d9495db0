"""Who may add a word that ESCO lacks, what must it say, and what happens when two people save the same one?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests import factories

from valley.foundation import access
from valley.foundation.models import AuditLine
from valley.foundation.problems import Conflict, NotFound
from valley.skills import actions, queries, snapshots
from valley.skills.actions.local import ConceptExists, LocalConceptRefused
from valley.skills.models import Competence

DRAFT = actions.LocalConcept(
    label_nl="gesprekken samenvatten met AI",
    label_en="summarising calls with AI",
    parent=0,
    author="VISTA college",
    evidence="Named in nine of thirty job texts.",
    cluster="technology",
    description_nl="Je laat AI een gesprek samenvatten en controleert de tekst.",
    alternatives_nl=("AI-samenvatting",),
)


@pytest.fixture
def draft(starter: None) -> actions.LocalConcept:
    return replace(DRAFT, parent=queries.ids_by_starter_key()["check-ai-drafts"])


def test_a_local_concept_says_parent_author_day_and_evidence(draft) -> None:
    saved = actions.add_local_concept(factories.caller("designer"), draft=draft)
    page = queries.competence(factories.operator(language="nl"), id=saved.id)
    assert page.local is not None and page.local.parent is not None
    assert page.local.parent.id == draft.parent
    assert (page.local.author, page.local.evidence) == (draft.author, draft.evidence)
    assert page.local.authored_on == date(2026, 11, 23)
    assert page.alternatives == ("AI-samenvatting",)
    assert page.uri == "urn:valley:local:summarising-calls-with-ai"


def test_it_is_found_at_once_and_lies_in_the_group_of_its_parent(draft) -> None:
    reader = factories.operator(language="nl")
    before = snapshots.vocabulary_fingerprint()
    queries.search(reader, text="samenvatten")
    saved = actions.add_local_concept(factories.caller("office"), draft=draft)
    assert queries.search(reader, text="AI-samenvatting")[0].id == saved.id
    assert snapshots.vocabulary_fingerprint() != before
    words = snapshots.vocabulary()
    assert words.narrow_groups(saved.id) == words.narrow_groups(draft.parent)
    assert words.similarity(saved.id, draft.parent) == 0.5


@pytest.mark.parametrize("role", ["recruiter", "team-lead", "coach", "practical-trainer", "municipality", "steward"])
def test_other_desks_may_not_add_or_change(draft, role: str) -> None:
    saved = actions.add_local_concept(factories.operator(), draft=draft)
    who = factories.caller(role)
    with pytest.raises(access.Forbidden):
        actions.add_local_concept(who, draft=draft)
    with pytest.raises(access.Forbidden):
        actions.revise_local_concept(who, competence=saved.id, version=1, draft=draft)


def test_without_second_factor_or_account_nothing_is_added(draft) -> None:
    number = Competence.objects.count()
    with pytest.raises(access.SecondFactorNeeded):
        actions.add_local_concept(factories.caller("designer", strong=False), draft=draft)
    with pytest.raises(access.SignInNeeded):
        actions.add_local_concept(factories.visitor(), draft=draft)
    assert Competence.objects.count() == number


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"label_nl": ""}, "label_nl"),
        ({"label_en": "  "}, "label_en"),
        ({"author": ""}, "author"),
        ({"evidence": ""}, "evidence"),
        ({"evidence": "x" * 1001}, "evidence"),
        ({"label_nl": "x" * 121}, "label_nl"),
        ({"label_nl": "bel\x07len"}, "label_nl"),
        ({"alternatives_en": ("\x00",)}, "alternatives_en"),
        ({"alternatives_en": ("",)}, "alternatives_en"),
        ({"alternatives_nl": tuple("abcdefghijklmnopqrstuvwxyz")}, "alternatives_nl"),
        ({"parent": 987654}, "parent"),
        ({"kind": "talent"}, "kind"),
        ({"cluster": "magic"}, "cluster"),
    ],
)
def test_what_is_missing_or_cannot_be_is_named(draft, change: dict[str, object], field: str) -> None:
    with pytest.raises(LocalConceptRefused) as caught:
        actions.add_local_concept(factories.operator(), draft=replace(draft, **change))
    assert caught.value.facts["field"] == field
    assert not AuditLine.objects.filter(verb="skills.add_local_concept").exists()


@pytest.mark.parametrize("label", ["webcare in het openbaar", "WEBCARE in public", "webcare", "reviews beantwoorden "])
def test_a_name_that_another_competence_has_is_refused_and_that_one_is_named(draft, label: str) -> None:
    with pytest.raises(ConceptExists, match="webcare in het openbaar") as caught:
        actions.add_local_concept(factories.operator(), draft=replace(draft, label_nl=label))
    assert caught.value.facts["competence"] == queries.ids_by_starter_key()["webcare-in-public"]


def test_the_second_of_two_people_saving_is_told(draft) -> None:
    saved = actions.add_local_concept(factories.operator(), draft=draft)
    first = replace(draft, evidence="Named in ten job texts.")
    assert actions.revise_local_concept(factories.operator(), competence=saved.id, version=1, draft=first).version == 2
    with pytest.raises(Conflict) as caught:
        actions.revise_local_concept(
            factories.operator(), competence=saved.id, version=1, draft=replace(draft, evidence="Other.")
        )
    assert caught.value.facts["version"] == 2
    assert Competence.objects.get(pk=saved.id).evidence == "Named in ten job texts."


def test_a_concept_cannot_lie_under_itself(draft) -> None:
    top = actions.add_local_concept(factories.operator(), draft=draft)
    under = actions.add_local_concept(
        factories.operator(), draft=replace(draft, label_nl="onder", label_en="below", parent=top.id)
    )
    for parent in (top.id, under.id):
        with pytest.raises(LocalConceptRefused):
            actions.revise_local_concept(
                factories.operator(), competence=top.id, version=1, draft=replace(draft, parent=parent)
            )


def test_a_concept_of_esco_cannot_be_changed(draft) -> None:
    of_esco = queries.ids_by_starter_key()["listen-actively"]
    with pytest.raises(NotFound):
        actions.revise_local_concept(factories.operator(), competence=of_esco, version=1, draft=draft)


def test_a_revised_concept_of_the_starter_set_survives_a_newer_starter_set(draft, monkeypatch) -> None:
    from valley.skills import starter_files

    own = queries.ids_by_starter_key()["webcare-in-public"]
    given = queries.local_concept(factories.operator(), id=own)
    changed = replace(
        draft,
        label_nl=given.label_nl,
        label_en=given.label_en,
        parent=given.parent,
        evidence="We counted it ourselves.",
    )
    actions.revise_local_concept(factories.operator(), competence=own, version=1, draft=changed)
    monkeypatch.setattr(starter_files, "fingerprint", lambda: "f" * 64)
    assert actions.load_starter(factories.operator())
    assert Competence.objects.get(pk=own).evidence == "We counted it ourselves."


def test_the_database_itself_refuses_a_local_concept_without_evidence(draft) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Competence.objects.create(uri="urn:x", scheme="local", kind="skill", label_en="x", author="y")
