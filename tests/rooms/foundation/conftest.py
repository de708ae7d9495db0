"""A valley of its own in real files, driven by real processes, for what memory cannot show."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.utils import translation

ROOT = Path(__file__).resolve().parents[3]


class ValleyProcess:
    """Runs Python inside a fresh valley: ``valley_process(code)`` waits, ``.start(code)`` does not."""

    def __init__(self, home: Path, database_url: str = "") -> None:
        self.home = home
        self.on_postgresql = bool(database_url)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("VALLEY_", "DJANGO_"))},
            "DJANGO_SETTINGS_MODULE": "valley.site.settings.live",
            "VALLEY_HOME": str(home),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DATABASE_URL": database_url,
        }

    def _arguments(self, code: str) -> list[str]:
        return [sys.executable, "-c", "import django; django.setup()\n" + textwrap.dedent(code)]

    def __call__(self, code: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(self._arguments(code), env=self.environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done

    def start(self, code: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._arguments(code), env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Errors are compared by their English words."""
    with translation.override("en"):
        yield


MIGRATE = """
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
call_command("migrate", database="vault", verbosity=0, interactive=False)
call_command("createcachetable", database="cache", verbosity=0)
"""


@pytest.fixture
def valley_process(tmp_path) -> Iterator[ValleyProcess]:
    """A migrated valley of its own: in SQLite files, or in a database of its own where the settings use PostgreSQL."""
    with _database() as address:
        process = ValleyProcess(tmp_path / "home", database_url=address)
        process(MIGRATE)
        yield process


@contextmanager
def _database() -> Iterator[str]:
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield ""
        return
    name = f"valley_apart_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
