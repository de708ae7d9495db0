"""Is the invented region the same for a seed, does it add up, and does it hold what was planted?"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valley.demo import region as invented
from valley.demo.region.roles import roles
from valley.demo.region.staffing import shared_out, shrunk, staff
from valley.skills import starter_files

ON = date(2026, 11, 23)
TABLES = invented.tables()
ROLES = roles(starter_files.roles())
KEYS = {competence.key for competence in starter_files.competences()}
PLACES = {place.key for place in starter_files.places()}


@pytest.fixture(scope="module")
def full() -> invented.Region:
    return invented.invent(TABLES, ROLES, on=ON)


def digest(region: invented.Region) -> str:
    return hashlib.sha256(repr(region).encode()).hexdigest()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    first, again = (invented.invent(TABLES, ROLES, on=ON, small=True) for _ in range(2))
    assert digest(first) == digest(again)
    assert digest(first) != digest(invented.invent(TABLES, ROLES, on=ON, seed=1, small=True))


def test_the_bytes_do_not_depend_on_the_process() -> None:
    """Sets and dicts hash differently in every process; nothing of that may reach the region."""
    code = (
        "import hashlib; from datetime import date; from valley.demo import region as r;"
        "from valley.demo.region.roles import roles; from valley.skills import starter_files as s;"
        "region = r.invent(r.tables(), roles(s.roles()), on=date(2026, 11, 23), small=True);"
        "print(hashlib.sha256(repr(region).encode()).hexdigest())"
    )
    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'valley.site.settings.test';"
        f"import django; django.setup(); {code}"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_thirty_employers_five_thousand_workers_nine_hundred_openings(full) -> None:
    assert len(full.employers) == 30
    assert len(full.openings) == 900
    invented_workers = [worker for worker in full.workers if not worker.email]
    assert len(invented_workers) == 5000 == sum(employer.jobs for employer in full.employers)
    assert Counter(worker.employer for worker in invented_workers) == {one.key: one.jobs for one in full.employers}
    assert Counter(worker.role for worker in invented_workers) == {role.key: role.jobs for role in ROLES}


def test_the_small_region_has_ten_employers(full) -> None:
    small = invented.invent(TABLES, ROLES, on=ON, small=True)
    assert (len(small.employers), len(small.workers) - len(TABLES.workers), len(small.openings)) == (
        10,
        200,
        60,
    )
    assert {desk.organisation for desk in small.desks} <= {one.key for one in (*small.employers, *small.partners)}


def test_one_site_is_near_a_fifth_and_most_are_small(full) -> None:
    sizes = sorted(employer.jobs for employer in full.employers)
    assert 0.15 < sizes[-1] / 5000 < 0.2
    assert sum(size < 50 for size in sizes) >= 10


def test_every_word_exists_in_the_vocabulary(full) -> None:
    used = {claim.competence for worker in full.workers for claim in worker.claims}
    used |= {need.competence for opening in full.openings for need in opening.needs}
    assert used <= KEYS
    places = {opening.place for opening in full.openings} | {worker.wishes.place for worker in full.workers}
    assert places | {employer.place for employer in full.employers} <= PLACES
    spoken = {code for worker in full.workers for code, _cefr in worker.languages}
    assert spoken <= {language["code"] for language in starter_files.languages()}


def test_roadside_help_is_given_only_where_it_belongs(full) -> None:
    mobility = {employer.key for employer in full.employers if employer.type == "mobility"}
    assert {worker.employer for worker in full.workers if worker.role == "mobility-adviser"} <= mobility
    assert {opening.employer for opening in full.openings if opening.role == "mobility-adviser"} <= mobility


def test_consent_is_given_by_most_but_not_all(full) -> None:
    share = sum(worker.consent for worker in full.workers) / len(full.workers)
    assert 0.90 < share < 0.94


def test_forty_people_have_too_little_to_compare(full) -> None:
    planted = [worker for worker in full.workers if worker.planted == "too-little"]
    assert len(planted) >= 30
    assert all(sum(claim.grade > 1 for claim in worker.claims) < 3 for worker in planted)


def test_openings_lie_within_three_years_and_close_before_they_are_too_late(full) -> None:
    for opening in full.openings:
        assert ON < opening.closes_on <= opening.starts_until_on
        assert opening.starts_from_on < opening.starts_until_on
        assert (opening.starts_from_on - ON).days <= 36 * 31
        assert opening.hours[0] <= opening.hours[1]
        assert float(opening.pay[0]) <= float(opening.pay[1])
        assert (opening.months is None) == (opening.contract == "permanent")
    per_employer = Counter((opening.employer, opening.reference) for opening in full.openings)
    assert max(per_employer.values()) == 1


def test_every_opening_has_must_haves_with_a_task(full) -> None:
    for opening in full.openings:
        musts = [need for need in opening.needs if need.must]
        assert 3 <= len(musts) <= 9 and all(need.task for need in musts)


def test_learning_jobs_are_at_recognised_companies_and_practise_work_processes(full) -> None:
    taught = {one.employer for one in full.recognised}
    learning = [opening for opening in full.openings if opening.contract == "work-based-learning"]
    assert 120 <= len(learning) <= 350
    for opening in learning:
        assert opening.employer in taught and opening.months in (6, 10, 12)
        hours = full.practice.hours(opening)
        assert hours and all(value % 10 == 0 and value > 0 for value in hours.values())
    every = {code for opening in learning for code in full.practice.hours(opening)}
    assert len(every) == 11


def test_some_statuses_end_and_one_still_has_to_begin(full) -> None:
    ends = [one for one in full.recognised if one.until_on is not None]
    assert len(ends) >= 3 and all(one.from_on < one.until_on for one in ends)
    assert sum(one.from_on > ON for one in full.recognised) == 1
    assert 5 <= len(full.employers) - len(full.recognised) <= 10


def test_no_real_company_is_shown_and_ready_accounts_are_unreachable_addresses(full) -> None:
    emails = [desk.email for desk in full.desks] + [worker.email for worker in full.workers if worker.email]
    assert len(emails) == len(set(emails)) == 10 + 28 + 8  # desks, recruiters of the other employers, people
    assert all(email.endswith(".invalid") for email in emails)  # RFC 2606: never delivered


def test_ready_passports_are_rich_and_readable(full) -> None:
    for worker in (worker for worker in full.workers if worker.email and not worker.planted):
        assert len(worker.claims) >= 15 and any(claim.note for claim in worker.claims)
        assert sum(claim.grade > 1 for claim in worker.claims) >= 3 and worker.consent


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 90), min_size=1), st.data())
def test_staffing_keeps_both_totals(rows, data) -> None:
    whole = sum(rows.values())
    cut = data.draw(st.integers(0, whole))
    columns = {"x": cut, "y": whole - cut} if 0 < cut < whole else {"x": whole}
    affinity = {(row, column): data.draw(st.floats(0, 9)) for row in rows for column in columns}
    found = staff(rows, columns, affinity)
    assert {row: sum(n for (r, _c), n in found.items() if r == row) for row in rows} == rows
    assert {column: sum(n for (_r, c), n in found.items() if c == column) for column in columns} == columns


def test_staffing_with_unequal_totals_is_refused() -> None:
    with pytest.raises(ValueError, match="differ"):
        staff({"a": 2}, {"x": 3}, {})


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 900), min_size=1), st.integers(8, 60))
def test_shrinking_keeps_everybody_and_the_new_total(totals, whole) -> None:
    found = shrunk(totals, whole)
    assert sum(found.values()) == whole and min(found.values()) >= 1


@given(st.dictionaries(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), st.floats(0.1, 50), min_size=1))
def test_sharing_out_gives_exactly_the_whole(weights) -> None:
    assert sum(shared_out(weights, 60).values()) == 60
