"""Does one question get the same answer on the web, from a program and at the terminal?"""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from django.urls import reverse
from tests import factories

from valley.foundation import jobs, organisations
from valley.foundation.answers import plain
from valley.foundation.models import Job
from valley.mobility import actions, queries
from valley.mobility.cli import group
from valley.mobility.models import SectorRun
from valley.people import actions as passport
from valley.work import queries as openings


def terminal(*arguments: str) -> dict:
    result = CliRunner().invoke(group, [*arguments, "--json", "--lang", "en"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def sara(region):
    return factories.client_of(region.account("sara"))


def test_my_openings_are_the_same_through_web_api_and_terminal(region, sara) -> None:
    api = sara.get("/api/v1/mobility/me/openings?limit=20", headers={"Accept-Language": "en"}).json()
    cli = terminal("overlap", "sara@demo.valley.invalid")
    web = sara.get(reverse("mobility:mine"))
    same = plain(queries.my_openings(factories.caller_of(region.account("sara")), person=region.persons["sara"]))
    shown = {"possible": 20, "notYet": 5}  # on the web, the second part is a preview with a page of its own
    for name in ("possible", "notYet"):
        rows = [(row["opening"]["slug"], row["fit"], [m["subject"] for m in row["missing"]]) for row in same[name]]
        page = plain(web.context["answer"])
        for answer, most in ((api, 20), (cli, 20), (page, shown[name])):
            assert [
                (row["opening"]["slug"], row["fit"], [m["subject"] for m in row["missing"]]) for row in answer[name]
            ] == rows[:most]
    assert api["totalPossible"] == cli["totalPossible"] == web.context["answer"].total_possible


def test_an_explanation_is_the_same_through_web_api_and_terminal(region, sara) -> None:
    slug = sara.get("/api/v1/mobility/me/openings?limit=1").json()["possible"][0]["opening"]["slug"]
    api = sara.get(f"/api/v1/mobility/me/openings/{slug}").json()
    cli = terminal("overlap", "sara@demo.valley.invalid", "--opening", slug)
    web = sara.get(reverse("mobility:opening", args=[slug]))
    for answer in (cli, plain(web.context["answer"])):
        assert [line["points"] for line in answer["lines"]] == [line["points"] for line in api["lines"]]
        assert (answer["fit"], answer["inputs"]) == (api["fit"], api["inputs"])
    page = web.content.decode()
    points = [float(cell) for cell in re.findall(r'<td class="num">(\d+\.\d)</td>\s*<td', page)]
    assert round(sum(points[: len(api["lines"])]), 1) == api["percent"]


def test_a_what_if_is_asked_by_a_form_and_by_a_program(region, sara) -> None:
    answer = sara.get("/api/v1/mobility/me/openings?limit=100").json()
    row = next(row for row in answer["notYet"] if {m["kind"] for m in row["missing"]} == {"competence"})
    slug, missing = row["opening"]["slug"], row["missing"][0]
    question = {"opening": slug, "add": [{"competence": int(missing["subject"]), "level": missing["asked"]}]}
    api = sara.post("/api/v1/mobility/me/what-if", question, content_type="application/json")
    assert api.status_code == 200, api.content
    page = sara.get(reverse("mobility:opening", args=[slug]), {"add": missing["subject"], "level": missing["asked"]})
    assert page.status_code == 200
    assert plain(page.context["after"])["difference"] == api.json()["difference"]
    assert 'role="status"' in page.content.decode()


def test_a_what_if_form_that_does_not_fit_says_so(region, sara) -> None:
    slug = sara.get("/api/v1/mobility/me/openings?limit=1").json()["possible"][0]["opening"]["slug"]
    page = sara.get(reverse("mobility:opening", args=[slug]), {"level": "2"})
    assert page.status_code == 422
    assert "Choose a competence too." in page.content.decode()


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "offset=-1", "maxKm=9999", "language=%00", "hours=99", "text=%07", "place=%3Cscript%3E"],
)
def test_absurd_questions_are_refused_with_a_problem(region, sara, query) -> None:
    answer = sara.get(f"/api/v1/mobility/me/openings?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_a_what_if_with_unknown_fields_or_levels_is_refused(region, sara) -> None:
    for body in ({"opening": "x", "extra": 1}, {"opening": "x", "add": [{"competence": 1, "level": 9}]}, {}):
        answer = sara.post("/api/v1/mobility/me/what-if", body, content_type="application/json")
        assert answer.status_code == 400, body


def test_visitors_sign_in_first_and_accounts_without_passport_start_one(region, client) -> None:
    assert client.get(reverse("mobility:mine")).status_code == 302
    assert client.get("/api/v1/mobility/me/openings").status_code == 401
    newcomer = factories.client_of(factories.account())
    assert reverse("people:start") in newcomer.get(reverse("mobility:mine")).content.decode()
    assert newcomer.get("/api/v1/mobility/me/openings").status_code == 404


def test_the_rule_is_public_and_names_every_constant(region, client) -> None:
    page = client.get(reverse("mobility:how")).content.decode()
    rule = client.get("/api/v1/mobility/rule").json()
    assert rule["fingerprint"] and all(line["name"] in page for line in rule["constants"])


def test_the_office_reads_the_same_report_through_every_door(region) -> None:
    office = factories.client("office")
    api = office.get("/api/v1/mobility/sector-runs/latest").json()
    web = office.get(reverse("mobility:sector"))
    assert web.status_code == 200
    assert api["blocks"] == plain(web.context["answer"])["blocks"] == terminal("report")["blocks"]
    assert factories.client("recruiter").get(reverse("mobility:sector")).status_code == 403


def test_the_office_starts_a_run_and_follows_it(region) -> None:
    office = factories.client("office")
    started = office.post(reverse("mobility:sector-start"))
    assert started.status_code == 302
    key = Job.objects.get(task="mobility.run_sector").key
    page = office.get(started["Location"]).content.decode()
    assert 'hx-trigger="every 3s"' in page and "Look again" in page and "Waiting for a worker" in page
    again = office.post("/api/v1/mobility/sector-runs")
    assert (again.status_code, again.json()) == (202, {"key": key})
    jobs.run_worker(once=True, name="test")
    done = office.get(f"/api/v1/mobility/sector-runs/progress/{key}").json()
    assert (done["state"], done["percent"]) == ("done", 100)
    assert "hx-trigger" not in office.get(started["Location"]).content.decode()


def test_a_recruiter_reads_reach_on_the_web_and_by_program(region) -> None:
    opening = openings.open_openings(factories.operator(), limit=1).items[0]
    desk = factories.client("recruiter", organisations.partner(id=opening.organisation_id))
    web = desk.get(reverse("mobility:reach", args=[opening.slug]))
    api = desk.get(f"/api/v1/mobility/openings/{opening.slug}/reach").json()
    assert api["possible"] == web.context["answer"].possible
    assert factories.client("recruiter").get(f"/api/v1/mobility/openings/{opening.slug}/reach").status_code == 403


def test_the_page_over_all_openings_keeps_its_budget(region, sara, django_assert_max_num_queries) -> None:
    sara.get(reverse("mobility:mine"))
    with django_assert_max_num_queries(18):
        assert sara.get(reverse("mobility:mine")).status_code == 200


def test_a_run_at_the_terminal_that_changes_nothing_says_so(region) -> None:
    assert terminal("run")["changed"] is False
    assert actions.run_sector(factories.operator()).changed is False


def test_an_unknown_person_at_the_terminal_is_one_line_and_exit_code_two(region) -> None:
    result = CliRunner().invoke(group, ["overlap", "nobody@demo.valley.invalid", "--lang", "en"])
    assert result.exit_code == 2
    assert "not-found" in result.stderr


def test_one_change_is_followed_at_the_terminal(region) -> None:
    assert terminal("follow", "--person", "sara@demo.valley.invalid")["changed"] is False
    who = factories.caller_of(region.account("sara"))
    passport.state_language(who, person=region.persons["sara"], code="fr", cefr=4)
    assert terminal("follow", "--person", "sara@demo.valley.invalid") == {
        "run": SectorRun.objects.get().pk,
        "changed": True,
        "lists": 1,
    }
    assert CliRunner().invoke(group, ["follow"]).exit_code == 2
