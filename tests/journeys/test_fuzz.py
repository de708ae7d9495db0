"""Does the API keep its description under strange input, for a visitor, a worker and a recruiter?

The small demo region is really served. Schemathesis sends what the description allows (must be accepted), what it
forbids (must be refused with a declared problem), methods that are not there, and chains of requests. It also gets
real openings, competences and desks, so that it reaches past "does not exist". Every check it has is on, except:

``ignored_auth``: it takes the key out and expects 401, but a public question answers everyone, with a key or without.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.live import Valley, free_port, serving

pytestmark = pytest.mark.server
WORKER, RECRUITER = "bilal@demo.valley.invalid", "recruiter.pechhulp@demo.valley.invalid"
EMPLOYER = "autobijstand-europa"
ACCOUNTS = {"visitor": "", "worker": WORKER, "recruiter": RECRUITER}
# Everyone tries every operation with random input. The long list of border cases of an operation (each bound, each
# missing field, each other method) is tried by the account that has most to ask there: three times finds no more.
BORDERS = {
    "visitor": "^/(skills|mobility/rule)",
    "worker": "^/(people/me|mobility/me)",
    "recruiter": "^/(work|skills/competences|people/shared|mobility/(openings|sector))",
}
# 422 is our answer to what JSON Schema cannot say (an end before its start, a place we do not know), as are 409 for
# what someone else changed and 410 for what was erased. 400, "does not fit the schema", is never right for what fits.
ACCEPTED = ["2xx", 401, 403, 404, 409, 410, 422, 429]
# Which parameters take real values, and how often.
HALF = 0.5
BINDINGS = {
    "path.slug": "openings",
    "body.opening": "openings",
    "path.id": "competences",
    "path.competence": "competences",
    "body.competence": "competences",
    "body.statements[*].competence": "competences",
    "body.parent": "competences",
    "path.code": "languages",
    "path.upload": "uploads",
    "path.purpose": "purposes",
    "query.organisation": "employers",
    "body.organisation": "employers",
    "body.opening.place": "places",
    "body.opening.role": "roles",
    "body.place": "places",
}


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valley]:
    made = Valley(tmp_path_factory.mktemp("fuzzed"), free_port())
    made.run("demo", "--small", "--no-serve")
    with serving(made):
        yield made


@pytest.fixture(scope="module")
def configured(valley: Valley, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The configuration of schemathesis, with values of this region."""
    folder = tmp_path_factory.mktemp("configured")
    valley.run("work", "template", str(folder / "openings.xlsx"))
    arguments = ("work", "import-openings", str(folder / "openings.xlsx"), "--organisation", EMPLOYER, "--dry-run")
    openings = valley.json("work", "openings", "--limit", "5")["items"]
    values: dict[str, list[Any]] = {
        "openings": [one["slug"] for one in openings],
        "places": [one["placeKey"] for one in openings],
        "roles": [one["roleKey"] for one in openings],
        "competences": [one["id"] for one in valley.json("skills", "search", "klant", "--kind", "competence")],
        "languages": ["nl", "de", "fr"],
        "uploads": [valley.json(*arguments)["upload"] for _ in range(2)],
        "purposes": ["sector-run"],
        "employers": [EMPLOYER],
    }
    lines = [f"hooks = {json.dumps(str(Path(__file__).with_name('fuzz_hooks.py')))}"]
    lines += ["[checks.positive_data_acceptance]", f"expected-statuses = {json.dumps(ACCEPTED)}"]
    lines += [f"[dictionaries.{name}]\nvalues = {json.dumps(found)}" for name, found in values.items()]
    lines += ["[parameters]"]
    lines += [f'"{key}" = {{ dictionary = "{name}", probability = {HALF} }}' for key, name in BINDINGS.items()]
    return "\n".join(lines)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_api_keeps_its_description(valley: Valley, configured: str, account: str, tmp_path: Path) -> None:
    others = json.dumps(BORDERS[account].replace("^", "^(?!", 1) + ")")
    settings = tmp_path / "schemathesis.toml"
    settings.write_text(
        f"{configured}\n[[operations]]\ninclude-path-regex = {others}\nphases.coverage.enabled = false\n"
    )
    headers = []
    if ACCOUNTS[account]:
        headers = ["-H", f"Authorization: Bearer {valley.json('accounts', 'token', ACCOUNTS[account])['token']}"]
    options = ["--checks", "all", "--exclude-checks", "ignored_auth", "--max-examples", "10"]
    # A busy machine is no defect: wait longer for an answer, and let slow making of examples pass.
    options += ["--request-timeout", "60", "--suppress-health-check", "too_slow"]
    result = subprocess.run(
        [
            *(Path(sys.executable).with_name("schemathesis"), "--config-file", str(settings)),
            *("run", f"{valley.url}/api/v1/openapi.json", "--url", f"{valley.url}/api/v1"),
            *(*options, "--seed", "1", "--generation-deterministic", "--continue-on-failure", "--no-color"),
            *headers,
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-12000:] + result.stderr[-2000:]
