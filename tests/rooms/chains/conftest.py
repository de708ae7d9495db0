"""In which language do these tests read what the room says, and which openings are there to practise in?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation
from tests.rooms.routes import routes_region
from tests.rooms.routes.routes_region import RoutesRegion


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals and words are compared in English, whatever the language of the installation."""
    with translation.override("en"):
        yield


@pytest.fixture
def region(db) -> RoutesRegion:
    """Four employers with jobs of a year that practise half a qualification each, and the plan of that."""
    return routes_region.made()
