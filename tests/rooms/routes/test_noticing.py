"""Nobody asks: is a route planned again when its opening changes, and looked at every day?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests import factories
from tests.rooms.routes.routes_region import SECOND

from valley.foundation import access, jobs
from valley.foundation.problems import Conflict
from valley.people import queries as passports
from valley.routes import actions
from valley.routes.models import RouteLink
from valley.work import actions as work
from valley.work.actions import uploads

TASK = "routes.replan_all"


def waiting() -> list[jobs.JobLine]:
    return [line for line in jobs.listed(state="ready") if line.task == TASK]


def opening_of(link: str) -> Any:
    """The opening of a link, as the product itself knows it."""
    with access.opened(passports.grant(factories.operator(), purpose=access.Purpose.UPKEEP)):
        return RouteLink.objects.select_related("opening").get(key=link).opening


def worked(monkeypatch, *, days: int = 0, minutes: int = 2) -> None:
    """A worker does what is due so much later."""
    moment = factories.AT + timedelta(days=days, minutes=minutes)
    monkeypatch.setattr("valley.foundation.clock.now", lambda: moment)
    jobs.run_worker(once=True)


def test_who_closes_an_opening_of_a_route_has_it_planned_again_without_anybody_asking(region, monkeypatch) -> None:
    key = region.propose()
    daily = {line.key for line in waiting()}
    name, link = next(iter(region.links(key).items()))
    opening = opening_of(link)
    work.close_opening(region.recruiters[name], slug=opening.slug, version=opening.version)
    assert len(waiting()) == len(daily) + 1
    worked(monkeypatch)
    page = region.page(key)
    assert page.state == "broken"
    assert page.changes[0].words == "An opening in the route changed."
    assert page.changes[0].why_words == "the opening was closed before it was signed"


def test_two_changes_of_one_minute_are_looked_at_once_and_other_openings_move_nobody(region) -> None:
    key = region.propose()
    before = len(waiting())
    region.add_job("elsewhere", "delta", starts_on=date(2028, 4, 1), practises=SECOND)
    assert len(waiting()) == before
    for link in region.links(key).values():
        work.touch_openings(factories.operator(), openings=[opening_of(link).pk])
    assert len(waiting()) == before + 1


def test_while_there_are_routes_they_are_looked_at_every_day(region, monkeypatch) -> None:
    region.propose()
    (tomorrow,) = waiting()
    assert tomorrow.key == "routes.noticed:2026-11-24"
    worked(monkeypatch, days=1)
    assert [line.key for line in waiting()] == ["routes.noticed:2026-11-25"]
    assert actions.replan_all(factories.operator()).touched == 0


def test_an_upload_with_an_opening_of_a_route_is_not_undone(region) -> None:
    key = region.propose()
    opening = opening_of(next(iter(region.links(key).values())))
    with pytest.raises(Conflict, match="one by one") as refused:
        uploads._remove([opening.pk])
    assert "Sara" not in str(refused.value)
    assert region.page(key).links[0].slug == opening.slug
