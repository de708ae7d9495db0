"""Is nothing lost or locked when many processes write, are killed, or are backed up meanwhile? Peers in the same run.

    python bench/reliability.py             six writers for ten seconds per mode, kills, backup, shredding (two minutes)
    python bench/reliability.py --seconds 2 shorter

Six processes do read-then-write transactions on a SQLite file, first with the settings of the house and then with the
common alternatives. Then the house's own write path is killed eight times, and a backup is made while two others write.
Exit code 1 when a target is missed: no lock error, no acknowledged write lost, a whole chain.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WRITERS = 6
MODES = {
    "house: WAL, IMMEDIATE, FULL, 20 s": ("WAL", "IMMEDIATE", 20.0),
    "WAL only (deferred), 20 s": ("WAL", "DEFERRED", 20.0),
    "SQLite defaults (rollback journal), 5 s": ("DELETE", "DEFERRED", 5.0),
}

WRITER = """
import os
from django.db import transaction
from valley.foundation import access, audit, clock
from valley.foundation.models import Organisation
number = 0
while True:
    with transaction.atomic():
        at = clock.now()
        slug = f"{os.getpid()}-{number}"
        Organisation.objects.create(slug=slug, name=slug, kind="employer", joined_on=clock.today(at))
        audit.record(access.operator(at=at), verb="bench.add", subject=("organisation", slug))
    os.write(1, (slug + "\\n").encode())
    number += 1
"""
PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
call_command("migrate", database="vault", verbosity=0, interactive=False)
"""
STATE = """
import json
from django.db import connection
from valley.foundation import audit
from valley.foundation.models import Organisation
with connection.cursor() as cursor:
    integrity = cursor.execute("PRAGMA integrity_check").fetchone()[0]
print(json.dumps([list(Organisation.objects.values_list("slug", flat=True)), audit.verify().whole, integrity]))
"""
BACKUP = """
import json, time
from valley.foundation import backups, clock
start = time.perf_counter()
backups.backup({target!r}, at=clock.now())
parts = backups.inspect({target!r}).tables
rows = [parts[name].rows for name in ("foundation.Organisation", "foundation.AuditLine")]
print(json.dumps([time.perf_counter() - start, *rows]))
"""


def flood(path: str, mode: tuple[str, str, float], seconds: float, results: multiprocessing.Queue) -> None:
    """One writer: read a counter, write it back raised, as fast as it goes."""
    _journal, begin, timeout = mode
    # SQLite's own default is synchronous=FULL, for every mode here.
    connection = sqlite3.connect(path, timeout=timeout, isolation_level=None)
    done = locked = 0
    longest, end = 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        start = time.monotonic()
        try:
            connection.execute(f"BEGIN {begin}")
            (value,) = connection.execute("SELECT value FROM counter").fetchone()
            connection.execute("UPDATE counter SET value = ?", (value + 1,))
            connection.execute("COMMIT")
            done += 1
        except sqlite3.OperationalError:
            locked += 1
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        longest = max(longest, time.monotonic() - start)
    results.put((done, locked, longest))


def flooded(mode: tuple[str, str, float], seconds: float) -> tuple[int, int, float, int]:
    """Six writers at once: transactions done, lock errors, the longest wait, and increments that were lost."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "flood.sqlite3")
        with sqlite3.connect(path) as connection:
            connection.execute(f"PRAGMA journal_mode={mode[0]}")
            connection.execute("CREATE TABLE counter (value INTEGER)")
            connection.execute("INSERT INTO counter VALUES (0)")
        results: multiprocessing.Queue = multiprocessing.Queue()
        writers = [multiprocessing.Process(target=flood, args=(path, mode, seconds, results)) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        answers = [results.get() for _ in writers]
        for writer in writers:
            writer.join()
        with sqlite3.connect(path) as connection:
            (value,) = connection.execute("SELECT value FROM counter").fetchone()
    done = sum(answer[0] for answer in answers)
    return done, sum(answer[1] for answer in answers), max(answer[2] for answer in answers), done - value


class Valley:
    """A fresh valley in files of its own, driven by processes."""

    def __init__(self, home: str) -> None:
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("VALLEY_", "DATABASE_"))},
            "DJANGO_SETTINGS_MODULE": "valley.site.settings.live",
            "VALLEY_HOME": home,
            "PYTHONPATH": str(ROOT / "src"),
        }

    def start(self, code: str) -> subprocess.Popen[str]:
        """Start a process that runs ``code`` in this valley."""
        whole = "import django; django.setup()\n" + code
        return subprocess.Popen([sys.executable, "-c", whole], env=self.environment, stdout=subprocess.PIPE, text=True)

    def run(self, code: str) -> str:
        """Run ``code`` to its end; its output."""
        process = self.start(code)
        output, _errors = process.communicate()
        if process.returncode:
            raise SystemExit(f"a step ended with {process.returncode}")
        return output


def started(valley: Valley, count: int) -> tuple[list[subprocess.Popen[str]], set[str]]:
    """Writers that have each acknowledged one write, and those writes."""
    writers = [valley.start(WRITER) for _ in range(count)]
    return writers, {writer.stdout.readline().strip() for writer in writers if writer.stdout}


def killed(writers: list[subprocess.Popen[str]]) -> set[str]:
    """Kill them and read what they had acknowledged by then."""
    found: set[str] = set()
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
        found.update((writer.stdout.read() if writer.stdout else "").split("\n")[:-1])
        writer.wait()
    return found


def kills(valley: Valley, rounds: int = 8) -> tuple[int, int, bool, str]:
    """Acknowledged writes, how many of them are lost, whether the chain is whole, and SQLite's own check."""
    acknowledged: set[str] = set()
    for number in range(rounds):
        writers, first = started(valley, 2)
        time.sleep(0.2 + 0.1 * (number % 3))
        acknowledged |= first | killed(writers)
    written, whole, integrity = json.loads(valley.run(STATE))
    return len(acknowledged), len(acknowledged - set(written)), whole, integrity


def backed_up(valley: Valley, folder: str) -> tuple[float, int, int]:
    """Seconds of a backup while two write; rows of two tables that are always written together."""
    writers, _first = started(valley, 2)
    answer = json.loads(valley.run(BACKUP.format(target=str(Path(folder) / "b.zip"))))
    killed(writers)
    return answer[0], answer[1], answer[2]


def main() -> int:
    """Print the tables; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0)
    seconds = parser.parse_args().seconds
    print(f"{WRITERS} writers for {seconds:.0f} s{'':27} done   locked  longest wait  lost")
    failed = False
    for name, mode in MODES.items():
        done, locked, longest, lost = flooded(mode, seconds)
        print(f"{name:42} {done:7,} {locked:8,} {longest:11.2f} s {lost:5}")
        failed |= name.startswith("house") and bool(locked or lost)
    with tempfile.TemporaryDirectory() as folder:
        valley = Valley(str(Path(folder) / "home"))
        valley.run(PREPARE)
        acknowledged, lost, whole, integrity = kills(valley)
        print(
            f"8 x kill -9 of two writers: {acknowledged:,} acknowledged, {lost} lost, chain whole: {whole}, {integrity}"
        )
        took, organisations, lines = backed_up(valley, folder)
        one_moment = organisations == lines
        print(f"backup while two write: {took:.2f} s, {organisations:,} rows twice, of one moment: {one_moment}")
    failed |= bool(lost) or not whole or integrity != "ok" or not one_moment
    print("target missed" if failed else "targets met: no lock error, nothing lost, one moment")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
