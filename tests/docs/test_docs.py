"""Do the documents tell the truth: settings, links, commands, decisions, and nothing that does not belong?"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.md")])


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    source = (ROOT / "src/valley/site/settings/live.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    written = set(re.findall(r"`([A-Z][A-Z_]+)`", (ROOT / "docs/reference/settings.md").read_text()))
    assert read == {name for name in written if name.startswith(("VALLEY_", "DATABASE_"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#|/)([^)#\s]+)", page.read_text())
    lost = [link for link in links if not (page.parent / link).exists() and "src/valley/site/handbook" not in str(page)]
    assert not lost


def test_decisions_are_numbered_without_gaps_and_dated() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [int(page.name[:4]) for page in pages]
    assert numbers == list(range(1, len(numbers) + 1))
    assert not [page.name for page in pages if "Date: 20" not in page.read_text()]


def test_every_dependency_has_its_line() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    wanted = re.findall(r'^\s+"([A-Za-z0-9_-]+)(?:\[[a-z]+\])?[><=]', project, re.M)
    lines = "\n".join(page.read_text() for page in (ROOT / "docs/decisions").glob("*.md")).lower()
    assert not [name for name in wanted if name.lower() not in lines and name != "hatchling"]


def test_the_readme_names_the_two_commands_that_the_makefile_has() -> None:
    readme, makefile = (ROOT / "README.md").read_text(), (ROOT / "Makefile").read_text()
    for target in ("demo", "test"):
        assert f"make {target}" in readme
        assert re.search(rf"^{target}:", makefile, re.M)


def test_nothing_is_here_that_does_not_belong() -> None:
    """No paths of a machine, no host names of package registries, nothing about how the work is organised."""
    words = [r"/w[o]rk/(main|shared|\.)", r"/f[a]rm/", r"\.librar[y]/", r"p[y]pi\.org", r"pythonh[o]sted"]
    words += [r"registry\.n[p]mjs", r"deb\.d[e]bian"]
    result = subprocess.run(
        ["git", "grep", "-nE", "|".join(words)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode in (1, 128), result.stdout
