"""A route that was stopped stays shut, also when the same learner shares another with the same school and partners."""

from __future__ import annotations

import pytest
from tests import factories

from valley.foundation.problems import NotFound
from valley.routes import actions, queries


def test_a_stopped_route_does_not_open_again_with_the_next(region) -> None:
    old = region.propose()
    name, link = next(iter(region.links(old).items()))
    actions.withdraw_route(region.learner, person=region.person, route=old, why="travel")
    new = region.propose()
    fresh = region.links(new)[name]
    assert [row.key for row in queries.school_routes(region.coach)] == [new]
    assert queries.school_route(region.coach, key=new).key == new
    assert queries.partner_link(region.recruiters[name], key=fresh).key == fresh
    for refused in (
        lambda: queries.school_route(region.coach, key=old),
        lambda: queries.partner_link(region.recruiters[name], key=link),
        lambda: actions.sign_training_part(region.coach, route=old),
        lambda: actions.sign_link(region.recruiters[name], link=link),
    ):
        with pytest.raises(NotFound):
            refused()
    assert queries.school_route(factories.operator(), key=old).stopped
