"""Openings: what is stored, what is refused, who sees what, and when an opening is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests import factories

from valley.core import profiles
from valley.foundation.access import Forbidden
from valley.foundation.models import AuditLine
from valley.foundation.problems import Conflict, NotFound
from valley.work import actions, drafts, queries, snapshots
from valley.work.queries import OpeningFilter

VISITOR = factories.visitor()
LATER = factories.visitor(at=factories.AT + timedelta(days=100))


def test_the_starter_roles_load_once_and_a_second_time_changes_nothing(trade) -> None:
    again = actions.load_starter_roles(factories.operator())
    assert (again.added, again.changed, again.unchanged) == (0, 0, 20)
    page = queries.role_profile(VISITOR, key="adviser-1")
    assert page.role.title == "Customer adviser, starter"
    assert len(page.needs) >= 10
    assert all(need.label and need.task for need in page.needs)


def test_an_opening_without_needs_takes_those_of_its_role(region) -> None:
    saved = region.open()
    page = queries.opening(VISITOR, slug=saved.slug)
    role = queries.role_profile(VISITOR, key="adviser-1")
    asked = {(line.competence, line.level) for line in (*page.must, *page.wish)}
    assert asked == {(need.competence, need.level) for need in role.needs}
    assert page.day == role.role.summary
    assert [step.role_key for step in page.next_steps] == ["adviser-2"]
    assert [one.level for one in page.opening.languages] == ["B2", "B1"]


def test_a_task_copied_from_the_role_is_read_in_either_language(region) -> None:
    slug = region.open().slug
    english = queries.opening(factories.visitor(language="en"), slug=slug).must[0]
    dutch = queries.opening(factories.visitor(language="nl"), slug=slug).must[0]
    assert english.task != dutch.task
    assert english.competence == dutch.competence


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"pay_min": Decimal("9.99")}, "pay_min"),
        ({"pay_max": Decimal("150.01")}, "pay_max"),
        ({"pay_min": Decimal("18.00")}, "pay_max"),
        ({"hours_min": 0}, "hours_min"),
        ({"hours_max": 49}, "hours_max"),
        ({"hours_min": 33}, "hours_max"),
        ({"seats": 0}, "seats"),
        ({"seats": 501}, "seats"),
        ({"months": None}, "months"),
        ({"months": 61}, "months"),
        ({"contract": "permanent"}, "months"),
        ({"contract": "slavery"}, "contract"),
        ({"place": "Mastricht"}, "place"),
        ({"place": ""}, "place"),
        ({"languages": ()}, "languages"),
        ({"languages": (drafts.LanguageDraft("xx", 3),)}, "languages"),
        ({"languages": (drafts.LanguageDraft("nl", 7),)}, "languages"),
        ({"languages": (drafts.LanguageDraft("nl", 3), drafts.LanguageDraft("nl", 4))}, "languages"),
        ({"starts_until_on": date(2027, 3, 1)}, "starts_until_on"),
        ({"starts_from_on": date(2032, 3, 1), "starts_until_on": date(2032, 4, 1)}, "starts_from_on"),
        ({"closes_on": factories.ON}, "closes_on"),
        ({"role": "astronaut"}, "role"),
        ({"title": "ab"}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"title": "Adviser\u202e"}, "title"),
        ({"text": "y" * 6001}, "text"),
        ({"text": "a\x07b"}, "text"),
        ({"permits": ("passport",)}, "permits"),
        ({"needs": (drafts.NeedDraft(1, 2),)}, "needs"),
    ],
)
def test_every_mandatory_field_has_its_range(region, change, field) -> None:
    with pytest.raises(actions.OpeningRefused) as refused:
        actions.add_opening(region.recruiter, draft=region.draft(**change))
    assert field in [flaw.field for flaw in refused.value.facts["flaws"]]
    assert queries.openings_of(region.recruiter, organisation=region.employer.id).total == 0


def test_a_misspelled_place_gets_the_nearest_one_as_next_step(region) -> None:
    with pytest.raises(actions.OpeningRefused, match="Did you mean “Maastricht”"):
        actions.add_opening(region.recruiter, draft=region.draft(place="Mastricht"))


def test_pay_per_month_is_recognised(region) -> None:
    with pytest.raises(actions.OpeningRefused, match="per month"):
        actions.add_opening(region.recruiter, draft=region.draft(pay_min=Decimal(2450), pay_max=Decimal(2900)))


def test_a_must_have_needs_a_task_that_explains_it(region) -> None:
    page = queries.opening(VISITOR, slug=region.open().slug)
    needs = tuple(drafts.NeedDraft(line.competence, 2, drafts.MUST) for line in page.must[:3])
    with pytest.raises(actions.OpeningRefused, match="task that explains"):
        actions.add_opening(region.recruiter, draft=region.draft(needs=needs))


def test_a_draft_is_for_its_desk_and_an_open_opening_for_everyone(region) -> None:
    saved = actions.add_opening(region.recruiter, draft=region.draft())
    assert saved.state == "draft"
    assert queries.opening(region.recruiter, slug=saved.slug).may_change
    for other in (VISITOR, region.stranger):
        with pytest.raises(NotFound):
            queries.opening(other, slug=saved.slug)
    assert queries.open_openings(VISITOR).total == 0
    actions.open_opening(region.recruiter, slug=saved.slug, version=saved.version)
    assert not queries.opening(region.stranger, slug=saved.slug).may_change
    assert queries.open_openings(VISITOR).total == 1


def test_on_its_closing_day_an_opening_is_closed_everywhere(region) -> None:
    slug = region.open(closes_on=date(2027, 2, 15)).slug
    eve = factories.visitor(at=factories.AT.replace(year=2027, month=2, day=14))
    day = factories.visitor(at=factories.AT.replace(year=2027, month=2, day=15))
    assert queries.open_openings(eve).total == 1
    assert queries.open_openings(day).total == 0
    assert queries.public_counts(day) == queries.PublicCounts(0, 0, 0)
    assert queries.opening(day, slug=slug).opening.state == "closed"
    assert len(snapshots.demands(date(2027, 2, 14))) == 1
    assert snapshots.demands(date(2027, 2, 15)) == ()
    assert snapshots.fingerprint(date(2027, 2, 14)) != snapshots.fingerprint(date(2027, 2, 15))


def test_two_people_saving_the_same_opening_the_second_is_told(region) -> None:
    saved = region.open()
    first = actions.revise_opening(
        region.recruiter, slug=saved.slug, version=saved.version, draft=region.draft(title="Adviseur Duits en Frans")
    )
    assert first.version == saved.version + 1
    with pytest.raises(Conflict) as conflict:
        actions.revise_opening(region.recruiter, slug=saved.slug, version=saved.version, draft=region.draft(seats=4))
    assert set(conflict.value.facts["fields"]) >= {"title", "seats"}
    assert queries.opening(VISITOR, slug=saved.slug).opening.title == "Adviseur Duits en Frans"


def test_a_revision_keeps_the_organisation_and_the_address(region) -> None:
    saved = region.open()
    moved = replace(region.draft(), organisation=region.other.id)
    actions.revise_opening(region.recruiter, slug=saved.slug, version=saved.version, draft=moved)
    assert queries.opening(VISITOR, slug=saved.slug).opening.organisation == "Centre One"


def test_closing_and_opening_again_and_a_copy_is_a_draft(region) -> None:
    saved = region.open(reference="A-1")
    closed = actions.close_opening(region.recruiter, slug=saved.slug, version=saved.version)
    assert queries.open_openings(VISITOR).total == 0
    actions.open_opening(region.recruiter, slug=saved.slug, version=closed.version)
    copy = actions.duplicate_opening(region.recruiter, slug=saved.slug)
    assert (copy.state, copy.slug) == ("draft", f"{saved.slug}-2")
    assert queries.opening(region.recruiter, slug=copy.slug).reference == ""
    late = replace(region.recruiter, at=factories.AT + timedelta(days=200))
    with pytest.raises(actions.OpeningRefused, match="after today"):
        actions.open_opening(late, slug=copy.slug, version=copy.version)


def test_a_reference_number_is_used_once(region) -> None:
    region.open(reference="A-1")
    with pytest.raises(actions.OpeningRefused, match="A-1"):
        actions.add_opening(region.recruiter, draft=region.draft(reference="A-1"))
    other = replace(region.draft(reference="A-1"), organisation=region.other.id)
    assert actions.add_opening(region.stranger, draft=other).version == 1


def test_many_openings_go_in_together_or_not_at_all(region) -> None:
    rows = [region.draft(title=f"Adviseur {number}") for number in range(60)]
    with pytest.raises(actions.OpeningRefused) as refused:
        actions.add_openings(factories.operator(), rows=[*rows, region.draft(seats=0)])
    assert refused.value.facts["row"] == 60
    assert queries.open_openings(VISITOR).total == 0
    shares: list[float] = []
    saved = actions.add_openings(factories.operator(), rows=rows, progress=lambda share, words: shares.append(share))
    assert len({one.slug for one in saved}) == 60
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_filters_ask_what_they_say(region) -> None:
    heerlen = region.open(title="Adviseur Heerlen", place="heerlen", evenings=True, hours_min=32, hours_max=36)
    maastricht = region.open(title="Adviseur Maastricht", languages=(drafts.LanguageDraft("fr", 4),), home_work=True)

    def slugs(**asked: object) -> list[str]:
        return [item.slug for item in queries.open_openings(VISITOR, filters=OpeningFilter(**asked)).items]

    assert slugs() == [maastricht.slug, heerlen.slug]
    assert slugs(place="heerlen") == [heerlen.slug, maastricht.slug]
    assert slugs(place="heerlen", km=5) == [heerlen.slug]
    assert slugs(place="heerlen", km=30) == [heerlen.slug, maastricht.slug]
    assert slugs(place="atlantis") == []
    assert slugs(hours=36) == [heerlen.slug]
    assert slugs(language="fr") == [maastricht.slug]
    assert slugs(without_evenings=True) == [maastricht.slug]
    assert slugs(home_work=True) == [maastricht.slug]
    assert slugs(text="heerlen advis") == [heerlen.slug]
    assert slugs(text="100% '; --") == []
    assert slugs(organisation="centre-two") == []
    assert slugs(contract="permanent") == []
    assert slugs(role="adviser-1") == [maastricht.slug, heerlen.slug]


def test_facets_count_what_was_found(region) -> None:
    region.open(place="heerlen")
    region.open()
    region.open()
    facets = queries.open_openings(VISITOR).facets
    assert [(one.label, one.openings) for one in facets.places] == [("Maastricht", 2), ("Heerlen", 1)]
    assert [(one.key, one.openings) for one in facets.languages] == [("nl", 3), ("de", 3)]
    assert facets.organisations[0].label == "Centre One"
    page = queries.open_openings(VISITOR, limit=1, offset=1)
    assert (page.total, len(page.items)) == (3, 1)


def test_the_arithmetic_sees_needs_languages_and_conditions(region) -> None:
    saved = region.open(permits=("vog",), nights=True)
    (demand,) = snapshots.demands(factories.ON)
    assert demand == snapshots.demand(saved.id)
    assert demand.id == saved.id
    assert demand.spoken == (profiles.Spoken("de", 3), profiles.Spoken("nl", 4))
    conditions = demand.conditions
    assert (conditions.hours_min, conditions.hours_max, conditions.months) == (24, 32, 12)
    assert conditions.place == pytest.approx((50.8514, 5.6910))
    assert conditions.nights
    assert conditions.permits == {"vog"}
    assert {need.importance for need in demand.needs} == {profiles.Importance.MUST, profiles.Importance.WISH}
    with pytest.raises(NotFound):
        snapshots.demand(10**9)


def test_every_change_moves_the_fingerprint(region) -> None:
    seen = [snapshots.fingerprint(factories.ON)]
    saved = region.open()
    seen.append(snapshots.fingerprint(factories.ON))
    saved = actions.revise_opening(region.recruiter, slug=saved.slug, version=1, draft=region.draft(seats=3))
    seen.append(snapshots.fingerprint(factories.ON))
    actions.close_opening(region.recruiter, slug=saved.slug, version=2)
    seen.append(snapshots.fingerprint(factories.ON))
    assert len(set(seen)) == 4
    assert snapshots.fingerprint(factories.ON) == seen[-1]


def test_a_change_writes_one_audit_line_with_names_and_no_values(region) -> None:
    before = AuditLine.objects.count()
    saved = actions.add_opening(region.recruiter, draft=region.draft(title="Very secret title"))
    line = AuditLine.objects.order_by("-pk").first()
    assert AuditLine.objects.count() == before + 1
    assert line.actor == region.recruiter.pseudonym
    assert "title" in line.fields
    assert "secret" not in str(line.__dict__).casefold()
    assert saved.slug


def test_a_team_lead_reads_drafts_and_changes_nothing(region) -> None:
    lead = factories.caller("team-lead", region.employer)
    saved = actions.add_opening(region.recruiter, draft=region.draft())
    assert queries.openings_of(lead, organisation=region.employer.id).total == 1
    assert not queries.opening(lead, slug=saved.slug).may_change
    with pytest.raises(Forbidden, match="recruiter"):
        actions.open_opening(lead, slug=saved.slug, version=saved.version)
