"""Does a contract count only when the person says yes, and does each side see what it may, no more?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from tests import factories
from tests.rooms.careers.conftest import Scene, draft

from valley.careers import actions, drafts, queries, snapshots
from valley.careers.models import Employment
from valley.foundation import access
from valley.foundation.models import AuditLine
from valley.foundation.problems import Conflict, NotFound
from valley.people import actions as passport
from valley.people import queries as people


def test_a_proposal_counts_only_after_the_person_confirms(scene: Scene) -> None:
    made = scene.propose()
    grant = people.grant(scene.worker, purpose=access.Purpose.OWN, person=scene.person)
    assert snapshots.contracts(grant, scene.person) == ()
    key = actions.confirm_employment(scene.worker, person=scene.person, employment=made)
    (contract,) = snapshots.contracts(grant, scene.person)
    assert (contract.key, contract.employer, contract.wage) == (str(made), str(scene.employer.id), Decimal("15.10"))
    (line,) = queries.employments_of(scene.recruiter, organisation=scene.employer.id).items
    assert (line.state, line.share) == ("confirmed", key)
    verbs = set(AuditLine.objects.values_list("verb", flat=True))
    assert {"careers.propose_employment", "careers.confirm_employment"} <= verbs


def test_without_a_share_nothing_can_be_proposed(scene: Scene) -> None:
    other = factories.caller("recruiter")
    key = scene.share()
    for who, organisation, share in (
        (scene.recruiter, scene.employer.id, "0" * 32),
        (other, other.desks[0].organisation, key),
    ):
        with pytest.raises(NotFound):
            actions.propose_employment(who, organisation=organisation, share=share, draft=draft())
    with pytest.raises(access.Forbidden):
        actions.propose_employment(other, organisation=scene.employer.id, share=key, draft=draft())


def test_a_share_for_orientation_is_no_ground_for_a_contract(scene: Scene) -> None:
    key = scene.share(purpose="orientation")
    with pytest.raises(NotFound):
        actions.propose_employment(scene.recruiter, organisation=scene.employer.id, share=key, draft=draft())


def test_a_withdrawn_share_takes_the_contract_from_the_desk_and_leaves_it_to_the_person(scene: Scene) -> None:
    made = scene.propose()
    key = actions.confirm_employment(scene.worker, person=scene.person, employment=made)
    passport.withdraw_share(scene.worker, person=scene.person, key=key)
    assert queries.employments_of(scene.recruiter, organisation=scene.employer.id).items == ()
    assert [one.id for one in queries.my_employments(scene.worker, person=scene.person).items] == [made]
    with pytest.raises(NotFound):
        actions.end_employment(
            scene.recruiter, employment=made, ends_on=date(2027, 1, 1), reason="term", organisation=scene.employer.id
        )


def test_another_employer_and_another_person_see_nothing(scene: Scene) -> None:
    made = scene.employed()
    other = factories.caller("recruiter")
    assert queries.employments_of(other, organisation=other.desks[0].organisation).items == ()
    with pytest.raises(access.Forbidden):
        queries.employments_of(other, organisation=scene.employer.id)
    stranger = factories.caller_of(factories.account())
    with pytest.raises(NotFound):
        queries.my_employments(stranger, person=scene.person)
    own = passport.start_passport(stranger, name="Somebody")
    for change in (
        lambda: actions.confirm_employment(stranger, person=own, employment=made),
        lambda: actions.decline_employment(stranger, person=own, employment=made),
        lambda: actions.end_employment(stranger, employment=made, ends_on=date(2027, 1, 1), reason="term", person=own),
    ):
        with pytest.raises(NotFound):
            change()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_on": factories.ON}, "ends_on"),
        ({"ends_on": factories.ON - timedelta(days=1)}, "ends_on"),
        ({"role_key": "astronaut"}, "role_key"),
        ({"contract": "favour"}, "contract"),
        ({"contract": "permanent"}, "ends_on"),
        ({"hours": 0}, "hours"),
        ({"hours": 60}, "hours"),
        ({"wage": Decimal("2400")}, "wage"),
        ({"initiative": "nobody"}, "initiative"),
        ({"form": "favour"}, "form"),
        ({"starts_on": date(2040, 1, 1)}, "starts_on"),
        ({"agreement": "bakeries"}, "agreement"),
        ({"level": 2}, "level"),
        ({"agreement": "none", "level": 2}, "level"),
        ({"agreement": "facility-contact-centres", "level": 10}, "level"),
    ],
)
def test_facts_that_do_not_fit_are_refused_by_name(scene: Scene, changed: dict[str, object], field: str) -> None:
    with pytest.raises(drafts.EmploymentRefused) as refused:
        scene.propose(**changed)
    assert refused.value.facts["field"] == field


def test_two_contracts_with_one_employer_cannot_overlap_but_can_touch(scene: Scene) -> None:
    scene.employed()
    with pytest.raises(drafts.EmploymentRefused, match="no other contract"):
        scene.propose(starts_on=date(2027, 11, 22), ends_on=None)
    assert scene.propose(starts_on=date(2027, 11, 23), ends_on=date(2028, 11, 23))


def test_the_database_itself_refuses_inverted_days(scene: Scene) -> None:
    made = scene.employed()
    grant = people.grant(scene.worker, purpose=access.Purpose.OWN, person=scene.person)
    with access.opened(grant), pytest.raises(IntegrityError), transaction.atomic():
        Employment.objects.filter(pk=made).update(ends_on=date(2020, 1, 1))


def test_a_proposal_can_be_declined_and_a_contract_only_ended(scene: Scene) -> None:
    made = scene.propose()
    actions.decline_employment(scene.worker, person=scene.person, employment=made)
    assert queries.my_employments(scene.worker, person=scene.person).items == ()
    again = scene.employed()
    with pytest.raises(Conflict):
        actions.decline_employment(scene.worker, person=scene.person, employment=again)


def test_either_side_ends_a_contract_once_with_a_coded_reason(scene: Scene) -> None:
    made = scene.employed()
    with pytest.raises(drafts.EmploymentRefused):
        actions.end_employment(
            scene.worker, employment=made, ends_on=date(2027, 2, 1), reason="ill", person=scene.person
        )
    actions.end_employment(
        scene.recruiter, employment=made, ends_on=date(2027, 2, 1), reason="redundant", organisation=scene.employer.id
    )
    (line,) = queries.my_employments(scene.worker, person=scene.person).items
    assert (line.state, line.last_on, line.end_reason) == ("ended", date(2027, 1, 31), "redundant")
    with pytest.raises(Conflict):
        actions.end_employment(
            scene.worker, employment=made, ends_on=date(2027, 3, 1), reason="worker", person=scene.person
        )


def test_an_ended_contract_cannot_be_confirmed(scene: Scene) -> None:
    made = scene.propose(ends_on=date(2026, 12, 1))
    with pytest.raises(Conflict):
        actions.confirm_employment(scene.later(30), person=scene.person, employment=made)


def test_the_flags_of_my_contracts_come_in_words_with_source_and_days(scene: Scene) -> None:
    days = [date(2024, 1, 1), date(2024, 7, 1), date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1)]
    halves = [draft(starts_on=start, ends_on=end) for start, end in pairwise(days)]
    scene.recorded(*halves)
    found = queries.my_employments(scene.worker, person=scene.person)
    breach = found.flags[0]
    assert (breach.severity, breach.says, breach.key) == ("breach", "one-too-many", "chain-rule")
    assert "contract 4 in the row of at most 3" in breach.words and "668a" in breach.source
    assert (breach.from_on, breach.source_on) == (date(2020, 1, 1), date(2026, 11, 22))
    assert breach.employers == (scene.employer.name,) * 4


def test_a_next_contract_is_possible_by_law_and_not_under_the_bill(scene: Scene) -> None:
    """Three contracts until a year ago: the law starts a new row, the bill would keep counting."""
    scene.recorded(
        draft(starts_on=date(2024, 1, 1), ends_on=date(2024, 7, 1)),
        draft(starts_on=date(2024, 7, 1), ends_on=date(2025, 1, 1)),
        draft(starts_on=date(2025, 1, 1), ends_on=date(2025, 7, 1)),
    )
    law, bill = queries.my_employments(scene.worker, person=scene.person).next
    assert (law.scenario, law.severity) == ("law", "")
    assert (bill.scenario, bill.severity) == ("bill", "breach")
    assert law.starts_on == factories.ON and "possible" in law.words


def test_recorded_employments_are_all_or_none_and_for_the_operator(scene: Scene) -> None:
    good = drafts.PastEmployment(
        scene.person, scene.employer.id, draft(starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    )
    overlap = drafts.PastEmployment(
        scene.person, scene.employer.id, draft(starts_on=date(2020, 6, 1), ends_on=date(2022, 1, 1))
    )
    with pytest.raises(drafts.EmploymentRefused) as refused:
        actions.record_employments(factories.operator(), rows=[good, overlap])
    assert refused.value.facts["field"] == "rows.1.starts_on"
    assert queries.my_employments(scene.worker, person=scene.person).items == ()
    with pytest.raises(access.Forbidden):
        actions.record_employments(scene.recruiter, rows=[good])
    found = actions.record_employments(factories.operator(), rows=[good])
    assert (found.employments, found.persons) == (1, 1)


def test_what_was_said_is_loaded_at_moments_that_came_and_else_refused(scene: Scene) -> None:
    began = draft(starts_on=factories.ON - timedelta(weeks=8), ends_on=None, contract="permanent")
    word = drafts.PastWord("employer", "6-weeks", True, ("work-fits",))
    early = replace(word, moment="3-months")
    strange = replace(word, reasons=("illness",))
    for wrong in (early, strange, replace(word, side="neighbour"), replace(word, reasons=())):
        row = drafts.PastEmployment(scene.person, scene.employer.id, began, said=(wrong,))
        with pytest.raises(drafts.EmploymentRefused) as refused:
            actions.record_employments(factories.operator(), rows=[row])
        assert refused.value.facts["field"] == "rows.0.said"
    twice = drafts.PastEmployment(scene.person, scene.employer.id, began, said=(word, word))
    with pytest.raises(drafts.EmploymentRefused):
        actions.record_employments(factories.operator(), rows=[twice])
    both = drafts.PastEmployment(scene.person, scene.employer.id, began, said=(word, replace(word, side="person")))
    actions.record_employments(factories.operator(), rows=[both])
    (line,) = queries.my_employments(scene.worker, person=scene.person).items
    assert line.due == "", "the worker answered the question of six weeks"
    assert queries.feedback(scene.recruiter, organisation=scene.employer.id).rows == (), "one person is no group"


def test_personal_rows_stay_shut_without_a_grant(scene: Scene) -> None:
    scene.employed()
    with pytest.raises(access.ScopeMissing):
        list(Employment.objects.all())


def test_a_weak_session_at_the_desk_is_refused(scene: Scene) -> None:
    weak = factories.caller_of(scene.recruiter_account, strong=False)
    with pytest.raises(access.SecondFactorNeeded):
        queries.employments_of(weak, organisation=scene.employer.id)


def test_a_reflection_has_its_moment_once_per_side(scene: Scene) -> None:
    made = scene.employed()
    with pytest.raises(actions.NotDue):
        actions.say_why(scene.worker, employment=made, works=True, reasons=["work-fits"], person=scene.person)
    six_weeks = scene.later(42)
    assert [one.due for one in queries.due_reflections(six_weeks, person=scene.person)] == ["6-weeks"]
    assert (
        actions.say_why(six_weeks, employment=made, works=True, reasons=["work-fits"], person=scene.person) == "6-weeks"
    )
    assert queries.due_reflections(six_weeks, person=scene.person) == ()
    with pytest.raises(Conflict):
        actions.say_why(six_weeks, employment=made, works=False, reasons=["pay"], person=scene.person)
    desk = replace(scene.recruiter, at=six_weeks.at)
    assert (
        actions.say_why(desk, employment=made, works=True, reasons=["team-helps"], organisation=scene.employer.id)
        == "6-weeks"
    )


@pytest.mark.parametrize("reasons", [["ill"], [], ["pay", "travel", "language", "other-work", "hours-clash"]])
def test_reasons_outside_the_list_are_refused(scene: Scene, reasons: list[str]) -> None:
    made = scene.employed()
    with pytest.raises(actions.NotDue):
        actions.say_why(scene.later(42), employment=made, works=False, reasons=reasons, person=scene.person)


def test_what_nobody_wrote_down_is_said_to_be_unknown(scene: Scene) -> None:
    scene.employed(contract="agency", wage=None)
    found = queries.my_employments(scene.worker, person=scene.person)
    assert {one.says for one in found.flags} == {"lender-unknown"}
    assert [one.says for one in found.unknown] == ["wage-not-said"]
    assert found.items[0].facts == (
        "collective agreement: not known", "lender admitted: not known", "exempt from admission: not known",
    )  # fmt: skip


def test_a_floor_whose_days_ended_says_since_when_and_the_office_mends_it(scene: Scene) -> None:
    scene.employed(wage=Decimal("14.80"), agreement="none")
    (gap,) = queries.my_employments(scene.worker, person=scene.person).unknown
    assert "since 1 July 2026 is not loaded yet" in gap.words and "14.71" in gap.words
    office = factories.caller("office")
    last = queries.last_row(office, key="minimum-wage", status="law")
    assert last is not None and last.from_on == date(2026, 7, 1)
    actions.add_law_rule(office, draft=replace(last, numbers={"hour": "14.99", "from_age": "21"}))
    found = queries.my_employments(scene.worker, person=scene.person)
    assert found.unknown == ()
    assert [(one.severity, one.says) for one in found.flags] == [("breach", "wage-under-floor")]


def test_a_desk_reads_what_the_rules_say_of_its_own_contracts_only(scene: Scene) -> None:
    days = [date(2023, 6, 1), date(2024, 1, 1), date(2024, 7, 1), date(2025, 1, 1), date(2025, 7, 1)]
    scene.recorded(*(draft(starts_on=start, ends_on=end) for start, end in pairwise(days)))
    made = scene.employed(contract="agency")
    desk = queries.employments_of(scene.recruiter, organisation=scene.employer.id)
    assert {one.contracts for one in desk.flags} == {(str(made),)}
    assert {one.key for one in desk.flags} <= {"lender-admission", "minimum-wage"}
    mine = queries.my_employments(scene.worker, person=scene.person)
    assert "chain-rule" in {one.key for one in mine.flags}


def test_confirming_again_shares_longer_with_one_share(scene: Scene) -> None:
    made = scene.employed(ends_on=None)
    (line,) = queries.my_employments(scene.worker, person=scene.person).items
    assert (line.shared_until, line.renewable) == (factories.ON + timedelta(days=365), False)
    later = scene.later(330)
    (line,) = queries.my_employments(later, person=scene.person).items
    assert line.renewable
    actions.confirm_employment(later, person=scene.person, employment=made)
    (line,) = queries.my_employments(later, person=scene.person).items
    assert (line.shared_until, line.renewable) == (factories.ON + timedelta(days=695), False)
    alive = [one for one in people.shares(later, person=scene.person) if one.state == "alive"]
    assert [one.key for one in alive] == [line.share]


def test_a_year_is_looked_back_on_by_both_sides_while_the_share_lives(scene: Scene) -> None:
    made = scene.employed()
    late = scene.later(345)
    desk = replace(scene.recruiter, at=late.at)
    for side, caller in (({"person": scene.person}, late), ({"organisation": scene.employer.id}, desk)):
        said = [
            actions.say_why(caller, employment=made, works=True, reasons=["work-fits"], **side) for _time in range(2)
        ]
        assert said == ["3-months", "12-months"]
