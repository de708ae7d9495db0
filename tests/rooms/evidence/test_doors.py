"""The same question through the API and the terminal; the whole way in by each door; refusals by each door."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from pydantic import TypeAdapter, ValidationError
from tests import factories
from tests.rooms.evidence.conftest import DUTCH, GERMAN, Region
from tests.rooms.evidence.test_intakes import TEXTS, book

from valley.evidence import actions, queries
from valley.evidence.cli import group
from valley.foundation.access import Caller
from valley.foundation.answers import plain
from valley.foundation.inputs import FormDay
from valley.foundation.models import Account
from valley.reading.cli import group as words
from valley.reading.cli import skills
from valley.site.cli import cli

API, READING = "/api/v1/evidence", "/api/v1/reading"
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def session(caller: Caller) -> Client:
    """The browser session of someone at a desk."""
    return factories.client_of(Account.objects.get(pk=caller.account))


def run(*arguments: str, of: Any = group) -> Result:
    return CliRunner().invoke(of, [*arguments, "--lang", "en"])


def told(*arguments: str, of: Any = group) -> Any:
    done = run(*arguments, "--json", of=of)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def send(client: Client, path: str, body: dict[str, Any], method: str = "post", room: str = API) -> Any:
    return getattr(client, method)(room + path, json.dumps(body), content_type="application/json", **ENGLISH)


def got(client: Client, path: str, room: str = API, **asked: Any) -> Any:
    answer = client.get(room + path, asked, **ENGLISH)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_one_question_one_answer_through_api_and_terminal(region: Region) -> None:
    page = region.read(DUTCH)
    region.confirm(page, "handle-complaints")
    office, pk = session(region.office), page.piece.id
    competence = region.ids["handle-complaints"]
    same = [
        ("/pieces", {}, ("list",), queries.pieces(region.office)),
        (f"/pieces/{pk}", {}, ("show", str(pk)), queries.piece(region.office, id=pk)),
        ("/findings", {}, ("waiting",), queries.to_decide(region.office)),
        ("/merges", {}, ("merges",), queries.merges(region.office)),
        ("/terms/centre-one", {}, ("terms", "centre-one"), queries.terms(region.office, organisation=region.one.id)),
    ]  # fmt: skip
    for path, asked, arguments, wanted in same:
        assert got(office, path, **asked) == plain(wanted), path
        assert told(*arguments) == plain(wanted), path
    assert got(office, "/sentences", competence=competence) == plain(
        queries.sentences(region.office, competence=competence)
    )
    assert got(office, "/progress") == plain(queries.progress(region.office))
    assert got(office, "/employers") == plain(queries.employers(region.office))
    assert got(office, "/system-names", READING, limit=100) == told("systems", of=words)[:100]
    finding = queries.piece(region.office, id=pk).findings[0].id
    assert got(office, f"/findings/{finding}/decisions") == plain(queries.decisions(region.office, finding=finding))


def test_from_text_to_decision_through_the_api(region: Region) -> None:
    mine = session(region.recruiter)
    body = {"organisation": "centre-one", "title": "Klantadviseur", "text": DUTCH, "datedOn": "2026-09-01"}
    made = send(mine, "/pieces", body)
    assert (made.status_code, made.json()["language"]) == (201, "nl")
    again = send(mine, "/pieces", body)
    assert (again.status_code, again.json()["type"]) == (422, "urn:valley:evidence-refused")
    assert send(mine, "/read", {"organisation": "centre-one"}).json()["pieces"] == 1
    first = got(mine, "/findings")["items"][0]["finding"]
    verdict = {"finding": first["id"], "state": "confirmed", "version": 1, "level": 2}
    assert send(mine, "/decisions", {"verdicts": [verdict]}).json()["confirmed"] == 1
    conflict = send(mine, "/decisions", {"verdicts": [verdict]})
    assert (conflict.status_code, conflict.json()["facts"]["changed"]) == (409, [first["id"]])
    added = {"sentence": "Je kunt goed luisteren en je hebt geduld.", "competence": region.ids["tolerate-stress"]}
    assert send(mine, f"/pieces/{made.json()['id']}/findings", added).status_code == 201
    gone = send(mine, f"/pieces/{made.json()['id']}/withdraw", {"version": 1})
    assert (gone.status_code, got(mine, "/pieces")["total"]) == (200, 0)


def test_files_forms_and_spreadsheets_through_the_api(region: Region, commercie: None) -> None:
    office = session(region.office)
    form = {"organisation": "centre-one", "title": "Kundenberater"}
    made = office.post(f"{API}/files", form | {"file": SimpleUploadedFile("a.txt", GERMAN.encode())}, **ENGLISH)
    assert (made.status_code, made.json()["language"]) == (201, "de")
    bad = office.post(f"{API}/files", form | {"file": SimpleUploadedFile("a.txt", b"%PDF-")}, **ENGLISH)
    assert (bad.status_code, "PDF" in bad.json()["detail"]) == (422, True)
    seen = {"organisation": "centre-one", "title": "Form", "datedOn": "2026-10-01", "workProcess": "B1-K1-W1"}
    lines = [{"what": "Neemt een gesprek van de bot over.", "competence": region.ids["hand-over-bot"], "level": 3}]
    assert send(office, "/observations", seen | {"lines": lines}).status_code == 201
    unknown = send(office, "/observations", seen | {"lines": lines, "workProcess": "B9-K9-W9"})
    assert (unknown.status_code, "B1-K1-W1" in unknown.json()["detail"]) == (404, True)
    content = book(TEXTS, ["Centre Two", "Klantadviseur", "nl", DUTCH, "01-09-2026", None])
    sheet = {"file": SimpleUploadedFile("a.xlsx", content)}
    preview = office.post(f"{API}/intakes?kind=job-text", sheet, **ENGLISH)
    assert (preview.status_code, preview.json()["make"]) == (201, 1)
    number = preview.json()["intake"]
    assert got(office, f"/intakes/{number}") == preview.json() == got(office, "/intakes")[0]
    assert send(office, f"/intakes/{number}/apply", {}).json()["made"] == 1
    assert send(office, f"/intakes/{number}/apply", {}).status_code == 409
    assert {line["kind"] for line in got(office, "/pieces")["items"]} == {"job-text", "observation"}


def test_merges_terms_and_names_of_systems_through_the_api(region: Region) -> None:
    designer, recruiter = session(region.designer), session(region.recruiter)
    assert send(designer, "/merges/propose", {}).json() == {"new": 0, "known": 0}
    assert send(recruiter, "/merges/propose", {}).status_code == 403
    missing = send(designer, "/merges/1/state", {"state": "merged", "version": 1}, method="put")
    assert missing.status_code == 404
    shown = send(recruiter, "/terms", {"organisation": "centre-one", "nameShown": True}, method="put")
    assert (shown.status_code, shown.json()["nameShown"]) == (200, True)
    name = {"name": "Belmaat", "toolClass": "telephony", "seenOn": "2026-10-01"}
    assert send(designer, "/system-names", name, room=READING).status_code == 201
    assert send(designer, "/system-names", name, room=READING).status_code == 409
    assert send(recruiter, "/system-names", name | {"name": "MosaDesk"}, room=READING).status_code == 403
    own = send(recruiter, "/system-names", name | {"name": "MosaDesk", "organisation": "centre-one"}, room=READING)
    assert own.status_code == 201
    found = send(recruiter, "/proposals", {"text": DUTCH + "\n- Je werkt met Belmaat."}, room=READING).json()
    assert {one["name"] for one in found["systems"]} == {"Zendesk", "Belmaat"}


def test_another_employers_words_come_through_no_address(region: Region) -> None:
    page = region.read(DUTCH)
    region.confirm(page)
    stranger, pk, finding = session(region.stranger), page.piece.id, page.findings[0].id
    for path in (
        "/pieces", f"/pieces?organisation={region.one.id}", f"/pieces/{pk}", "/employers", "/progress", "/findings",
        f"/progress?organisation={region.one.id}", f"/findings?organisation={region.one.id}", "/intakes",
        f"/findings/{finding}/decisions", "/merges", "/terms/centre-one",
        f"/sentences?competence={region.ids['handle-complaints']}",
    ):  # fmt: skip
        answer = stranger.get(API + path, **ENGLISH)
        assert answer.status_code in (200, 403, 404), path
        body = answer.content.decode()
        assert not any(words in body for words in ("klachten van klanten en", "Centre One", "Klantadviseur")), path
    for path, body in (
        (f"/pieces/{pk}/withdraw", {"version": 1}),
        (f"/pieces/{pk}/findings", {"sentence": "Wij vragen", "competence": region.ids["use-crm"]}),
        ("/decisions", {"verdicts": [{"finding": finding, "state": "rejected", "version": 2}]}),
        ("/read", {"organisation": "centre-one"}),
    ):
        assert send(stranger, path, body).status_code in (403, 404), path
    for path in ("/pieces", "/findings", "/employers", "/sentences?competence=1"):
        assert Client().get(API + path, **ENGLISH).status_code == 401
    assert queries.piece(region.operator, id=pk).piece.state == "done"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A job text as a Word file."""
    document = Document()
    for line in DUTCH.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "text.docx"))
    return tmp_path / "text.docx"


