"""How fast are the public list and the page of a vacancy under load, with 5,000 openings and one server process?

``python bench/vacancies.py`` makes a home folder of its own, loads 5,000 openings of 30 employers with what stands
beside them, starts one granian process and lets several visitors ask at once, each on a connection of its own that
stays open, as browsers do. It measures SQLite and then, when PostgreSQL is installed here (or ``DATABASE_URL`` names
one), PostgreSQL. The peer is the health page: what server and connection cost without a page. Each line has requests
per second, the median and the 95th percentile of the time of an answer, and the questions to the database of one
answer. Bars: p95 under 400 ms with four visitors at once, and 16 questions for the list, 24 for a page. Exit code 1
when a bar is missed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import pwd
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PORT, CLUSTER_PORT = 8191, 54391
OPENINGS, EMPLOYERS, VISITORS, SECONDS = 5000, 30, 4, 8.0
# name, address, bar for the 95th percentile in milliseconds, bar for questions to the database
PAGES = (
    ("health (peer)", "/health/", None, None),
    ("list", "/work/", 400, 16),
    ("list, page 200", "/work/?page=200", 400, 16),
    ("list, German within 20 km", "/work/?language=de&place=maastricht&km=20", 400, 16),
    ("list, counts for a diploma", "/work/?diploma=commercie&pay_from=15", 400, 16),
    ("page of a vacancy", "/work/openings/{slug}/", 400, 24),
    ("feed", "/work/feed/", None, None),
    ("site map", "/sitemap.xml", None, None),
)
LOAD = """
import sys
from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
import django
django.setup()
from valley.site.readiness import ensure_ready
ensure_ready()
from valley.dossiers import actions as dossiers, queries as known
from valley.foundation import access, clock, organisations
from valley.skills import queries as skills
from valley.vacancies import actions, drafts
from valley.work import drafts as work, queries as openings
at = clock.now()
on, who = clock.today(at), access.operator(at=at, language="nl")
example = resources.files("valley.dossiers").joinpath("examples/commercie-2015.toml").read_bytes()
dossiers.import_dossier(who, file_name="commercie-2015.toml", content=example)
codes = [name.split("/")[1] for name in known.work_process_ids("commercie") if "/" in name]
places = [place.key for place in skills.places() if place.country == "NL"][:12]
roles = [role.key for role in openings.role_profiles(who)]
partners = [
    organisations.add_partner(
        who, name=f"Werkgever {n}", kind="employer", sector="service", place=places[n % 12], jobs=90
    )
    for n in range(EMPLOYERS)
]
for partner in partners[1::2]:
    draft = actions.RecognitionDraft(partner.id, "commercie", on - timedelta(days=400), None, "register")
    actions.recognise(who, draft=draft)
day = drafts.PreviewDraft("Je begint om negen uur. " * 12, "Twee weken meeluisteren. " * 6, "Gesprek\\nProefdag")
spoken = ("de", "fr", "en", "nl")
def vacancy(n):
    start = on + timedelta(days=60 + n % 300)
    opening = work.OpeningDraft(
        organisation=partners[n % EMPLOYERS].id, role=roles[n % len(roles)], title=f"Klantadviseur {n}",
        text="Je helpt klanten aan de telefoon en in de chat. " * 8, contract="fixed-term", months=6 + n % 18,
        hours_min=16 + n % 8, hours_max=28 + n % 8, pay_min=Decimal("14.60") + n % 5, pay_max=Decimal("17.20") + n % 5,
        place=places[n % 12], starts_from_on=start, starts_until_on=start + timedelta(days=60),
        closes_on=start - timedelta(days=20), evenings=n % 3 == 0, weekends=n % 4 == 0, home_work=n % 5 == 0,
        languages=(work.LanguageDraft("nl", 4),) if n % 4 == 3 else
        (work.LanguageDraft("nl", 4), work.LanguageDraft(spoken[n % 4], 4)),
    )
    practised = tuple(drafts.PracticeDraft("commercie", code, 40 + n % 60) for code in codes[:6])
    return drafts.VacancyDraft(opening, practised if n % 2 else (), day)
saved = []
for first in range(0, OPENINGS, 500):
    saved += actions.keep_vacancies(who, rows=[vacancy(n) for n in range(first, min(first + 500, OPENINGS))])
