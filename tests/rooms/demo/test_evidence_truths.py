"""Does the engine find, in the evidence of the whole region, every truth that was planted in it?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest
from tests import factories
from tests.demo_region import undone

from valley.core.curriculum.thread import Line, Policy, Thread, thread
from valley.demo import evidence, loader
from valley.demo import region as invented
from valley.demo.evidence.stage import told
from valley.demo.region.roles import roles
from valley.evidence import queries as read
from valley.foundation.models import AuditLine
from valley.skills import actions as skills
from valley.skills import queries as vocabulary
from valley.thread import actions as red_thread_actions
from valley.thread import queries as red_thread
from valley.thread import snapshots as snapshots
from valley.thread.actions import ThreadAsked, policy_of
from valley.work import actions as work

PLANTED = told("planted.toml")
QUICK = Policy(bootstraps=1, nulls=0)
"""Everything but the draws: the core, and what it becomes without each employer."""


@dataclass(frozen=True, slots=True)
class Valley:
    """The thirty employers with their evidence; nobody works there, which is quicker."""

    organisations: dict[str, int]
    loaded: evidence.Loaded
    keys: dict[str, int]
    inputs: snapshots.Inputs

    def organisations_with_texts(self) -> dict[str, int]:
        return {employer.key: self.organisations[employer.key] for employer in invented.tables().employers}

    def pks(self, keys: list[str]) -> set[int]:
        return {self.keys[key] for key in keys}

    def thread(self, lines: tuple[Line, ...] | None = None, policy: Policy = QUICK) -> Thread:
        return thread(lines or self.inputs.lines, on=factories.ON, policy=policy, setting=self.inputs.setting)


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker) -> Iterator[Valley]:
    with django_db_blocker.unblock(), ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setattr("valley.foundation.clock.now", lambda: factories.AT)
        for database in ("default", "vault"):
            stack.enter_context(undone(database))
        yield _valley()


def _valley() -> Valley:
    operator = factories.operator()
    skills.load_starter(operator)
    work.load_starter_roles(operator)
    wanted = roles(vocabulary.starter_roles())
    region = invented.invent(invented.tables(), wanted, on=factories.ON)
    organisations = loader.join(operator, region)
    loaded = evidence.load(operator, organisations=organisations, report=lambda share, words: None)
    inputs = snapshots.inputs(on=factories.ON)
    return Valley(organisations, loaded, vocabulary.ids_by_starter_key(), inputs)


@pytest.fixture
def valley(_loaded: Valley, db) -> Valley:
    return _loaded


def test_everything_came_in_and_a_second_time_changes_nothing(valley) -> None:
    found = valley.loaded
    assert found.pieces == 112 + 40 + 20 and found.programmes == 2 and found.changes == 4 and found.edits == 3
    before = AuditLine.objects.count()
    again = evidence.load(factories.operator(), organisations=valley.organisations, report=lambda share, words: None)
    assert again == evidence.Loaded() and AuditLine.objects.count() == before


def test_something_was_confirmed_changed_rejected_and_left_for_the_designer(valley) -> None:
    found = read.progress(factories.operator())
    assert found.unread == 0 and found.confirmed > 1200
    assert found.rejected >= 8 and found.changed >= 2 and 20 <= found.waiting <= 60
    states = [pair.state for pair in read.merges(factories.operator())]
    assert states.count("merged") == 2 and states.count("apart") == 1 and "proposed" in states


def test_the_thread_is_there_and_stands_every_test(valley) -> None:
    page = red_thread.latest(factories.operator())
    assert page.refusal is None and page.null is not None and page.null.p <= 0.05
    inside = {row.competence for row in page.rows if row.rank}
    planted = valley.pks(PLANTED["core"]["competences"])
    assert len(inside & planted) >= 12
    asked = {row.competence: row.support or 0 for row in (*page.rows, *page.candidates)}
    least = PLANTED["core"]["least_share"] * len(valley.organisations_with_texts())
    assert all(asked[pk] >= least for pk in planted)
    assert sum(row.kept == "core" for row in page.rows if row.rank) >= 10


def test_the_designer_dropped_two_with_a_reason_and_added_one(valley) -> None:
    page = red_thread.latest(factories.operator())
    edited = [(row.state, bool(row.reason)) for row in page.rows if row.state in ("dropped", "added")]
    assert sorted(edited) == [("added", True), ("dropped", True), ("dropped", True)]


def test_the_dominating_employer_decides_by_number_of_texts_and_not_when_all_count_the_same(valley) -> None:
    own = valley.pks(PLANTED["dominating"]["own"])
    equal, by_texts = (
        {item.competence for item in valley.thread(policy=replace(QUICK, weighting=how)).core}
        for how in ("equal", "texts")
    )
    assert not own & equal
    assert len(own & by_texts) >= 2
    largest = next(other for other in valley.thread().others if other.weighting == "texts").largest_influence
    assert largest[0] == valley.organisations[PLANTED["dominating"]["employer"]]


def test_repeating_its_texts_gives_the_dominating_employer_nothing(valley) -> None:
    largest = valley.organisations[PLANTED["dominating"]["employer"]]
    more = tuple(
        replace(line, piece=line.piece + 100_000 * again)
        for line in valley.inputs.lines
        if line.employer == largest
        for again in (1, 2)
    )
    assert _cores(valley.thread((*valley.inputs.lines, *more))) == _cores(valley.thread())


@pytest.mark.parametrize("planted", PLANTED["system"], ids=lambda one: one["name"])
def test_a_system_that_looks_common_is_its_class_of_tools_and_never_a_competence(valley, planted) -> None:
    operator, name = factories.operator(), planted["name"]
    pages = [read.piece(operator, id=line.id) for line in read.pieces(operator, kind="job-text", limit=500).items]
    naming = [page for page in pages if name in page.text]
    assert all(name in {system.name for system in page.systems} for page in naming) and naming
    assert vocabulary.competence_named(name) is None
    for page in naming:
        resting = [one for one in page.findings if name in one.matched]
        assert {one.why for one in resting} <= {"system"}, "its letters are part of no other finding"
        assert all(name not in one.label for one in page.findings)
    own_class = {system.tool_class for page in naming for system in page.systems if system.name == name}
    assert len(own_class) == 1
    assert [one.tool_class for one in read.system_names(operator) if one.name == name] == [planted["tool_class"]]


def test_order_taking_shrinks_and_connected_products_grow(valley) -> None:
    items = {item.competence: item for item in valley.thread().items}
    for part, sign in (("shrinking", -1), ("growing", 1)):
        for pk in valley.pks(PLANTED[part]["competences"]):
            assert items[pk].support >= PLANTED[part]["least_employers"]
            assert items[pk].trend is not None and items[pk].trend * sign > 0.005, part


def test_connected_products_are_asked_in_the_last_year_only_and_orders_hardly_since(valley) -> None:
    growing, shrinking = (valley.pks(PLANTED[part]["competences"]) for part in ("growing", "shrinking"))
    year = date(factories.ON.year - 1, factories.ON.month, factories.ON.day)
    assert all(line.on >= year for line in valley.inputs.lines if line.competence in growing)
    orders = [line for line in valley.inputs.lines if line.competence in shrinking]
    assert sum(line.on >= year for line in orders) / len(orders) < 0.05


def test_leaving_out_any_employer_tells_its_exact_effect(valley) -> None:
    """Against a run on the evidence without that employer, line by line."""
    whole = valley.thread()
    told_of = {one.employer: one for one in whole.left_out}
    assert told_of.keys() == set(valley.organisations_with_texts().values())
    for employer, one in told_of.items():
        rest = valley.thread(tuple(line for line in valley.inputs.lines if line.employer != employer))
        assert set(one.left) == _cores(whole) - _cores(rest), employer
        assert set(one.entered) == _cores(rest) - _cores(whole), employer
        assert one.changed == pytest.approx(len(one.left) / len(whole.core))
        assert one.changed <= 0.2


@pytest.mark.parametrize("employer", ["autobijstand-europa", "energie-zuiderlicht"])
def test_the_same_effect_is_shown_for_a_run_without_an_employer(valley, employer) -> None:
    designer = factories.caller("designer")
    slug = next(one.slug for one in read.choices(designer) if one.id == valley.organisations[employer])
    page = red_thread_actions.compute_thread(designer, policy=policy_of(ThreadAsked(without=(slug,))))
    one = next(one for one in valley.thread().left_out if one.employer == valley.organisations[employer])
    assert page.effect is not None and page.effect.changed_percent == round(100 * one.changed)
    assert (len(page.effect.left), len(page.effect.entered)) == (len(one.left), len(one.entered))


def test_the_order_of_lines_and_employers_changes_nothing(valley) -> None:
    draw = np.random.default_rng(20261123)
    shuffled = tuple(valley.inputs.lines[place] for place in draw.permutation(len(valley.inputs.lines)))
    assert valley.thread(shuffled) == valley.thread()


def test_a_shuffled_region_has_no_common_core(valley) -> None:
    """Every employer keeps how much it asks and how heavily; what it asks is dealt out anew."""
    draw = np.random.default_rng(20261123)
    known = np.array(sorted({line.competence for line in valley.inputs.lines}))
    dealt: dict[tuple[int, int], int] = {}
    for employer in sorted({line.employer for line in valley.inputs.lines}):
        asked = sorted({line.competence for line in valley.inputs.lines if line.employer == employer})
        drawn = draw.choice(known, size=len(asked), replace=False)
        dealt |= {(employer, old): int(new) for old, new in zip(asked, drawn, strict=True)}
    lines = tuple(replace(line, competence=dealt[line.employer, line.competence]) for line in valley.inputs.lines)
    found = valley.thread(lines, replace(QUICK, bootstraps=50, nulls=100))
    assert found.refusal is not None and found.refusal.reason in ("not-above-chance", "one-employer-decides")
    assert found.null is not None and found.null.p > 0.05


def _cores(found: Thread) -> set[int]:
    return {item.competence for item in found.core}
