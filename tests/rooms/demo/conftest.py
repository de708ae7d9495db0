"""The small demo region, once per module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.demo_region import Loaded, small_region


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker) -> Iterator[Loaded]:
    with small_region(django_db_blocker) as loaded:
        yield loaded


@pytest.fixture
def region(_loaded: Loaded, db) -> Loaded:
    """The small demo region; what a test changes is undone after it."""
    return _loaded
