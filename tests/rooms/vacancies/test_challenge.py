"""Does no door open a vacancy that asks what it may not, or what no task needs, and is no such field anywhere?"""

from __future__ import annotations

import inspect
import re

import pytest
from django import forms
from django.apps import apps
from tests import factories
from tests.rooms.vacancies.conftest import TASK
from tests.rooms.work import sheets

from valley.foundation.access import Forbidden, SignInNeeded
from valley.foundation.problems import NotFound
from valley.vacancies import actions, drafts, queries
from valley.work import actions as work
from valley.work import queries as openings
from valley.work.sheets import columns
from valley.work.sheets.rows import columns_of

UNTIED = drafts.RequirementDraft("diploma", "mbo-4")
BAD = [
    ("text", {"text": "Je komt in een jong team."}),
    ("title", {"title": "Enthousiaste digital native"}),
    ("preview.day", {"preview": drafts.PreviewDraft(day="Mail je cv met recente foto.")}),
    ("requirements.1", {"requirements": (UNTIED,)}),
    ("requirements.1", {"requirements": (drafts.RequirementDraft("other", "moedertaal Duits", TASK),)}),
]


def public(slug: str) -> bool:
    try:
        return openings.opening(factories.visitor(), slug=slug).opening.state == "open"
    except NotFound:
        return False


@pytest.mark.parametrize(("field", "changed"), BAD)
def test_a_challenged_vacancy_is_kept_as_a_draft_but_not_opened(region, field, changed) -> None:
    draft = region.draft(**changed)
    with pytest.raises(work.OpeningRefused) as refused:
        actions.keep_vacancy(region.recruiter, draft=draft, publish=True)
    assert field in {flaw.field for flaw in refused.value.facts["flaws"]}
    saved = actions.keep_vacancy(region.recruiter, draft=draft)
    with pytest.raises(work.OpeningRefused):
        actions.publish_opening(region.recruiter, slug=saved.slug, version=saved.version)
    assert not public(saved.slug)
    found = queries.challenges(region.recruiter, slug=saved.slug)
    assert [one.field for one in found if one.blocks] == [field]
    assert all(one.why and one.instead and one.source for one in found)


@pytest.mark.parametrize(("field", "changed"), BAD)
def test_an_open_vacancy_cannot_be_changed_into_a_challenged_one(region, field, changed) -> None:
    saved = region.open()
    with pytest.raises(work.OpeningRefused):
        actions.keep_vacancy(region.recruiter, draft=region.draft(**changed), slug=saved.slug, version=saved.version)
    assert queries.challenges(region.recruiter, slug=saved.slug) == ()
    assert queries.vacancy_page(region.recruiter, slug=saved.slug).page.opening.version == saved.version


def test_an_open_vacancy_cannot_be_stated_into_a_challenged_one(region) -> None:
    saved = region.open()
    with pytest.raises(work.OpeningRefused):
        actions.state_requirements(region.recruiter, opening=saved.id, requirements=[UNTIED])
    assert [one.task for one in queries.requirements_of(region.recruiter, opening=saved.id)] == [TASK]


def test_a_requirement_tied_to_its_task_opens_and_dropping_it_opens_too(region) -> None:
    tied = region.draft(requirements=(drafts.RequirementDraft("diploma", "mbo-4", TASK),))
    assert actions.keep_vacancy(region.recruiter, draft=tied, publish=True).state == "open"
    dropped = region.draft(title="Nog een", requirements=())
    assert actions.keep_vacancy(region.recruiter, draft=dropped, publish=True).state == "open"


def test_advice_is_given_and_blocks_nothing(region) -> None:
    saved = region.open(text="Je bent stressbestendig.")
    (advice,) = queries.challenges(region.recruiter, slug=saved.slug)
    assert (advice.severity, advice.blocks, advice.found) == ("advice", False, "stressbestendig")


def test_the_actions_of_the_room_below_open_nothing_unchecked(region) -> None:
    bad = region.opening(text="Je komt in een jong team.")
    with pytest.raises(work.OpeningRefused):
        work.add_opening(region.recruiter, draft=bad, publish=True)
    with pytest.raises(work.OpeningRefused) as refused:
        work.add_openings(factories.operator(), rows=[region.opening(), bad], publish=True)
    assert refused.value.facts["row"] == 1
    kept = work.add_opening(region.recruiter, draft=bad)
    with pytest.raises(work.OpeningRefused):
        work.open_opening(region.recruiter, slug=kept.slug, version=kept.version)
    good = work.add_opening(region.recruiter, draft=region.opening(), publish=True)
    with pytest.raises(work.OpeningRefused):
        work.revise_opening(region.recruiter, slug=good.slug, version=good.version, draft=bad)
    assert openings.public_counts(factories.visitor()).openings == 1


