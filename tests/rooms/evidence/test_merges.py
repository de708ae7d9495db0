"""Near-equal competences are proposed, shown side by side, and counted as one only when a person says so."""

from __future__ import annotations

from datetime import date

import pytest
from tests import factories
from tests.rooms.evidence.conftest import Region

from valley.evidence import actions, queries
from valley.evidence.models import Merge
from valley.foundation import access
from valley.foundation.problems import Conflict, NotFound
from valley.skills import actions as skills
from valley.skills.queries import LocalConcept


def _rated(region: Region, *competences: int, employers: int = 1) -> None:
    for _number in range(employers):
        partner = factories.organisation()
        ratings = [actions.RatingLine(pk, 3, 2) for pk in competences]
        actions.add_ratings(region.office, organisation=partner.id, dated_on=date(2026, 10, 1), ratings=ratings)


@pytest.fixture
def twins(region: Region) -> tuple[int, int]:
    """Two competences that say nearly the same, asked by six employers and by two."""
    twin = skills.add_local_concept(
        region.operator,
        draft=LocalConcept(
            label_nl="klachten van klanten behandelen",
            label_en="handling customer complaints",
            parent=region.ids["handle-complaints"],
            author="Test",
            evidence="A test",
        ),
    )
    _rated(region, region.ids["handle-complaints"], employers=4)
    _rated(region, twin.id, region.ids["handle-complaints"], employers=2)
    return region.ids["handle-complaints"], twin.id


def test_the_pair_is_proposed_once_with_the_more_asked_one_kept(region: Region, twins: tuple[int, int]) -> None:
    first = actions.propose_merges(region.designer)
    assert (first.new > 0, first.known) == (True, 0)
    again = actions.propose_merges(region.designer)
    assert (again.new, again.known) == (0, first.new)
    pair = next(one for one in queries.merges(region.designer) if one.folded.competence == twins[1])
    assert (pair.kept.competence, pair.state) == (twins[0], "proposed")
    assert pair.kept.label and pair.folded.label and pair.kept.description and pair.because
    assert pair.kept.sentences


def test_a_small_number_of_employers_is_hidden_from_all_but_the_terminal(
    region: Region, twins: tuple[int, int]
) -> None:
    actions.propose_merges(region.designer)
    for who, shown in ((region.designer, None), (region.office, None), (region.operator, 2)):
        pair = next(one for one in queries.merges(who) if one.folded.competence == twins[1])
        assert (pair.kept.employers, pair.folded.employers) == (6, shown)


def test_a_decision_is_reversible_and_two_people_do_not_overwrite_each_other(
    region: Region, twins: tuple[int, int]
) -> None:
    actions.propose_merges(region.designer)
    pair = next(one for one in queries.merges(region.designer) if one.folded.competence == twins[1])
    saved = actions.decide_merge(region.designer, merge=pair.id, state="merged", reason="same", version=1)
    with pytest.raises(Conflict, match="counted as one"):
        actions.decide_merge(region.office, merge=pair.id, state="apart", version=1)
    actions.decide_merge(region.office, merge=pair.id, state="apart", version=saved.version)
    after = next(one for one in queries.merges(region.designer) if one.id == pair.id)
    assert (after.state, after.version) == ("apart", 3)
    assert actions.propose_merges(region.designer).new == 0


def test_a_ring_of_merges_and_a_second_home_are_refused(region: Region) -> None:
    a, b, c = (region.ids[key] for key in ("use-crm", "use-ticketing", "use-databases"))
    pairs = [
        Merge.objects.create(kept_id=x, folded_id=y, score=0.9, why="label").pk for x, y in ((a, b), (b, c), (c, a))
    ]
    actions.decide_merge(region.designer, merge=pairs[0], state="merged", version=1)
    actions.decide_merge(region.designer, merge=pairs[1], state="merged", version=1)
    with pytest.raises(actions.EvidenceRefused, match="another merge"):
        actions.decide_merge(region.designer, merge=pairs[2], state="merged", version=1)
    other = Merge.objects.create(kept_id=region.ids["listen-actively"], folded_id=c, score=0.9, why="label").pk
    with pytest.raises(actions.EvidenceRefused, match="another merge"):
        actions.decide_merge(region.designer, merge=other, state="merged", version=1)


def test_merging_is_not_an_employers_business(region: Region) -> None:
    for who in (region.recruiter, region.stranger):
        for ask in (
            lambda who=who: queries.merges(who),
            lambda who=who: actions.propose_merges(who),
            lambda who=who: actions.decide_merge(who, merge=1, state="merged", version=1),
        ):
            with pytest.raises(access.Forbidden):
                ask()
    with pytest.raises(NotFound):
        actions.decide_merge(region.designer, merge=1, state="merged", version=1)
    with pytest.raises(actions.EvidenceRefused):
        actions.decide_merge(region.designer, merge=1, state="perhaps", version=1)