print(saved[OPENINGS // 2].slug)
"""
QUERIES = """
import django, json, sys
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext as Counted
client, found = Client(SERVER_NAME="localhost"), []
for address in json.loads(sys.argv[1]):
    client.get(address)
    with Counted(connection) as counted:
        assert client.get(address).status_code == 200, address
    found.append(len(counted))
print(json.dumps(found))
"""


def main() -> int:
    """Print the tables; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--openings", type=int, default=OPENINGS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--visitors", type=int, default=VISITORS)
    options = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        if "DATABASE_URL" not in os.environ:
            missed += _measured("SQLite", Path(folder) / "sqlite", {}, options)
        with _postgres(Path(folder) / "cluster") as url:
            if url:
                missed += _measured("PostgreSQL", Path(folder) / "postgres", {"DATABASE_URL": url}, options)
            else:
                print("PostgreSQL is not installed here: not measured")
    return 1 if missed else 0


def _measured(database: str, home: Path, more: dict[str, str], options: argparse.Namespace) -> int:
    """Load, serve and ask; how many bars were missed."""
    environment = _environment(home) | more
    began = time.perf_counter()
    code = LOAD.replace("EMPLOYERS", str(EMPLOYERS)).replace("OPENINGS", str(options.openings))
    slug = _run([sys.executable, "-c", code], environment).splitlines()[-1]
    print(f"\n{database}: {options.openings} openings ready in {time.perf_counter() - began:.0f} s,"
          f" {options.visitors} visitors at once")  # fmt: skip
    addresses = [address.format(slug=slug) for _name, address, _bar, _most in PAGES]
    counts = json.loads(_run([sys.executable, "-c", QUERIES, json.dumps(addresses)], environment).splitlines()[-1])
    serve = [sys.executable, "-m", "valley", "serve", "--port", str(PORT), "--no-jobs"]
    server = subprocess.Popen(serve, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until_ready()
        return _table(addresses, counts, options)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _table(addresses: list[str], counts: list[int], options: argparse.Namespace) -> int:
    print(f"{'page':<30}{'a second':>10}{'p50 ms':>9}{'p95 ms':>9}{'bar':>6}{'queries':>9}{'bar':>5}  verdict")
    missed = 0
    for (name, _address, bar, most), address, queries in zip(PAGES, addresses, counts, strict=True):
        taken = _under_load(address, options.visitors, options.seconds)
        p95 = statistics.quantiles(taken, n=20)[-1]
        fits = (bar is None or p95 < bar) and (most is None or queries <= most)
        missed += not fits
        print(
            f"{name:<30}{len(taken) / options.seconds:>10.1f}{statistics.median(taken):>9.1f}{p95:>9.1f}"
            f"{bar or '':>6}{queries:>9}{most or '':>5}  {'ok' if fits else 'MISSED'}"
        )
    return missed


def _under_load(address: str, visitors: int, seconds: float) -> list[float]:
    """Milliseconds of every answer that visitors got who ask at once, without a pause, for so long."""
    taken: list[float] = []
    _visit(address, time.perf_counter() + 0.5, [])  # warm
    until = time.perf_counter() + seconds
    crowd = [threading.Thread(target=_visit, args=(address, until, taken)) for _ in range(visitors)]
    for visitor in crowd:
        visitor.start()
    for visitor in crowd:
        visitor.join()
    return taken


def _visit(address: str, until: float, taken: list[float]) -> None:
    connection = http.client.HTTPConnection("localhost", PORT, timeout=60)
    while time.perf_counter() < until:
        began = time.perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{address} answered {answer.status}")
        taken.append(1000 * (time.perf_counter() - began))
    connection.close()


def _until_ready() -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("localhost", PORT, timeout=5)
            connection.request("GET", "/health/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


@contextmanager
def _postgres(cluster: Path) -> Iterator[str]:
    """The address of a PostgreSQL: the one of DATABASE_URL, else a cluster for this run; "" where there is none."""
    named = os.environ.get("DATABASE_URL", "")
    tools = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if named.startswith("postgres") or not tools:
        yield named if named.startswith("postgres") else ""
        return
    bin_, before = tools[-1].parent, _as_postgres()
    cluster.mkdir()
    if before:
        shutil.chown(cluster, "postgres")
    options = f"-p {CLUSTER_PORT} -c listen_addresses=127.0.0.1 -c unix_socket_directories={cluster}"
    _run([*before, str(bin_ / "initdb"), "-D", str(cluster), "-U", "valley", "--auth=trust", "-E", "UTF8",
          "--locale=C.UTF-8"], dict(os.environ))  # fmt: skip
    control = [*before, str(bin_ / "pg_ctl"), "-D", str(cluster), "-w", "-l", str(cluster / "log")]
    subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL)
    try:
        made = [str(bin_ / "createdb"), "-h", "127.0.0.1", "-p", str(CLUSTER_PORT), "-U", "valley", "valley"]
        _run(made, dict(os.environ))
        yield f"postgres://valley@127.0.0.1:{CLUSTER_PORT}/valley"
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], check=False, stdout=subprocess.DEVNULL)


def _as_postgres() -> list[str]:
    """What stands before a command of PostgreSQL: it refuses to run as root."""
    root = os.getuid() == 0 and "postgres" in {user.pw_name for user in pwd.getpwall()}
    return ["runuser", "-u", "postgres", "--"] if root else []


def _environment(home: Path) -> dict[str, str]:
    left = ("VALLEY_", "DJANGO_", "DATABASE_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(left)}
    mine = {"VALLEY_HOME": str(home), "VALLEY_REQUESTS_PER_MINUTE": "0", "VALLEY_URL": f"http://localhost:{PORT}"}
    return kept | mine | {"DJANGO_SETTINGS_MODULE": "valley.site.settings.live"}


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
