"""Who says that an employer is a recognised training company, who looks it up, and what does the law of days allow?"""

from __future__ import annotations

from datetime import date

import pytest
from tests import factories
from tests.rooms.vacancies.conftest import DOSSIER

from valley.foundation.access import Forbidden, SecondFactorNeeded, SignInNeeded
from valley.foundation.models import DeskRole
from valley.foundation.problems import Conflict, NotFound
from valley.vacancies import actions, queries, snapshots
from valley.vacancies.models import Recognition

FIRST, LAST = date(2026, 1, 1), date(2028, 1, 1)


def stated(region, *, by=None, **changed: object) -> actions.SavedRecognition:
    said = {"organisation": region.employer.id, "dossier": DOSSIER, "from_on": FIRST, "until_on": LAST}
    draft = actions.RecognitionDraft(**{**said, "source": "SBB register, 1 October 2026", **changed})
    return actions.recognise(by or region.office, draft=draft)


def test_what_the_steward_says_counts_once_the_office_looked_it_up(region) -> None:
    said = stated(region, by=region.steward)
    assert said.checked_on is None
    assert queries.training_companies(factories.visitor()) == ()
    assert [one.state for one in queries.recognitions_of(region.lead, organisation=region.employer.id)] == ["unchecked"]
    checked = actions.check_recognition(region.office, recognition=said.id)
    assert checked.checked_on == factories.ON
    (line,) = queries.training_companies(factories.visitor())
    assert (line.organisation_slug, line.dossier, line.until_on) == (region.employer.slug, DOSSIER, LAST)


def test_a_row_is_replaced_and_never_changed(region) -> None:
    first = stated(region, by=region.steward)
    second = actions.check_recognition(region.office, recognition=first.id)
    third = actions.end_recognition(region.steward, recognition=second.id, until_on=date(2027, 1, 1))
    rows = {row.pk: row for row in Recognition.objects.all()}
    assert set(rows) == {first.id, second.id, third.id}
    assert (rows[first.id].until_on, rows[first.id].checked_on) == (LAST, None)
    assert [pk for pk, row in sorted(rows.items()) if row.replaced_at is None] == [third.id]
    assert third.checked_on == factories.ON, "a recognition that ends earlier stays looked up"
    with pytest.raises(NotFound):
        actions.check_recognition(region.office, recognition=first.id)


def test_a_later_end_said_by_the_steward_waits_for_the_office(region) -> None:
    checked = stated(region)
    longer = actions.end_recognition(region.steward, recognition=checked.id, until_on=date(2030, 1, 1))
    assert longer.checked_on is None
    assert snapshots.offers(factories.ON, dossier=DOSSIER) == ()


@pytest.mark.parametrize(
    ("from_on", "until_on", "fits"),
    [
        (LAST, None, True),
        (date(2025, 1, 1), FIRST, True),
        (date(2027, 12, 31), None, False),
        (date(2025, 1, 1), date(2026, 1, 2), False),
        (date(2026, 6, 1), date(2026, 7, 1), False),
        (FIRST, LAST, False),
        (date(2025, 1, 1), None, False),
    ],
)
def test_two_recognitions_share_no_day(region, from_on, until_on, fits) -> None:
    stated(region)
    if fits:
        assert stated(region, from_on=from_on, until_on=until_on).id
    else:
        with pytest.raises(Conflict):
            stated(region, from_on=from_on, until_on=until_on)
        assert Recognition.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"until_on": FIRST}, "until_on"),
        ({"until_on": date(2025, 1, 1)}, "until_on"),
        ({"dossier": "commercien"}, "dossier"),
        ({"source": "  "}, "source"),
        ({"source": "x" * 301}, "source"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(region, changed, field) -> None:
    with pytest.raises(actions.RecognitionRefused) as refused:
        stated(region, **changed)
    assert refused.value.facts["field"] == field
    assert not Recognition.objects.exists()


def test_only_an_employer_is_a_training_company(region) -> None:
    school = factories.organisation(kind="school")
    with pytest.raises(actions.RecognitionRefused):
        stated(region, organisation=school.id)


@pytest.mark.parametrize("role", DeskRole.values)
def test_only_the_steward_and_the_office_say_so(region, role) -> None:
    own = factories.KINDS[role] == "employer"
    who = factories.caller(role, region.employer if own else None)
    if role in ("steward", "office"):
        assert stated(region, by=who).id
    else:
        with pytest.raises(Forbidden):
            stated(region, by=who)


def test_nobody_else_says_it_checks_it_or_ends_it(region) -> None:
    said = stated(region)
    elsewhere = factories.caller("steward", region.other)
    for who in (region.recruiter, region.stranger, elsewhere):
        with pytest.raises(Forbidden):
            stated(region, by=who, from_on=LAST, until_on=None)
        with pytest.raises(Forbidden):
            actions.end_recognition(who, recognition=said.id, until_on=date(2027, 1, 1))
    for who in (region.steward, elsewhere, region.recruiter):
        with pytest.raises(Forbidden):
            actions.check_recognition(who, recognition=said.id)
    with pytest.raises(SignInNeeded):
        stated(region, by=factories.visitor(), from_on=LAST)
    with pytest.raises(SecondFactorNeeded):
        stated(region, by=factories.caller("steward", region.employer, strong=False), from_on=LAST, until_on=None)


def test_everybody_reads_what_holds_and_only_the_desk_what_is_over_or_not_looked_up(region) -> None:
    stated(region, from_on=date(2020, 1, 1), until_on=date(2022, 1, 1))
    stated(region, by=region.steward)
    own = queries.recognitions_of(region.recruiter, organisation=region.employer.id)
    assert [one.state for one in own] == ["ended", "unchecked"]
    for who in (factories.visitor(), region.stranger):
        assert queries.recognitions_of(who, organisation=region.employer.id) == ()


def test_the_desk_sees_where_a_status_ends_during_a_job(region) -> None:
    opening = region.open()  # starts from 1 March, before 1 June 2027, for twelve months
    warn = lambda: queries.status_warnings(region.lead, organisation=region.employer.id)  # noqa: E731
    assert [one.kind for one in warn()] == ["none"]
    said = stated(region, until_on=date(2028, 5, 31))
    assert warn() == ()
    ended = actions.end_recognition(region.office, recognition=said.id, until_on=date(2028, 5, 30))
    (warning,) = warn()
    assert (warning.kind, warning.gap_from_on, warning.opening) == ("ends", date(2028, 5, 30), opening.slug)
    stated(region, from_on=date(2028, 5, 30), until_on=None)
    assert warn() == ()
    page = queries.vacancy_page(region.lead, slug=opening.slug)
    assert page.warnings == ()
    actions.end_recognition(region.office, recognition=ended.id, until_on=date(2027, 1, 1))
    assert [one.kind for one in queries.vacancy_page(region.recruiter, slug=opening.slug).warnings] == ["late"]
    for who in (factories.visitor(), region.stranger):
        assert queries.vacancy_page(who, slug=opening.slug).warnings == ()
    with pytest.raises(Forbidden):
        queries.status_warnings(region.stranger, organisation=region.employer.id)
