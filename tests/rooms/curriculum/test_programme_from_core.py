"""Does the red thread become a first version, with the designer's own edits in it?"""

from __future__ import annotations

import pytest
from django.utils import translation
from tests import factories
from tests.rooms.thread import thread_region

from valley.curriculum import actions, queries
from valley.foundation import organisations
from valley.foundation.problems import NotFound
from valley.skills import queries as vocabulary
from valley.thread import queries as red_thread
from valley.thread import snapshots as hours


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def region(db) -> thread_region.ThreadRegion:
    made = thread_region.made()
    school = next(desk.organisation for desk in made.designer.desks if desk.role == "designer")
    actions.make_programme(made.designer, organisation=school, key="first", name_nl="Eerste")
    return made


def test_a_core_becomes_one_unit_per_cluster_and_one_outcome_per_item(region) -> None:
    run = region.run()
    made = actions.draft_version(region.designer, programme="first", why="From the core", core=run.run.id)
    page = queries.version(region.designer, ref=made.ref)
    items = {one.competence: one for one in red_thread.core_items(region.designer, core=run.core)}
    outcomes = [one for unit in page.units for one in unit.outcomes]
    assert {line.competence for one in outcomes for line in one.competences} == set(items)
    assert len(outcomes) == len(items)
    clusters = {term.competence: term.cluster for term in vocabulary.glossary(region.designer)}
    assert {unit.code for unit in page.units} == {clusters[one] for one in items}
    table = hours.hours_of(items)
    assert page.guided_hours == sum(table[pk][(one.level or 2) - 1] for pk, one in items.items())
    assert page.core_run == run.run.id
    assert queries.coverage(region.office, ref=made.ref).present > 50


def test_the_form_offers_the_cores_and_a_core_that_is_not_there_is_refused(region) -> None:
    run = region.run()
    client = factories.client_of(region.accounts["designer"])
    page = client.get("/curriculum/programmes/first/draft/").content.decode()
    assert f'value="core-{run.run.id}"' in page
    answer = client.post("/curriculum/programmes/first/draft/", {"begin": f"core-{run.run.id}", "why": "From the core"})
    assert answer["Location"] == "/curriculum/programmes/first/1/edit/"
    assert organisations.partners(kind="school")
    with pytest.raises(NotFound):
        actions.draft_version(region.designer, programme="first", why="None", core=999)