def test_the_whole_way_at_the_terminal(region: Region, file: Path, tmp_path: Path) -> None:
    made = told("add", str(file), "--employer", "centre-one", "--title", "Klantadviseur", "--date", "2026-09-01")
    # The language asked for on the command line is that of the text, and the answer doubts it.
    assert (made["language"], made["looksLike"]) == ("en", "nl")
    actions.withdraw_piece(region.operator, piece=made["id"], version=1)
    made = told("add", str(file), "--employer", "centre-one", "--text-lang", "nl")
    assert (made["language"], queries.piece(region.operator, id=made["id"]).piece.title) == ("nl", "Klantadviseur")
    assert told("read")["pieces"] == 1
    confirmed = told("decide", "--all-above", "0.8")["confirmed"]
    assert confirmed > 0
    assert told("waiting")["total"] == told("show", str(made["id"]))["piece"]["findings"] - confirmed
    sheet = tmp_path / "texts.xlsx"
    sheet.write_bytes(
        book(
            TEXTS,
            ["Centre Two", "Kundenberater", "de", GERMAN, "01-09-2026", None],
            ["Centre Three", "Kundenberater", "de", GERMAN, "01-09-2026", None],
        )
    )
    assert told("import", str(sheet), "--dry-run")["make"] == 1
    refused = run("import", str(sheet))
    assert (refused.exit_code, "1 row with a problem" in " ".join(refused.stderr.split())) == (2, True)
    assert told("import", str(sheet), "--keep-good")["made"] == 1
    assert told("list", "--state", "unread")["total"] == 1
    assert told("phrases", of=words)["added"] == 0
    assert told("template", str(tmp_path / "t.xlsx"), "--kind", "rating")["file"].endswith("t.xlsx")
    assert told("add-system", "Belmaat", "--tool-class", "telephony", "--seen-on", "2026-10-01", of=words)["id"]
    assert told("terms", "centre-one", "--show-name")["nameShown"] is True
    assert told("merges", "--propose") == plain(queries.merges(region.operator))
    assert run("decide-merge", "99", "--state", "merged").exit_code == 2
    assert run("show", "999999").exit_code == 2


