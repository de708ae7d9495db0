"""Does a web process load the compiled route search behind its back, after it was compiled elsewhere?"""

from __future__ import annotations

from typing import Any

import pytest

from valley.core.mobility.routes import choosing
from valley.site import warming


def test_it_compiles_in_a_process_of_its_own_before_it_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def run(words: list[str], **_: Any) -> None:
        said.append(words[-1])

    monkeypatch.setattr(choosing, "_LOADING", choosing._Loading())  # type: ignore[reportPrivateUsage]
    monkeypatch.setattr(warming.subprocess, "run", run)
    monkeypatch.setattr(choosing, "load_compiled", lambda: said.append("loaded"))
    thread = warming.load_behind()
    assert choosing._LOADING.began  # type: ignore[reportPrivateUsage]
    thread.join(timeout=10)
    assert said == [warming.COMPILE, "loaded"]


def test_the_words_that_compile_are_a_program() -> None:
    compile(warming.COMPILE, "words", "exec")
    assert callable(choosing.load_compiled)
