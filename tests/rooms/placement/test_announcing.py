"""Announcing, inviting, joining and leaving: who may, what is refused, and what the employer can count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests import factories

from valley.foundation import access, audit, problems
from valley.foundation.models import AuditLine
from valley.people import queries as people
from valley.placement import actions, drafts, queries


def draft(world, **changed) -> drafts.RedundancyDraft:
    asked = {"jobs": 40, "from_on": date(2027, 1, 1), "until_on": date(2027, 4, 1), "roles": ("adviser-1",)}
    return drafts.RedundancyDraft(organisation=world.closing.id, **(asked | changed))


def test_the_employer_announces_and_the_office_invites(world) -> None:
    event = world.announce()
    page = queries.redundancy(world.announcer, slug=event)
    assert (page.event.jobs, page.event.state, page.office, page.code) == (40, "inviting", False, world.code)
    assert queries.redundancy(world.office, slug=event).office
    assert [one.slug for one in queries.redundancies(world.announcer)] == [event]
    verbs = set(AuditLine.objects.values_list("verb", flat=True))
    assert {"placement.announce_redundancy", "placement.open_invitation"} <= verbs and audit.verify().whole


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"jobs": 0}, "jobs"),
        ({"until_on": date(2027, 1, 1)}, "until_on"),
        ({"until_on": date(2026, 12, 1)}, "until_on"),
        ({"from_on": date(2025, 1, 1), "until_on": date(2025, 4, 1)}, "from_on"),
        ({"roles": ("no-such-role",)}, "roles"),
        ({"note": "a\x00b"}, "note"),
    ],
)
def test_an_announcement_that_cannot_be_is_refused_by_field(world, changed, field) -> None:
    with pytest.raises(drafts.PlacementRefused) as refused:
        actions.announce_redundancy(world.announcer, draft=draft(world, **changed))
    assert refused.value.field == field


def test_only_the_own_employer_announces_and_only_the_office_invites(world) -> None:
    for stranger in (world.recruiter, factories.caller("coach"), factories.caller("team-lead", world.closing)):
        with pytest.raises(access.Forbidden):
            actions.announce_redundancy(stranger, draft=draft(world))
    made = actions.announce_redundancy(world.announcer, draft=draft(world))
    with pytest.raises(access.Forbidden):
        actions.open_invitation(world.announcer, event=made.slug)
    with pytest.raises(access.SignInNeeded):
        actions.announce_redundancy(factories.visitor(), draft=draft(world))


def test_other_employers_do_not_learn_that_it_is_there(world) -> None:
    event = world.announce()
    assert queries.redundancies(world.recruiter) == ()
    with pytest.raises(problems.NotFound):
        queries.redundancy(world.recruiter, slug=event)
    with pytest.raises(access.Forbidden):
        queries.redundancies(factories.caller("coach"))
    elsewhere = factories.caller("office", factories.organisation("Another Office", kind="programme-office"))
    with pytest.raises(problems.NotFound):
        queries.redundancy(elsewhere, slug=event)


def test_joining_is_consent_and_share_in_one_and_leaving_ends_both(world) -> None:
    world.announce()
    person = world.people(1)[0]
    who = world.caller(person)
    page = queries.invitation_page(who, code=world.code)
    assert (page.employer, page.office, page.taking_part) == ("Closing Centre", "The Office", False)
    joining = drafts.Joining(hours=32, contract="permanent", years="2-5", role="adviser-1", wage=Decimal("16.20"))
    assert actions.join_event(who, person=person, code=world.code, joining=joining) == 1
    share = people.shares(who, person=person)[0]
    assert (share.purpose, share.parts, share.state) == (
        "group-placement",
        ("competences", "languages", "wishes"),
        "alive",
    )
    mine = queries.my_placements(who, person=person)[0]
    assert (mine.number, mine.sharing, mine.hours, mine.wage) == (1, True, 32, "16.20")
    with pytest.raises(problems.Conflict):
        actions.join_event(who, person=person, code=world.code, joining=joining)
    actions.leave_event(who, person=person, event=world.event)
    assert people.shares(who, person=person)[0].state == "withdrawn"
    assert not queries.my_placements(who, person=person)[0].sharing
    with pytest.raises(problems.NotFound):
        actions.leave_event(who, person=person, event=world.event)
    assert actions.join_event(who, person=person, code=world.code, joining=joining) == 2


def test_a_refused_share_leaves_nothing_half_done(world, monkeypatch) -> None:
    world.announce()
    person = world.people(1)[0]
    who = world.caller(person)
    with pytest.raises(drafts.PlacementRefused) as refused:
        actions.join_event(
            who, person=person, code=world.code, joining=drafts.Joining(hours=0, contract="permanent", years="2-5")
        )
    assert refused.value.field == "hours"
    monkeypatch.setattr("valley.placement.desks.record", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.join_event(
            who, person=person, code=world.code,
            joining=drafts.Joining(hours=32, contract="permanent", years="2-5", role="adviser-1"),
        )  # fmt: skip
    assert people.shares(who, person=person) == () and queries.my_placements(who, person=person) == ()


def test_a_code_stops_when_a_new_one_is_made_and_when_the_event_closes(world) -> None:
    world.announce()
    old = world.code
    who = world.caller(world.people(1)[0])
    new = actions.open_invitation(world.office, event=world.event).code
    with pytest.raises(problems.NotFound):
        queries.invitation_page(who, code=old)
    assert queries.invitation_page(who, code=new).event == world.event
    actions.finish_event(world.office, event=world.event)
    with pytest.raises(problems.NotFound):
        queries.invitation_page(who, code=new)
    with pytest.raises(problems.NotFound):
        queries.invitation_page(who, code="\x00")


@pytest.mark.parametrize(
    ("joined", "jobs", "seen"), [(0, 40, 0), (4, 40, None), (5, 40, 5), (8, 40, 5), (12, 14, None), (14, 14, 10)]
)
def test_the_employer_counts_in_fives_and_never_a_small_group_or_the_rest_of_one(world, joined, jobs, seen) -> None:
    world.announce(jobs=jobs)
    if joined:
        world.join(world.people(joined))
    page = queries.redundancy(world.announcer, slug=world.event)
    assert page.joined == seen
    assert queries.redundancy(world.office, slug=world.event).joined == joined


def test_nobody_joins_for_somebody_else(world) -> None:
    world.announce()
    one, two = world.people(2)
    joining = drafts.Joining(hours=32, contract="permanent", years="2-5", role="adviser-1")
    with pytest.raises(problems.NotFound):
        actions.join_event(world.caller(one), person=two, code=world.code, joining=joining)
    with pytest.raises(access.Forbidden):
        actions.join_many(world.office, event=world.event, rows=[(one, joining)])


def test_a_course_is_checked_by_field_and_several_go_in_together_or_not_at_all(world) -> None:
    with pytest.raises(access.Forbidden):
        actions.add_course_offer(world.announcer, draft=world.course())
    for changed, field in (
        ({"least": 13}, "most"),
        ({"weeks": 0}, "weeks"),
        ({"language": "xx"}, "language"),
        ({"cefr": 9}, "cefr"),
        ({"language": ""}, "gives"),
        ({"gives": ((999_999_999, 2),)}, "gives"),
        ({"taught_in": "xx"}, "taught_in"),
        ({"starts_on": date(2020, 1, 1)}, "starts_on"),
    ):
        with pytest.raises(drafts.PlacementRefused) as refused:
            actions.add_course_offer(world.office, draft=world.course(**changed))
        assert refused.value.field == field
    with pytest.raises(drafts.PlacementRefused) as refused:
        actions.add_course_offers(world.office, rows=[world.course(), world.course(key="b", weeks=0)])
    assert refused.value.field == "rows.1.weeks" and queries.course_offers(world.office) == ()
    assert actions.add_course_offer(world.office, draft=world.course()) == "german-six-weeks"
    with pytest.raises(problems.Conflict):
        actions.add_course_offer(world.office, draft=world.course())
    assert queries.course_offers(world.office)[0].gives == ("German B1",)
    actions.remove_course_offer(world.office, key="german-six-weeks")
    assert queries.course_offers(world.office) == ()
