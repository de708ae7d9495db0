"""Does every page of the passport work without JavaScript, and does each change show what it did?"""

from __future__ import annotations

import re

import pytest
from tests import factories
from tests.rooms.people.conftest import MESSAGE, NAME, NOTE

from valley.people import actions, queries

PAGES = (
    "/people/start/",
    "/people/start/?q=klant",
    "/people/start/languages/",
    "/people/start/wishes/",
    "/people/start/comparison/",
    "/people/passport/",
    "/people/passport/name/",
    "/people/passport/competences/",
    "/people/passport/competences/?q=listen",
    "/people/passport/languages/",
    "/people/passport/wishes/",
    "/people/passport/comparison/",
    "/people/shares/",
    "/people/shared/",
    "/people/export/",
    "/people/erase/",
)


@pytest.fixture
def worker(scene):
    return factories.client_of(scene.account)


@pytest.fixture
def newcomer(words):
    account = factories.account()
    client = factories.client_of(account, strong=False)
    client.me = account
    return client


def _own(account):
    who = factories.caller_of(account)
    return queries.passport(who, person=queries.my_person(who))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_for_a_worker_and_for_a_newcomer_and_sends_a_visitor_to_sign_in(
    worker, newcomer, client, path: str
) -> None:
    for visitor in (worker, newcomer):
        answer = visitor.get(path)
        assert answer.status_code == 200
        assert answer.content.count(b"<h1") == 1
        assert not re.search(rb'style="|<script>|onclick', answer.content)
    assert client.get(path)["Location"].startswith("/account/login/")


def test_looking_at_pages_starts_no_passport(newcomer) -> None:
    for path in PAGES:
        newcomer.get(path)
    assert queries.my_person(factories.caller_of(newcomer.me)) is None


def test_the_guided_start_ends_with_a_passport(newcomer, words) -> None:
    title = re.search(rb"\?title=(title-\d+)", newcomer.get("/people/start/?q=klantadviseur").content)[1].decode()
    page = f"/people/start/competences/?title={title}"
    assert b'value="skip" id' in newcomer.get(page).content or newcomer.get(page).status_code == 200
    proposed = newcomer.get(f"{page}&propose").content.decode()
    assert proposed.count("checked") == 4
    choices = {f"c{words['listen actively']}": "3", f"c{words['use a CRM']}": "no", f"c{words['type fast']}": "skip"}
    assert newcomer.post(page, choices)["Location"] == "/people/start/languages/"
    assert newcomer.post("/people/start/languages/", {"code": "de", "cefr": 5}).status_code == 302
    wishes = {"hours_min": 20, "hours_max": 32, "place": "maastricht", "evenings": "on", "permits": ["vog"]}
    assert newcomer.post("/people/start/wishes/", wishes)["Location"] == "/people/start/comparison/"
    assert newcomer.post("/people/start/comparison/", {"answer": "yes"})["Location"] == "/people/start/done/"
    assert newcomer.get("/people/start/done/").status_code == 200
    found = _own(newcomer.me)
    assert [(line.label, line.level) for line in found.claims] == [("listen actively", 3)]
    assert [(line.code, line.cefr) for line in found.languages] == [("de", 5)]
    assert (found.wishes.hours_min, found.wishes.evenings, found.wishes.weekends) == (20, True, False)
    assert found.compared


def test_no_in_the_guided_start_takes_a_competence_out_and_skip_leaves_it(scene, worker) -> None:
    title = queries.job_titles(scene.worker, text="klantadviseur")[0].key
    page = f"/people/start/competences/?title={title}"
    keep = {f"c{scene.words['listen actively']}": "skip", f"c{scene.words['use a CRM']}": "no"}
    worker.post(page, keep)
    assert [(line.label, line.level) for line in _own(scene.account).claims] == [("listen actively", 3)]


def test_an_unknown_job_is_not_found(worker) -> None:
    assert worker.get("/people/start/competences/?title=title-999999").status_code == 404


def test_a_claim_is_changed_and_dropped(scene, worker) -> None:
    page = f"/people/passport/competences/{scene.words['use a CRM']}/"
    assert b"level 2" in worker.get(page).content
    assert worker.post(page, {"level": 4, "note": "elke dag", "version": 1}).status_code == 302
    assert next(line for line in _own(scene.account).claims if line.label == "use a CRM").level == 4
    assert worker.post(page, {"drop": 1}).status_code == 302
    assert [line.label for line in _own(scene.account).claims] == ["listen actively"]


def test_the_second_of_two_who_save_the_same_page_is_told(scene, worker) -> None:
    page = f"/people/passport/competences/{scene.words['use a CRM']}/"
    assert worker.post(page, {"level": 3, "version": 1}).status_code == 302
    late = worker.post(page, {"level": 1, "version": 1})
    assert late.status_code == 422
    assert b"changed meanwhile" in late.content
    assert next(line for line in _own(scene.account).claims if line.label == "use a CRM").level == 3
    assert worker.post("/people/passport/wishes/", {"hours_min": 8, "version": 0}).status_code == 422
    assert worker.post("/people/passport/name/", {"name": "X", "version": 1}).status_code == 422


