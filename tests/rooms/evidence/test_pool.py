"""What the red thread stands on: only what people confirmed, once a piece, and a fingerprint that tells its age."""

from __future__ import annotations

from datetime import date

from tests import factories
from tests.rooms.evidence.conftest import DUTCH, ENGLISH, Region

from valley.evidence import actions, queries, snapshots

ON = date(2026, 11, 23)


def _weights(region: Region) -> dict[tuple[int, str], float]:
    keys = {pk: key for key, pk in region.ids.items()}
    return {(line.piece, keys[line.competence]): line.weight for line in snapshots.pool(on=ON).lines}


def test_only_what_a_person_confirmed_counts_once_a_piece(region: Region) -> None:
    page = region.read(
        "Wat ga je doen?\n- Je behandelt klachten van klanten.\n\nWij vragen\n- Je kunt klachten behandelen."
    )
    assert snapshots.pool(on=ON).lines == ()
    assert snapshots.pool(on=ON).undecided == len(page.findings) == 2
    region.confirm(page)
    pool = snapshots.pool(on=ON)
    assert [(line.employer, line.competence, line.weight, line.kind, line.piece) for line in pool.lines] == [
        (region.one.id, region.ids["handle-complaints"], 2.0, "job-text", page.piece.id)
    ]
    assert (pool.pieces, pool.undecided) == (1, 0)


def test_what_a_person_rejected_or_withdrew_or_dated_later_does_not_count(region: Region) -> None:
    page, other = region.read(DUTCH), region.read(ENGLISH, of=region.two)
    region.confirm(page), region.confirm(other)
    assert {line.employer for line in snapshots.pool(on=ON).lines} == {region.one.id, region.two.id}
    assert {line.employer for line in snapshots.pool(on=ON, organisations=[region.two.id]).lines} == {region.two.id}
    assert snapshots.pool(on=date(2026, 8, 31)).lines == ()
    for one in queries.piece(region.operator, id=page.piece.id).findings:
        actions.decide(region.office, verdicts=[actions.Verdict(one.id, "rejected", one.version)])
    assert {line.employer for line in snapshots.pool(on=ON).lines} == {region.two.id}
    actions.withdraw_piece(region.office, piece=other.piece.id, version=1)
    assert snapshots.pool(on=ON).lines == ()


def test_a_requirement_weighs_more_than_a_task_and_a_rating_weighs_as_it_says(region: Region) -> None:
    page = region.read(DUTCH)
    region.confirm(page)
    ratings = [actions.RatingLine(region.ids["use-crm"], 4, 2), actions.RatingLine(region.ids["use-ticketing"], 1, 3)]
    rated = actions.add_ratings(region.recruiter, organisation=region.one.id, dated_on=ON, ratings=ratings)
    line = actions.ObservationLine("Neemt over.", region.ids["hand-over-bot"])
    seen = actions.add_observation(
        region.recruiter,
        organisation=region.one.id,
        title="Form",
        language="nl",
        dated_on=ON,
        work_process=None,
        lines=[line],
    )
    weights = _weights(region)
    assert weights[page.piece.id, "listen-actively"] == 2.0
    assert weights[page.piece.id, "handle-complaints"] == 1.5
    assert (weights[rated, "use-crm"], weights[rated, "use-ticketing"], weights[seen, "hand-over-bot"]) == (
        2.0,
        0.5,
        1.5,
    )
    levels = {line.competence: line.level for line in snapshots.pool(on=ON).lines if line.piece == rated}
    assert levels == {region.ids["use-crm"]: 2, region.ids["use-ticketing"]: 3}


def test_the_fingerprint_changes_with_every_change_that_counts_and_with_no_other(region: Region) -> None:
    page = region.read(DUTCH)
    before = snapshots.fingerprint(ON)
    assert snapshots.fingerprint(ON) == before
    actions.allow_names(region.recruiter, organisation=region.one.id, name_shown=True)
    assert snapshots.fingerprint(ON) == before
    seen = {before}
    region.confirm(page, "handle-complaints")
    seen.add(snapshots.fingerprint(ON))
    one = next(line for line in queries.piece(region.operator, id=page.piece.id).findings if line.state == "confirmed")
    actions.decide(region.office, verdicts=[actions.Verdict(one.id, "proposed", one.version)])
    seen.add(snapshots.fingerprint(ON))
    region.text(ENGLISH)
    seen.add(snapshots.fingerprint(ON))
    actions.withdraw_piece(region.office, piece=page.piece.id, version=1)
    seen.add(snapshots.fingerprint(ON))
    assert len(seen) == 5
    assert snapshots.pool(on=ON).fingerprint == snapshots.fingerprint(ON)
    now = snapshots.standing(ON)
    assert (now.pieces, now.withdrawn, now.decisions) == (2, 1, 2)


def test_a_merge_folds_and_comes_apart_and_the_sentences_follow(region: Region) -> None:
    page, other = region.read(DUTCH), region.read(ENGLISH, of=region.two)
    region.confirm(page), region.confirm(other)
    a, b = region.ids["handle-complaints"], region.ids["respond-to-inquiries"]
    merge = _pair(region, kept=a, folded=b)
    assert snapshots.pool(on=ON).merges == {}
    before = snapshots.fingerprint(ON)
    saved = actions.decide_merge(region.designer, merge=merge, state="merged", reason="the same work", version=1)
    assert snapshots.pool(on=ON).merges == {b: a}
    assert snapshots.fingerprint(ON) != before
    resting = queries.sentences(region.designer, competence=a)
    assert {one.finding for one in resting} >= {one.finding for one in queries.sentences(region.designer, competence=b)}
    actions.decide_merge(region.designer, merge=merge, state="apart", version=saved.version)
    assert snapshots.pool(on=ON).merges == {}


def _pair(region: Region, *, kept: int, folded: int) -> int:
    from valley.evidence.models import Merge

    return Merge.objects.create(kept_id=kept, folded_id=folded, score=0.9, why="label").pk


def test_a_loaded_pool_asks_a_bounded_number_of_questions(region: Region, django_assert_max_num_queries) -> None:
    for text in (DUTCH, ENGLISH):
        region.confirm(region.read(text))
        region.confirm(region.read(text, of=region.two))
    with django_assert_max_num_queries(10):
        snapshots.pool(on=ON)
    with django_assert_max_num_queries(5):
        snapshots.fingerprint(ON)
    assert factories.ON == ON
