"""Who may let organisations take part and seat people at their desks?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation
from tests import factories

from valley.core.errors import ValleyError
from valley.foundation import clock, organisations
from valley.foundation.access import Forbidden, SecondFactorNeeded, SignInNeeded
from valley.foundation.models import DeskRole
from valley.foundation.problems import Conflict, NotFound

ROLES = tuple(DeskRole.values)


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: factories.AT)


def _allowed(act, who) -> bool:
    try:
        act(who)
    except (Forbidden, SignInNeeded):
        return False
    return True


def _cases() -> list[tuple[str, bool, str, bool]]:
    """role, at the organisation itself, action, allowed."""
    cases = []
    for role in ROLES:
        own = factories.KINDS[role] == "employer"
        cases += [
            (role, own, "add a partner", role == "office"),
            (role, own, "see who sits where", role in ("office", "steward")),
            (role, own, "give a desk", role in ("office", "steward")),
            (role, own, "end a desk", role in ("office", "steward")),
        ]
    elsewhere = [("steward", False, act, False) for act in ("see who sits where", "give a desk", "end a desk")]
    return cases + elsewhere


@pytest.mark.parametrize(("role", "own", "action", "allowed"), _cases())
def test_the_roles_and_what_they_may_do(db, role, own, action, allowed) -> None:
    partner = factories.organisation()
    who = factories.caller(role, partner if own else None)
    someone, _partner = factories.seated("recruiter", partner)
    seat = organisations.seats(factories.operator(), organisation=partner.id)[0]
    acts = {
        "add a partner": lambda c: organisations.add_partner(c, name="New Centre", kind="employer"),
        "see who sits where": lambda c: organisations.seats(c, organisation=partner.id),
        "give a desk": lambda c: organisations.give_desk(
            c, organisation=partner.id, email=someone.email, role="team-lead"
        ),
        "end a desk": lambda c: organisations.end_desk(c, organisation=partner.id, seat=seat.id),
    }
    assert _allowed(acts[action], who) is allowed


@pytest.mark.parametrize("role", ["office", "municipality", "association", "designer"])
def test_a_steward_cannot_make_a_desk_that_reaches_beyond_the_organisation(db, role) -> None:
    someone, partner = factories.seated("steward")
    steward = factories.caller_of(someone)
    with pytest.raises(ValleyError, match="kind"):
        organisations.give_desk(steward, organisation=partner.id, email=someone.email, role=role)
    assert [seat.role for seat in organisations.seats(steward, organisation=partner.id)] == ["steward"]


def test_a_desk_needs_a_second_factor_and_a_visitor_must_sign_in(db) -> None:
    someone, partner = factories.seated("steward")
    with pytest.raises(SecondFactorNeeded):
        organisations.seats(factories.caller_of(someone, strong=False), organisation=partner.id)
    with pytest.raises(SignInNeeded):
        organisations.seats(factories.visitor(), organisation=partner.id)


def test_names_are_checked_and_used_once(db) -> None:
    organisations.add_partner(factories.operator(), name="  Centre   One ", kind="employer")
    assert organisations.partner(slug="centre-one").name == "Centre One"
    with pytest.raises(Conflict):
        organisations.add_partner(factories.operator(), name="CENTRE ONE", kind="employer")
    for name, kind in (("", "employer"), ("x" * 121, "employer"), ("a\x07b", "employer"), ("Fine", "pirate")):
        with pytest.raises(organisations.OrganisationRefused):
            organisations.add_partner(factories.operator(), name=name, kind=kind)
    with pytest.raises(NotFound):
        organisations.partner(slug="nobody")


def test_a_desk_that_ended_opens_nothing(db) -> None:
    partner = factories.organisation()
    steward, _partner = factories.seated("steward", partner)
    recruiter, _partner = factories.seated("recruiter", partner)
    client = factories.client_of(steward)
    page = client.get(f"/organisations/{partner.slug}/desks/")
    assert page.status_code == 200
    assert recruiter.email in page.content.decode()
    seat = next(
        one for one in organisations.seats(factories.operator(), organisation=partner.id) if one.role == "recruiter"
    )
    assert client.post(f"/organisations/{partner.slug}/desks/{seat.id}/end/").status_code == 302
    assert not factories.caller_of(recruiter).desks


def test_the_stewards_page_gives_a_desk_and_explains_a_refusal(db) -> None:
    partner = factories.organisation()
    client = factories.client("steward", partner)
    someone = factories.account()
    address = f"/organisations/{partner.slug}/desks/"
    with translation.override("en"):
        unknown = client.post(address, {"email": "nobody@valley.test", "role": "recruiter"})
        assert unknown.status_code == 422
        assert "Ask the person to open an account first" in unknown.content.decode()
        beyond = client.post(address, {"email": someone.email, "role": "office"})
        assert beyond.status_code == 422
        given = client.post(address, {"email": someone.email.upper(), "role": "recruiter"})
    assert given.status_code == 302
    assert [desk.role for desk in factories.caller_of(someone).desks] == ["recruiter"]
    assert client.get("/organisations/").status_code == 200
    other = factories.organisation()
    assert client.get(f"/organisations/{other.slug}/desks/").status_code == 403


def test_partners_of_a_day(db) -> None:
    partner = factories.organisation("Alone")
    assert organisations.partners(on=factories.ON) == (partner,)
    assert organisations.partners(on=factories.ON - timedelta(days=1)) == ()
    assert organisations.partners(kind="school") == ()
