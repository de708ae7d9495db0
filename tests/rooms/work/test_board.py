"""The board that every visitor reads: kept while nothing changes, never a change behind, counted right."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories

from valley.work import actions, drafts, queries
from valley.work.queries import OpeningFilter

VISITOR = factories.visitor()
PLACES, TONGUES = ("maastricht", "heerlen", "sittard", "roermond"), ("de", "fr", "en")


def _several(region, number: int) -> None:
    drawn = Random(4)
    for n in range(number):
        spoken = tuple(drafts.LanguageDraft(code, 3) for code in drawn.sample(TONGUES, drawn.randint(0, 3)))
        actions.add_opening(
            factories.operator(at=factories.AT + timedelta(minutes=n // 3)),
            draft=region.draft(
                title=f"Opening {n}",
                place=drawn.choice(PLACES),
                languages=(drafts.LanguageDraft("nl", 4), *spoken),
                hours_max=drawn.choice((32, 36)),
            ),
            publish=True,
        )


def test_choices_are_counted_as_a_reader_would_count_the_lines(region) -> None:
    _several(region, 40)
    for asked in (OpeningFilter(), OpeningFilter(language="de"), OpeningFilter(hours=36, place="heerlen", km=25)):
        found = queries.open_openings(VISITOR, filters=asked, limit=100)
        assert found.total == len(found.items) > 0
        places = Counter(item.place_key for item in found.items)
        spoken = Counter(one.code for item in found.items for one in item.languages)
        assert {facet.key: facet.openings for facet in found.facets.places} == places
        assert {facet.key: facet.openings for facet in found.facets.languages} == spoken
        assert [facet.openings for facet in found.facets.places] == sorted(places.values(), reverse=True)
        assert {facet.key: facet.openings for facet in found.facets.organisations} == {"centre-one": found.total}


def test_pages_together_are_the_whole_list_and_a_filter_keeps_its_order(region) -> None:
    _several(region, 40)
    whole = [item.id for item in queries.open_openings(VISITOR, limit=100).items]
    paged = [item.id for first in range(0, 40, 7) for item in _page(first, 7)]
    assert paged == whole
    german = [item.id for item in queries.open_openings(VISITOR, filters=OpeningFilter(language="de"), limit=99).items]
    assert german == [pk for pk in whole if pk in set(german)]
    among = frozenset(whole[::2])
    chosen = queries.open_openings(VISITOR, filters=OpeningFilter(language="de", among=among), limit=99).items
    assert [item.id for item in chosen] == [pk for pk in german if pk in among]


def _page(first: int, limit: int) -> tuple[queries.OpeningItem, ...]:
    return queries.open_openings(VISITOR, limit=limit, offset=first).items


def test_what_changed_is_seen_by_the_next_reader(region) -> None:
    first, second = region.open(), region.open(place="heerlen")
    assert _places() == {"maastricht": 1, "heerlen": 1}
    draft = region.draft(place="sittard", languages=(drafts.LanguageDraft("nl", 4),))
    actions.revise_opening(region.recruiter, slug=second.slug, version=1, draft=draft)
    assert _places() == {"maastricht": 1, "sittard": 1}
    actions.close_opening(region.recruiter, slug=first.slug, version=1)
    assert _places() == {"sittard": 1}
    closing = factories.visitor(at=factories.AT + timedelta(days=84))
    assert queries.open_openings(closing).total == 0
    assert _places() == {"sittard": 1}


def _places() -> dict[str, int]:
    return {facet.key: facet.openings for facet in queries.open_openings(VISITOR).facets.places}


def test_the_board_is_read_once_while_nothing_changes(region) -> None:
    _several(region, 6)
    queries.open_openings(VISITOR)
    with CaptureQueriesContext(connection) as counted:
        queries.open_openings(VISITOR)
    assert len(counted) <= 4
    with CaptureQueriesContext(connection) as counted:
        queries.open_openings(VISITOR, filters=OpeningFilter(language="de"))
    assert len(counted) <= 5
