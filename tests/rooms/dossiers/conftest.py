"""The trade's words, the example dossier, and small dossiers made on the spot."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

import pytest
from django.utils import translation
from tests import factories

from valley.skills import actions as skills

EXAMPLE = resources.files("valley.dossiers").joinpath("examples/commercie-2015.toml").read_bytes()
SMALL = """
code = "{code}"
valid_from = {starts}
name_nl = "Klantcontact"
source = "{source}"

[[part]]
code = "B1"
kind = "base"
name_nl = "Basisdeel"

[[part.core_task]]
code = "B1-K1"
name_nl = "Helpt klanten"

[[part.core_task.work_process]]
code = "B1-K1-W1"
name_nl = "{name}"
competences = {{ {competences} }}
{more}
"""


def small(**changed: str) -> bytes:
    """A dossier of one work process."""
    said = {
        "code": "klantcontact",
        "starts": "2026-08-01",
        "source": "a test",
        "name": "Beantwoordt vragen",
        "competences": '"listen-actively" = 2',
        "more": "",
    }
    return SMALL.format(**said | changed).encode()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The words that tests look for are the English ones, whatever is translated."""
    with translation.override("en"):
        yield


@pytest.fixture
def words(db) -> None:
    """The starter vocabulary."""
    skills.load_starter(factories.operator())
