"""Do desks see numbers of groups only, hidden where a group is small, and each its own?"""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import factories

from valley.foundation import access, organisations
from valley.foundation.problems import NotFound
from valley.mobility import actions, queries
from valley.mobility.models import OpeningReach, SectorRun
from valley.mobility.queries import report
from valley.work import actions as work
from valley.work import queries as openings
from valley.work.models import Opening

PEOPLE = st.integers(0, 400)


def recruiter(opening: openings.OpeningItem) -> access.Caller:
    return factories.caller("recruiter", organisations.partner(id=opening.organisation_id))


def some_opening() -> openings.OpeningItem:
    return openings.open_openings(factories.operator(), limit=1).items[0]


@pytest.mark.parametrize("role", ["office", "municipality"])
def test_office_and_municipality_read_the_region_in_numbers(region, role) -> None:
    answer = queries.sector_report(factories.caller(role))
    assert sum(line.openings for line in answer.classes) == answer.run.openings == 60
    assert answer.blocks and answer.languages and not answer.stale
    assert all(block.people is None or block.people % 5 == 0 for block in answer.blocks)


@pytest.mark.parametrize(
    "role", ["recruiter", "team-lead", "designer", "coach", "practical-trainer", "association", "steward"]
)
def test_other_desks_do_not_read_it(region, role) -> None:
    with pytest.raises(access.Forbidden):
        queries.sector_report(factories.caller(role))
    with pytest.raises(access.Forbidden):
        actions.ask_for_run(factories.caller(role))


def test_without_a_second_factor_nothing_opens(region) -> None:
    with pytest.raises(access.SecondFactorNeeded):
        queries.sector_report(factories.caller("office", strong=False))
    partner = organisations.partner(id=some_opening().organisation_id)
    with pytest.raises(access.SecondFactorNeeded):
        queries.opening_reach(factories.caller("recruiter", partner, strong=False), slug=some_opening().slug)


def test_a_recruiter_reads_the_reach_of_own_openings_only(region) -> None:
    opening = some_opening()
    answer = queries.opening_reach(recruiter(opening), slug=opening.slug)
    assert answer.run and answer.compared % 5 == 0
    for other in (factories.caller("recruiter"), factories.caller("municipality"), factories.visitor()):
        with pytest.raises((access.Forbidden, access.SignInNeeded)):
            queries.opening_reach(other, slug=opening.slug)
    with pytest.raises(NotFound):
        queries.opening_reach(recruiter(opening), slug="there-is-no-such-opening")


def test_the_answer_for_a_recruiter_holds_no_person(region) -> None:
    opening = some_opening()
    answer = dataclasses.asdict(queries.opening_reach(recruiter(opening), slug=opening.slug))
    assert not {"person", "persons", "pseudonym", "profile"} & set(_keys(answer))


def _keys(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [key for key in value if not isinstance(value.get("run"), dict) or key != "run"]
        return own + [key for name, item in value.items() if name != "run" for key in _keys(item)]
    if isinstance(value, (list, tuple)):
        return [key for item in value for key in _keys(item)]
    return []


def test_small_reach_is_hidden(region) -> None:
    opening = some_opening()
    OpeningReach.objects.filter(opening_id=opening.id).update(possible=4, bands=[0, 0, 0, 0, 0, 4, 0, 0, 0, 0])
    answer = queries.opening_reach(recruiter(opening), slug=opening.slug)
    assert answer.possible is None and answer.bands[1].people is None


def test_a_report_says_when_openings_changed_since(region) -> None:
    row = Opening.objects.filter(state="open").first()
    work.close_opening(factories.operator(), slug=row.slug, version=row.version)
    answer = queries.sector_report(factories.caller("office"))
    assert answer.stale and answer.sources_now != answer.run.sources


def test_without_a_run_the_report_says_so(region) -> None:
    OpeningReach.objects.all().delete()
    SectorRun.objects.all().delete()
    answer = queries.sector_report(factories.caller("office"))
    assert answer.run is None and answer.blocks == ()


@given(st.lists(PEOPLE, min_size=1, max_size=6), st.integers(0, 60))
def test_counts_of_nested_levels_never_tell_a_group_of_one_to_four_apart(steps, extra) -> None:
    """Whoever lacks a low level lacks the higher ones too: the differences between shown counts are groups."""
    lacking, total = {}, 0
    for level, step in enumerate(steps, 1):
        total += step
        lacking["language", "de", level] = total
    compared = total + extra
    visible = report._visible(lacking, compared)
    edges = [0, *sorted(lacking[gate] for gate in visible), compared]
    assert not visible or not [1 for low, high in pairwise(edges) if 0 < high - low < 5]


@given(st.lists(st.integers(0, 40), min_size=10, max_size=10))
def test_bands_hide_small_groups_also_by_subtraction(tenths) -> None:
    total, bands = report._bands(OpeningReach(bands=tenths))
    counts = [sum(tenths[low:high]) for low, high in report.BANDS]
    assert all(band.people is None for band, count in zip(bands, counts, strict=True) if 0 < count < 5)
    hidden = [band.people for band in bands].count(None)
    assert hidden != 1 or total is None
