"""Is this valley ready to answer: databases made, migrated, vocabulary loaded? If not, make it so, once.

A marker in the home folder names the product version, the database and the newest migrations, so that a ready valley
starts without asking the database anything.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from valley import __version__
from valley.foundation import access, clock
from valley.skills import actions as skills
from valley.work import actions as work

Say = Callable[[str], None]


def ensure_ready(say: Say = lambda words: None) -> bool:
    """Make the databases and load the starter vocabulary when needed. Returns True when something was done.

    Two processes that start together wait for each other on a lock file. A killed run is simply done again.
    """
    marker = Path(settings.VALLEY_HOME) / "ready"
    wanted = _state()
    if _current(marker, wanted):
        return False
    Path(settings.VALLEY_HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
    with (Path(settings.VALLEY_HOME) / "ready.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _current(marker, wanted):
            return False
        _make(say)
        marker.write_text(wanted)
    return True


def _make(say: Say) -> None:
    say("Preparing the databases ...")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("migrate", database="vault", verbosity=0, interactive=False)
    call_command("createcachetable", database="cache", verbosity=0)
    say("Loading the starter vocabulary ...")
    caller = access.operator(at=clock.now(), door="setup")
    skills.load_starter(caller)
    work.load_starter_roles(caller)
    _load_phrases(caller)
    _load_law_and_plans(caller)
    if not settings.DEBUG:
        call_command("collectstatic", verbosity=0, interactive=False)


def _load_phrases(caller: access.Caller) -> None:
    from valley.reading import actions as reading  # needed once; every command would pay for loading the room

    reading.load_starter_phrases(caller)


def _load_law_and_plans(caller: access.Caller) -> None:
    from valley.careers import actions as careers  # as above
    from valley.chains import actions as chains

    careers.load_starter_law(caller)
    chains.load_starter_plans(caller)


def _current(marker: Path, wanted: str) -> bool:
    database = settings.DATABASES["default"]
    is_file = database["ENGINE"].endswith("sqlite3")
    exists = not is_file or Path(str(database["NAME"])).exists()
    return exists and marker.exists() and marker.read_text() == wanted


def _state() -> str:
    """Product version, database and migration files, hashed."""
    names = [__version__, str(connections["default"].settings_dict.get("NAME")), settings.VALLEY_URL]
    for config in apps.get_app_configs():
        folder = Path(config.path) / "migrations"
        names += sorted(f"{config.label}/{path.name}" for path in folder.glob("0*.py"))
    names += [f"{path.name}:{path.stat().st_mtime_ns}" for path in sorted(_assets())]
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def _assets() -> list[Path]:
    here = Path(__file__).parent / "static"
    return [path for path in here.rglob("*") if path.is_file()]
