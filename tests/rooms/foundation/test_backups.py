"""Does a backup hold one consistent moment, no readable identity, and come back whole or not at all?"""

import hashlib
import json
import shutil
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from tests import factories
from tests.factories import AT
from tests.rooms.foundation.conftest import MIGRATE, ValleyProcess

from valley.core.errors import ValleyError
from valley.foundation import access, audit, backups, jobs, outbox, privacy, sealing
from valley.foundation.backups import manifest as manifests
from valley.foundation.models import Account, AuditLine, DataKey, IdempotentReply, Job, Membership, Organisation
from valley.foundation.privacy import declarations
from valley.foundation.privacy.declarations import opened

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


@pytest.fixture
def home(tmp_path, settings):
    settings.VALLEY_HOME = tmp_path / "home"
    return tmp_path


@pytest.fixture
def sara(home) -> Account:
    """Someone at a desk with a second factor, a mail and a job."""
    account, _partner = factories.seated("recruiter")
    Account.objects.filter(pk=account.pk).update(joined_at=AT - timedelta(days=400))
    Authenticator.objects.create(user=account, type="totp", data={"secret": "TOTP-SECRET"})
    outbox.OutboxBackend().send_messages(
        [EmailMessage("Code", "Your code is 123456", "v@valley.test", [account.email])]
    )
    jobs.Task("test.nothing", print).using(key="once").enqueue(number=1)
    IdempotentReply.objects.create(key="k", fingerprint="f", status=200, body="{}", at=AT)
    return Account.objects.get(pk=account.pk)


def snapshot() -> dict[str, list[dict]]:
    found = {}
    for label, table in manifests.kept_tables().items():
        with opened(access.Purpose.UPKEEP, at=AT):
            found[label] = list(table.rows().order_by("pk").values())
    return found


def changed(path, change) -> None:
    """Rewrite the zip with its files passed through ``change(name, bytes)``."""
    with zipfile.ZipFile(path) as archive:
        files = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            if content is not None:
                archive.writestr(name, content)


def test_everything_comes_back_as_it_was(sara, home):
    before = snapshot()
    mail = outbox.mails()
    done = backups.backup(home / "b.zip", at=AT)
    assert done.rows == sum(map(len, before.values()))
    Organisation.objects.update(name="Changed")
    Account.objects.create_user("later@valley.test")
    restored = backups.restore(home / "b.zip", at=AT, into_empty=False)
    assert snapshot() == before
    assert outbox.mails() == mail
    assert (restored.rows, restored.forgotten, restored.mails) == (done.rows, 0, 1)
    assert Account.objects.get().check_password("a-long-pass-phrase")
    assert audit.guarded()
    assert not IdempotentReply.objects.exists()


def test_new_rows_after_a_restore_get_free_numbers(sara, home):
    backups.backup(home / "b.zip", at=AT)
    backups.restore(home / "b.zip", at=AT, into_empty=False)
    factories.seated("office")
    assert audit.verify().whole


def test_the_file_holds_no_address_secret_or_password(sara, home):
    backups.backup(home / "b.zip", at=AT)
    with zipfile.ZipFile(home / "b.zip") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for word in (sara.email, sara.email.split("@")[0], "TOTP-SECRET", sara.password, "123456"):
        assert word.encode() not in everything
    assert sara.pseudonym.encode() in everything
    assert (home / "b.zip").stat().st_mode & 0o777 == 0o600


def test_the_file_holds_no_keys_sessions_or_replies(sara, home):
    backups.backup(home / "b.zip", at=AT)
    with zipfile.ZipFile(home / "b.zip") as archive:
        tables = json.loads(archive.read("manifest.json"))["tables"]
    assert not {"foundation.DataKey", "foundation.ErasedOwner", "sessions.Session"} & set(tables)
    assert "foundation.IdempotentReply" not in tables


def test_a_valley_in_use_is_not_overwritten_unless_asked(sara, home):
    backups.backup(home / "b.zip", at=AT)
    before = snapshot()
    with pytest.raises(backups.RestoreRefused, match="--replace"):
        backups.restore(home / "b.zip", at=AT)
    assert snapshot() == before


def test_whoever_was_forgotten_after_the_backup_is_forgotten_again(sara, home):
    other = factories.account()
    backups.backup(home / "b.zip", at=AT)
    privacy.erase("", sara.pk, at=AT)
    restored = backups.restore(home / "b.zip", at=AT, into_empty=False)
    assert restored.forgotten == 1
    assert list(Account.objects.values_list("email", flat=True)) == [other.email]
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [other.email]
    assert not Membership.objects.exists() and not Authenticator.objects.exists()
    assert outbox.mails() == ()
    assert audit.verify().whole


