"""Does the API keep its description under strange input, for a visitor, a worker and a recruiter?"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.live import Valley, free_port, serving

pytestmark = pytest.mark.server
ACCOUNTS = {"visitor": "", "worker": "bilal@demo.valley.invalid", "recruiter": "recruiter.pechhulp@demo.valley.test"}
# What schemathesis knows and we do not promise, with the reason.
LEFT_OUT = ",".join(
    [
        "ignored_auth",  # a session and a key are both accepted: removing one may leave the other
        "unsupported_method",  # Django answers HEAD and OPTIONS itself
    ]
)


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valley]:
    made = Valley(tmp_path_factory.mktemp("fuzzed"), free_port())
    made.run("demo", "--small", "--no-serve")
    with serving(made):
        yield made


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_api_keeps_its_description(valley: Valley, account: str, tmp_path: Path) -> None:
    headers = []
    if ACCOUNTS[account]:
        key = valley.json("accounts", "token", ACCOUNTS[account])["token"]
        headers = ["-H", f"Authorization: Bearer {key}"]
    result = subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"),
            "run",
            f"{valley.url}/api/v1/openapi.json",
            "--url",
            f"{valley.url}/api/v1",
            "--checks",
            "all",
            "--exclude-checks",
            LEFT_OUT,
            "--max-examples",
            "25",
            "--seed",
            "1",
            "--generation-deterministic",
            *headers,
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]
