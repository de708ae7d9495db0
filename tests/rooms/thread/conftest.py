"""In which language do these tests read what the room says?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals and words are compared in English, whatever the language of the installation."""
    with translation.override("en"):
        yield
