"""The small demo region, once per module, on the day of the factories."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests import factories
from tests.demo_region import Loaded, small_region

from valley.foundation import clock
from valley.mobility import snapshots


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker) -> Iterator[Loaded]:
    with small_region(django_db_blocker) as loaded:
        yield loaded


@pytest.fixture(autouse=True)
def _one_day_and_no_memory(monkeypatch) -> None:
    """Doors read the clock, which stands still here; an index of a test that was undone is never met again."""
    monkeypatch.setattr(clock, "now", lambda: factories.AT)
    monkeypatch.setattr(snapshots, "_kept", None)


@pytest.fixture
def region(_loaded: Loaded, db) -> Loaded:
    """The small demo region; what a test changes is undone after it."""
    return _loaded
