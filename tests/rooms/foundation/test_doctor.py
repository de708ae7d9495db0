"""Does the doctor see what is wrong, say what to do, and never fall ill itself?"""

import json
import os
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.db import DatabaseError
from tests import factories
from tests.factories import AT

from valley.foundation import audit, cli, doctor, jobs, sealing

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def finding(name: str) -> doctor.Finding:
    return next(one for one in doctor.examine(AT) if one.name == name)


def test_every_finding_that_is_not_ok_has_a_next_step():
    findings = doctor.examine(AT)
    assert len({one.name for one in findings}) == len(findings) == 15
    for one in findings:
        assert bool(one.next_step) == (one.state != "ok"), one


def test_a_broken_chain_and_missing_triggers_are_bad():
    audit.record(factories.operator(), verb="test.look", subject=("valley", "all"))
    assert finding("audit").state == "ok"
    with audit.unguarded():
        assert finding("audit").state == "bad"
        from valley.foundation.models import AuditLine

        AuditLine.objects.update(verb="other")
    assert finding("audit").state == "bad"


def test_desks_without_second_factor_are_counted():
    account, _partner = factories.seated("recruiter")
    assert finding("second factor").state == "warn"
    Authenticator.objects.create(user=account, type="totp", data={})
    assert finding("second factor").state == "ok"


def test_a_wrong_master_key_is_bad(settings):
    sealing.make_keys(["a"], at=AT)
    settings.VALLEY_MASTER_KEY = "another" * 9
    assert finding("vault").state == "bad"
    settings.VALLEY_MASTER_KEY = "short"
    assert finding("master key").state == "bad"


def test_old_and_missing_backups_are_warned_of(settings, tmp_path):
    settings.VALLEY_HOME = tmp_path
    assert finding("backups").state == "warn"
    (tmp_path / "backups").mkdir()
    made = tmp_path / "backups" / "b.zip"
    made.touch()
    os.utime(made, (AT.timestamp(), AT.timestamp()))
    assert finding("backups").state == "ok"
    old = (AT - timedelta(days=3)).timestamp()
    os.utime(made, (old, old))
    assert finding("backups").state == "warn"


def test_a_valley_on_the_internet_needs_https(settings):
    settings.VALLEY_URL = "http://valley.example.org"
    assert finding("https").state == "bad"
    settings.VALLEY_URL, settings.SECURE_HSTS_SECONDS = "https://valley.example.org", 3600
    assert finding("https").state == "ok"


def test_stuck_jobs_are_bad(monkeypatch):
    monkeypatch.setattr(jobs, "stuck", lambda at: 2)
    assert finding("jobs").state == "bad"


def test_a_look_that_fails_is_a_finding(monkeypatch):
    def fails(at):
        raise DatabaseError

    monkeypatch.setattr(jobs, "stuck", fails)
    assert finding("jobs").state == "bad"
    assert finding("audit").state == "ok"


def run(command, *arguments, code: int = 0):
    done = CliRunner().invoke(command, [*arguments, "--json", "--lang", "en"])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def test_the_terminal_tells_the_same_as_the_functions(tmp_path, settings):
    settings.VALLEY_HOME = tmp_path
    factories.account()
    chain = audit.verify()
    assert run(cli.audit, "verify") == {"lines": chain.lines, "whole": True, "broken_at": None, "head": chain.head}
    assert [line["verb"] for line in run(cli.audit, "about", "account", "nobody")] == []
    answer = run(cli.doctor, code=1 if doctor.worst(doctor.examine(AT)) == "bad" else 0)
    assert [one["name"] for one in answer["findings"]] == [one.name for one in doctor.examine(AT)]
    assert {row["table"] for row in run(cli.privacy, "register")} >= {"foundation.Account", "people.Person"}
    assert run(cli.privacy, "retention", "--dry-run")["dry_run"] is True
    assert run(cli.jobs, "list") == []
    assert run(cli.jobs, "work", "--once") == {"ended": 0}


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_backup_and_restore_from_the_terminal(tmp_path, settings):
    settings.VALLEY_HOME = tmp_path
    factories.account()
    made = run(cli.backup, str(tmp_path / "b.zip"))
    assert made["tables"] > 20
    refused = run(cli.restore, str(tmp_path / "b.zip"), code=2)
    assert refused["error"] == "restore-refused"
    refused = run(cli.restore, str(tmp_path / "absent.zip"), code=2)
    assert refused["error"] == "backup-unreadable"
    assert run(cli.restore, str(tmp_path / "b.zip"), "--replace")["rows"] == made["rows"]
    assert [line.verb for line in audit.lines_about("valley", "all")] == ["backups.restore"]
