"""Is someone who asks to be forgotten gone from tables, files, caches, logs and every backup, old and new?"""

import json
import zipfile

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.mail import EmailMessage
from tests import factories
from tests.factories import AT

from valley.foundation import audit, jobs, outbox, privacy, sealing
from valley.foundation.models import Account, ApiToken, DataKey, IdempotentReply, Job, Membership

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def someone(tmp_path, settings) -> Account:
    """An account with one of everything the foundation keeps."""
    settings.VALLEY_HOME = tmp_path
    account, _partner = factories.seated("recruiter")
    client = factories.client_of(account)
    address = EmailAddress.objects.get(user=account)
    EmailConfirmation.objects.create(email_address=address, key="k1", created=AT)
    Authenticator.objects.create(user=account, type="totp", data={"secret": "s"})
    UserSession.objects.create(user=account, session_key=client.session.session_key, ip="127.0.0.1", user_agent="test")
    ApiToken.objects.create(account=account, label="t", digest="d", made_at=AT, ends_on=AT.date())
    pending = SessionStore()
    pending["login_for"] = account.email
    pending.save()
    IdempotentReply.objects.create(key=f"{account.pseudonym}:1", fingerprint="f", status=200, body="{}", at=AT)
    task = jobs.Task("test.nothing", print)
    task.using(key="about").enqueue(who=account.pseudonym)
    task.using(key="asked-by", requested_by=account.pseudonym).enqueue()
    sealing.make_keys([account.pseudonym], at=AT)
    outbox.OutboxBackend().send_messages([EmailMessage("s", "b", "v@valley.test", [account.email.upper()])])
    cache.set("page", account.email)
    return account


def test_every_table_of_every_room_is_declared_once():
    assert privacy.undeclared() == ()
    for table in privacy.register().values():
        said = (table.purpose, table.basis, table.kept) if isinstance(table, privacy.PersonalTable) else (table.why,)
        assert all(said), table.label


def test_every_declared_field_and_path_exists():
    """A typing mistake in a declaration would silently leave data out: the database checks each name here."""
    for table in privacy.personal():
        names = {*table.fields, *table.sealed, *table.identifying}
        paths = [path for path in (table.owner, table.account) if path]
        assert paths or table.search, table.label
        list(table.rows().values(*names, *paths)[:1])
        if table.sealed or table.identifying:
            list(table.rows().values(table.pseudonym_path)[:1])
        list(table.owned(pseudonyms=frozenset({"x"}), account=0)[:1])


def test_binary_fields_of_personal_tables_are_declared_as_sealed():
    """Sealed text is bytes: bytes that no declaration calls sealed would be exported closed."""
    from django.db.models import BinaryField

    for table in privacy.personal():
        bytes_fields = {f.name for f in table.rows().model._meta.concrete_fields if isinstance(f, BinaryField)}
        if table.label != "foundation.DataKey":
            assert bytes_fields == set(table.sealed), table.label


def test_the_export_holds_a_row_of_every_personal_table_that_has_one(someone):
    rows = privacy.export_rows("", someone.pk)
    told = {label for label in rows if label.split(".")[0] != "foundation"}
    assert told == {
        "account.EmailAddress",
        "account.EmailConfirmation",
        "mfa.Authenticator",
        "sessions.Session",
        "usersessions.UserSession",
    }
    assert rows["foundation.Account"][0]["email"] == someone.email
    assert rows["foundation.Membership"][0]["since_on"] == "2026-11-23"
    assert json.loads(json.dumps(rows)) == rows
    assert "s" not in json.dumps(rows["mfa.Authenticator"][0].get("data", ""))
    assert "password" not in rows["foundation.Account"][0]


def test_the_export_is_about_nobody_else(someone):
    other = factories.account()
    assert other.email not in json.dumps(privacy.export_rows("", someone.pk))
    assert privacy.export_rows("", None) == {}


def test_erasing_leaves_no_row_and_touches_nobody_else(someone, django_capture_on_commit_callbacks):
    other, _partner = factories.seated("office")
    kept_session = factories.client_of(other).session.session_key
    lines = audit.verify().lines
    with django_capture_on_commit_callbacks(execute=True):
        gone = privacy.erase("", someone.pk, at=AT)
    assert list(Account.objects.all()) == [other]
    assert list(EmailAddress.objects.values_list("user", flat=True)) == [other.pk]
    assert list(Membership.objects.values_list("account", flat=True)) == [other.pk]
    for table in (Authenticator, UserSession, ApiToken, EmailConfirmation, IdempotentReply):
        assert not table.objects.exists(), table
    assert list(Session.objects.values_list("pk", flat=True)) == [kept_session]
    assert list(Job.objects.values_list("key", "requested_by")) == [("asked-by", "")]
    assert outbox.mails() == ()
    assert cache.get("page") is None
    assert not DataKey.objects.filter(owner=someone.pseudonym).exists()
    assert someone.pseudonym in sealing.forgotten()
    assert gone["foundation.Account"] == 1 and gone["sessions.Session"] == 2
    assert audit.verify() == audit.AuditCheck(lines, None, audit.verify().head)


def test_erasing_twice_is_harmless(someone):
    privacy.erase("", someone.pk, at=AT)
    assert privacy.erase("", someone.pk, at=AT) == {}