def test_the_terminal_proposes_what_a_file_asks_under_skills(region: Region, file: Path, tmp_path: Path) -> None:
    wanted = plain(queries.proposed(region.operator, text=actions.read_file("a", file.read_bytes())))
    assert told("propose", str(file), "--text-lang", "nl", of=skills) == wanted
    done = CliRunner().invoke(skills, ["propose", str(file), "--lang", "nl"])
    assert done.exit_code == 0 and "Zendesk" in done.output and "klachten" in done.output
    (tmp_path / "empty.txt").write_text(" ")
    refused = run("propose", str(tmp_path / "empty.txt"), of=skills)
    assert (refused.exit_code, "an empty file" in " ".join(refused.stderr.split())) == (2, True)
    assert queries.pieces(region.operator).total == 0


def test_the_terminal_finds_propose_among_the_commands_of_the_vocabulary(db, monkeypatch) -> None:
    monkeypatch.setattr("valley.site.cli.prepare", lambda: None)
    done = CliRunner().invoke(cli, ["skills", "--help"])
    assert "propose" in done.output and "search" in done.output


def test_a_form_without_a_day_may_say_null() -> None:
    """A multipart form has no null, so a program writes the word or leaves the field empty."""
    reader = TypeAdapter(FormDay)
    assert reader.validate_python("null") is None and reader.validate_python("") is None
    assert str(reader.validate_python("2026-09-01")) == "2026-09-01"
    with pytest.raises(ValidationError):
        reader.validate_python("2026-13-01")
