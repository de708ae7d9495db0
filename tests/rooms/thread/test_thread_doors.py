"""Does one question about the red thread get the same answer on the web, from a program and at the terminal?"""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.rooms.thread import thread_region
from tests.rooms.thread.thread_region import ThreadRegion

from valley.foundation import jobs
from valley.foundation.answers import plain
from valley.skills import queries as vocabulary
from valley.thread import actions, queries
from valley.thread.actions import CoreEditDraft
from valley.thread.cli import group
from valley.thread.models import CoreEdit, ThreadRun

API = "/api/v1/curriculum"
MOST_QUERIES = 25


@pytest.fixture
def region(db) -> ThreadRegion:
    return thread_region.made()


@pytest.fixture
def designer(region):
    return factories.client_of(region.accounts["designer"])


def terminal(*arguments: str) -> dict:
    result = CliRunner().invoke(group, [*arguments, "--json", "--lang", "en"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_run_is_the_same_through_web_api_and_terminal(region, designer) -> None:
    cli = terminal("thread", "--budget", "8")
    english = {"Accept-Language": "en"}
    api = designer.post(f"{API}/threads", {"budget": 8}, content_type="application/json", headers=english).json()
    web = plain(designer.get(reverse("thread:run", args=[cli["run"]["id"]])).context["answer"])
    assert api == designer.get(f"{API}/threads/{api['run']['id']}", headers=english).json()
    assert plain(web) == api
    assert ThreadRun.objects.count() == 1
    shown = ("competence", "label", "rank", "stability", "support", "hours", "state", "trendWords")
    assert [[row[name] for name in shown] for row in cli["rows"]] == [[row[n] for n in shown] for row in api["rows"]]
    assert (cli["mean"], cli["null"], cli["curve"]) == (api["mean"], api["null"], api["curve"])


def test_a_share_is_the_same_through_web_api_and_terminal(region) -> None:
    region.run()
    slug = region.employers[0].slug
    client = factories.client_of(region.accounts["recruiter"])
    assert client.get(reverse("thread:my-share")).url == reverse("thread:share", args=[slug])
    web = plain(client.get(reverse("thread:share", args=[slug])).context["answer"])
    api = client.get(f"{API}/shares/{slug}", headers={"Accept-Language": "en"}).json()
    assert web == api == terminal("share", slug)


def test_the_terminal_prints_core_refusal_and_the_exact_effect(region) -> None:
    slug = region.employers[3].slug
    run = CliRunner().invoke(group, ["thread", "--budget", "8", "--without", slug, "--lang", "en"])
    assert run.exit_code == 0, run.output
    whole = terminal("thread", "--budget", "8")
    gone = terminal("thread", "--budget", "8", "--without", slug)["effect"]
    assert gone["everybody"] == whole["run"]["id"]
    assert f"Without {region.employers[3].name}: {gone['changedPercent']} % of the core changes" in " ".join(
        run.output.split()
    )
    refused = CliRunner().invoke(group, ["thread", "--support", "11", "--lang", "en"])
    assert "NO COMMON CORE HERE" in refused.output
    unknown = CliRunner().invoke(group, ["thread", "--without", "nobody", "--lang", "en"])
    assert unknown.exit_code == 2


def test_the_first_look_teaches_what_is_needed(db) -> None:
    page = factories.client("designer").get(reverse("thread:runs")).content.decode()
    assert "Nothing was computed yet" in page
    assert "/evidence/" in page


def test_a_designer_computes_reads_and_edits_on_pages(region, designer) -> None:
    wrong = designer.post(reverse("thread:new"), {"level": "leaf", "budget": "0"})
    assert wrong.status_code == 422
    asked = {"level": "leaf", "budget": 8, "unit": "count", "support": 3, "weighting": "equal"}
    made = designer.post(reverse("thread:new"), asked)
    run = ThreadRun.objects.get()
    page = reverse("thread:run", args=[run.pk])
    assert made.url == page
    dropped, added = region.shared[0], region.other(0)
    label = {row.competence: row.label for row in queries.run(region.designer, id=run.pk).rows}[dropped]
    saved = designer.post(page, {"version": 1, f"do{dropped}": "drop", f"why{dropped}": "taught at work"})
    assert saved.url == page
    content = designer.get(page).content.decode()
    assert "taught at work" in content
    assert "dropped" in content
    history = designer.get(reverse("thread:history", args=[run.pk])).content.decode()
    assert label in history
    words = vocabulary.labels([added], "en")[added]
    both = {"version": 2, f"do{dropped}": "drop", f"why{dropped}": "taught at work", "name": words, "why": "new law"}
    assert designer.post(page, both).status_code == 302
    assert [edit.verdict for edit in CoreEdit.objects.order_by("pk")] == ["drop", "add"]
    back = {"version": 3, f"do{dropped}": "drop", f"why{dropped}": "taught at work", f"do{added}": "undo"}
    assert designer.post(page, back).status_code == 302
    assert {row.state for row in queries.run(region.designer, id=run.pk).rows} == {"computed", "dropped"}


def test_a_form_that_does_not_fit_keeps_what_was_written(region, designer) -> None:
    page = reverse("thread:run", args=[region.run().run.id])
    dropped = region.shared[0]
    answer = designer.post(page, {"version": 1, f"do{dropped}": "drop", f"why{dropped}": ""})
    assert answer.status_code == 422
    assert "Say in one sentence why" in answer.content.decode()
    strange = designer.post(page, {"version": 1, "name": "zzz no such thing", "why": "because I say so"})
    assert strange.status_code == 422
    assert "because I say so" in strange.content.decode()
    assert designer.post(page, {"version": 1}).status_code == 422
    assert not CoreEdit.objects.exists()


def test_two_designers_see_both_and_nothing_is_lost(region, designer) -> None:
    run = region.run()
    page = reverse("thread:run", args=[run.run.id])
    theirs, mine = region.shared[0], region.shared[1]
    actions.edit_core(
        region.colleague, core=run.core, version=1, edits=[CoreEditDraft(theirs, "drop", "the colleague's reason")]
    )
    form = {"version": 1, f"do{mine}": "drop", f"why{mine}": "my own reason"}
    answer = designer.post(page, form)
    content = answer.content.decode()
    assert answer.status_code == 409
    assert "the colleague&#x27;s reason" in content
    assert "my own reason" in content
    assert 'name="version" value="2"' in content
    again = form | {"version": 2, f"do{theirs}": "drop", f"why{theirs}": "the colleague's reason"}
    assert designer.post(page, again).status_code == 302
    assert {edit.competence_id for edit in CoreEdit.objects.all()} == {theirs, mine}


def test_a_stale_page_undoes_nothing_that_its_sender_left_alone(region, designer) -> None:
    run = region.run()
    page = reverse("thread:run", args=[run.run.id])
    theirs, mine, added = region.shared[0], region.shared[1], region.other(0)
    names = [f"{part}{row.competence}" for row in run.rows for part in ("do", "why")]
    shown = {name: "" for name in names} | {f"initial-{name}": "" for name in names}
    drafts = [CoreEditDraft(theirs, "drop", "the colleague's reason"), CoreEditDraft(added, "add", "new law")]
    actions.edit_core(region.colleague, core=run.core, version=1, edits=drafts)
    sent = shown | {"version": 1, f"do{mine}": "drop", f"why{mine}": "my own reason"}
    stale = designer.post(page, sent)
    assert stale.status_code == 409
    form = stale.context["form"]
    assert form[f"do{theirs}"].value() == "drop"
    again = shown | {bound.name: bound.value() or "" for bound in form if not bound.name.startswith("add")}
    assert designer.post(page, again).status_code == 302
    states = {row.competence: row.state for row in queries.run(region.designer, id=run.run.id).rows}
    assert (states[theirs], states[mine], states[added]) == ("dropped", "dropped", "added")


def test_a_program_edits_and_is_told_of_a_conflict(region, designer) -> None:
    run = region.run()
    edit = {"version": 1, "edits": [{"competence": region.shared[0], "verdict": "drop", "reason": "taught at work"}]}
    first = designer.post(f"{API}/cores/{run.core}/edits", edit, content_type="application/json")
    assert first.status_code == 200, first.content
    second = designer.post(f"{API}/cores/{run.core}/edits", edit, content_type="application/json")
    assert second.status_code == 409
    assert second.json()["facts"]["edits"][0]["reason"] == "taught at work"
    no_reason = {"version": 2, "edits": [{"competence": region.shared[1], "verdict": "drop"}]}
    assert designer.post(f"{API}/cores/{run.core}/edits", no_reason, content_type="application/json").status_code == 422


def test_much_evidence_is_handed_to_a_worker(region, designer, monkeypatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 10)
    asked = {"level": "leaf", "budget": 8, "unit": "count", "support": 3, "weighting": "equal"}
    page = designer.post(reverse("thread:new"), asked).url
    assert "Waiting for a worker" in designer.get(page).content.decode()
    queued = designer.post(f"{API}/threads", {"budget": 8}, content_type="application/json")
    assert queued.status_code == 202
    assert jobs.run_worker(once=True, name="test") == 2
    run = ThreadRun.objects.get()
    assert run.made_by == region.designer.pseudonym
    assert reverse("thread:run", args=[run.pk]) in designer.get(page).content.decode()
    assert designer.get(f"{API}/thread-jobs/{queued.json()['key']}").json()["run"] == run.pk
    assert designer.get(f"{API}/thread-jobs/unknown").status_code == 404


def test_the_spreadsheet_holds_the_table_and_no_formula(region, designer) -> None:
    run = region.run()
    actions.edit_core(
        region.designer, core=run.core, version=1, edits=[CoreEditDraft(region.shared[0], "drop", "=cmd()")]
    )
    answer = designer.get(reverse("thread:csv", args=[run.run.id]))
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert len(rows) == 1 + len(run.rows) + len(run.candidates)
    assert not any(cell.startswith("=") for row in rows for cell in row)


PAGES = ("run", "employers", "without", "history", "csv")


def test_no_page_asks_more_than_a_bounded_number_of_questions(region, designer) -> None:
    run = region.run().run.id
    region.more_evidence()  # a stale run asks most
    pages = [reverse(f"thread:{name}", args=[run]) for name in PAGES]
    pages += [reverse("thread:item", args=[run, region.shared[0]]), reverse("thread:runs")]
    for page in pages:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert designer.get(page).status_code == 200
        assert len(asked) < MOST_QUERIES, (page, len(asked))
    client, slug = factories.client_of(region.accounts["recruiter"]), region.employers[0].slug
    own = [reverse("thread:share", args=[slug]), reverse("thread:share-item", args=[slug, region.shared[1]])]
    for page in own:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        assert len(asked) < MOST_QUERIES, (page, len(asked))


def test_no_door_leads_an_employer_to_anothers_words_name_or_finding(region) -> None:
    run = region.run().run.id
    client = factories.client_of(region.accounts["recruiter"])
    own, shared = region.employers[0].slug, region.shared[1]
    foreign = [thread_region.secret(number) for number in range(1, thread_region.EMPLOYERS)]
    foreign += [partner.name for partner in region.employers[1:]]
    open_pages = [
        reverse("thread:share", args=[own]),
        reverse("thread:share-item", args=[own, shared]),
        f"{API}/shares/{own}",
        f"{API}/shares/{own}/items/{shared}",
    ]
    for page in open_pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert not [word for word in foreign if word in answer.content.decode()]
    shut = [reverse(f"thread:{name}", args=[run]) for name in PAGES]
    shut += [reverse("thread:runs"), reverse("thread:new")]
    shut += [reverse("thread:item", args=[run, shared]), f"{API}/threads", f"{API}/threads/{run}"]
    shut += [f"{API}/threads/{run}/{part}" for part in ("employers", "without", "history", f"items/{shared}")]
    other = region.employers[5].slug
    shut += [reverse("thread:share", args=[other]), reverse("thread:share-item", args=[other, shared])]
    shut += [f"{API}/shares/{other}", f"{API}/shares/{other}/items/{shared}"]
    for page in shut:
        answer = client.get(page)
        assert answer.status_code == 403, page
        assert not [word for word in foreign if word in answer.content.decode() and word != region.employers[5].name]
    assert client.post(f"{API}/threads", {}, content_type="application/json").status_code == 403
    assert client.post(f"{API}/cores/1/edits", {"version": 1, "edits": [{"competence": 1, "verdict": "accept"}]},
                       content_type="application/json").status_code == 403  # fmt: skip


def test_other_desks_and_visitors_do_not_come_in(region, client) -> None:
    run = region.run().run.id
    page = reverse("thread:run", args=[run])
    assert client.get(page).status_code == 302
    assert client.get(f"{API}/threads/{run}").status_code == 401
    assert factories.client_of(region.accounts["coach"]).get(page).status_code == 403
    weak = factories.client_of(region.accounts["designer"], strong=False)
    assert weak.get(page).status_code == 403


def test_small_counts_are_hidden_on_page_and_from_programs(region, designer) -> None:
    actions.compute_thread(region.designer, policy=thread_region.QUICK)
    run = ThreadRun.objects.get().pk
    page = designer.get(reverse("thread:item", args=[run, region.rare])).content.decode()
    assert "fewer than 5 employers" in page
    assert "<dd>3 employers" not in page
    api = designer.get(f"{API}/threads/{run}/items/{region.rare}").json()
    assert api["row"]["support"] is None


def test_several_employers_are_left_out_together(region, designer) -> None:
    run = region.run().run.id
    page = reverse("thread:without", args=[run])
    answer = designer.post(page, {"without": [region.employers[7].id, region.employers[8].id]})
    shown = designer.get(answer.url).content.decode()
    assert "of the core changes" in shown
    assert region.employers[7].name not in shown
    assert designer.post(page, {"without": []}).status_code == 422