def test_a_failure_halfway_leaves_rows_and_keys_as_they_were(someone, monkeypatch):
    monkeypatch.setattr(sealing, "shred", lambda owner, at: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        privacy.erase("", someone.pk, at=AT)
    assert Account.objects.filter(pk=someone.pk).exists()
    assert DataKey.objects.filter(owner=someone.pseudonym).exists()


def test_an_erasure_that_a_crash_left_halfway_is_finished(someone):
    sealing.shred(someone.pseudonym, at=AT)
    assert privacy.forget_again(AT) == 1
    assert not Account.objects.exists()
    assert privacy.forget_again(AT) == 0


def test_retention_removes_what_is_past_its_time_and_only_that(someone):
    from datetime import timedelta

    later = AT + timedelta(hours=25)
    Job.objects.filter(key="about").update(state="done", finished_at=AT - timedelta(days=30))
    counted = {one.table: one.rows for one in privacy.retention(later, dry_run=True)}
    assert IdempotentReply.objects.count() == 1
    removed = {one.table: one.rows for one in privacy.retention(later)}
    assert counted == removed
    assert removed["foundation.IdempotentReply"] == removed["foundation.Job"] == 1
    assert removed["foundation.ApiToken"] == 0
    assert list(Job.objects.values_list("key", flat=True)) == ["asked-by"]
    assert ApiToken.objects.exists() and Account.objects.filter(pk=someone.pk).exists()


SEED = """
from datetime import timedelta
from django.core.cache import cache
from django.core.mail import EmailMessage
from tests import factories
from tests.rooms.people.conftest import MESSAGE, NAME, NOTE, WORDS
from valley.foundation import audit, backups, clock, outbox
from valley.people import actions
from valley.skills.models import Competence
made = Competence.objects.bulk_create(
    Competence(uri=f"urn:test:{n}", scheme="starter", kind="skill", label_en=word, label_nl=word)
    for n, word in enumerate(WORDS)
)
account = factories.account("zofia.wisniewska@valley.test")
at = factories.AT
worker = factories.caller_of(account, at=at)
person = actions.start_passport(worker, name=NAME)
actions.state_competences(worker, person=person, statements=[actions.Statement(made[0].pk, level=3, note=NOTE)])
actions.give_consent(worker, person=person)
employer = factories.organisation("Centre One")
offer = actions.ShareOffer(
    reader=employer.id, purpose="application", parts=("name", "competences", "notes"), message=MESSAGE,
    ends_on=clock.today(at) + timedelta(days=30),
)
actions.look_at_share(
    factories.caller_of(factories.seated("recruiter", employer)[0], at=at),
    key=actions.give_share(worker, person=person, offer=offer),
)
factories.client_of(account)
outbox.OutboxBackend().send_messages(
    [EmailMessage("Welkom", f"Beste {NAME}", "v@valley.test", [account.email])]
)
cache.set("greeting", f"{NAME} {account.email}")
backups.backup(BACKUP, at=at)
print(person)
"""
ERASE = """
from tests import factories
from valley.foundation import access, audit, backups
from valley.people import actions
at = factories.AT
actions.erase_person(access.operator(at=at), person=PERSON, confirm="erase")
assert audit.verify().whole
backups.backup(BACKUP, at=at)
"""
RESTORE = """
from valley.foundation import audit, backups, clock
from valley.foundation.models import Account
from valley.people.models import Person
done = backups.restore(BACKUP, at=clock.now(), into_empty=False)
assert done.forgotten == FORGOTTEN, done
assert not Account.objects.filter(email__startswith="zofia").exists()
assert Account.objects.count() == 1
assert not Person._base_manager.exists()
assert audit.verify().whole
"""
TRACES = ("Zofia", "niewska", "Przybylska", "zofia.wisniewska", "12345678", "kennismaken", "Zofietje")


def traces_in(*folders) -> list[str]:
    """Which words of the person are in any byte of any file, zips opened."""
    found = []
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        contents = [path.read_bytes()]
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                contents += [archive.read(name) for name in archive.namelist()]
        for word in TRACES:
            spellings = {word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode()}
            found += [f"{word} in {path.name}" for content in contents if any(one in content for one in spellings)]
    return found


def test_no_byte_of_an_erased_person_is_left_in_files_or_restored_backups(valley_process, tmp_path):
    """In a real home folder: databases, their logs, outbox, cache, a fresh backup, and the one made before."""
    old, fresh = tmp_path / "old.zip", tmp_path / "fresh.zip"
    person = valley_process(f"BACKUP = {str(old)!r}\n{SEED}").stdout.strip()
    if not valley_process.on_postgresql:
        assert any("valley.sqlite3" in trace for trace in traces_in(valley_process.home))
    assert any(".eml" in trace for trace in traces_in(valley_process.home))
    assert traces_in(old.parent) == traces_in(valley_process.home), "the backup itself shows nothing readable"
    valley_process(f"PERSON = {person}\nBACKUP = {str(fresh)!r}\n{ERASE}")
    assert traces_in(tmp_path) == []
    valley_process(f"BACKUP = {str(old)!r}\nFORGOTTEN = 2\n{RESTORE}")
    assert traces_in(tmp_path) == []
    valley_process(f"BACKUP = {str(fresh)!r}\nFORGOTTEN = 0\n{RESTORE}")
    assert traces_in(tmp_path) == []
