"""In which language do these tests read what the room says, and who is there?"""

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
    """Four employers, a school and Sara."""
    return routes_region.made()