def test_a_vault_that_lacks_keys_stops_the_restore(sara, home):
    backups.backup(home / "b.zip", at=AT)
    before = snapshot()
    DataKey.objects.all().delete()
    with pytest.raises(backups.VaultDoesNotFit, match="copy of the vault"):
        backups.restore(home / "b.zip", at=AT, into_empty=False)
    assert snapshot() == before


def test_people_without_key_are_forgotten_when_the_operator_says_so(sara, home):
    backups.backup(home / "b.zip", at=AT)
    DataKey.objects.all().delete()
    backups.restore(home / "b.zip", at=AT, into_empty=False, forget_unreadable=True)
    assert not Account.objects.exists()
    assert sealing.forgotten() == {sara.pseudonym}


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
        lambda path: path.write_bytes(b"PK\x03\x04 this is no zip"),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
        lambda path: changed(path, lambda name, content: None if name == "manifest.json" else content),
        lambda path: changed(path, lambda name, content: b"[]" if name == "manifest.json" else content),
        lambda path: changed(path, lambda name, content: None if name.endswith("Account.jsonl") else content),
        lambda path: changed(
            path, lambda name, content: content.replace(b"Partner", b"Pirates") if name != "manifest.json" else content
        ),
    ],
    ids=["cut", "foreign", "empty", "absent", "no manifest", "odd manifest", "missing table", "changed row"],
)
def test_a_damaged_or_foreign_file_changes_nothing(sara, home, damage):
    backups.backup(home / "b.zip", at=AT)
    before = snapshot()
    damage(home / "b.zip")
    with pytest.raises(backups.BackupUnreadable, match="another backup"):
        backups.restore(home / "b.zip", at=AT, into_empty=False)
    assert snapshot() == before


def test_rows_that_do_not_fit_roll_everything_back(sara, home):
    """Hashes recomputed by whoever meddled: the database itself still refuses."""
    backups.backup(home / "b.zip", at=AT)
    before = snapshot()
    manifest = backups.inspect(home / "b.zip")
    content = b'{"id": 1}\n'
    digest = hashlib.sha256(content).hexdigest()
    old = manifest.tables["foundation.Organisation"].sha256
    changed(
        home / "b.zip",
        lambda name, had: (
            content if name.endswith("foundation.Organisation.jsonl") else had.replace(old.encode(), digest.encode())
        ),
    )
    with pytest.raises(backups.BackupUnreadable, match="rows that fit"):
        backups.restore(home / "b.zip", at=AT, into_empty=False)
    assert snapshot() == before
    assert audit.guarded()


def test_a_newer_backup_is_refused_with_its_version(sara, home):
    backups.backup(home / "b.zip", at=AT)
    changed(
        home / "b.zip",
        lambda name, had: (
            had.replace(b'"foundation.0001_initial"', b'"foundation.0001_initial", "foundation.0999_later"')
            if name == "manifest.json"
            else had
        ),
    )
    with pytest.raises(backups.BackupTooNew) as caught:
        backups.restore(home / "b.zip", at=AT, into_empty=False)
    assert caught.value.facts == {"unknown_migrations": ["foundation.0999_later"]}


LATER_ROOMS = (
    "dossiers", "reading", "evidence", "thread", "curriculum", "field", "vacancies", "applications", "careers",
    "chains", "routes", "placement",
)  # fmt: skip


def _as_before(name: str, had: bytes) -> bytes | None:
    """A file of the backup as the first release made it: without the audit's triggers and the rooms of later."""
    later = tuple(f"{room}." for room in LATER_ROOMS)
    if name != "manifest.json":
        return None if any(f"{room}." in name for room in LATER_ROOMS) else had
    body = json.loads(had)
    body["tables"] = {label: part for label, part in body["tables"].items() if not label.startswith(later)}
    gone = ("foundation.0002_audit_only_grows", *later)
    body["migrations"] = [one for one in body["migrations"] if not one.startswith(gone)]
    return json.dumps(body).encode()


def test_an_older_backup_is_migrated_after_loading(sara, home):
    """As if made before the audit had its triggers: loaded into the tables of then, brought up to today."""
    backups.backup(home / "b.zip", at=AT)
    before = snapshot()
    changed(home / "b.zip", _as_before)
    backups.restore(home / "b.zip", at=AT, into_empty=False)
    assert snapshot() == before
    assert audit.guarded()
    assert ("foundation", "0002_audit_only_grows") in MigrationRecorder(connection).applied_migrations()


def test_a_chain_that_does_not_end_as_the_manifest_says_is_refused(sara, home):
    backups.backup(home / "b.zip", at=AT)
    head = audit.verify().head
    changed(
        home / "b.zip",
        lambda name, had: had.replace(head.encode(), b"0" * 64) if name == "manifest.json" else had,
    )
    with pytest.raises(backups.RestoreRefused, match="audit chain"):
        backups.restore(home / "b.zip", at=AT, into_empty=False)


