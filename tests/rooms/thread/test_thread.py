"""Is the red thread kept as computed, edited beside it, honest about small numbers, and shut to other employers?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.rooms.thread import thread_region
from tests.rooms.thread.thread_region import QUICK, ThreadRegion

from valley.core.curriculum.thread import InvalidThread
from valley.foundation.access import Forbidden
from valley.foundation.problems import Conflict, NotFound
from valley.thread import actions, queries
from valley.thread import snapshots as snapshots
from valley.thread.actions import CoreEditDraft, EditRefused, ThreadAsked
from valley.thread.models import CoreEdit, ThreadRun


@pytest.fixture
def region(db) -> ThreadRegion:
    return thread_region.made()


def test_the_planted_core_is_found_and_kept_with_its_tests(region) -> None:
    page = region.run()
    assert {row.competence for row in page.rows} == set(region.shared)
    assert page.refusal is None
    assert not page.stale
    assert all(row.support == 10 and row.state == "computed" for row in page.rows)
    assert page.null and page.null.p <= 0.05
    assert [other.weighting for other in page.others] == ["jobs", "texts"]
    assert sum(line.items for line in page.clusters) == len(page.rows)
    assert page.curve[7].mean == page.mean > page.curve[7].high


def test_a_stored_thread_reads_back_as_it_was_computed(region) -> None:
    page = region.run()
    row = ThreadRun.objects.get(pk=page.run.id)
    thread = snapshots.thread_of(row.result)
    assert snapshots.packed(thread) == row.result["thread"]
    assert thread.policy == QUICK
    assert isinstance(thread.items[0].employers, tuple)
    assert list(thread.policy.half_life) == ["job-text", "observation", "rating"]


def test_the_same_evidence_and_choices_give_the_run_that_is_there(region) -> None:
    first = region.run()
    assert region.run().run.id == first.run.id
    assert region.run(replace(QUICK, budget=5)).run.id != first.run.id


def test_new_evidence_makes_a_run_stale_and_leaves_it_as_it_was(region) -> None:
    first = region.run()
    before = ThreadRun.objects.get(pk=first.run.id)
    region.more_evidence()
    again = queries.run(region.designer, id=first.run.id)
    assert "1 new piece of evidence" in again.stale
    assert again.rows == first.rows
    second = region.run()
    assert second.run.id != first.run.id
    assert not second.stale
    after = ThreadRun.objects.get(pk=first.run.id)
    assert (after.result, after.policy, after.fingerprint) == (before.result, before.policy, before.fingerprint)


def test_without_evidence_it_says_what_to_do(db) -> None:
    from tests import factories

    with pytest.raises(InvalidThread) as refused:
        actions.compute_thread(factories.operator(), policy=QUICK)
    assert "desk of evidence" in refused.value.next_step
    assert not ThreadRun.objects.exists()


def test_a_refusal_is_an_answer_with_what_would_be_needed(region) -> None:
    page = region.run(replace(QUICK, support=11))
    assert page.refusal and page.refusal.reason == "nothing-shared"
    assert page.refusal.needed
    assert page.run.refused


def test_two_employers_are_too_few(region) -> None:
    gone = tuple(one.id for one in region.employers[2:])
    page = region.run(replace(QUICK, without=gone))
    assert page.refusal and page.refusal.reason == "too-few-employers"
    assert page.run.employers is None
    assert page.run.employers_words == "fewer than 5 employers"


def test_leaving_an_employer_out_prints_its_exact_effect(region) -> None:
    whole = region.run()
    partner = region.employers[3]
    page = region.run(replace(QUICK, without=(partner.id,)))
    assert page.effect and page.effect.everybody == whole.run.id
    told = next(one for one in queries.without(region.office, run=whole.run.id).items if one.organisation == partner.id)
    assert (page.effect.changed_percent, set(page.effect.left), set(page.effect.entered)) == (
        told.changed_percent, set(told.left), set(told.entered),
    )  # fmt: skip
    assert page.effect.mean_after == told.mean


def test_an_unknown_employer_cannot_be_left_out(region) -> None:
    with pytest.raises(NotFound):
        actions.policy_of(ThreadAsked(without=("nobody",)))
    stranger = region.accounts["coach"].memberships.get().organisation_id
    with pytest.raises(NotFound):
        region.run(replace(QUICK, without=(stranger,)))


@pytest.mark.parametrize(
    "asked", [ThreadAsked(level="tree"), ThreadAsked(budget=0), ThreadAsked(budget=101), ThreadAsked(support=1)]
)
def test_choices_that_do_not_fit_are_refused(db, asked) -> None:
    with pytest.raises(InvalidThread):
        actions.policy_of(asked)


def test_groups_are_named_and_not_edited(region) -> None:
    page = region.run(replace(QUICK, level="group"))
    assert page.rows
    assert not page.editable
    assert all(not row.label.startswith("#") for row in page.rows)
    with pytest.raises(EditRefused):
        edit(region, page, CoreEditDraft(page.rows[0].competence, "drop", "too broad"))
    assert queries.core_items(region.designer, core=page.core) == ()


# --- editing ----------------------------------------------------------------------------------------------------------


def edit(region: ThreadRegion, page, *drafts: CoreEditDraft, who=None, version=None):
    return actions.edit_core(who or region.designer, core=page.core, version=version or page.version, edits=drafts)


def test_edits_stand_beside_the_computed_core(region) -> None:
    page = region.run()
    dropped, accepted, added = region.shared[0], region.shared[1], region.other(0)
    after = edit(
        region, page, CoreEditDraft(dropped, "drop", "taught at work"), CoreEditDraft(accepted, "accept"),
        CoreEditDraft(added, "add", "the bot takes the easy calls"),
    )  # fmt: skip
    states = {row.competence: row.state for row in after.rows}
    assert (states[dropped], states[accepted], states[added]) == ("dropped", "accepted", "added")
    items = queries.core_items(region.designer, core=page.core)
    assert dropped not in {one.competence for one in items}
    assert (items[-1].competence, items[-1].origin, items[-1].level) == (added, "added", 2)
    assert all(1 <= one.level <= 4 for one in items)
    row = ThreadRun.objects.get(pk=page.run.id)
    assert {item.competence for item in snapshots.thread_of(row.result).core} == set(region.shared)


def test_an_edit_can_be_taken_back_and_history_keeps_both(region) -> None:
    page = region.run()
    after = edit(region, page, CoreEditDraft(region.shared[0], "drop", "taught at work"))
    back = edit(region, after, CoreEditDraft(region.shared[0], "undo"))
    assert {row.state for row in back.rows} == {"computed"}
    lines = queries.history(region.designer, run=page.run.id).items
    assert [(one.version, one.verdict, one.by) for one in lines] == [(3, "undo", "you"), (2, "drop", "you")]
    seen = queries.history(region.colleague, run=page.run.id).items
    assert all("colleague" in one.by and region.designer.pseudonym not in one.by for one in seen)


def test_edits_are_taken_over_by_a_later_run_where_they_still_fit(region) -> None:
    first, added = region.run(), region.other(0)
    drafts = (CoreEditDraft(region.shared[0], "drop", "taught at work"), CoreEditDraft(added, "add", "a new law"))
    edit(region, first, *drafts)
    region.more_evidence()
    second = region.run()
    assert second.earlier == first.run.id
    after = actions.take_over_edits(region.designer, core=second.core, version=1, run=first.run.id)
    states = {row.competence: (row.state, row.reason) for row in after.rows}
    assert states[region.shared[0]] == ("dropped", "taught at work")
    assert states[added] == ("added", "a new law")
    assert after.earlier is None
    with pytest.raises(Forbidden):
        actions.take_over_edits(region.recruiter, core=second.core, version=2, run=first.run.id)


def test_who_saves_second_is_shown_both_and_nothing_is_half_saved(region) -> None:
    page = region.run()
    edit(region, page, CoreEditDraft(region.shared[0], "drop", "taught at work"), who=region.colleague)
    with pytest.raises(Conflict) as conflict:
        edit(region, page, CoreEditDraft(region.shared[1], "drop", "mine"), version=page.version)
    assert "taught at work" in conflict.value.found
    assert [one["competence"] for one in conflict.value.facts["edits"]] == [region.shared[0]]
    assert CoreEdit.objects.count() == 1


@pytest.mark.parametrize(
    ("verdict", "inside", "reason"),
    [("drop", True, ""), ("add", False, " "), ("add", True, "x"), ("drop", False, "x"), ("undo", True, "x"),
     ("keep", True, "x"), ("drop", True, "x" * 301), ("drop", True, "a\x07b")],
)  # fmt: skip
def test_an_edit_that_does_not_fit_is_refused_whole(region, verdict, inside, reason) -> None:
    page = region.run()
    wrong = CoreEditDraft(region.shared[0] if inside else region.other(0), verdict, reason)
    with pytest.raises(EditRefused):
        edit(region, page, CoreEditDraft(region.shared[1], "accept"), wrong)
    assert not CoreEdit.objects.exists()


def test_nothing_changed_is_said(region) -> None:
    with pytest.raises(EditRefused):
        edit(region, region.run())


# --- who may see what -------------------------------------------------------------------------------------------------


def test_runs_are_for_designers_the_office_and_the_operator(region) -> None:
    run = region.run().run.id
    for who in (region.recruiter, region.rival):
        for ask in (queries.run,):
            with pytest.raises(Forbidden):
                ask(who, id=run)
        with pytest.raises(Forbidden):
            queries.item(who, run=run, competence=region.shared[0])
        with pytest.raises(Forbidden):
            queries.runs(who)
        with pytest.raises(Forbidden):
            actions.compute_thread(who, policy=QUICK)
    assert queries.run(region.office, id=run).run.id == run


def test_a_small_number_of_employers_is_told_to_the_operator_only(region) -> None:
    from tests import factories

    run = region.run(replace(QUICK, budget=20)).run.id
    for who in (region.designer, region.office):
        row = queries.item(who, run=run, competence=region.rare).row
        assert row.support is None
        assert row.support_words == "fewer than 5 employers"
    assert queries.item(factories.operator(), run=run, competence=region.rare).row.support == 3


def test_names_are_shown_only_where_the_employer_allows(region) -> None:
    run = region.run().run.id
    page = queries.item(region.designer, run=run, competence=region.shared[1])
    allowed = {region.employers[number].name for number in thread_region.NAMED}
    assert set(page.named) <= allowed
    assert len(page.named) + int(page.unnamed_words.split()[0]) == page.row.support == 10
    everyone = queries.employers(region.designer, run=run).items
    assert {one.employer for one in everyone if not one.employer.startswith("employer ")} == allowed
    named = queries.employers(region.office, run=run).items
    assert {one.employer for one in named} == {one.name for one in region.employers}


def test_a_small_group_cannot_be_counted_by_its_sentences(region) -> None:
    run = region.run(replace(QUICK, budget=20)).run.id
    from tests import factories

    from valley.evidence import actions as evidence

    for number in thread_region.NAMED:
        evidence.allow_names(factories.operator(), organisation=region.employers[number].id, name_shown=False)
    page = queries.item(region.designer, run=run, competence=region.rare)
    assert page.named == ()
    assert {one.employer for one in page.sentences} == {"an employer"}
    assert page.without == ()


def test_an_employer_sees_its_own_share_and_the_pooled_core(region) -> None:
    region.run()
    share = queries.own_share(region.recruiter, organisation=region.employers[0].id)
    assert {row.competence for row in share.core} == set(region.shared)
    assert {row.competence for row in share.own} == set(region.own[0]) | {region.rare} - set(
        row.competence for row in share.not_covered
    )
    assert share.own_hours > 0
    assert any("stay yours to teach" in line for line in share.why)
    own = queries.own_item(region.recruiter, organisation=region.employers[0].id, competence=region.own[0][0])
    assert own.place == "own"
    assert all(thread_region.secret(0) in one.text for one in own.sentences)
    assert len(own.sentences) == 1


def test_trials_of_a_designer_do_not_change_what_employers_see(region) -> None:
    standing = region.run()
    region.run(replace(QUICK, support=11))
    region.run(replace(QUICK, weighting="texts"))
    region.run(replace(QUICK, without=(region.employers[1].id,)))
    share = queries.own_share(region.recruiter, organisation=region.employers[0].id)
    assert share.run == standing.run.id == queries.latest(region.designer).run.id


def test_another_employers_share_is_shut(region) -> None:
    region.run()
    for ask in (
        lambda: queries.own_share(region.recruiter, organisation=region.employers[1].id),
        lambda: queries.own_item(region.rival, organisation=region.employers[0].id, competence=region.shared[1]),
    ):
        with pytest.raises(Forbidden):
            ask()
    with pytest.raises(NotFound):
        queries.own_item(region.recruiter, organisation=region.employers[0].id, competence=region.own[4][0])


def test_the_office_reads_a_share_with_the_sentences_of_that_employer_only(region) -> None:
    region.run()
    page = queries.own_item(region.office, organisation=region.employers[4].id, competence=region.shared[1])
    assert page.sentences
    assert all(thread_region.secret(4) in one.text for one in page.sentences)


def test_a_share_without_evidence_says_what_to_do(region) -> None:
    from tests import factories

    region.run()
    fresh = factories.organisation("Without Evidence")
    with pytest.raises(NotFound) as missing:
        queries.own_share(factories.caller("recruiter", fresh), organisation=fresh.id)
    assert "job texts" in missing.value.next_step


def test_a_run_ages_by_the_month_not_by_the_day(region) -> None:
    first = region.run()
    tomorrow = replace(region.designer, at=region.designer.at + timedelta(days=1))
    assert actions.compute_thread(tomorrow, policy=QUICK).run.id == first.run.id
    later = replace(region.designer, at=region.designer.at + timedelta(days=40))
    assert actions.compute_thread(later, policy=QUICK).run.id != first.run.id
