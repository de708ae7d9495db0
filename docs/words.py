"""Are all texts gathered and translated? Gathers every text, merges the Dutch pairs, writes and compiles the catalogue.

``python docs/words.py`` writes; ``--check`` only says whether the catalogue misses a text of the source.
The Dutch is kept per room in ``src/valley/site/locale/pairs/<room>.toml`` as ``"english" = "dutch"``; a text with a
plural is a list ``["dutch one", "dutch many", "english plural"]``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import polib

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "valley"
LOCALE = SRC / "site" / "locale"
PO = LOCALE / "nl" / "LC_MESSAGES" / "django.po"


def gathered() -> polib.POFile:
    """Every text of the source, by Django's own makemessages on a copy (it wants to write beside the source)."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "valley"
        shutil.copytree(SRC, copy, ignore=shutil.ignore_patterns("__pycache__", "migrations", "locale"))
        (copy / "locale" / "nl" / "LC_MESSAGES").mkdir(parents=True)
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "", "PYTHONPATH": ""}
        subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "-l", "nl", "--no-location", "-v", "0"],
            cwd=copy,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return polib.pofile(str(copy / "locale" / "nl" / "LC_MESSAGES" / "django.po"))


def registered() -> list[str]:
    """The words of the personal-data register, which the privacy page translates: purpose, ground and keep time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valley.site.settings.test")
    import django

    django.setup()
    from valley.foundation.privacy import personal

    return sorted({words for table in personal() for words in (table.purpose, table.basis, table.kept)})


def pairs() -> dict[str, Any]:
    """All Dutch pairs of all rooms; a text given twice must be given alike."""
    found: dict[str, Any] = {}
    for path in sorted((LOCALE / "pairs").glob("*.toml")):
        for english, dutch in tomllib.loads(path.read_text()).items():
            if found.setdefault(english, dutch) != dutch:
                sys.stderr.write(f"{path.name}: two translations of {english!r}: {found[english]!r} and {dutch!r}\n")
    return found


def merged() -> polib.POFile:
    """The catalogue: every text of the source with its Dutch, sorted."""
    catalogue, dutch = polib.POFile(), pairs()
    catalogue.metadata = {
        "Language": "nl",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    texts = gathered()
    known = {entry.msgid for entry in texts}
    texts.extend(polib.POEntry(msgid=words) for words in registered() if words not in known)
    for entry in sorted(texts, key=lambda entry: (entry.msgid, entry.msgctxt or "")):
        words = dutch.get(entry.msgid, "")
        fresh = polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, flags=[f for f in entry.flags if f != "fuzzy"])
        if entry.msgid_plural:
            many = words if isinstance(words, list) else ["", ""]
            fresh.msgid_plural, fresh.msgstr_plural = entry.msgid_plural, {0: many[0], 1: many[1]}
        else:
            fresh.msgstr = words if isinstance(words, str) else ""
        catalogue.append(fresh)
    return catalogue


def main() -> int:
    """Write and compile, or check; 1 when a text has no Dutch."""
    fresh = merged()
    missing = [entry.msgid for entry in fresh if not entry.translated()]
    if "--check" in sys.argv:
        kept = {entry.msgid for entry in polib.pofile(str(PO))}
        missing += [entry.msgid for entry in fresh if entry.msgid not in kept]
    else:
        PO.parent.mkdir(parents=True, exist_ok=True)
        fresh.save(str(PO))
        fresh.save_as_mofile(str(PO.with_suffix(".mo")))
    for text in missing:
        sys.stderr.write(f"no Dutch: {text!r}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