def test_the_interface_of_the_room_below_opens_nothing_unchecked(region) -> None:
    client = factories.client("recruiter", region.employer)
    kept = actions.keep_vacancy(region.recruiter, draft=region.draft(requirements=(UNTIED,)))
    body = {"state": "open", "version": kept.version}
    answer = client.put(f"/api/v1/work/openings/{kept.slug}/state", body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:valley:opening-refused"
    assert not public(kept.slug)


def test_a_spreadsheet_opens_what_is_sound_and_leaves_the_challenged_a_draft(region) -> None:
    rows = [sheets.row(reference="A-1"), sheets.row(reference="A-2", text="Wij zijn een jong team.")]
    preview = work.import_openings_preview(
        region.recruiter, organisation=region.employer.id, file_name="a.xlsx", content=sheets.xlsx(*rows)
    )
    (remark,) = preview.problems
    assert (remark.row, remark.column, remark.stops) == (3, "Tekst", False)
    assert "jong team" in remark.found
    done = work.apply_upload(region.recruiter, upload=preview.upload, publish=True)
    assert (done.made, done.drafts, done.left_out) == (2, 1, 0)
    assert openings.public_counts(factories.visitor()).openings == 1
    work.undo_upload(region.recruiter, upload=preview.upload)
    assert openings.openings_of(region.recruiter, organisation=region.employer.id).total == 0


def test_a_spreadsheet_cannot_change_an_open_vacancy_into_a_challenged_one(region) -> None:
    region.open(reference="A-1")
    preview = work.import_openings_preview(
        region.recruiter,
        organisation=region.employer.id,
        file_name="a.xlsx",
        content=sheets.xlsx(sheets.row(reference="A-1", text="Wij zijn een jong team.")),
    )
    assert [(one.row, one.column, one.stops) for one in preview.problems] == [(2, "Tekst", True)]


def test_everybody_may_have_a_draft_challenged_but_only_the_desk_a_stored_one(region) -> None:
    assert queries.challenges(factories.visitor(), draft=region.draft(text="jong team"))
    saved = region.open()
    for who in (region.stranger, factories.caller("coach")):
        with pytest.raises((Forbidden, NotFound)):
            queries.challenges(who, slug=saved.slug)
    with pytest.raises((NotFound, SignInNeeded)):
        queries.challenges(factories.visitor(), slug=saved.slug)


def test_the_reasons_come_in_the_language_of_the_reader(region) -> None:
    draft = region.draft(text="Een jong team.")
    (dutch,) = queries.challenges(factories.visitor(language="nl"), draft=draft)
    (english,) = queries.challenges(factories.visitor(language="en"), draft=draft)
    assert (dutch.rule, dutch.found) == (english.rule, english.found) == ("age", "jong team")
    assert dutch.why != english.why


# Words in the name of a field that would ask what nobody may ask. Pay offered (pay_min, pay_max) is another matter.
FORBIDDEN = re.compile(
    r"birth|(^|_)age(_|$)|leeftijd|nationalit|citizen|ethnic|origin|herkomst|photo|foto|picture|portrait|gender|(^|_)sex"
    r"|marital|religio|health|salary|salaris|pay_history|last_pay|previous_pay|current_pay|earned|native|passport"
)
WING = ("work", "vacancies", "applications", "careers", "chains", "routes", "placement")


def _fields() -> set[tuple[str, str]]:
    found = {
        (model.__name__, field.name)
        for model in apps.get_models()
        if model._meta.app_label in WING
        for field in model._meta.get_fields()
    }
    for room in WING:
        for module in list(_modules(f"valley.{room}")):
            for name, thing in vars(module).items():
                if inspect.isclass(thing) and issubclass(thing, forms.BaseForm):
                    found |= {(name, field) for field in getattr(thing, "base_fields", {})}
                if inspect.isclass(thing) and hasattr(thing, "model_fields"):
                    found |= {(name, field) for field in thing.model_fields}
    return found


def _modules(package: str):
    import importlib
    import pkgutil

    root = importlib.import_module(package)
    yield root
    for one in pkgutil.walk_packages(root.__path__, f"{package}."):
        if ".migrations" not in one.name:
            yield importlib.import_module(one.name)


def test_no_table_form_or_interface_of_the_wing_has_a_field_for_what_nobody_may_ask() -> None:
    fields = _fields()
    assert len(fields) > 100
    assert not {(owner, name) for owner, name in fields if FORBIDDEN.search(name.lower())}


def test_no_column_of_a_spreadsheet_asks_it_and_such_headers_are_refused() -> None:
    asked = {column.key for table in columns.TABLES for column in columns_of(table)}
    assert not {key for key in asked if FORBIDDEN.search(key)}
    assert {"leeftijd", "nationaliteit", "foto"} <= columns.FORBIDDEN
