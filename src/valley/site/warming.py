"""What does a web process load while it already answers, so that nobody waits for it later?"""

from __future__ import annotations

import subprocess
import sys
from threading import Thread

from valley.core.mobility.routes import choosing

COMPILE = "from valley.core.mobility.routes.choosing import load_compiled; load_compiled()"


def load_behind() -> Thread:
    """Load the compiled route search in the background; until that is done, the readable search answers."""
    choosing.expect_compiled()
    thread = Thread(target=load_route_search, name="load-route-search", daemon=True)
    thread.start()
    return thread


def load_route_search() -> None:
    """Compile in a process of its own, then load what it left in numba's cache.

    Compiling takes about a minute where it was never done, and would keep this process from answering.
    """
    subprocess.run([sys.executable, "-c", COMPILE], check=False)
    choosing.load_compiled()
