"""Is every piece small enough to hold?"""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "valley"
FILES = [path for path in sorted(SRC.rglob("*.py")) if "migrations" not in path.parts]
ROOMS = (
    "skills", "dossiers", "reading", "people", "work", "evidence", "thread", "vacancies", "mobility", "curriculum",
    "field", "applications", "careers", "chains", "routes", "placement",
)  # fmt: skip
FORBIDDEN_NAMES = {"utils", "helpers", "common", "services", "managers", "misc"}


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_file_has_at_most_400_lines(path: Path) -> None:
    assert _lines(path) <= 400


def test_the_median_file_has_at_most_150_lines() -> None:
    sizes = [_lines(path) for path in FILES if _lines(path) > 0]
    assert statistics.median(sizes) <= 150


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_at_most_4000_lines(room: str) -> None:
    assert sum(_lines(path) for path in FILES if path.relative_to(SRC).parts[0] == room) <= 4000


def test_no_function_body_is_longer_than_50_lines() -> None:
    long = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
                length = (node.end_lineno or 0) - first.lineno + 1
                if length > 50:
                    long.append(f"{path.relative_to(SRC)}:{node.name} {length}")
    assert not long


def test_no_drawer_for_odds_and_ends() -> None:
    assert not [path for path in FILES if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_module_says_which_question_it_answers(path: Path) -> None:
    if path.read_text().strip():
        assert ast.get_docstring(ast.parse(path.read_text()))


def test_no_function_is_named_by_what_it_does_to_data() -> None:
    bad = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            named = isinstance(node, ast.FunctionDef) and node.name not in {"process_exception", "process_view"}
            if named and node.name.startswith(("do_", "handle_", "process_")):
                bad.append(f"{path.relative_to(SRC)}:{node.name}")
    assert not bad
