"""Where does a thing that is slow to make lie ready, so that a request, a terminal command or a fresh worker need not
make it?

In the cache folder of the home, under a name and a state: another state or another version of the product makes it
anew; losing the file loses nothing. Or, for as long as a process lives, in its memory under a state alone.
"""

from __future__ import annotations

import os
import pickle
import secrets
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

from django.conf import settings

from valley import __version__

_UNREADABLE = (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError)


Made = TypeVar("Made")


class InMemory(Generic[Made]):
    """The newest of one thing, made once per process and state. Threads wait for the one that makes it."""

    def __init__(self) -> None:
        self._lock, self._held = Lock(), dict[str, Made]()

    def made(self, state: str, make: Callable[[], Made]) -> Made:
        """What was made for this state; anything of another state goes."""
        with self._lock:
            if state not in self._held:
                self._held = {state: make()}
            return self._held[state]

    def forget(self) -> None:
        """Make it anew when it is asked next: for a database that was put back to an earlier state."""
        with self._lock:
            self._held = {}


def read(name: str, *, state: str) -> Any | None:
    """What was kept under ``name`` for this state and product version; a file that cannot be read is no file."""
    try:
        # Only the owner of the home folder can write there, and whoever can do that holds the keys as well.
        with _file(name).open("rb") as stream:
            if pickle.load(stream) != (__version__, state):  # noqa: S301
                return None
            return pickle.load(stream)  # noqa: S301
    except _UNREADABLE:
        return None


def write(name: str, made: object, *, state: str) -> None:
    """Write beside and rename, so that nobody ever reads half a file; a full disk only costs the file."""
    path = _file(name)
    fresh = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            pickle.dump((__version__, state), stream)
            pickle.dump(made, stream, protocol=5)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)


def _file(name: str) -> Path:
    return Path(settings.VALLEY_HOME) / "cache" / f"{name}.pickle"
