"""Do page, program and terminal give the same answers, and refuse the same callers?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.rooms.careers.conftest import Scene, draft

from valley.careers import queries
from valley.careers.cli import group
from valley.foundation.answers import plain
from valley.people import queries as people

API = "/api/v1/careers"


def terminal(*arguments: str) -> dict:
    result = CliRunner().invoke(group, [*arguments, "--json", "--lang", "en"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def test_the_law_is_the_same_through_three_doors_and_public(scene: Scene, client: Client) -> None:
    web = english(client).get(reverse("careers:law"))
    api = client.get(f"{API}/law-rules").json()
    assert plain(web.context["answer"]) == api == terminal("law")
    assert "668a" in web.content.decode() and "€" not in web.content.decode()[:100]


def test_a_graph_is_the_same_through_three_doors_and_public(scene: Scene, client: Client) -> None:
    web = english(client).get(reverse("careers:graph"), {"role": "adviser-2", "steps": 2})
    api = client.get(f"{API}/roles/adviser-2/graph?steps=2").json()
    assert plain(web.context["answer"]) == api == terminal("graph", "adviser-2", "--steps", "2")
    page = web.content.decode()
    assert "<svg" in page and "<script" not in page.split("<main")[1] and "Where people went" in page


def test_my_contracts_are_the_same_through_three_doors(scene: Scene) -> None:
    scene.employed()
    web = scene.web().get(reverse("careers:mine"))
    api = scene.web().get(f"{API}/me/employments").json()
    cli = terminal(
        "flags", people.pseudonym_of(people.grant(scene.worker, purpose="own-passport", person=scene.person))
    )
    assert plain(web.context["answer"]) == api == cli
    assert "15.10" in web.content.decode()


def test_moves_are_public_and_the_same(scene: Scene, client: Client) -> None:
    assert english(client).get(f"{API}/moves").json() == terminal("moves")


def test_pages_of_roles_filter_and_every_step_has_a_page(scene: Scene, client: Client) -> None:
    page = english(client).get(reverse("careers:graph")).content.decode()
    assert "Multichannel adviser" in page
    filtered = client.get(reverse("careers:graph"), {"text": "social media"}).context["roles"]
    assert 0 < len(filtered) < len(queries.career_roles(factories.visitor()))
    assert client.get(reverse("careers:step", args=["adviser-1", "adviser-2"])).status_code == 200
    assert client.get(reverse("careers:step", args=["adviser-1", "nowhere"])).status_code == 404
    assert client.get(reverse("careers:graph"), {"role": "nowhere"}).status_code == 422


@pytest.mark.parametrize(
    "path", ["roles/nowhere/graph", "roles/adviser-1/steps/nowhere"],
)  # fmt: skip
def test_unknown_roles_are_not_found_by_program(scene: Scene, client: Client, path: str) -> None:
    assert client.get(f"{API}/{path}").status_code == 404


@pytest.mark.parametrize("query", ["steps=0", "steps=4", "steps=x"])
def test_absurd_steps_are_refused(scene: Scene, client: Client, query: str) -> None:
    answer = client.get(f"{API}/roles/adviser-1/graph?{query}")
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"


def test_a_contract_goes_from_proposal_to_end_on_the_web(scene: Scene) -> None:
    key, desk, worker = scene.share(), scene.desk(), scene.web()
    said = {
        "share": key, "role_key": "adviser-1", "contract": "fixed-term", "starts_on": "2026-11-23",
        "last_on": "2027-11-22", "hours": 28, "wage": "15.10", "initiative": "worker", "form": "contract",
    }  # fmt: skip
    wrong = desk.post(reverse("careers:propose", args=[scene.employer.slug]), said | {"last_on": "2026-11-01"})
    assert wrong.status_code == 422 and "end after the first day" in wrong.content.decode()
    done = desk.post(reverse("careers:propose", args=[scene.employer.slug]), said)
    assert (done.status_code, done["Location"]) == (302, reverse("careers:desk", args=[scene.employer.slug]))
    (line,) = worker.get(reverse("careers:mine")).context["answer"].items
    assert worker.post(reverse("careers:confirm", args=[line.id])).status_code == 302
    assert "Contract" in desk.get(done["Location"]).content.decode()
    ended = worker.post(reverse("careers:end", args=[line.id]), {"last_on": "2026-12-31", "reason": "study"})
    assert ended.status_code == 302
    (line,) = worker.get(reverse("careers:mine")).context["answer"].items
    assert (line.state, line.ends_on) == ("ended", date(2027, 1, 1))


def test_a_contract_goes_from_proposal_to_end_by_program(scene: Scene) -> None:
    desk, worker = scene.desk(), scene.web()
    url = f"{API}/employers/{scene.employer.slug}/employments"
    said = {
        "share": scene.share(), "roleKey": "adviser-1", "contract": "fixed-term", "startsOn": "2026-11-23",
        "endsOn": "2027-11-23", "wage": "15.10",
    }  # fmt: skip
    assert desk.post(url, said | {"nationality": "x"}, content_type="application/json").status_code == 400
    refused = desk.post(url, said | {"endsOn": "2026-11-23"}, content_type="application/json")
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:valley:employment-refused")
    made = desk.post(url, said, content_type="application/json")
    assert made.status_code == 201, made.content
    number = made.json()["items"][0]["id"]
    confirmed = worker.post(f"{API}/me/employments/{number}/confirmation").json()
    assert confirmed["items"][0]["state"] == "confirmed"
    early = worker.post(
        f"{API}/me/employments/{number}/reflection", {"works": True, "reasons": ["work-fits"]},
        content_type="application/json",
    )  # fmt: skip
    assert (early.status_code, early.json()["type"]) == (422, "urn:valley:not-due")
    ended = desk.post(
        f"{url}/{number}/end", {"endsOn": "2027-01-01", "reason": "redundant"}, content_type="application/json"
    )
    assert ended.json()["items"][0]["endReason"] == "redundant"


def test_both_sides_say_why_on_the_web_and_the_desk_reads_groups(scene: Scene) -> None:
    scene.recorded(draft(starts_on=date(2026, 10, 1), ends_on=None))
    (line,) = queries.my_employments(scene.worker, person=scene.person).items
    worker = scene.web()
    assert "Say why" in worker.get(reverse("careers:mine")).content.decode()
    page = worker.post(reverse("careers:why", args=[line.id]), {"works": "yes", "reasons": ["ill"]})
    assert page.status_code == 422
    said = worker.post(reverse("careers:why", args=[line.id]), {"works": "yes", "reasons": ["work-fits", "pay-fits"]})
    assert said.status_code == 302
    groups = scene.desk().get(reverse("careers:feedback", args=[scene.employer.slug]))
    assert "Not enough answers yet" in groups.content.decode() and "the work suits" not in groups.content.decode()


def test_the_office_chooses_an_employer_and_reads_groups_only(scene: Scene) -> None:
    office = english(factories.client("office"))
    page = office.get(reverse("careers:desks"))
    assert scene.employer.name in page.content.decode()
    address = reverse("careers:feedback", args=[scene.employer.slug])
    assert address in page.content.decode() and "Not enough answers yet" in office.get(address).content.decode()
    assert office.get(reverse("careers:desk", args=[scene.employer.slug])).status_code == 403
    coach = english(factories.client("coach")).get(reverse("careers:desks")).content.decode()
    assert scene.employer.name not in coach


def test_nothing_is_asked_before_its_time_or_twice(scene: Scene) -> None:
    made = scene.employed()
    page = english(scene.web()).get(reverse("careers:why", args=[made]))
    assert "Nothing is asked now" in page.content.decode() and "<fieldset" not in page.content.decode()
    other = factories.client_of(factories.account())
    assert other.get(reverse("careers:why", args=[made])).status_code == 404


def test_visitors_sign_in_and_other_desks_are_refused(scene: Scene, client: Client) -> None:
    made = scene.employed()
    slug = scene.employer.slug
    for name, arguments in (("mine", []), ("desk", [slug]), ("propose", [slug]), ("feedback", [slug]), ("end", [made])):
        assert client.get(reverse(f"careers:{name}", args=arguments)).status_code == 302, name
    assert client.get(f"{API}/me/employments").status_code == 401
    other = factories.client("recruiter")
    for name in ("desk", "propose", "feedback"):
        assert other.get(reverse(f"careers:{name}", args=[slug])).status_code == 403, name
    assert other.get(f"{API}/employers/{slug}/employments").status_code == 403
    assert other.get(f"{API}/employers/{slug}/feedback").status_code == 403
    for role in ("coach", "designer", "municipality", "association", "steward"):
        assert factories.client(role).get(f"{API}/employers/{slug}/employments").status_code == 403, role
    assert factories.client("office").get(f"{API}/employers/{slug}/feedback").status_code == 200


def test_the_office_adds_a_rule_on_the_web_and_by_program(scene: Scene) -> None:
    office = factories.client("office")
    said = {
        "key": "minimum-wage", "status": "law", "from_on": "2026-07-01", "title_nl": "Minimumloon per uur",
        "numbers": "hour = 14.99\nfrom_age = 21", "source": "Staatscourant", "source_on": "2026-11-23",
    }  # fmt: skip
    assert office.post(reverse("careers:rule-new"), said | {"numbers": "hour"}).status_code == 422
    assert office.post(reverse("careers:rule-new"), said).status_code == 302
    again = office.post(reverse("careers:rule-new"), said)
    assert again.status_code == 422 and "never changed" in again.content.decode()
    sent = {
        "key": "minimum-wage", "status": "law", "fromOn": "2027-01-01", "titleNl": "Minimumloon", "source": "Stcrt",
        "sourceOn": "2026-11-23", "numbers": [{"name": "hour", "value": "15.20"}],
    }  # fmt: skip
    assert office.post(f"{API}/law-rules", sent, content_type="application/json").status_code == 201
    assert office.post(f"{API}/law-rules", sent, content_type="application/json").status_code == 409
    desk = scene.desk()
    assert desk.get(reverse("careers:rule-new")).status_code == 403
    assert desk.post(f"{API}/law-rules", sent, content_type="application/json").status_code == 403


def test_the_office_starts_a_row_from_the_one_before_it(scene: Scene) -> None:
    office = factories.client("office")
    page = english(office).get(reverse("careers:law")).content.decode()
    assert "Add what holds since 1 July 2026" in page and "to be read again" in page
    form = office.get(reverse("careers:rule-new"), {"key": "minimum-wage", "status": "law"}).context["form"]
    assert form["from_on"].value() == date(2026, 7, 1) and "hour = 14.71" in form["numbers"].value()
    visitor = english(Client()).get(reverse("careers:law")).content.decode()
    assert "is not loaded yet" in visitor and "law/new" not in visitor


def test_the_operator_adds_a_rule_at_the_terminal(scene: Scene) -> None:
    said = ["--from", "2026-07-01", "--number", "hour=14.99", "--source", "Stcrt 2026, 1", "--source-on", "2026-11-23"]
    found = terminal("add-rule", "minimum-wage", *said)
    assert [one["fromOn"] for one in found["rules"]][-1] == "2026-07-01" and found["gaps"] == []
    assert found["rules"][-1]["title"] == "Minimum wage per hour"
    again = CliRunner().invoke(group, ["add-rule", "minimum-wage", *said, "--lang", "en"])
    assert again.exit_code == 2 and "never changed" in again.stderr
    bare = ["--from", "2027-01-01", "--source", "Stcrt", "--source-on", "2026-11-23", "--number", "from_age=21"]
    refused = CliRunner().invoke(group, ["add-rule", "minimum-wage", *bare, "--lang", "en"])
    assert refused.exit_code == 2 and "hour" in refused.stderr


def test_every_fact_a_rule_reads_can_be_said_on_the_web(scene: Scene) -> None:
    said = {
        "share": scene.share(), "role_key": "adviser-1", "contract": "fixed-term", "starts_on": "2026-11-23",
        "last_on": "2027-11-22", "hours": 28, "wage": "15.40", "agreement": "facility-contact-centres", "level": 2,
        "initiative": "employer", "form": "lending", "admitted": "no", "exempt": "", "practice_agreement": "",
    }  # fmt: skip
    desk = english(scene.desk())
    assert desk.post(reverse("careers:propose", args=[scene.employer.slug]), said).status_code == 302
    page = desk.get(reverse("careers:desk", args=[scene.employer.slug]))
    (line,) = page.context["answer"].items
    assert (line.agreement, line.level, line.admitted, line.exempt) == ("facility-contact-centres", 2, False, None)
    assert (line.initiative, line.form, line.practice_agreement) == ("employer", "lending", None)
    shown = page.content.decode()
    assert "lender admitted: no" in shown and "nobody wrote down whether this lending is exempt" in shown


def test_every_fact_a_rule_reads_can_be_said_by_program_and_file(scene: Scene, tmp_path: Path) -> None:
    said = {
        "share": scene.share(), "roleKey": "adviser-1", "contract": "work-based-learning", "startsOn": "2026-11-23",
        "wage": "15.10", "agreement": "none", "practiceAgreement": True, "initiative": "school",
    }  # fmt: skip
    desk = scene.desk()
    made = desk.post(f"{API}/employers/{scene.employer.slug}/employments", said, content_type="application/json")
    (line,) = made.json()["items"]
    assert (line["practiceAgreement"], line["admitted"], line["agreement"]) == (True, None, "none")
    assert desk.post(
        f"{API}/employers/{scene.employer.slug}/employments", said | {"agreement": "bakeries"},
        content_type="application/json",
    ).json()["type"] == "urn:valley:employment-refused"  # fmt: skip
    who = people.pseudonym_of(people.grant(scene.worker, purpose="own-passport", person=scene.person))
    file = tmp_path / "past.csv"
    head = "person,employer,role,contract,starts_on,ends_on,agreement,level,admitted,exempt\n"
    row = f"{who},{scene.employer.slug},adviser-1,agency,2024-01-01,2025-01-01,facility-contact-centres,1,no,"
    file.write_text(head + row + "perhaps\n")
    assert CliRunner().invoke(group, ["record", str(file), "--lang", "en"]).exit_code == 2
    file.write_text(head + row + "\n")
    assert terminal("record", str(file)) == {"employments": 1, "persons": 1}
    old = queries.my_employments(scene.worker, person=scene.person).items[-1]
    assert (old.level, old.admitted, old.exempt) == (1, False, None)


def test_what_nobody_knew_is_filled_in_by_either_side_and_what_is_known_stays(scene: Scene) -> None:
    made = scene.employed(contract="agency", wage=None, initiative="")
    slug = scene.employer.slug
    desk, worker = english(scene.desk()), english(scene.web())
    page = desk.get(reverse("careers:desk-facts", args=[slug, made]))
    assert set(page.context["form"].fields) == {"wage", "agreement", "level", "initiative", "admitted", "exempt"}
    said = desk.post(reverse("careers:desk-facts", args=[slug, made]), {"wage": "15.40", "admitted": "yes"})
    assert said.status_code == 302
    (line,) = worker.get(reverse("careers:mine")).context["answer"].items
    assert (str(line.wage), line.admitted, line.blanks) == ("15.40", True, ("agreement", "level", "initiative"))
    assert worker.post(reverse("careers:facts", args=[made]), {"agreement": "none"}).status_code == 302
    assert worker.post(reverse("careers:facts", args=[made]), {"initiative": ""}).status_code == 422
    url = f"{API}/me/employments/{made}/facts"
    again = worker.post(url, {"wage": "25.00"}, content_type="application/json")
    assert (again.status_code, again.json()["type"]) == (422, "urn:valley:employment-refused")
    mine = worker.post(url, {"initiative": "worker"}, content_type="application/json").json()
    assert mine["items"][0]["initiative"] == "worker" and mine["items"][0]["blanks"] == []
    theirs = f"{API}/employers/{slug}/employments/{made}/facts"
    refused = desk.post(theirs, {"initiative": "employer"}, content_type="application/json")
    assert refused.status_code == 422 and "worker" in refused.json()["detail"]


def test_only_both_sides_fill_in_and_only_what_was_confirmed(scene: Scene) -> None:
    made = scene.propose(wage=None)
    worker = scene.web()
    early = worker.post(f"{API}/me/employments/{made}/facts", {"wage": "15.40"}, content_type="application/json")
    assert early.status_code == 409
    other = factories.client("recruiter")
    theirs = f"{API}/employers/{scene.employer.slug}/employments/{made}/facts"
    assert other.post(theirs, {"wage": "15.40"}, content_type="application/json").status_code == 403
    stranger = factories.client_of(factories.account())
    url = f"{API}/me/employments/{made}/facts"
    assert stranger.post(url, {"wage": "15.40"}, content_type="application/json").status_code == 404


def test_the_operator_fills_in_at_the_terminal(scene: Scene) -> None:
    made = scene.employed(wage=None)
    who = people.pseudonym_of(people.grant(scene.worker, purpose="own-passport", person=scene.person))
    found = terminal("fill-in", who, str(made), "--wage", "15.40", "--agreement", "facility-contact-centres")
    assert (found["items"][0]["wage"], found["items"][0]["agreement"]) == ("15.40", "facility-contact-centres")
    for wrong in (["--wage", "much"], ["--hours", "30"], []):
        refused = CliRunner().invoke(group, ["fill-in", who, str(made), *wrong, "--lang", "en"])
        assert refused.exit_code == 2, wrong


def test_no_door_of_the_desk_tells_what_the_worker_answered(scene: Scene) -> None:
    scene.employed(starts_on=date(2026, 10, 1))
    (line,) = queries.my_employments(scene.worker, person=scene.person).items
    said = scene.web().post(reverse("careers:why", args=[line.id]), {"works": "no", "reasons": ["pay", "team-clash"]})
    assert said.status_code == 302
    desk, slug = english(scene.desk()), scene.employer.slug
    before = [
        desk.get(reverse("careers:desk", args=[slug])).content.decode(),
        desk.get(reverse("careers:feedback", args=[slug])).content.decode(),
        desk.get(reverse("people:shared", args=[line.share])).content.decode(),
        str(desk.get(f"{API}/employers/{slug}/employments").json()),
        str(desk.get(f"{API}/employers/{slug}/feedback").json()),
    ]
    for shown in before:
        assert "the pay is too low" not in shown and "team-clash" not in shown and "does not work with" not in shown
    answer = desk.get(f"{API}/employers/{slug}/employments").json()["items"][0]
    assert answer["due"] == "6-weeks", "the desk is asked still, whatever the worker said"
    own = desk.post(reverse("careers:desk-why", args=[slug, line.id]), {"works": "yes", "reasons": ["work-fits"]})
    assert own.status_code == 302
    assert "the work suits" not in desk.get(reverse("careers:feedback", args=[slug])).content.decode()
    assert "the work suits" not in english(scene.web()).get(reverse("careers:mine")).content.decode()


def test_the_operator_records_a_file_and_reads_which_line_is_wrong(scene: Scene, tmp_path: Path) -> None:
    who = people.pseudonym_of(people.grant(scene.worker, purpose="own-passport", person=scene.person))
    head = "person,employer,role,contract,starts_on,ends_on,hours,wage\n"
    line = f"{who},{scene.employer.slug},adviser-1,fixed-term,2024-01-01,2025-01-01,28,15.10\n"
    file = tmp_path / "past.csv"
    file.write_text(head + line.replace("2025-01-01", "2025-13-01"))
    result = CliRunner().invoke(group, ["record", str(file), "--lang", "en"])
    assert result.exit_code == 2 and "line 2" in result.stderr
    file.write_text(head + line)
    assert terminal("record", str(file)) == {"employments": 1, "persons": 1}
    assert len(queries.my_employments(scene.worker, person=scene.person).items) == 1


def test_an_account_without_passport_is_shown_the_way(scene: Scene) -> None:
    newcomer = factories.client_of(factories.account())
    assert "No contract yet" in newcomer.get(reverse("careers:mine")).content.decode()
    assert newcomer.get(f"{API}/me/employments").status_code == 404


def test_the_graph_keeps_its_budget(scene: Scene, client: Client, django_assert_max_num_queries) -> None:
    client.get(reverse("careers:graph"), {"role": "adviser-2", "steps": 3})
    with django_assert_max_num_queries(22):
        assert client.get(reverse("careers:graph"), {"role": "adviser-2", "steps": 3}).status_code == 200
