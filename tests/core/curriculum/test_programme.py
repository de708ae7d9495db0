"""Do the differences, the regional delta and the coverage of programmes keep their laws?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valley.core.curriculum import programme
from valley.core.curriculum.programme import Ask, Demand, InvalidProgramme, Need, Outcome, Unit, Version
from valley.core.curriculum.thread.shapes import Line

ON = date(2026, 11, 23)
HALF = {"job-text": 24, "observation": 36, "rating": 24}
competences = st.integers(1, 8)
levels = st.integers(1, 4)


@st.composite
def versions(draw: st.DrawFn) -> Version:
    codes = draw(st.sets(st.sampled_from("abcd")))
    units = tuple(
        Unit(
            code, draw(st.sampled_from(["x", "y"])), guided_hours=draw(st.integers(0, 9)), place=draw(st.integers(0, 2))
        )
        for code in sorted(codes)
    )
    names = draw(st.sets(st.sampled_from(["o1", "o2", "o3", "o4", "o5"]))) if codes else set()
    outcomes = tuple(
        Outcome(
            name,
            draw(st.sampled_from(sorted(codes))),
            draw(st.sampled_from(["p", "q"])),
            depth=draw(st.sampled_from(programme.DEPTHS)),
            competences=tuple(draw(st.dictionaries(competences, levels, max_size=3)).items()),
            work_processes=tuple(draw(st.sets(st.sampled_from(["W1", "W2", "W9"])))),
        )
        for name in sorted(names)
    )
    return Version(units, outcomes)


needs = st.dictionaries(competences, st.tuples(st.integers(1, 5), st.integers(0, 4)), min_size=1, max_size=5)


@st.composite
def regions(draw: st.DrawFn) -> tuple[Demand, ...]:
    found = []
    for employer in range(draw(st.integers(1, 4))):
        asked = draw(needs)
        total = sum(weight for weight, _level in asked.values())
        found.append(Demand(employer, tuple(Need(one, w / total, lv) for one, (w, lv) in sorted(asked.items()))))
    return tuple(found)


@given(versions(), versions())
def test_a_diff_applied_gives_the_other_version_and_its_mirror_the_way_back(a: Version, b: Version) -> None:
    change = programme.diff(a, b)
    assert programme.applied(a, change) == b
    assert programme.mirrored(change) == programme.diff(b, a)
    assert programme.applied(b, programme.mirrored(change)) == a
    assert change.empty == (a == b)


@given(versions())
def test_equal_versions_differ_in_nothing_whatever_the_order_they_were_written_in(a: Version) -> None:
    shuffled = Version(a.units[::-1], a.outcomes[::-1])
    assert shuffled == a
    assert programme.diff(a, shuffled) == programme.Diff(
        (), (), (a.guided_hours, a.practice_hours), (a.guided_hours, a.practice_hours)
    )


def test_a_diff_names_what_moved_what_was_raised_and_what_was_mapped() -> None:
    units = (Unit("a", "A", guided_hours=40), Unit("b", "B"))
    old = Version(units, (Outcome("o", "a", "say it", competences=((1, 2),), work_processes=("W1",)),))
    new = Version(units, (Outcome("o", "b", "say it", competences=((1, 3),), work_processes=("W2",)),))
    change = programme.diff(old, new)
    assert [(one.kind, one.code, one.fields) for one in change.changes] == [
        ("changed", "o", ("unit", "competences", "work_processes"))
    ]
    assert change.shifts == (programme.Shift(1, 2, 3),)


@pytest.mark.parametrize(
    ("units", "outcomes"),
    [
        ((Unit("a", "A"), Unit("a", "B")), ()),
        ((Unit("a", "A"), Unit("b", "B")), (Outcome("o", "a", "x"), Outcome("o", "b", "y"))),
        ((Unit("a", "A"),), (Outcome("o", "elsewhere", "x"),)),
        ((Unit("a", "A"),), (Outcome("o", "a", "x", depth="deep"),)),
        ((Unit("a", "A"),), (Outcome("o", "a", "x", competences=((1, 5),)),)),
        ((Unit("a", "A"),), (Outcome("o", "a", "x", competences=((1, 2), (1, 3))),)),
    ],
)
def test_a_version_that_contradicts_itself_is_refused(units, outcomes) -> None:
    with pytest.raises(InvalidProgramme) as refused:
        Version(units, outcomes)
    assert refused.value.next_step


asks_of = st.lists(
    st.builds(Ask, competences, levels, st.sets(st.sampled_from(["W1", "W2"])).map(lambda s: tuple(sorted(s)))),
    max_size=6,
)


@given(versions(), asks_of)
def test_every_competence_lies_on_one_side_of_the_dossier(version: Version, asks: list[Ask]) -> None:
    found = programme.delta(version, asks=asks, work_processes=("W1", "W2"))
    asked = {one.competence: max(a.level for a in asks if a.competence == one.competence) for one in asks}
    assert [line.competence for line in found.competences] == sorted(asked.keys() | version.taught().keys())
    for line in found.competences:
        had, wanted = version.taught().get(line.competence, 0), asked.get(line.competence, 0)
        assert (line.taught, line.asked) == (had, wanted)
        assert (line.side == "beside") == (wanted == 0)
        assert (line.side == "below") == (had < wanted)
        assert (line.side == "above") == (had > wanted > 0)
    codes = [line.code for line in found.work_processes]
    assert codes[:2] == ["W1", "W2"]
    assert all((line.side == "beside") == (line.code == "W9") for line in found.work_processes)
    assert all(line.side == "below" for line in found.work_processes if not line.outcomes)


def test_a_version_that_teaches_exactly_the_dossier_has_an_empty_delta() -> None:
    outcome = Outcome("o", "a", "x", competences=((1, 2), (2, 3)), work_processes=("W1",))
    asks = (Ask(1, 2, ("W1",)), Ask(2, 3, ("W1",)))
    found = programme.delta(Version((Unit("a", "A"),), (outcome,)), asks=asks, work_processes=("W1",))
    assert {line.side for line in (*found.competences, *found.work_processes)} == {"as-asked"}


def _twin(version: Version, demand: tuple[Demand, ...]) -> dict[int, tuple[float, float]]:
    """Presence and depth per employer, once more and slowly."""
    found = {}
    for one in demand:
        present = deep = Fraction(0)
        for need in one.needs:
            best = [lv for o in version.outcomes for c, lv in o.competences if c == need.competence]
            if best:
                present += Fraction(need.share)
                deep += Fraction(need.share) if max(best) >= need.level else 0
        found[one.employer] = (float(present), float(deep))
    return found


@given(versions(), regions())
def test_coverage_equals_its_slow_twin(version: Version, region: tuple[Demand, ...]) -> None:
    found = programme.coverage(version, demand=region)
    for one in found.employers:
        assert (one.present, one.deep) == pytest.approx(_twin(version, region)[one.employer])
        assert 0 <= one.deep <= one.present <= 1
    assert programme.coverage(version, demand=region[::-1]) == found


@given(versions(), regions(), competences, levels)
def test_teaching_more_or_deeper_never_lowers_a_share(version, region, competence: int, level: int) -> None:
    more = Version((*version.units, Unit("extra", "X", place=9)), (
        *version.outcomes, Outcome("extra", "extra", "x", depth="master", competences=((competence, level),)),
    ))  # fmt: skip
    areas = (programme.Area("all", tuple(range(1, 9))),)
    had, has = (programme.coverage(one, demand=region, areas=areas) for one in (version, more))
    for before, after in zip(had.employers, has.employers, strict=True):
        assert after.present >= before.present
        assert after.deep >= before.deep
    assert has.areas[0].taught >= had.areas[0].taught
    assert {gap.competence for gap in has.gaps} <= {gap.competence for gap in had.gaps}


@given(versions(), regions())
def test_gaps_and_what_is_redundant_are_the_two_sides_of_the_demand(version, region) -> None:
    found = programme.coverage(version, demand=region)
    asked = {need.competence for one in region for need in one.needs}
    assert set(found.redundant) == set(version.taught()) - asked
    short = {c for one in found.employers for c in (*one.missing, *one.shallow)}
    assert {gap.competence for gap in found.gaps} == short
    assert [gap.weight for gap in found.gaps] == sorted((gap.weight for gap in found.gaps), reverse=True)


def test_a_focus_area_shows_its_depths_apart_from_presence() -> None:
    outcomes = (
        Outcome("o1", "a", "x", depth="know", competences=((1, 1), (2, 1))),
        Outcome("o2", "a", "x", depth="master", competences=((2, 3),)),
    )
    area = programme.Area("social", (1, 2, 3))
    found = programme.coverage(
        Version((Unit("a", "A"),), outcomes), demand=(Demand(1, (Need(2, 1.0, 4),)),), areas=(area,)
    ).areas[0]
    assert (found.size, found.taught, found.at) == (3, 2, (1, 0, 1))
    assert (found.asked, found.present, found.deep) == (1.0, 1.0, 0.0)


lines_of = st.lists(
    st.builds(
        Line,
        st.integers(1, 3),
        competences,
        st.sampled_from(sorted(HALF)),
        st.integers(0, 900).map(lambda days: ON - timedelta(days=days)),
        st.sampled_from([0.5, 1.0, 2.0]),
        st.integers(0, 4),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=50)
@given(lines_of, st.randoms(use_true_random=False))
def test_demand_adds_up_and_does_not_mind_order_or_repetition(lines: list[Line], chance) -> None:
    found = programme.demands(lines, on=ON, half_life=HALF, merges={})
    assert all(sum(need.share for need in one.needs) == pytest.approx(1) for one in found)
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert programme.demands(shuffled, on=ON, half_life=HALF, merges={}) == found
    for once, often in zip(found, programme.demands(lines * 3, on=ON, half_life=HALF, merges={}), strict=True):
        assert [need.share for need in often.needs] == pytest.approx([need.share for need in once.needs])
        assert [need.level for need in often.needs] == [need.level for need in once.needs]


@given(lines_of)
def test_merged_competences_are_asked_as_one_also_in_chains_and_rings(lines: list[Line]) -> None:
    found = programme.demands(lines, on=ON, half_life=HALF, merges={1: 2, 2: 3, 5: 6, 6: 5})
    assert not {need.competence for one in found for need in one.needs} & {1, 2}
    by_employer = defaultdict(set)
    for line in lines:
        by_employer[line.employer].add(3 if line.competence in (1, 2) else line.competence)
    for one in found:
        assert len({n.competence for n in one.needs} - {5, 6}) == len(by_employer[one.employer] - {5, 6})


def test_old_evidence_counts_half_after_its_half_life() -> None:
    line = Line(1, 1, "job-text", ON, level=2)
    old = replace(line, competence=2, on=ON - timedelta(days=round(24 * 365.25 / 12)))
    found = programme.demands([line, old], on=ON, half_life=HALF, merges={})
    assert [need.share for need in found[0].needs] == pytest.approx([2 / 3, 1 / 3], rel=1e-3)
