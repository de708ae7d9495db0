"""Does the region load through the actions of everybody, once, with what was planted in it?"""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests import factories

from valley.demo import evidence, loader, moving, region
from valley.demo.cli import command
from valley.foundation import accounts, audit, organisations
from valley.foundation.access import Purpose
from valley.foundation.models import Account, AuditLine
from valley.mobility import queries
from valley.people import queries as people
from valley.work import queries as work

DESKS, RECRUITERS, PEOPLE = 10, 8, 8
"""Ready accounts: at the desks of accounts.toml, a recruiter for each employer that has none there, with a passport."""
OPENINGS = region.SMALL_OPENINGS


def test_the_small_region_is_there(region) -> None:
    assert region.loading == loader.Loading(
        partners=15,
        accounts=DESKS + RECRUITERS + PEOPLE,
        openings=OPENINGS,
        passports=200 + PEOPLE,
        claims=region.loading.claims,
        evidence=region.loading.evidence,
        employments=region.loading.employments,
        shock=region.loading.shock,
        run_changed=True,
        changed=True,
    )
    assert len(organisations.partners(kind="employer")) == 10
    assert work.public_counts(factories.visitor()).openings == OPENINGS


def test_careers_and_a_redundancy_are_there_too(region) -> None:
    assert 200 <= region.loading.employments <= 400  # everybody has a job now, many had one before
    shock = region.loading.shock
    assert shock.jobs >= shock.joined >= shock.placed > 0


def test_the_small_region_has_evidence_too(region) -> None:
    found = region.loading.evidence
    assert found.pieces > 80 and found.decisions > 800 and found.programmes == 2 and found.changes == 4


def test_a_second_time_changes_nothing(region) -> None:
    before = AuditLine.objects.count()
    again = loader.load_region(factories.operator(), small=True)
    assert not again.changed
    assert again == loader.Loading(0, 0, 0, 0, 0, evidence.Loaded(), 0, moving.Shock(), False, False)
    assert AuditLine.objects.count() == before


def test_everything_was_written_down(region) -> None:
    verbs = set(AuditLine.objects.values_list("verb", flat=True))
    assert {"organisations.add", "accounts.make", "work.add_openings", "people.import_people"} <= verbs
    assert "mobility.run_sector" in verbs and audit.verify().whole


def test_ready_accounts_sit_at_their_desks_without_a_password(region, settings) -> None:
    settings.VALLEY_DEMO = True
    ready = {one.email.split("@")[0]: one for one in accounts.demo_accounts()}
    assert len(ready) == DESKS + RECRUITERS + PEOPLE
    roles = sorted(role for one in ready.values() for role in one.roles)
    assert roles == sorted([*factories.KINDS, "recruiter", *["recruiter"] * RECRUITERS])
    assert not any(account.has_usable_password() for account in Account.objects.filter(is_demo=True))


@pytest.mark.parametrize(("name", "role"), [("sara", "adviser-1"), ("bilal", "adviser-2"), ("marja", "adviser-3")])
def test_ready_workers_see_openings_of_their_kind_first(region, name, role) -> None:
    answer = queries.my_openings(factories.operator(), person=region.persons[name])
    assert answer.possible and answer.not_yet and answer.possible[0].opening.role_key == role


def test_too_little_and_one_thing_missing_were_planted(region) -> None:
    operator = factories.operator()
    grant = people.grant(operator, purpose=Purpose.SECTOR_RUN)
    from valley.people import snapshots

    profiles = snapshots.profiles(grant)
    assert any(profile.confirmed < 3 for profile in profiles)
    german = [
        profile
        for profile in profiles
        if dict((s.code, s.cefr) for s in profile.spoken).get("fr") == 6
        and dict((s.code, s.cefr) for s in profile.spoken).get("nl") == 2
    ]
    answer = queries.my_openings(operator, person=german[0].id, limit=100)
    assert answer.possible == ()
    assert any([(line.subject, line.asked) for line in row.missing] == [("de", 4)] for row in answer.not_yet)


def test_the_command_loads_and_prints_one_document(region, settings) -> None:
    settings.VALLEY_DEMO = True
    result = CliRunner().invoke(command, ["--small", "--no-serve", "--json"], catch_exceptions=False)
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["loading"]["changed"] is False and len(document["accounts"]) == DESKS + RECRUITERS + PEOPLE


def test_seeds_and_sizes_are_named_in_the_help() -> None:
    result = CliRunner().invoke(command, ["--help"])
    assert all(option in result.output for option in ("--seed", "--small", "--no-serve", "--port"))
    assert str(region.SEED) in result.output
