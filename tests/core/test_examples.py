"""Do the examples in the docstrings of the maths run?"""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import valley.core

MODULES = sorted(found.name for found in pkgutil.walk_packages(valley.core.__path__, "valley.core."))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    assert sum(doctest.testmod(importlib.import_module(name)).attempted for name in MODULES) >= 40
