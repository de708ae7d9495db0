"""People decide, all or nothing; what was proposed, decided, by whom and when is kept, and can be taken back."""

from __future__ import annotations

import pytest
from tests import factories
from tests.rooms.evidence.conftest import DUTCH, GERMAN, Region

from valley.evidence import actions, queries
from valley.foundation import access, audit
from valley.foundation.problems import Conflict, NotFound


def _states(region: Region, piece: int) -> dict[int, str]:
    return {one.id: one.state for one in queries.piece(region.operator, id=piece).findings}


def test_a_page_is_decided_at_once_and_the_history_says_who_and_when(region: Region) -> None:
    page = region.read(DUTCH)
    one, two, three, *_rest = page.findings
    other = region.ids["provide-follow-up"]
    done = actions.decide(
        region.designer,
        verdicts=[
            actions.Verdict(one.id, "confirmed", 1, level=3),
            actions.Verdict(two.id, "changed", 1, competence=other),
            actions.Verdict(three.id, "rejected", 1),
        ],
        reason="read together",
    )
    assert (done.confirmed, done.changed, done.rejected, done.undone) == (1, 1, 1, 0)
    after = {line.id: line for line in queries.piece(region.designer, id=page.piece.id).findings}
    assert (after[one.id].state, after[one.id].level) == ("confirmed", 3)
    assert (after[two.id].competence, after[two.id].proposed) == (other, two.competence)
    history = queries.decisions(region.designer, finding=two.id)
    assert [(line.state, line.competence, line.reason, line.by, line.at) for line in history] == [
        ("changed", other, "read together", region.designer.pseudonym, factories.AT)
    ]
    assert audit.lines_about("piece", str(page.piece.id))[0].verb == "evidence.decide"


def test_a_decision_is_taken_back_and_both_stay_in_the_history(region: Region) -> None:
    page = region.read(DUTCH)
    first = page.findings[0]
    said = actions.Verdict(first.id, "changed", 1, competence=region.ids["provide-follow-up"], level=4)
    done = actions.decide(region.designer, verdicts=[said])
    actions.decide(region.designer, verdicts=[actions.Verdict(first.id, "proposed", done.versions[0].version)])
    after = queries.piece(region.designer, id=page.piece.id).findings[0]
    assert (after.state, after.competence, after.level) == ("proposed", first.competence, first.level)
    assert [line.state for line in queries.decisions(region.designer, finding=first.id)] == ["changed", "proposed"]


def test_two_people_on_one_page_the_second_is_told_which_and_loses_nothing_half(region: Region) -> None:
    page = region.read(DUTCH)
    first, second, *_rest = page.findings
    actions.decide(region.designer, verdicts=[actions.Verdict(second.id, "rejected", 1)])
    with pytest.raises(Conflict) as refused:
        verdicts = [actions.Verdict(first.id, "confirmed", 1), actions.Verdict(second.id, "confirmed", 1)]
        actions.decide(region.office, verdicts=verdicts)
    assert refused.value.facts["changed"] == [second.id]
    states = _states(region, page.piece.id)
    assert (states[first.id], states[second.id]) == ("proposed", "rejected")


@pytest.mark.parametrize(
    "said",
    [
        {"state": "perhaps"},
        {"state": "changed"},
        {"state": "confirmed", "level": 5},
        {"state": "changed", "competence": 2**40},
    ],
)
def test_a_verdict_that_does_not_fit_is_refused(region: Region, said: dict[str, object]) -> None:
    page = region.read(DUTCH)
    with pytest.raises(actions.EvidenceRefused):
        actions.decide(region.designer, verdicts=[actions.Verdict(page.findings[0].id, version=1, **said)])  # type: ignore[arg-type]
    assert set(_states(region, page.piece.id).values()) == {"proposed"}


def test_nothing_at_all_and_the_same_twice_are_refused(region: Region) -> None:
    page = region.read(DUTCH)
    verdict = actions.Verdict(page.findings[0].id, "confirmed", 1)
    for verdicts in ([], [verdict, verdict]):
        with pytest.raises(actions.EvidenceRefused):
            actions.decide(region.designer, verdicts=verdicts)


def test_a_sentence_carries_a_competence_once(region: Region) -> None:
    page = region.read("Wat ga je doen?\n- Je behandelt klachten van klanten en je beantwoordt vragen van klanten.")
    one, two = page.findings
    assert one.starts == two.starts
    with pytest.raises(actions.EvidenceRefused, match="once in a sentence"):
        actions.decide(region.designer, verdicts=[actions.Verdict(one.id, "changed", 1, competence=two.competence)])


def test_a_person_adds_what_was_overlooked_with_its_sentence(region: Region) -> None:
    page = region.read(DUTCH)
    competence = region.ids["create-solutions"]
    asked = {"piece": page.piece.id, "competence": competence, "level": 2}
    made = actions.add_finding(region.recruiter, sentence="Je behandelt klachten  van klanten en lost ze op.", **asked)
    found = next(one for one in queries.piece(region.recruiter, id=page.piece.id).findings if one.id == made)
    assert (found.state, found.proposed, found.level) == ("confirmed", None, 2)
    assert found.sentence == page.text[found.starts : found.ends] == "Je behandelt klachten van klanten en lost ze op."
    with pytest.raises(actions.EvidenceRefused, match="once in a sentence"):
        actions.add_finding(region.recruiter, sentence=found.sentence, **asked)
    with pytest.raises(actions.EvidenceRefused, match="a sentence of the text"):
        actions.add_finding(region.recruiter, sentence="Dit staat er niet.", **asked)
    with pytest.raises(actions.EvidenceRefused, match="Reject it instead"):
        actions.decide(region.recruiter, verdicts=[actions.Verdict(made, "proposed", 1)])


def test_only_the_operator_confirms_by_score(region: Region) -> None:
    page = region.read(DUTCH)
    sure = {one.id for one in page.findings if one.score >= 0.8}
    assert sure and len(sure) < len(page.findings)
    with pytest.raises(access.Forbidden):
        actions.confirm_all(region.designer, above=0.8)
    assert actions.confirm_all(region.operator, above=0.8).confirmed == len(sure)
    assert {pk for pk, state in _states(region, page.piece.id).items() if state == "confirmed"} == sure


def test_a_withdrawn_piece_waits_for_nobody_and_the_same_words_may_come_again(region: Region) -> None:
    page = region.read(DUTCH)
    saved = actions.withdraw_piece(region.recruiter, piece=page.piece.id, version=page.piece.version)
    assert queries.to_decide(region.designer).total == 0
    with pytest.raises(NotFound):
        actions.decide(region.designer, verdicts=[actions.Verdict(page.findings[0].id, "confirmed", 1)])
    with pytest.raises(Conflict):
        actions.withdraw_piece(region.recruiter, piece=page.piece.id, version=saved.version)
    assert region.text(DUTCH).id != page.piece.id
    assert [one.id for one in queries.pieces(region.designer, state="withdrawn").items] == [page.piece.id]
    assert queries.piece(region.recruiter, id=page.piece.id).piece.state == "withdrawn"


def test_an_employer_decides_about_its_own_and_not_about_anothers(region: Region) -> None:
    mine, theirs = region.read(DUTCH), region.read(GERMAN, of=region.two)
    actions.decide(region.recruiter, verdicts=[actions.Verdict(mine.findings[0].id, "confirmed", 1)])
    with pytest.raises(NotFound):
        actions.decide(region.recruiter, verdicts=[actions.Verdict(theirs.findings[0].id, "confirmed", 1)])
    assert set(_states(region, theirs.piece.id).values()) == {"proposed"}
