"""What can be practised in an opening, and what does planning see of it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.rooms.vacancies.conftest import DOSSIER, FIRST, SECOND, TASK

from valley.foundation.access import Forbidden, SignInNeeded
from valley.foundation.problems import Conflict, NotFound
from valley.vacancies import actions, drafts, queries, snapshots, stored
from valley.work import actions as work
from valley.work import queries as openings


def test_a_whole_vacancy_is_kept_and_comes_back_equal(region) -> None:
    saved = actions.keep_vacancy(region.recruiter, draft=region.draft())
    edit = queries.vacancy_to_edit(region.recruiter, slug=saved.slug)
    assert replace(edit.draft, opening=region.opening()) == region.draft()
    page = queries.vacancy_page(region.recruiter, slug=saved.slug)
    assert [(line.process, line.hours) for line in page.practices] == [(FIRST, 120), (SECOND, 80)]
    assert all(line.name != line.process for line in page.practices)
    assert (page.preview.day, page.preview.day_of_role) == ("Veertig gesprekken.", False)
    assert [(one.kind, one.task) for one in page.requirements] == [("other", TASK)]


def test_a_day_that_nobody_wrote_is_the_days_of_the_role_and_says_so(region) -> None:
    saved = region.open(preview=drafts.NO_PREVIEW)
    preview = queries.vacancy_page(factories.visitor(), slug=saved.slug).preview
    assert preview.day_of_role
    assert preview.day
    assert (preview.training, preview.next_steps) == ("", "")


@pytest.mark.parametrize(
    ("practice", "said"),
    [
        (drafts.PracticeDraft(DOSSIER, "B9-K9-W9", 10), "B9-K9-W9"),
        (drafts.PracticeDraft("commercieel", FIRST, 10), "commercieel"),
        (drafts.PracticeDraft(DOSSIER, FIRST, 0), ": 0"),
        (drafts.PracticeDraft(DOSSIER, FIRST, 10_001), "10001"),
    ],
)
def test_a_work_process_that_is_in_no_dossier_or_hours_that_cannot_be_are_refused(region, practice, said) -> None:
    with pytest.raises(work.OpeningRefused) as refused:
        actions.keep_vacancy(region.recruiter, draft=region.draft(practices=(practice,)))
    (flaw,) = refused.value.facts["flaws"]
    assert flaw.field == "practices"
    assert said in flaw.found
    assert openings.openings_of(region.recruiter, organisation=region.employer.id).total == 0


def test_a_work_process_is_named_once(region) -> None:
    twice = (drafts.PracticeDraft(DOSSIER, FIRST, 10), drafts.PracticeDraft(DOSSIER, FIRST, 20))
    with pytest.raises(work.OpeningRefused):
        actions.keep_vacancy(region.recruiter, draft=region.draft(practices=twice))


def test_every_flaw_of_both_rooms_is_named_at_once(region) -> None:
    wrong = region.draft(seats=0, place="nowhere", practices=(drafts.PracticeDraft(DOSSIER, "X", 1),))
    with pytest.raises(work.OpeningRefused) as refused:
        actions.keep_vacancy(region.recruiter, draft=wrong)
    assert {flaw.field for flaw in refused.value.facts["flaws"]} == {"seats", "place", "practices"}


def test_the_second_who_saves_is_told_and_nothing_of_theirs_is_kept(region) -> None:
    saved = region.open()
    actions.keep_vacancy(region.recruiter, draft=region.draft(seats=3), slug=saved.slug, version=saved.version)
    other = region.draft(practices=())
    with pytest.raises(Conflict):
        actions.keep_vacancy(region.office, draft=other, slug=saved.slug, version=saved.version)
    assert len(queries.practice_of(region.office, opening=saved.id)) == 2


def test_what_stands_beside_is_stated_apart_and_raises_the_version(region) -> None:
    saved = region.open()
    actions.state_practice(region.recruiter, opening=saved.id, practices=[drafts.PracticeDraft(DOSSIER, FIRST, 7)])
    actions.state_preview(region.recruiter, opening=saved.id, preview=drafts.PreviewDraft(day="Rustig."))
    actions.state_requirements(region.recruiter, opening=saved.id, requirements=[])
    page = queries.vacancy_page(factories.visitor(), slug=saved.slug)
    assert [line.hours for line in page.practices] == [7]
    assert (page.preview.day, page.requirements) == ("Rustig.", ())
    assert openings.opening_to_edit(region.recruiter, slug=saved.slug).version == saved.version + 3


def test_only_the_desk_of_the_employer_states_anything(region) -> None:
    saved = region.open()
    before = stored.besides([saved.id])
    lines = [drafts.PracticeDraft(DOSSIER, FIRST, 7)]
    for who in (region.stranger, region.lead, factories.caller("coach")):
        with pytest.raises(Forbidden):
            actions.state_practice(who, opening=saved.id, practices=lines)
        with pytest.raises(Forbidden):
            actions.state_preview(who, opening=saved.id, preview=drafts.NO_PREVIEW)
        with pytest.raises((Forbidden, NotFound)):
            actions.keep_vacancy(who, draft=region.draft(), slug=saved.slug, version=1)
        with pytest.raises(Forbidden):
            actions.keep_vacancy(who, draft=region.draft())
    with pytest.raises(SignInNeeded):
        actions.state_practice(factories.visitor(), opening=saved.id, practices=lines)
    assert stored.besides([saved.id]) == before
    with pytest.raises(NotFound):
        actions.state_practice(region.recruiter, opening=10**9, practices=lines)


def test_a_copy_and_a_renewal_take_everything_along(region) -> None:
    saved = region.open(reference="A-1")
    copy = actions.duplicate_opening(region.recruiter, slug=saved.slug)
    again = actions.renew_opening(
        region.recruiter,
        slug=saved.slug,
        window=actions.Window(date(2028, 3, 1), date(2028, 6, 1), date(2028, 2, 1)),
        publish=True,
    )
    kept = stored.besides([saved.id, copy.id, again.id])
    assert kept[saved.id] == kept[copy.id] == kept[again.id] != drafts.Beside()
    assert (copy.state, again.state) == ("draft", "open")
    page = queries.vacancy_page(factories.visitor(), slug=again.slug).page
    assert (page.opening.starts_from_on, page.opening.closes_on) == (date(2028, 3, 1), date(2028, 2, 1))
    assert openings.opening_to_edit(region.recruiter, slug=again.slug).draft.reference == ""
    with pytest.raises(work.OpeningRefused):
        window = actions.Window(date(2028, 6, 1), date(2028, 3, 1), date(2028, 2, 1))
        actions.renew_opening(region.recruiter, slug=saved.slug, window=window)
    with pytest.raises((Forbidden, NotFound)):
        window = actions.Window(date(2028, 3, 1), date(2028, 6, 1), date(2028, 2, 1))
        actions.renew_opening(region.stranger, slug=saved.slug, window=window)


def test_planning_sees_open_openings_with_periods_and_hours(region) -> None:
    saved = region.open()
    region.open(title="Zonder praktijk", practices=())
    actions.keep_vacancy(region.recruiter, draft=region.draft(title="Concept"))
    region.recognise(date(2026, 1, 1), date(2028, 1, 1))
    first, second = snapshots.offers(factories.ON, dossier=DOSSIER)
    assert (first.opening, first.practises) == (saved.id, ((FIRST, 120), (SECOND, 80)))
    assert first.recognised == second.recognised == ((date(2026, 1, 1), date(2028, 1, 1)),)
    assert (second.practises, first.employer, first.seats) == ((), region.employer.id, 1)
    assert [one.practises for one in snapshots.offers(factories.ON, dossier="other")] == [(), ()]
    assert snapshots.offers(factories.ON, dossier=DOSSIER, horizon_on=date(2027, 3, 1)) == ()
    assert snapshots.offers(date(2027, 2, 15), dossier=DOSSIER) == (), "on its closing day an opening is closed"


def test_offers_ask_three_questions_and_a_fingerprint_two_however_many_there_are(region) -> None:
    few = region.draft()
    actions.keep_vacancies(factories.operator(), rows=[few] * 3)
    asked = {}
    for name, ask in (
        ("offers", lambda: snapshots.offers(factories.ON, dossier=DOSSIER)),
        ("fingerprint", lambda: snapshots.fingerprint(factories.ON)),
    ):
        with CaptureQueriesContext(
            connection,
        ) as log:
            ask()
        asked[name] = len(log)
    assert asked == {"offers": 3, "fingerprint": 2}


def test_the_fingerprint_changes_with_whatever_planning_sees(region) -> None:
    saved = region.open()
    seen = {snapshots.fingerprint(factories.ON)}

    def changed() -> bool:
        now = snapshots.fingerprint(factories.ON)
        new = now not in seen
        seen.add(now)
        return new

    said = region.recognise(date(2026, 1, 1), None)
    assert changed()
    actions.end_recognition(region.office, recognition=said.id, until_on=date(2027, 1, 1))
    assert changed()
    actions.state_practice(region.recruiter, opening=saved.id, practices=[])
    assert changed()
    assert snapshots.fingerprint(factories.ON + timedelta(days=365)) not in seen
    assert not changed()


def test_many_vacancies_go_in_at_once_or_not_at_all(region) -> None:
    rows = [region.draft(title=f"Adviseur {number}") for number in range(30)]
    wrong = [*rows[:20], region.draft(practices=(drafts.PracticeDraft(DOSSIER, "X", 1),))]
    with pytest.raises(work.OpeningRefused) as refused:
        actions.keep_vacancies(factories.operator(), rows=wrong)
    assert refused.value.facts["row"] == 20
    assert openings.public_counts(factories.visitor()).openings == 0
    saved = actions.keep_vacancies(factories.operator(), rows=rows)
    assert {one.state for one in saved} == {"open"}
    assert openings.public_counts(factories.visitor()).openings == 30


def test_a_page_asks_as_many_questions_with_two_work_processes_as_with_thirteen(region) -> None:
    from valley.dossiers import queries as dossiers

    processes = [name.split("/")[1] for name in dossiers.work_process_ids(DOSSIER) if "/" in name]
    many = tuple(drafts.PracticeDraft(DOSSIER, process, 9) for process in processes)
    few, full = region.open(), region.open(title="Alles", practices=many)
    region.recognise(date(2026, 1, 1))
    asked = []
    for slug in (few.slug, full.slug):
        queries.vacancy_page(factories.visitor(), slug=slug)  # what the vocabulary remembers is remembered
        with CaptureQueriesContext(connection) as log:
            queries.vacancy_page(factories.visitor(), slug=slug)
        asked.append(len(log))
    assert len(processes) > 5
    assert asked[0] == asked[1] <= 22
