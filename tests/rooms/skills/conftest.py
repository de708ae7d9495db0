"""What do the tests of the vocabulary stand on: the starter set, and small ESCO sets made on the spot?"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests import factories

from valley.foundation import clock
from valley.skills import actions

SKILL = "http://data.europa.eu/esco/skill/"
JOB = "http://data.europa.eu/esco/occupation/"
ISCO = "http://data.europa.eu/esco/isco/"

Rows = list[dict[str, str]]


def small_set() -> dict[str, Rows]:
    """A complete ESCO set of four skills, three groups, two occupations and one ISCO group."""
    return {
        "skills_en": [
            _skill("s1", "listen actively", "skill/competence", "hear customers\nlisten well"),
            _skill("s2", "handle complaints", "skill/competence", "deal with complaints"),
            _skill("s3", "complaint law", "knowledge", ""),
            _skill("s4", "calm angry callers", "skill/competence", ""),
        ],
        "skillGroups_en": [_group("g0", "skills", ""), _group("g1", "communication", "S1"), _group("g2", "care", "S2")],
        "ISCOGroups_en": [{"conceptUri": ISCO + "C4", "preferredLabel": "Clerks", "code": "4"}],
        "occupations_en": [_job("o1", "call centre agent"), _job("o2", "complaints manager")],
        "broaderRelationsSkillPillar": [
            _above(SKILL + "g1", SKILL + "g0"),
            _above(SKILL + "g2", SKILL + "g0"),
            _above(SKILL + "s1", SKILL + "g1"),
            _above(SKILL + "s2", SKILL + "g2"),
            _above(SKILL + "s3", SKILL + "g2"),
            _above(SKILL + "s4", SKILL + "s2"),
        ],
        "broaderRelationsOccPillar": [_above(JOB + "o1", ISCO + "C4"), _above(JOB + "o2", ISCO + "C4")],
        "occupationSkillRelations": [
            _ask("o1", "s1", "essential"),
            _ask("o1", "s2", "essential"),
            _ask("o2", "s2", "essential"),
            _ask("o2", "s3", "optional"),
        ],
        "skillSkillRelations": [
            {"originalSkillUri": SKILL + "s3", "relationType": "optional", "relatedSkillUri": SKILL + "s2"}
        ],
    }


def _skill(key: str, label: str, kind: str, others: str) -> dict[str, str]:
    return {
        "conceptType": "KnowledgeSkillCompetence",
        "conceptUri": SKILL + key,
        "skillType": kind,
        "reuseLevel": "cross-sector",
        "preferredLabel": label,
        "altLabels": others,
        "status": "released",
        "description": f"What it is to {label}.",
    }


def _group(key: str, label: str, code: str) -> dict[str, str]:
    return {"conceptUri": SKILL + key, "preferredLabel": label, "code": code}


def _job(key: str, label: str) -> dict[str, str]:
    return {"conceptUri": JOB + key, "preferredLabel": label, "iscoGroup": "4", "altLabels": "", "code": "4." + key}


def _above(child: str, parent: str) -> dict[str, str]:
    return {"conceptUri": child, "broaderUri": parent}


def _ask(job: str, skill: str, how: str) -> dict[str, str]:
    return {"occupationUri": JOB + job, "relationType": how, "skillUri": SKILL + skill}


def as_csv(rows: Rows) -> str:
    """Rows as ESCO writes them."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write_zip(path: Path, tables: Mapping[str, Rows | str | bytes]) -> Path:
    """A zip of CSV files; a table may be rows, ready text or bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            archive.writestr(f"{name}.csv", rows if isinstance(rows, (str, bytes)) else as_csv(rows))
    return path


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Doors read the same moment as the people that the factories make."""
    monkeypatch.setattr(clock, "now", lambda: factories.AT)


@pytest.fixture
def esco(tmp_path: Path) -> Callable[..., actions.ImportReport]:
    """Import a set of tables as one zip: ``esco(tables, release="1.1.1", language="en", dry_run=False)``."""

    def run(
        tables: Mapping[str, Rows | str | bytes], release: str = "1.1.1", **options: object
    ) -> actions.ImportReport:
        path = write_zip(tmp_path / f"set-{release}-{len(list(tmp_path.iterdir()))}.zip", tables)
        return actions.import_esco(factories.operator(), path=path, release=release, **options)

    return run


@pytest.fixture
def starter(db: None) -> None:
    """The starter vocabulary, loaded."""
    actions.load_starter(factories.operator())
