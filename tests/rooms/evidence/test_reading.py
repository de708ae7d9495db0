"""What reading keeps, what it never turns into a competence, and what people decided that it never touches."""

from __future__ import annotations

from datetime import date

import pytest
from tests.rooms.evidence.conftest import DUTCH, ENGLISH, GERMAN, Region

from valley.evidence import actions, queries
from valley.skills import actions as skills
from valley.skills.queries import LocalConcept


@pytest.mark.parametrize(("text", "language"), [(DUTCH, "nl"), (GERMAN, "de"), (ENGLISH, "en")])
def test_each_language_is_recognised_and_proposes_with_the_sentence_it_rests_on(region: Region, text, language) -> None:
    page = region.read(text)
    assert page.piece.language == language
    assert region.ids["handle-complaints"] in {one.competence for one in page.findings}
    for one in page.findings:
        assert page.text[one.starts : one.ends] == one.sentence
        assert (one.state, one.proposed, one.why != "") == ("proposed", one.competence, True)


def test_a_system_becomes_its_class_and_what_is_offered_is_not_asked(region: Region) -> None:
    page = region.read(DUTCH)
    assert [(one.name, one.tool_class) for one in page.systems] == [("Zendesk", "ticketing")]
    assert region.ids["use-ticketing"] in {one.competence for one in page.findings}
    assert region.ids["active-selling"] not in {one.competence for one in page.findings}


def test_a_word_added_to_the_vocabulary_under_a_brand_name_is_never_read_nor_chosen(region: Region) -> None:
    brand = skills.add_local_concept(
        region.operator,
        draft=LocalConcept(
            label_nl="Zendesk",
            label_en="Zendesk",
            parent=region.ids["use-ticketing"],
            author="Test",
            evidence="A test",
        ),
    )
    page = region.read(DUTCH)
    assert brand.id not in {one.competence for one in page.findings}
    first = page.findings[0]
    with pytest.raises(actions.EvidenceRefused, match="name of a system"):
        verdict = actions.Verdict(first.id, "changed", first.version, competence=brand.id)
        actions.decide(region.designer, verdicts=[verdict])
    with pytest.raises(actions.EvidenceRefused, match="name of a system"):
        actions.add_finding(region.designer, piece=page.piece.id, sentence="Zendesk", competence=brand.id)
    with pytest.raises(actions.EvidenceRefused, match="name of a system"):
        rating = actions.RatingLine(brand.id, 4, 2)
        actions.add_ratings(region.office, organisation=region.one.id, dated_on=date(2026, 9, 1), ratings=[rating])
    assert queries.piece(region.operator, id=page.piece.id).findings == page.findings


def test_reading_again_changes_nothing(region: Region) -> None:
    page = region.read(DUTCH)
    assert actions.read_pieces(region.designer).pieces == 0
    assert queries.piece(region.operator, id=page.piece.id) == page


def test_a_new_name_of_a_system_takes_undecided_proposals_back_and_leaves_decisions(region: Region) -> None:
    text = "Wat ga je doen?\n- Je beantwoordt vragen van klanten in Belmaat.\n- Je behandelt klachten van klanten."
    page = region.read(text)
    region.confirm(page, "respond-to-inquiries")
    kept = {one.id for one in queries.piece(region.operator, id=page.piece.id).findings if one.state == "confirmed"}
    actions.add_system_name(region.designer, name="Belmaat", tool_class="telephony", on=date(2026, 10, 1))
    report = actions.read_pieces(region.designer)
    after = queries.piece(region.operator, id=page.piece.id)
    assert report.pieces == 1
    assert [one.name for one in after.systems] == ["Belmaat"]
    assert {one.id for one in after.findings if one.state == "confirmed"} == kept
    assert region.ids["call-centre-technologies"] in {one.competence for one in after.findings}


def test_a_changed_finding_is_not_proposed_again(region: Region) -> None:
    page = region.read(DUTCH)
    first = page.findings[0]
    other = region.ids["provide-follow-up"]
    actions.decide(region.designer, verdicts=[actions.Verdict(first.id, "changed", 1, competence=other)])
    actions.add_system_name(region.designer, name="Klantkompas", tool_class="crm", on=date(2026, 10, 1))
    report = actions.read_pieces(region.designer)
    assert (report.pieces, report.proposals) == (1, 0)
    after = {one.id: one for one in queries.piece(region.operator, id=page.piece.id).findings}
    assert (after[first.id].competence, after[first.id].proposed, after[first.id].state) == (
        other,
        first.competence,
        "changed",
    )


def test_an_employer_reads_only_its_own_texts(region: Region) -> None:
    mine, theirs = region.text(DUTCH), region.text(GERMAN, of=region.two)
    assert actions.read_pieces(region.recruiter).pieces == 1
    assert queries.piece(region.operator, id=mine.id).piece.state == "waiting"
    assert queries.piece(region.operator, id=theirs.id).piece.state == "unread"


def test_nothing_is_kept_of_a_text_that_is_only_proposed(region: Region) -> None:
    found = queries.proposed(region.recruiter, text=DUTCH)
    assert {one.competence for one in found.proposals} >= {region.ids["handle-complaints"], region.ids["use-ticketing"]}
    assert [one.name for one in found.systems] == ["Zendesk"]
    assert queries.pieces(region.operator).total == 0


def test_what_waits_says_why_how_sure_and_what_else_it_may_be(region: Region) -> None:
    page = region.read(DUTCH)
    queue = queries.to_decide(region.designer)
    assert queue.total == len(queue.items) == len(page.findings)
    assert [one.finding.starts for one in queue.items] == sorted(one.starts for one in page.findings)
    first = queue.items[0]
    assert (first.finding.because, first.finding.cue, 0 < first.finding.score <= 1) != ("", "", False)
    assert first.alternatives and first.finding.competence not in {one.id for one in first.alternatives}
    assert all(one.label for one in first.alternatives)
    assert queries.to_decide(region.designer, limit=1, offset=1).items == queue.items[1:2]


def test_progress_counts_what_waits(region: Region) -> None:
    page = region.read(DUTCH)
    region.text(GERMAN)
    region.confirm(page, "handle-complaints")
    now = queries.progress(region.designer)
    assert (now.pieces, now.unread, now.confirmed, now.waiting) == (2, 1, 1, len(page.findings) - 1)
    assert queries.progress(region.stranger).pieces == 0