@pytest.mark.parametrize(
    ("path", "fields", "words_shown"),
    [
        ("/people/passport/wishes/", {"hours_min": 40, "hours_max": 20, "version": 1}, b"Swap the two numbers"),
        ("/people/passport/wishes/", {"hours_min": 4000, "version": 1}, b"60"),
        ("/people/passport/name/", {"name": "A\u202eB", "version": 9}, b"hidden character U+202E"),
        ("/people/passport/languages/", {"code": "xx", "cefr": 3}, b"xx"),
        ("/people/passport/languages/", {"code": "de", "cefr": 9}, b"9"),
    ],
)
def test_what_does_not_fit_is_refused_beside_the_field(worker, path: str, fields: dict, words_shown: bytes) -> None:
    answer = worker.post(path, fields)
    assert answer.status_code == 422
    assert words_shown in answer.content
    assert b'role="alert"' in answer.content


def test_a_share_is_previewed_exactly_before_it_is_given(scene, worker) -> None:
    asked = {
        "reader": scene.employer.id,
        "purpose": "application",
        "parts": ["competences", "notes"],
        "competences": [scene.words["listen actively"]],
        "ends_on": "2027-01-01",
        "message": MESSAGE,
    }
    page = worker.get("/people/shares/new/")
    assert page.status_code == 200
    before = queries.shares(scene.worker, person=scene.person)
    shown = worker.post("/people/shares/new/", asked)
    assert NOTE.encode() in shown.content
    assert b"use a CRM</th>" not in shown.content
    assert queries.shares(scene.worker, person=scene.person) == before == ()
    assert worker.post("/people/shares/new/", asked | {"give": 1})["Location"] == "/people/shares/"
    given = queries.shares(scene.worker, person=scene.person)[0]
    seen = actions.look_at_share(scene.recruiter, key=given.key).view
    preview = queries.share_preview(
        scene.worker, person=scene.person, parts=("competences", "notes"), competences=given.competences
    )
    assert seen == preview


def test_a_share_for_a_wrong_reader_or_end_is_refused_in_the_form(scene, worker) -> None:
    asked = {"reader": scene.school.id, "purpose": "application", "parts": ["name"], "ends_on": "2027-01-01", "give": 1}
    assert worker.post("/people/shares/new/", asked).status_code == 422
    asked |= {"reader": scene.employer.id, "ends_on": "2029-01-01"}
    assert worker.post("/people/shares/new/", asked).status_code == 422
    assert queries.shares(scene.worker, person=scene.person) == ()


def test_the_reader_opens_it_at_the_desk_and_the_person_sees_who_looked(scene, worker) -> None:
    key = scene.share()
    desk = factories.client("recruiter", scene.employer)
    assert key.encode() in desk.get("/people/shared/").content
    page = desk.get(f"/people/shared/{key}/")
    assert page.status_code == 200
    assert NAME.encode() in page.content and MESSAGE.encode() in page.content
    mine = worker.get("/people/shares/").content
    assert b"Centre One" in mine and b"looked at 1 time" in mine
    assert worker.post(f"/people/shares/{key}/withdraw/").status_code == 302
    assert desk.get(f"/people/shared/{key}/").status_code == 404
    assert key.encode() not in desk.get("/people/shared/").content


def test_a_stranger_cannot_stop_anothers_share(scene) -> None:
    key = scene.share()
    assert factories.client_of(factories.account()).post(f"/people/shares/{key}/withdraw/").status_code == 404
    assert factories.client("recruiter", scene.employer).post(f"/people/shares/{key}/withdraw/").status_code == 404
    assert queries.shares(scene.worker, person=scene.person)[0].state == "alive"


def test_a_desk_without_second_factor_is_told_what_to_do(scene) -> None:
    weak = factories.client("recruiter", scene.employer, strong=False)
    answer = weak.get(f"/people/shared/{scene.share()}/")
    assert answer.status_code == 403
    assert b"passkey" in answer.content


def test_erasing_asks_to_sign_in_again_and_for_the_word(scene) -> None:
    stale = factories.client_of(scene.account, strong=False)
    assert "/reauthenticate/" in stale.get("/people/erase/confirm/")["Location"]
    assert stale.post("/people/erase/confirm/", {"confirm": "erase"})["Location"] == "/people/erase/confirm/"
    assert queries.my_person(scene.worker) == scene.person
    fresh = _just_signed_in(scene.account)
    assert fresh.post("/people/erase/confirm/", {"confirm": "yes please"}).status_code == 422
    assert queries.my_person(scene.worker) == scene.person
    assert fresh.post("/people/erase/confirm/", {"confirm": "Erase "})["Location"] == "/"
    assert queries.my_person(scene.worker) is None
    assert fresh.get("/people/passport/").status_code == 302


def test_an_account_without_passport_can_leave_too(db) -> None:
    account = factories.account()
    assert _just_signed_in(account).post("/people/erase/confirm/", {"confirm": "verwijder"})["Location"] == "/"
    assert not type(account).objects.filter(pk=account.pk).exists()


def _just_signed_in(account):
    client = factories.client_of(account)
    sent_to = client.get("/people/erase/confirm/")["Location"]
    assert client.post(sent_to, {"password": "a-long-pass-phrase"})["Location"] == "/people/erase/confirm/"
    return client