def test_a_place_that_cannot_be_written_says_so_and_leaves_nothing(sara, home):
    (home / "file").write_text("in the way")
    with pytest.raises(backups.BackupRefused):
        backups.backup(home / "file" / "b.zip", at=AT)
    assert sorted(path.name for path in home.iterdir()) == ["file", "home"]


def test_a_table_nobody_declared_stops_the_backup(home, monkeypatch):
    """Left out silently it would be lost at the next restore."""
    known = dict(privacy.register())
    del known["foundation.Organisation"]
    monkeypatch.setattr(declarations, "register", lambda: known)
    with pytest.raises(ValleyError, match=r"foundation\.Organisation"):
        backups.backup(home / "b.zip", at=AT)
    assert not (home / "b.zip").exists()


def test_progress_runs_from_nothing_to_all(sara, home):
    shares = []
    backups.backup(home / "b.zip", at=AT, progress=lambda share, words: shares.append(share))
    backups.restore(home / "b.zip", at=AT, into_empty=False, progress=lambda share, words: shares.append(share))
    assert all(0 <= share <= 1 for share in shares)
    assert shares[-1] == 1


def test_unfinished_erasures_are_finished_before_a_backup(sara, home):
    """A crash between destroying the key and deleting the rows leaves rows of someone forgotten."""
    sealing.make_keys([sara.pseudonym], at=AT)
    sealing.shred(sara.pseudonym, at=AT)
    backups.backup(home / "b.zip", at=AT)
    assert not Account.objects.exists()


def test_audit_and_jobs_survive(sara, home):
    lines = AuditLine.objects.count()
    backups.backup(home / "b.zip", at=AT)
    backups.restore(home / "b.zip", at=AT, into_empty=False)
    assert AuditLine.objects.count() == lines
    assert Job.objects.get().key == "once"
    with pytest.raises(Exception, match="only grows"), transaction.atomic():
        AuditLine.objects.update(verb="x")


DIGEST = """
import hashlib, json
from valley.foundation import access, clock
from valley.foundation.backups.manifest import kept_tables
from valley.foundation.privacy.export import plain
from valley.foundation.privacy import declarations
from valley.foundation.privacy.declarations import opened
digest = hashlib.sha256()
with opened(access.Purpose.UPKEEP, at=clock.now()):
    for label, table in kept_tables().items():
        for row in table.rows().order_by("pk").values():
            digest.update(json.dumps({name: plain(value) for name, value in row.items()}, sort_keys=True).encode())
print(digest.hexdigest())
"""
FILL = """
from tests import factories
from valley.people import actions
for role in ("recruiter", "office"):
    account, _partner = factories.seated(role)
    actions.start_passport(factories.caller_of(account), name="Zofia Wiśniewska")
"""


@pytest.mark.django_db(databases=[])
def test_a_backup_moves_to_another_database_and_back(valley_process, tmp_path):
    """From the database of the settings (SQLite or PostgreSQL) to a new SQLite home with the vault's copy, and back."""
    there, back, vault = tmp_path / "there.zip", tmp_path / "back.zip", tmp_path / "vault.copy"
    valley_process(FILL)
    use = "from valley.foundation import audit, backups, clock\nat = clock.now()\n"
    valley_process(f"{use}backups.backup({str(there)!r}, at=at)\nassert backups.copy_keys({str(vault)!r}) == 4")
    before = valley_process(DIGEST).stdout
    other = ValleyProcess(tmp_path / "other")
    other(MIGRATE)
    for name, source in {"vault.sqlite3": vault, "master.key": valley_process.home / "master.key"}.items():
        shutil.copy(source, other.home / name)
    other(f"{use}assert backups.restore({str(there)!r}, at=at).forgotten == 0\nassert audit.verify().whole")
    assert other(DIGEST).stdout == before
    other(f"{use}backups.backup({str(back)!r}, at=at)")
    valley_process(f"{use}backups.restore({str(back)!r}, at=at, into_empty=False)\nassert audit.verify().whole")
    assert valley_process(DIGEST).stdout == before
    valley_process('from tests import factories\nfactories.account("later@valley.test")')


def test_a_new_home_without_its_vault_is_told_to_bring_the_keys(valley_process, tmp_path):
    there = tmp_path / "there.zip"
    valley_process(FILL + f"from valley.foundation import backups\nbackups.backup({str(there)!r}, at=factories.AT)")
    other = ValleyProcess(tmp_path / "other")
    other(MIGRATE)
    told = other(f"""
from valley.foundation import backups, clock
try:
    backups.restore({str(there)!r}, at=clock.now())
except backups.VaultDoesNotFit as error:
    print(error.facts["missing"])
""")
    assert told.stdout == "4\n"
