"""Does a what-if answer with the same arithmetic, and store nothing?"""

from __future__ import annotations

import pytest
from tests import factories

from valley.core.mobility.overlap import NotANeed
from valley.core.profiles import InvalidProfile
from valley.mobility import queries


@pytest.fixture
def case(region):
    """Sara, and the first opening that is not yet possible because of a competence or level."""
    who = factories.caller_of(region.account("sara"))
    person = region.persons["sara"]
    answer = queries.my_openings(who, person=person, limit=100)
    row = next(row for row in answer.not_yet if {line.kind for line in row.missing} == {"competence"})
    return who, person, row


def test_learning_what_is_missing_makes_it_possible_and_never_lowers_the_cover(case) -> None:
    who, person, row = case
    add = [(int(line.subject), line.asked) for line in row.missing]
    answer = queries.what_if(who, person=person, opening=row.opening.slug, add=add)
    assert not answer.before.possible and answer.after.possible
    assert answer.after.coverage >= answer.before.coverage
    assert answer.difference == pytest.approx(answer.after.fit - answer.before.fit)


def test_leaving_out_a_need_removes_its_line_and_weights_change_points(case) -> None:
    who, person, row = case
    needs = [line.competence for line in queries.explanation(who, person=person, opening=row.opening.slug).lines]
    answer = queries.what_if(
        who, person=person, opening=row.opening.slug, without_needs=needs[:1], weights={needs[1]: 5.0}
    )
    lines = {line.competence: line for line in answer.after.lines}
    before = {line.competence: line for line in answer.before.lines}
    assert needs[0] not in lines and len(lines) == len(needs) - 1
    assert lines[needs[1]].weight == pytest.approx(5 * before[needs[1]].weight, rel=1e-2)
    assert sum(line.points for line in answer.after.lines) == pytest.approx(answer.after.fit, abs=1e-9)


def test_nothing_is_stored(case) -> None:
    who, person, row = case
    before = queries.explanation(who, person=person, opening=row.opening.slug)
    queries.what_if(who, person=person, opening=row.opening.slug, add=[(before.lines[0].competence, 4)])
    assert queries.explanation(who, person=person, opening=row.opening.slug) == before


def test_a_need_that_is_not_there_and_a_level_out_of_range_are_refused(case) -> None:
    who, person, row = case
    with pytest.raises(NotANeed):
        queries.what_if(who, person=person, opening=row.opening.slug, without_needs=[999_999])
    with pytest.raises(InvalidProfile):
        queries.what_if(who, person=person, opening=row.opening.slug, add=[(1, 9)])
