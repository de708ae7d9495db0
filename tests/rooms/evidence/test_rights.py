"""Another employer's text, sentence, finding or name cannot be reached, by any question, change or door."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests import factories
from tests.rooms.evidence.conftest import DUTCH, GERMAN, Region

from valley.evidence import actions, queries, snapshots
from valley.foundation import access
from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.reading.actions import NameRefused

ON = date(2026, 10, 1)


@pytest.fixture
def secret(region: Region) -> queries.PiecePage:
    """What the first employer brought: read, confirmed, and named after nobody else."""
    page = region.read(DUTCH)
    region.confirm(page)
    region.read(GERMAN, of=region.two)
    return queries.piece(region.operator, id=page.piece.id)


QUESTIONS: list[tuple[str, Callable[[Caller, Region, queries.PiecePage], Any]]] = [
    ("piece", lambda who, region, page: queries.piece(who, id=page.piece.id)),
    ("pieces", lambda who, region, page: queries.pieces(who, organisation=region.one.id)),
    ("progress", lambda who, region, page: queries.progress(who, organisation=region.one.id)),
    ("to decide", lambda who, region, page: queries.to_decide(who, organisation=region.one.id)),
    ("decisions", lambda who, region, page: queries.decisions(who, finding=page.findings[0].id)),
    ("terms", lambda who, region, page: queries.terms(who, organisation=region.one.id)),
    ("merges", lambda who, region, page: queries.merges(who)),
]
CHANGES: list[tuple[str, Callable[[Caller, Region, queries.PiecePage], Any]]] = [
    ("add text", lambda who, region, page: actions.add_text(
        who, draft=actions.TextDraft(organisation=region.one.id, title="A", text=GERMAN))),
    ("add observation", lambda who, region, page: actions.add_observation(
        who, organisation=region.one.id, title="A", language="nl", dated_on=ON, work_process=None,
        lines=[actions.ObservationLine("Ziet iets.")])),
    ("add ratings", lambda who, region, page: actions.add_ratings(
        who, organisation=region.one.id, dated_on=ON, ratings=[actions.RatingLine(region.ids["use-crm"], 1, 1)])),
    ("withdraw", lambda who, region, page: actions.withdraw_piece(who, piece=page.piece.id, version=1)),
    ("read", lambda who, region, page: actions.read_pieces(who, organisation=region.one.id)),
    ("decide", lambda who, region, page: actions.decide(
        who, verdicts=[actions.Verdict(page.findings[0].id, "rejected", page.findings[0].version)])),
    ("add finding", lambda who, region, page: actions.add_finding(
        who, piece=page.piece.id, sentence="Klantadviseur", competence=region.ids["use-crm"])),
    ("allow names", lambda who, region, page: actions.allow_names(
        who, organisation=region.one.id, name_shown=True)),
    ("add a system of theirs", lambda who, region, page: actions.add_system_name(
        who, name="MosaDesk", tool_class="crm", on=ON, organisation=region.one.id)),
    ("add a system of everyone", lambda who, region, page: actions.add_system_name(
        who, name="MosaDesk", tool_class="crm", on=ON)),
    ("propose merges", lambda who, region, page: actions.propose_merges(who)),
    ("load phrases", lambda who, region, page: actions.load_starter_phrases(who)),
    ("preview for everyone", lambda who, region, page: actions.intake_preview(
        who, kind="job-text", file_name="a", content=b"a")),
    ("preview for them", lambda who, region, page: actions.intake_preview(
        who, kind="job-text", organisation=region.one.id, file_name="a", content=b"a")),
]  # fmt: skip
ASKS = [*QUESTIONS, *CHANGES]


@pytest.mark.parametrize("ask", [ask for _name, ask in ASKS], ids=[name for name, _ask in ASKS])
def test_another_employer_is_refused_and_nothing_changes(region: Region, secret: queries.PiecePage, ask) -> None:
    before = (snapshots.standing(factories.ON), queries.system_names(region.operator))
    with pytest.raises((access.Forbidden, NotFound)) as refused:
        ask(region.stranger, region, secret)
    words = json.dumps([str(refused.value), refused.value.facts], default=str)
    assert not any(part in words for part in ("Centre One", "klachten", "Zendesk", "centre-one"))
    assert queries.piece(region.operator, id=secret.piece.id) == secret
    assert (snapshots.standing(factories.ON), queries.system_names(region.operator)) == before


@pytest.mark.parametrize("role", ["coach", "practical-trainer", "municipality", "association", None])
def test_other_desks_and_visitors_are_refused_everything(region: Region, secret: queries.PiecePage, role) -> None:
    who = factories.caller(role) if role else factories.visitor()
    for _name, ask in ASKS:
        with pytest.raises((access.Forbidden, access.SignInNeeded)):
            ask(who, region, secret)
    for ask in (queries.pieces, queries.employers, queries.to_decide, queries.system_names, queries.intakes):
        with pytest.raises((access.Forbidden, access.SignInNeeded)):
            ask(who)
    with pytest.raises((access.Forbidden, access.SignInNeeded)):
        queries.sentences(who, competence=region.ids["handle-complaints"])
    with pytest.raises((access.Forbidden, access.SignInNeeded)):
        queries.proposed(who, text=DUTCH)


def test_a_desk_without_its_second_factor_is_refused(region: Region, secret: queries.PiecePage) -> None:
    for role, partner in (("designer", None), ("recruiter", region.one), ("office", None)):
        who = factories.caller(role, partner, strong=False)
        with pytest.raises(access.SecondFactorNeeded):
            queries.piece(who, id=secret.piece.id)
        with pytest.raises(access.SecondFactorNeeded):
            queries.pieces(who)


def test_lists_of_another_employer_hold_only_its_own(region: Region, secret: queries.PiecePage) -> None:
    everything = (
        queries.pieces(region.stranger),
        queries.employers(region.stranger),
        queries.to_decide(region.stranger),
        queries.sentences(region.stranger, competence=region.ids["handle-complaints"]),
        queries.intakes(region.stranger),
        queries.system_names(region.stranger),
        queries.choices(region.stranger),
    )
    assert "Centre One" not in repr(everything)
    assert [one.employer for one in queries.employers(region.stranger)] == ["Centre Two"]
    assert queries.sentences(region.stranger, competence=region.ids["handle-complaints"]) == ()
    assert queries.pieces(region.stranger).total == 1


def test_what_is_another_s_and_what_is_not_there_are_said_alike(region: Region, secret: queries.PiecePage) -> None:
    said = []
    for id in (secret.piece.id, 10**9):
        with pytest.raises(NotFound) as refused:
            queries.piece(region.stranger, id=id)
        said.append((refused.value.expected, refused.value.next_step, refused.value.facts))
    assert said[0] == said[1]


def test_designers_read_the_words_and_the_name_only_where_the_employer_allows(
    region: Region, secret: queries.PiecePage
) -> None:
    assert {one.employer for one in queries.employers(region.designer)} == {"employer 01", "employer 02"}
    assert queries.piece(region.designer, id=secret.piece.id).piece.employer == "employer 01"
    assert queries.piece(region.recruiter, id=secret.piece.id).piece.employer == "Centre One"
    assert queries.called(region.office, [region.one.id]) == {region.one.id: "Centre One"}
    actions.allow_names(region.recruiter, organisation=region.one.id, name_shown=True)
    assert {one.employer for one in queries.employers(region.designer)} == {"Centre One", "employer 02"}
    resting = queries.sentences(region.designer, competence=region.ids["handle-complaints"])
    assert [(one.employer, one.sentence) for one in resting] == [
        ("Centre One", "Je behandelt klachten van klanten en lost ze op.")
    ]
    actions.allow_names(region.office, organisation=region.one.id, name_shown=False)
    assert queries.called(region.designer, [region.one.id, region.two.id]) == {
        region.one.id: "employer 01",
        region.two.id: "employer 02",
    }


def test_who_may_say_that_a_name_is_shown(region: Region) -> None:
    for who in (region.designer, factories.caller("team-lead", region.one)):
        with pytest.raises(access.Forbidden):
            actions.allow_names(who, organisation=region.one.id, name_shown=True)
    steward = factories.caller("steward", region.one)
    assert actions.allow_names(steward, organisation=region.one.id, name_shown=True).name_shown
    lead = queries.terms(factories.caller("team-lead", region.one), organisation=region.one.id)
    assert (lead.name_shown, lead.may_change) == (True, False)


def test_an_employers_own_brand_is_told_to_nobody_else(region: Region) -> None:
    asked = {"name": "MosaDesk", "tool_class": "crm", "on": ON, "organisation": region.one.id}
    actions.add_system_name(region.recruiter, **asked)
    names = {who: {one.name for one in queries.system_names(who)} for who in (region.stranger, region.recruiter)}
    assert "MosaDesk" in names[region.recruiter] and "MosaDesk" not in names[region.stranger]
    assert "Zendesk" in names[region.stranger]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": "klachten van klanten afhandelen"}, "the word for a competence"),
        ({"name": "x"}, "2 to 120"),
        ({"tool_class": "telefony"}, "Did you mean “telephony”"),
    ],
)
def test_a_name_that_would_hide_a_competence_or_fits_no_class_is_refused(region: Region, said, words: str) -> None:
    asked = {"name": "Belmaat", "tool_class": "telephony", "on": ON} | said
    with pytest.raises(NameRefused, match=words):
        actions.add_system_name(region.designer, **asked)
