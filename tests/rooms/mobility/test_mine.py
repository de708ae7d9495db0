"""Does a person see the openings that fit, in order, with what is missing, and nobody else's?"""

from __future__ import annotations

import random

import pytest
from tests import factories

from valley.core.mobility.overlap import overlap
from valley.core.mobility.overlap.checker import verify
from valley.foundation import access
from valley.foundation.access import Purpose
from valley.foundation.problems import NotFound
from valley.mobility import queries, snapshots
from valley.people import actions as people
from valley.people import queries as passports
from valley.people import snapshots as profiles
from valley.work import queries as work


def own(region, name: str, **options) -> access.Caller:
    return factories.caller_of(region.account(name), **options)


def everything(region, name: str) -> queries.MyOpenings:
    return queries.my_openings(own(region, name), person=region.persons[name], limit=100)


@pytest.mark.parametrize("name", ["sara", "bilal", "marja"])
def test_openings_are_ordered_by_fit_and_ties_by_id(region, name) -> None:
    answer = everything(region, name)
    for part in (answer.possible, answer.not_yet):
        keys = [(-row.fit, row.opening.id) for row in part]
        assert keys == sorted(keys)
    assert answer.total_possible + answer.total_not_yet == answer.total == 60


@pytest.mark.parametrize("name", ["sara", "bilal", "marja"])
def test_possible_means_every_must_have_met_and_not_yet_names_what_is_missing(region, name) -> None:
    answer = everything(region, name)
    assert answer.possible and answer.not_yet
    assert all(row.missing == () and all(line.met for line in row.must_haves) for row in answer.possible)
    assert all(row.missing and all(line.words for line in row.missing) for row in answer.not_yet)


def test_the_list_equals_the_readable_twin_for_every_opening(region) -> None:
    operator = factories.operator()
    answer = everything(region, "bilal")
    grant = passports.grant(operator, purpose=Purpose.OWN, person=region.persons["bilal"])
    profile, today = profiles.profile(grant), snapshots.region(factories.ON)
    for row in (*answer.possible, *answer.not_yet):
        twin = overlap(profile, today.demands[row.opening.id], today.vocabulary, today.policy, on=factories.ON)
        assert row.fit == pytest.approx(twin.fit, abs=1e-12)
        assert (row in answer.possible) == twin.possible


def test_explanations_of_200_random_pairs_hold_every_law(region) -> None:
    operator = factories.operator()
    today = snapshots.region(factories.ON)
    grant = passports.grant(operator, purpose=Purpose.SECTOR_RUN)
    people_ = profiles.profiles(grant)
    dice = random.Random(7)
    for _ in range(200):
        profile, demand = dice.choice(people_), dice.choice(list(today.demands.values()))
        answer = overlap(profile, demand, today.vocabulary, today.policy, on=factories.ON)
        verify(answer, profile, demand, today.vocabulary, today.policy)


@pytest.mark.parametrize("name", ["sara", "bilal", "marja"])
def test_the_lines_add_up_to_the_fit_in_numbers_and_as_shown(region, name) -> None:
    for row in everything(region, name).possible[:5]:
        answer = queries.explanation(own(region, name), person=region.persons[name], opening=row.opening.slug)
        assert sum(line.points for line in answer.lines) == pytest.approx(answer.fit, abs=1e-9)
        assert round(sum(line.shown for line in answer.lines), 1) == answer.percent
        assert answer.fit == pytest.approx(row.fit, abs=1e-12)


def test_without_a_line_is_what_the_fit_becomes_when_the_competence_is_dropped(region) -> None:
    who, person = own(region, "sara"), region.persons["sara"]
    slug = everything(region, "sara").possible[0].opening.slug
    line = next(line for line in queries.explanation(who, person=person, opening=slug).lines if line.held)
    people.drop_competence(who, person=person, competence=line.held)
    after = queries.explanation(who, person=person, opening=slug)
    assert after.fit == pytest.approx(line.without, abs=1e-12)


def test_filters_narrow_and_clashes_can_be_left_out(region) -> None:
    who, person = own(region, "marja"), region.persons["marja"]
    german = queries.my_openings(
        who, person=person, filters=queries.FitFilter(work.OpeningFilter(language="de")), limit=100
    )
    for row in (*german.possible, *german.not_yet):
        assert "de" in {language.code for language in row.opening.languages}
    smooth = queries.my_openings(who, person=person, filters=queries.FitFilter(without_clashes=True), limit=100)
    assert all(row.clashes == 0 for row in (*smooth.possible, *smooth.not_yet))
    assert 0 < smooth.total_possible + smooth.total_not_yet < 60


def test_pages_do_not_overlap_and_cover_everything(region) -> None:
    who, person = own(region, "bilal"), region.persons["bilal"]
    pages = [queries.my_openings(who, person=person, limit=7, offset=offset) for offset in range(0, 60, 7)]
    ids = [row.opening.id for page in pages for row in (*page.possible, *page.not_yet)]
    assert len(ids) == len(set(ids)) == 60


def test_too_little_is_an_answer_with_numbers(region) -> None:
    someone = factories.account()
    who = factories.caller_of(someone)
    person = people.start_passport(who)
    answer = queries.my_openings(who, person=person)
    assert (answer.too_little.needed, answer.too_little.found) == (3, 0)
    assert answer.possible == answer.not_yet == ()
    slug = everything(region, "sara").possible[0].opening.slug
    explained = queries.explanation(who, person=person, opening=slug)
    assert explained.fit is None and explained.lines == () and explained.must_haves


def test_nobody_else_sees_my_openings(region) -> None:
    for other in (own(region, "sara"), factories.caller("recruiter"), factories.caller("office")):
        with pytest.raises(NotFound):
            queries.my_openings(other, person=region.persons["bilal"])
        with pytest.raises(NotFound):
            slug = everything(region, "bilal").possible[0].opening.slug
            queries.explanation(other, person=region.persons["bilal"], opening=slug)
    with pytest.raises(access.SignInNeeded):
        queries.my_openings(factories.visitor(), person=region.persons["bilal"])


def test_the_language_of_the_answer_is_the_callers(region) -> None:
    slug = everything(region, "sara").possible[0].opening.slug
    person = region.persons["sara"]
    dutch = queries.explanation(own(region, "sara", language="nl"), person=person, opening=slug)
    english = queries.explanation(own(region, "sara", language="en"), person=person, opening=slug)
    assert {line.label for line in dutch.lines}.isdisjoint({line.label for line in english.lines})
    assert dutch.fit == english.fit


def test_a_page_over_all_openings_asks_few_questions(region, django_assert_max_num_queries) -> None:
    who, person = own(region, "bilal"), region.persons["bilal"]
    queries.my_openings(who, person=person)
    with django_assert_max_num_queries(15):
        queries.my_openings(who, person=person)
