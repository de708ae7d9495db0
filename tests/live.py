"""How do tests run the real thing: a home folder of its own, the demo region, the real server, real addresses?"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120


@dataclass
class Valley:
    """A valley in a folder, reached through its command and its address."""

    home: Path
    port: int
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def said(self) -> Path:
        """The file with what the server said on standard error."""
        return self.home.with_suffix(".log")

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("VALLEY_", "DJANGO_", "DATABASE_"))}
        mine = {
            "VALLEY_HOME": str(self.home),
            "VALLEY_URL": self.url,
            "VALLEY_DEMO": "1",
            "VALLEY_REQUESTS_PER_MINUTE": "0",
            "NO_COLOR": "1",
        }
        return kept | mine | self.extra

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run ``valley arguments``."""
        result = subprocess.run(
            [sys.executable, "-m", "valley", *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if check and result.returncode:
            raise AssertionError(f"valley {' '.join(arguments)}: {result.returncode}\n{result.stdout}\n{result.stderr}")
        return result

    def json(self, *arguments: str) -> Any:
        """Run ``valley arguments --json`` and read the one document."""
        return json.loads(self.run(*arguments, "--json").stdout)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(valley: Valley) -> Iterator[subprocess.Popen[bytes]]:
    """The real server, until the block ends. What it says goes to a file: a pipe that nobody reads would stop it."""
    with valley.said.open("wb") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "valley", "serve", "--port", str(valley.port), "--no-jobs"],
            env=valley.environment(),
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )
    try:
        _wait(valley, server)
        yield server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def _wait(valley: Valley, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise AssertionError(valley.said.read_text())
        try:
            with urllib.request.urlopen(f"{valley.url}/health/", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("The server did not answer in time.")
