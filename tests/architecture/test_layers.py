"""Does the house stand: do imports go down only, and would the linter see it if they did not?"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")

PLANTS = {
    "core imports django": ("core/profiles.py", "import django.http", "The maths knows no framework"),
    "core reads the clock": ("core/profiles.py", "import time", "The maths knows no framework"),
    "foundation imports a room": ("foundation/clock.py", "import valley.skills.queries", "The house"),
    "skills imports people": ("skills/queries.py", "import valley.people.queries", "The house"),
    "people imports work": ("people/queries.py", "import valley.work.queries", "The house"),
    "queries import actions": ("work/queries.py", "import valley.work.actions", "Inside a room"),
    "mobility reads models of people": ("mobility/queries.py", "import valley.people.models", "people"),
    "a room imports numba": ("mobility/queries.py", "import numba", "Only the maths imports"),
}


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINTER, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "static", "locale"))
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


def test_all_contracts_hold(copy: Path) -> None:
    result = _lint(copy)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_violation_is_found(copy: Path, plant: str) -> None:
    name, line, contract = PLANTS[plant]
    file = copy / "src" / "valley" / name
    if not file.exists():
        file = copy / "src" / "valley" / name.removesuffix(".py") / "__init__.py"
    kept = file.read_text()
    try:
        file.write_text(kept + f"\n{line}  # noqa\n")
        result = _lint(copy)
    finally:
        file.write_text(kept)
    assert result.returncode != 0
    assert f"{contract}" in result.stdout
