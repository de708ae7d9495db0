"""How is a route proposed, signed, run and stopped, and who sees what of it?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests import factories
from tests.rooms.routes.routes_region import ENDS, STARTS, THEN

from valley.foundation import access
from valley.foundation.access import Forbidden, ScopeMissing, SecondFactorNeeded
from valley.foundation.problems import Conflict, NotFound
from valley.people import actions as people
from valley.people import queries as passports
from valley.routes import actions, queries
from valley.routes.models import Route, RouteLink, RouteSignature
from valley.work import actions as work


def first(region, key: str) -> tuple[str, str]:
    """Employer and key of the first link."""
    return next(iter(region.links(key).items()))


def test_proposing_gives_the_school_the_whole_and_each_partner_its_own_part(region) -> None:
    key = region.propose()
    shares = passports.shares(region.learner, person=region.person)
    readers = {share.reader_name for share in shares}
    page = region.page(key)
    assert readers == {"College One", *(link.employer for link in page.links)}
    assert {share.purpose for share in shares} == {"relay-route"}
    assert page.state == "proposed"
    assert page.waits_for == (*(link.employer for link in page.links), "College One", "you")


def test_everyone_signs_and_the_route_stands(region) -> None:
    key = region.propose()
    region.sign_all(key)
    page = region.page(key)
    assert page.state == "signed" and page.waits_for == ()
    assert all(link.signed_at for link in page.links)
    assert [(line.process, line.missing) for line in page.processes if line.missing] == []
    assert [row.state for row in queries.school_routes(region.coach)] == ["signed"]


def test_the_learner_signs_last(region) -> None:
    key = region.propose()
    with pytest.raises(actions.NotSignable) as raised:
        actions.sign_whole(region.learner, person=region.person, route=key)
    assert "3 still missing" in raised.value.found
    assert region.page(key).state == "proposed"


def test_a_partner_sees_its_link_and_no_other_partner(region) -> None:
    key = region.propose()
    (name, link), (other, _key) = region.links(key).items()
    found = queries.partner_link(region.recruiters[name], key=link)
    assert (found.starts_on, found.ends_on, found.title) == (STARTS, THEN, f"Leerbaan {name[0]}1")
    assert found.position_words == "job 1 of 2 in the route"
    assert found.before_words == "The route begins with this job."
    assert "another partner" in found.after_words
    assert other.title() not in repr(found) and "Sara" not in repr(found)
    inbox = queries.partner_inbox(region.recruiters[name])
    assert [row.key for row in inbox.links] == [link]
    assert "Sara" not in repr(inbox)


def test_school_and_partner_read_of_the_learner_and_the_learner_of_herself(region) -> None:
    key = region.propose()
    name, link = first(region, key)
    others = ("the person's name", "competences with level", "languages")
    assert queries.partner_link(region.recruiters[name], key=link).parts_words == others
    assert queries.school_route(region.coach, key=key).parts_words == others
    assert region.page(key).parts_words == ("my name", "my competences with level", "my languages")
    actions.leave_link(region.learner, person=region.person, link=link, why="other-choice")
    assert region.page(key).changes[0].why_words == "I chose something else"
    assert queries.school_route(region.coach, key=key).changes[0].why_words == "the learner chose something else"


def test_who_has_no_link_sees_nothing(region) -> None:
    key = region.propose()
    links = region.links(key)
    idle = next(name for name in region.employers if name not in links)
    link = next(iter(links.values()))
    assert queries.partner_inbox(region.recruiters[idle]).links == ()
    with pytest.raises(NotFound):
        queries.partner_link(region.recruiters[idle], key=link)
    with pytest.raises(NotFound):
        actions.sign_link(region.recruiters[idle], link=link)
    with pytest.raises(NotFound):
        actions.withdraw_link(region.recruiters[idle], link=link, why="no-work")
    other_school = factories.caller("coach")
    assert queries.school_routes(other_school) == ()
    with pytest.raises(NotFound):
        queries.school_route(other_school, key=key)
    with pytest.raises(NotFound):
        actions.sign_training_part(other_school, route=key)


def test_desks_keep_to_their_part(region) -> None:
    key = region.propose()
    name, link = first(region, key)
    for wrong in (region.recruiters[name], factories.caller("office"), region.learner):
        with pytest.raises(Forbidden):
            queries.school_route(wrong, key=key)
        with pytest.raises(Forbidden):
            actions.sign_training_part(wrong, route=key)
    for wrong in (region.coach, factories.caller("office"), region.learner):
        with pytest.raises(Forbidden):
            actions.sign_link(wrong, link=link)
    weak = factories.caller_of(region.accounts["coach"], strong=False)
    with pytest.raises(SecondFactorNeeded):
        actions.sign_training_part(weak, route=key)
    with pytest.raises(access.SignInNeeded):
        queries.partner_inbox(factories.visitor())
    stranger = factories.caller_of(factories.account())
    with pytest.raises(NotFound):
        queries.route(stranger, person=region.person, key=key)
    with pytest.raises(ScopeMissing):
        Route.objects.count()


def test_a_share_that_ended_closes_the_desk(region) -> None:
    key = region.propose()
    name, link = first(region, key)
    page = region.page(key)
    people.withdraw_share(region.learner, person=region.person, key=page.share)
    assert queries.school_routes(region.coach) == ()
    with pytest.raises(NotFound):
        queries.school_route(region.coach, key=key)
    share = queries.partner_link(region.recruiters[name], key=link).share
    people.withdraw_share(region.learner, person=region.person, key=share)
    with pytest.raises(NotFound):
        queries.partner_link(region.recruiters[name], key=link)
    assert actions.renew_shares(region.learner, person=region.person, route=key) == 2
    assert [row.key for row in queries.school_routes(region.coach)] == [key]
    assert queries.partner_link(region.recruiters[name], key=link).key == link


def test_an_opening_that_vanished_cannot_be_signed_and_nothing_is_half_done(region) -> None:
    key = region.propose()
    name, link = first(region, key)
    job = next(job for job in region.jobs.values() if job.slug == region.page(key).links[0].slug)
    work.close_opening(factories.operator(), slug=job.slug, version=2)
    with pytest.raises(actions.NotSignable) as raised:
        actions.sign_link(region.recruiters[name], link=link)
    assert "closed" in raised.value.found
    assert RouteSignature._base_manager.count() == 0
    assert region.page(key).links[0].signed_at is None


def test_a_chain_whose_opening_vanished_meanwhile_is_not_proposed(region) -> None:
    chain = region.ask().chains[0]
    for job in region.jobs.values():
        work.close_opening(factories.operator(), slug=job.slug, version=2)
    chosen = actions.RouteChosen(queries.RouteQuestion("commercie/P2"), chain.key, region.school.id)
    with pytest.raises(NotFound):
        actions.propose_route(region.learner, person=region.person, chosen=chosen)
    assert Route._base_manager.count() == 0
    assert passports.shares(region.learner, person=region.person) == ()


def test_two_partners_sign_at_once_and_the_same_link_only_once(region) -> None:
    key = region.propose()
    version = region.page(key).version
    for name, link in region.links(key).items():
        actions.sign_link(region.recruiters[name], link=link, version=version)
    name, link = first(region, key)
    colleague = factories.caller("recruiter", region.employers[name])
    with pytest.raises(Conflict):
        actions.sign_link(colleague, link=link, version=version)
    assert RouteSignature._base_manager.filter(party="partner").count() == 2


def test_one_seat_is_signed_away_once(region) -> None:
    """Two learners planned the same opening; the second signature finds no seat."""
    key = region.propose()
    name, link = first(region, key)
    other = factories.caller_of(factories.account())
    person = people.start_passport(other, name="Bilal")
    with access.opened(passports.grant(factories.operator(), purpose=access.Purpose.UPKEEP)):
        mine = Route.objects.get(key=key)
        own = RouteLink.objects.get(key=link)
        share = people.give_share(
            other,
            person=person,
            offer=people.ShareOffer(own.organisation_id, "relay-route", ("name",), factories.ON + timedelta(days=99)),
        )
        theirs = Route.objects.create(
            person_id=person, dossier_code=mine.dossier_code, part_code=mine.part_code, school=mine.school,
            school_share="x", made_at=mine.made_at, changed_at=mine.changed_at,
        )  # fmt: skip
        second = RouteLink.objects.create(
            person_id=person, route=theirs, order=0, opening=own.opening, organisation=own.organisation, share=share,
            starts_on=own.starts_on, ends_on=own.ends_on, processes=own.processes, facts=own.facts,
        )  # fmt: skip
    actions.sign_link(region.recruiters[name], link=second.key)
    with pytest.raises(actions.NotSignable) as raised:
        actions.sign_link(region.recruiters[name], link=link)
    assert "all 1 seats" in raised.value.found
    chains = region.ask().chains
    assert all(one.slug != own.opening.slug for chain in chains for one in chain.links)


def test_a_second_route_to_the_same_diploma_waits_for_the_first(region) -> None:
    region.propose()
    with pytest.raises(Conflict):
        region.propose(1)


def test_a_school_signs_practice_and_chains_count_it(region) -> None:
    key = region.propose()
    seen = actions.PracticeSeen("B1-K1-W1", 80, True, "portfolio 12", date(2026, 11, 1))
    actions.sign_practice(region.coach, route=key, seen=seen)
    line = next(line for line in region.ask().chains[0].processes if line.process == "B1-K1-W1")
    assert line.proven == 80
    assert queries.practice(region.learner, person=region.person, qualification="commercie/P2")[0].proven
    for wrong in (
        actions.PracticeSeen("B9", 80, True, "portfolio", date(2026, 11, 1)),
        actions.PracticeSeen("B1-K1-W1", -1, True, "portfolio", date(2026, 11, 1)),
        actions.PracticeSeen("B1-K1-W1", 10, True, "", date(2026, 11, 1)),
        actions.PracticeSeen("B1-K1-W1", 10, True, "portfolio", date(2027, 11, 1)),
    ):
        with pytest.raises(actions.RouteRefused):
            actions.sign_practice(region.coach, route=key, seen=wrong)
    with pytest.raises(Forbidden):
        actions.sign_practice(region.recruiters["alfa"], route=key, seen=seen)


def test_stopping_ends_every_share_and_frees_the_days_without_a_name(region) -> None:
    key = region.propose()
    region.sign_all(key)
    name, link = first(region, key)
    actions.withdraw_route(region.learner, person=region.person, route=key, why="other-choice")
    assert {share.state for share in passports.shares(region.learner, person=region.person)} == {"withdrawn"}
    for who, days in ((name, (STARTS, THEN)), (list(region.links(key))[1], (THEN, ENDS))):
        inbox = queries.partner_inbox(region.recruiters[who])
        assert inbox.links == () and "Sara" not in repr(inbox)
        (told,) = inbox.notices
        assert (told.starts_on, told.ends_on) == days
        assert (told.why_words, told.reason_words) == (
            "The learner stopped the route.",
            "the learner chose something else",
        )
    (told,) = queries.school_notices(region.coach)
    assert (told.starts_on, told.ends_on, told.title) == (STARTS, ENDS, "")
    assert told.reason_words == "the learner chose something else"
    assert queries.school_notices(factories.caller("coach")) == ()
    with pytest.raises(Forbidden):
        queries.school_notices(region.recruiters[name])
    assert region.page(key).changes[0].told == ("you", "the school", "the partners")
    assert region.page(key).stopped
    with pytest.raises(NotFound):
        actions.sign_link(region.recruiters[name], link=link)
    with pytest.raises(actions.RouteRefused):
        actions.withdraw_route(region.learner, person=region.person, route=key, why="illness")


def test_erasing_the_person_erases_the_route(region) -> None:
    key = region.propose()
    region.sign_all(key)
    people.erase_person(region.learner, person=region.person, confirm="erase")
    assert not Route._base_manager.exists() and not RouteLink._base_manager.exists()
    assert ENDS


def test_links_begin_and_end_on_their_days_only(region, monkeypatch) -> None:
    from dataclasses import replace
    from datetime import UTC, datetime

    key = region.propose()
    region.sign_all(key)
    (name, link), (second, later) = region.links(key).items()

    def at(who: str, day: date):
        return replace(region.recruiters[who], at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))

    def step(day: date) -> str:
        return queries.partner_link(at(name, day), key=link).step

    eve = STARTS - timedelta(days=1)
    assert step(eve) == ""
    with pytest.raises(actions.NotSignable) as early:
        actions.start_link(at(name, eve), link=link)
    assert early.value.next_step == "Come back on 1 February 2027."
    assert step(STARTS) == "start"
    actions.start_link(at(name, STARTS), link=link)
    assert region.page(key).state == "running" and step(STARTS) == ""
    with pytest.raises(actions.NotSignable) as early:
        actions.finish_link(at(name, STARTS), link=link)
    assert early.value.next_step == "Come back on 1 February 2028."
    with pytest.raises(actions.NotSignable) as twice:
        actions.start_link(at(name, STARTS), link=link)
    assert "under way" in twice.value.found
    renewed = replace(region.learner, at=datetime(2027, 11, 1, 9, tzinfo=UTC))
    actions.renew_shares(renewed, person=region.person, route=key)
    assert step(THEN) == "finish"
    actions.finish_link(at(name, THEN), link=link)
    actions.start_link(at(second, THEN), link=later)
    renewed = replace(region.learner, at=datetime(2028, 10, 1, 9, tzinfo=UTC))
    actions.renew_shares(renewed, person=region.person, route=key)
    actions.finish_link(at(second, ENDS), link=later)
    assert region.page(key).state == "done"
