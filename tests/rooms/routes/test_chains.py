"""Which chains does a person see, with which words, and what is said when there is none?"""

from __future__ import annotations

from datetime import date

import pytest
from tests import factories
from tests.rooms.routes.routes_region import ENDS, QUALIFICATION, STARTS, THEN

from valley.foundation import access
from valley.foundation.problems import NotFound
from valley.people import actions as people
from valley.routes import actions, queries
from valley.vacancies import actions as vacancies


def test_sara_sees_chains_that_cover_every_work_process_without_a_gap(region) -> None:
    found = region.ask()
    assert not found.missing and found.why_not is None
    assert len(found.chains) == 3
    for chain in found.chains:
        assert (chain.starts_on, chain.ends_on, chain.months) == (STARTS, ENDS, 24)
        assert [link.starts_on for link in chain.links] == [STARTS, THEN]
        assert chain.covered == 11 and not chain.missing
        assert all(sum(line.per_link) >= line.asked for line in chain.processes)
        assert chain.idle_words == "no day idle"
        assert (chain.survived, chain.of) == (2, 2)
        assert chain.robust_words == "If one partner stops, there is another chain in 2 of 2 cases."
        assert all(link.fallback and link.fallback.survived for link in chain.links)


def test_hours_of_each_school_year_stand_beside_the_least_of_the_rules(region) -> None:
    years = region.ask().chains[0].years
    assert [year.label for year in years] == ["2026–2027", "2027–2028", "2028–2029"]
    assert all(year.hours >= year.least > 0 for year in years)
    assert years[1].least == 610 and years[1].guided == 200


def test_work_based_learning_is_flagged_as_not_counting_in_the_chain_rule_with_its_source(region) -> None:
    flags = [flag for link in region.ask().chains[0].links for flag in link.flags]
    flags += region.ask().chains[0].flags
    assert any("does not count in the row" in flag.words for flag in flags)
    assert all(flag.source and flag.from_on for flag in flags)


def test_without_an_employer_the_chains_go_around_it(region) -> None:
    found = region.ask(without=(region.employers["alfa"].id,))
    assert found.chains
    assert all(link.employer != "Alfa" for chain in found.chains for link in chain.links)


def test_no_chain_names_what_blocks_and_each_way_out_gives_a_chain(region) -> None:
    people.state_wishes(
        region.learner,
        person=region.person,
        wishes=people_wishes(place="heerlen", max_km=5),
    )
    found = region.ask()
    assert not found.chains and found.why_not
    assert any("kilometres" in words for conflict in found.why_not.conflicts for words in conflict)
    assert found.why_not.ways_out
    for way in found.why_not.ways_out:
        assert way.chain.covered == 11 and not way.chain.missing
        assert way.gives == "then there is a chain of 2 jobs, from 1 February 2027 until 1 February 2029"
    for conflict, group in zip(found.why_not.conflicts, found.why_not.groups, strict=True):
        assert len(group) <= len(conflict) and all(line.words for line in group)
    for line in found.why_not.shared:
        assert all(any(one.kind == line.kind for one in group) for group in found.why_not.groups)
    travel = next(way for way in found.why_not.ways_out if "km" in way.words)
    assert travel.whose == "learner"
    assert region.ask(max_km=60).chains


def people_wishes(**changed: object):
    given = {"hours_min": 24, "hours_max": 36, "place": "maastricht", "max_km": 30, "starts_on": STARTS} | changed
    return people.WishesChosen(**given)


def test_a_month_between_two_jobs_is_no_chain_unless_a_gap_is_allowed(region) -> None:
    for name in ("c2", "d2"):
        from valley.work import actions as work

        work.close_opening(factories.operator(), slug=region.jobs[name].slug, version=2)
    from tests.rooms.routes.routes_region import SECOND

    region.add_job("late", "charlie", starts_on=date(2028, 3, 1), practises=SECOND)
    refused = region.ask()
    assert not refused.chains and refused.why_not
    allowed = region.ask(gap_days=31)
    assert allowed.chains[0].idle_days == 29
    assert "29 days between jobs" in allowed.chains[0].idle_words


def test_a_recognition_that_ends_during_a_job_is_caught(region) -> None:
    from valley.vacancies.models import Recognition

    for name in ("charlie", "delta"):
        row = Recognition.objects.get(organisation=region.employers[name].id, replaced_at__isnull=True)
        vacancies.end_recognition(factories.operator(), recognition=row.pk, until_on=date(2028, 9, 1))
    found = region.ask()
    assert not found.chains and found.why_not
    assert any("recognised training company" in words for one in found.why_not.conflicts for words in one)
    assert any(way.whose == "employer" for way in found.why_not.ways_out)


def test_who_said_too_little_is_taught_what_is_missing(region) -> None:
    someone = factories.caller_of(factories.account())
    person = people.start_passport(someone, name="Nieuw")
    found = queries.relay_routes(someone, person=person, question=queries.RouteQuestion(QUALIFICATION))
    assert [one.page for one in found.missing] == ["people:start", "people:languages", "people:wishes"]
    assert not found.chains and found.why_not is None


def test_settings_are_kept_respected_and_guarded_by_version(region) -> None:
    avoid = region.employers["alfa"].id
    chosen = actions.SettingsChosen(starts_on=STARTS, avoid=(avoid,), gap_days=7, version=0)
    actions.choose_settings(region.learner, person=region.person, qualification=QUALIFICATION, chosen=chosen)
    found = queries.route_settings(region.learner, person=region.person, qualification=QUALIFICATION)
    assert (found.avoid_names, found.gap_days, found.version) == (("Alfa",), 7, 1)
    assert all(link.employer != "Alfa" for chain in region.ask().chains for link in chain.links)
    with pytest.raises(Exception) as raised:
        actions.choose_settings(region.learner, person=region.person, qualification=QUALIFICATION, chosen=chosen)
    assert getattr(raised.value, "code", "") == "conflict"
    with pytest.raises(actions.RouteRefused):
        actions.choose_settings(
            region.learner,
            person=region.person,
            qualification=QUALIFICATION,
            chosen=actions.SettingsChosen(gap_days=400),
        )


def test_nobody_else_asks_for_sara(region) -> None:
    question = queries.RouteQuestion(QUALIFICATION)
    stranger = factories.caller_of(factories.account())
    for caller in (stranger, region.coach, region.recruiters["alfa"], factories.caller("office")):
        with pytest.raises(NotFound):
            queries.relay_routes(caller, person=region.person, question=question)
    with pytest.raises(access.SignInNeeded):
        queries.relay_routes(factories.visitor(), person=region.person, question=question)
    found = queries.relay_routes(factories.operator(), person=region.person, question=question)
    assert [chain.key for chain in found.chains] == [chain.key for chain in region.ask().chains]
