"""How fast are the pages that everybody opens, over the full demo region and one server process?

``python bench/pages.py`` loads the demo region (30 employers, 5,000 workers, 900 openings) into a home folder of its
own, starts one granian process and asks each page one after the other, as a browser does. ``--home FOLDER`` uses a
region that is there; ``DATABASE_URL`` measures PostgreSQL. The peer is the health page: what the server itself costs.
Bars: a worker's own page p95 under 150 ms, the public list p95 under 80 ms. Exit code 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

PORT = 8190
TIMES, WARM = 200, 10
WORKER = "bilal@demo.valley.invalid"
# name, address, signed in, bar for the 95th percentile in milliseconds, bar for questions to the database
PAGES = (
    ("health (peer)", "/health/", False, None, None),
    ("public list", "/work/", False, 80, 12),
    ("public list, German near Maastricht", "/work/?language=de&place=maastricht&km=20", False, 80, 12),
    ("my openings", "/mobility/", True, 150, 18),
    ("my openings, filtered", "/mobility/?language=de&without_clashes=on", True, 150, 18),
    ("my openings, not yet", "/mobility/?part=not-yet&page=3", True, 150, 18),
    ("my openings, API", "/api/v1/mobility/me/openings", True, 150, 18),
    ("one opening explained", "{explained}", True, 150, 20),
)


def main() -> int:
    """Print the table; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--times", type=int, default=TIMES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder)
        environment = _environment(home)
        began = time.perf_counter()
        _valley(environment, "demo", "--no-serve", "--json")
        print(f"demo region ready in {time.perf_counter() - began:.1f} s ({_database()})")
        server = subprocess.Popen([*_command(), "serve", "--port", str(PORT), "--no-jobs"], env=environment)
        try:
            return _measure(environment, options.times)
        finally:
            server.terminate()
            server.wait(timeout=20)


def _measure(environment: dict[str, str], times: int) -> int:
    visitor, worker = _browser(), _browser()
    _until_ready(visitor)
    _sign_in(worker)
    explained = _first_opening(worker)
    missed = 0
    print(f"{'page':<38}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'bar':>6}{'queries':>9}{'bar':>6}  verdict")
    for name, address, signed_in, bar, most in PAGES:
        address = address.format(explained=explained)
        taken = _times(worker if signed_in else visitor, address, times)
        p95 = statistics.quantiles(taken, n=20)[-1]
        queries = _queries(environment, address, signed_in) if most else None
        fits = (bar is None or p95 < bar) and (most is None or (queries or 0) <= most)
        missed += not fits
        print(
            f"{name:<38}{statistics.median(taken):>9.1f}{p95:>9.1f}{max(taken):>9.1f}{bar or '':>6}"
            f"{'' if queries is None else queries:>9}{most or '':>6}  {'ok' if fits else 'MISSED'}"
        )
    return 1 if missed else 0


def _times(browser: urllib.request.OpenerDirector, address: str, times: int) -> list[float]:
    for _ in range(WARM):
        _read(browser, address)
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        _read(browser, address)
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def _queries(environment: dict[str, str], address: str, signed_in: bool) -> int:
    """Questions to the main database for one warm answer, counted in a process of its own."""
    code = (
        "import django, json; django.setup()\n"
        "from django.db import connection; from django.test import Client\n"
        "from django.test.utils import CaptureQueriesContext as Counted\n"
        "from valley.foundation.models import Account\n"
        "client = Client(SERVER_NAME='localhost')\n"
        f"if {signed_in}: client.force_login(Account.objects.get(email={WORKER!r}),"
        " backend='django.contrib.auth.backends.ModelBackend')\n"
        f"client.get({address!r})\n"
        "with Counted(connection) as counted:\n"
        f"    assert client.get({address!r}).status_code == 200\n"
        "print(json.dumps(len(counted)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**environment, "DJANGO_SETTINGS_MODULE": "valley.site.settings.live"},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _browser() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


def _read(browser: urllib.request.OpenerDirector, address: str, body: bytes | None = None) -> str:
    request = urllib.request.Request(f"http://localhost:{PORT}{address}", data=body)
    request.add_header("Referer", f"http://localhost:{PORT}/")
    with browser.open(request, timeout=30) as answer:
        return answer.read().decode()


def _until_ready(browser: urllib.request.OpenerDirector) -> None:
    for _ in range(300):
        try:
            _read(browser, "/health/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def _sign_in(browser: urllib.request.OpenerDirector) -> None:
    """Through the ready account on the login page, as a person in the demo does."""
    page = _read(browser, "/account/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if token is None:
        raise SystemExit("the login page has no form")
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "email": WORKER})
    _read(browser, "/account/demo/", form.encode())


def _first_opening(browser: urllib.request.OpenerDirector) -> str:
    answer = json.loads(_read(browser, "/api/v1/mobility/me/openings?limit=1"))
    return f"/mobility/openings/{answer['possible'][0]['opening']['slug']}/"


def _environment(home: Path) -> dict[str, str]:
    mine = {"VALLEY_HOME": str(home), "VALLEY_DEMO": "1", "VALLEY_REQUESTS_PER_MINUTE": "0"}
    mine["VALLEY_URL"] = f"http://localhost:{PORT}"
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("VALLEY_", "DJANGO_"))}
    return kept | mine


def _command() -> list[str]:
    return [sys.executable, "-m", "valley"]


def _valley(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([*_command(), *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)


def _database() -> str:
    return "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"


if __name__ == "__main__":
    sys.exit(main())
