"""How long does the real ESCO set of both languages take to import, and how much memory?

``python bench/esco_import.py`` prints a table. Each import runs in a process of its own on a fresh SQLite file (or on
``DATABASE_URL``), through the same command a user types; memory is the peak of that process as the system measured it.
The peer is the least that can be done with the same files: reading every row with the standard library and keeping it.
The bar: both languages together under 60 s and under 1 GB.
"""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("VALLEY_SHARED_DATA") or ROOT.parent / "shared" / "data") / "esco"
BAR_SECONDS, BAR_MB = 60.0, 1024
STEPS = (
    ("prepare an empty home", ["releases"]),
    ("dry run, English", ["import-esco", str(FOLDER), "--release", "1.1.1", "--dry-run"]),
    ("import English", ["import-esco", str(FOLDER), "--release", "1.1.1"]),
    ("import Dutch", ["import-esco", str(FOLDER), "--release", "1.1.1", "--language", "nl"]),
    ("English again", ["import-esco", str(FOLDER), "--release", "1.1.1"]),
    ("Dutch again", ["import-esco", str(FOLDER), "--release", "1.1.1", "--language", "nl"]),
)


def measured(arguments: list[str], home: str) -> tuple[float, int, dict[str, object]]:
    """Seconds, peak megabytes and the answer of one command."""
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "valley", "skills", *arguments, "--json"],
        env={**os.environ, "VALLEY_HOME": home},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    output = child.stdout.read() if child.stdout else ""
    _pid, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(arguments)} failed: {output}")
    found = json.loads(output)
    return time.perf_counter() - started, used.ru_maxrss // 1024, found if isinstance(found, dict) else {}


def reading_only() -> tuple[float, int]:
    """The peer: every row of the same files as a dict, nothing checked, nothing written."""
    started = time.perf_counter()
    kept = []
    for path in sorted(FOLDER.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if "Collection" not in name and "conceptSchemes" not in name:
                    text = io.TextIOWrapper(archive.open(name), encoding="utf-8", newline="")
                    kept += list(csv.DictReader(text))
    for path in sorted(FOLDER.glob("*.csv")):
        kept += list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    return time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    """Print the table; 1 when the bar was missed or a count is not the published one."""
    if not FOLDER.is_dir():
        sys.stderr.write(f"The ESCO files are not at {FOLDER}.\n")
        return 2
    seconds, peak, good = 0.0, 0, True
    print(f"{'step':28} {'seconds':>8} {'peak MB':>8}  counts")
    with tempfile.TemporaryDirectory(prefix="valley-bench-") as home:
        for name, arguments in STEPS:
            took, memory, report = measured(arguments, home)
            counts = report.get("counts", {})
            shown = " ".join(f"{key}={value}" for key, value in counts.items()) if isinstance(counts, dict) else ""
            print(f"{name:28} {took:8.1f} {memory:8}  {shown} {'written' if report.get('written') else ''}")
            if name.startswith("import"):
                seconds, peak = seconds + took, max(peak, memory)
            if name == "import English" and isinstance(counts, dict):
                good = (counts["occupations"], counts["skills"], counts["relations"]) == (3007, 13896, 123855)
            if name.endswith("again"):
                good = good and not report["written"]
    took, memory = reading_only()
    print(f"{'peer: only reading the rows':28} {took:8.1f} {memory:8}")
    good = good and seconds < BAR_SECONDS and peak < BAR_MB
    bars = f"bars {BAR_SECONDS:.0f} s and {BAR_MB} MB"
    print(f"both languages: {seconds:.1f} s, {peak} MB ({bars}): {'met' if good else 'MISSED'}")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
