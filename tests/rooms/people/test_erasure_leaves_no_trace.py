"""When a person is erased, is there a byte left: in tables, log, vault, cache, mails, a new or a restored old backup?

Real files, the real command: a valley of its own in a temporary folder, searched byte by byte.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.live import Valley

EMAIL = "zofia.wisniewska.uniek@voorbeeld.test"
NAME = "Zofia Wiśniewska-Przybylska"
PHONE = "06-31415926"
NOTE = f"Teamleider Harriët Vermeulen-Uniek kan dit bevestigen, bel {PHONE}"
MESSAGE = "Graag kom ik kennismaken op het kantoor aan de Uniekstraat"
SECRETS = (EMAIL, NAME, PHONE, NOTE, MESSAGE)
OTHER = "blijft@voorbeeld.test"

SEED = f"""
import django; django.setup()
from datetime import timedelta
from importlib import import_module
from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from valley.foundation import access, accounts, clock, jobs, organisations
from valley.foundation.models import Account, IdempotentReply, Job
from valley.people import actions, queries
from valley.skills import queries as skills

at = clock.now()
operator = access.operator(at=at)
employer = organisations.add_partner(operator, name="Centrum Een", kind="employer")
recruiter = accounts.make_account(operator, email="recruiter@voorbeeld.test")
organisations.give_desk(operator, organisation=employer.id, email="recruiter@voorbeeld.test", role="recruiter")
word = skills.search(operator, text="luisteren", kinds=("competence",))[0].id

def caller(made, desks=()):
    return access.Caller(pseudonym=made.pseudonym, door="web", at=at, account=made.id, desks=desks, strong=True)

def passport(email, name, note):
    made = accounts.make_account(operator, email=email, password="a-long-pass-phrase")
    who = caller(made)
    person = actions.start_passport(who, name=name)
    actions.state_competence(who, person=person, statement=actions.Statement(word, 3, note=note))
    actions.state_language(who, person=person, code="de", cefr=5)
    actions.state_wishes(who, person=person, wishes=actions.WishesChosen(place="maastricht", max_km=17))
    actions.give_consent(who, person=person)
    offer = actions.ShareOffer(reader=employer.id, purpose="application", parts=("name", "competences", "notes"),
                               ends_on=clock.today(at) + timedelta(days=30), message={MESSAGE!r})
    key = actions.give_share(who, person=person, offer=offer)
    seat = access.Desk(employer.id, "recruiter", "employer")
    assert actions.look_at_share(caller(recruiter, (seat,)), key=key).view.name == name
    return made, who, person

passport({OTHER!r}, "Iemand Anders", "Deze tekst blijft")
made, who, person = passport({EMAIL!r}, {NAME!r}, {NOTE!r})
session = import_module(settings.SESSION_ENGINE).SessionStore()
session["_auth_user_id"] = str(made.id)
session["account_email"] = {EMAIL!r}
session.save()
send_mail("Welkom", "Dag {NAME}, " + {NOTE!r}, None, [{EMAIL!r}])
cache.set("page-of-" + made.pseudonym, {{"name": {NAME!r}, "mail": {EMAIL!r}}}, 3600)
IdempotentReply.objects.create(key=made.pseudonym + ":k", fingerprint="f", status=201, body={NOTE!r}, at=at)
named = {{"person": made.pseudonym}}
Job.objects.create(key="j", task="people.nothing", arguments=named, run_after_at=at, created_at=at)
"""


def _forms(secret: str) -> set[bytes]:
    escaped = json.dumps(secret)[1:-1]
    return {text.casefold().encode(code) for text in (secret, escaped) for code in ("utf-8", "utf-16-le")}


def _blobs(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    yield from ((f"{path.name}!{name}", archive.read(name)) for name in archive.namelist())


def _traces(folder: Path) -> set[tuple[str, str]]:
    """Which secret lies in which file; letters in any case, as text, as JSON, in UTF-8 and UTF-16."""
    found = set()
    for name, blob in _blobs(folder):
        lowered = blob.lower() + blob.decode("utf-8", "ignore").casefold().encode()
        found |= {(name, secret) for secret in SECRETS if any(form in lowered for form in _forms(secret))}
    return found


def _pseudonyms(valley: Valley) -> set[str]:
    return {row["pseudonym"] for row in valley.json("people", "list")["items"]}


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Valley:
    made = Valley(tmp_path_factory.mktemp("erased") / "home", 0, {"VALLEY_DEMO": "0"})
    made.run("skills", "search", "luisteren")
    environment = made.environment() | {"DJANGO_SETTINGS_MODULE": "valley.site.settings.live"}
    subprocess.run([sys.executable, "-c", SEED], env=environment, check=True, timeout=120)
    return made


def test_an_erased_person_is_in_no_byte_of_any_file_and_does_not_come_back(valley: Valley, tmp_path: Path) -> None:
    # Another process keeps the database open, as a server would: the write-ahead log stays in place.
    kept_open = sqlite3.connect(valley.home / "valley.sqlite3")
    kept_open.execute("SELECT count(*) FROM people_person").fetchone()
    old, fresh = tmp_path / "old.zip", tmp_path / "fresh.zip"
    valley.run("backup", str(old))
    before = _traces(valley.home)
    assert {("valley.sqlite3", EMAIL)} <= before, "the search must find what is there"
    assert any(name.startswith("outbox") for name, _secret in before)
    in_tables = {secret for name, secret in before if name.startswith("valley.sqlite3")}
    assert not in_tables & {NAME, MESSAGE}, "sealed text lies nowhere in the open"
    assert not _traces(tmp_path), "a backup holds no text of anybody in the open"
    everybody = _pseudonyms(valley)
    mine = valley.json("people", "show", EMAIL)["pseudonym"]
    assert len(everybody) == 2

    valley.run("people", "erase", EMAIL, "--yes")
    assert _traces(valley.home) == set()
    assert valley.json("audit", "verify")["whole"] is True
    valley.run("backup", str(fresh))
    assert _traces(tmp_path) == set()
    assert mine not in _pseudonyms(valley)
    _the_other_is_untouched(valley)

    kept_open.close()
    for copy in (old, fresh):
        valley.run("restore", str(copy), "--replace")
        assert _traces(valley.home) == set()
        assert _pseudonyms(valley) == everybody - {mine}
        assert valley.json("audit", "verify")["whole"] is True
        assert valley.run("people", "show", EMAIL, check=False).returncode == 2
        _the_other_is_untouched(valley)


def _the_other_is_untouched(valley: Valley) -> None:
    found = valley.json("people", "export", OTHER)
    assert found["passport"]["name"] == "Iemand Anders"
    assert found["passport"]["claims"][0]["note"] == "Deze tekst blijft"
    assert found["shares"][0]["message"] == MESSAGE
    assert len(found["looks"]) == 1


def test_only_the_pseudonym_stays_in_the_audit(valley: Valley) -> None:
    with sqlite3.connect(valley.home / "valley.sqlite3") as database:
        lines = database.execute("SELECT verb, subject, fields FROM foundation_auditline").fetchall()
    erased = [subject for verb, subject, _fields in lines if verb == "people.erase_person"]
    assert len(erased) == 1
    with sqlite3.connect(valley.home / "vault.sqlite3") as vault:
        assert vault.execute("SELECT 1 FROM foundation_datakey WHERE owner = ?", erased).fetchone() is None
        assert vault.execute("SELECT 1 FROM foundation_erasedowner WHERE owner = ?", erased).fetchone() == (1,)
