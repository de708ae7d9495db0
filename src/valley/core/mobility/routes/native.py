"""How does a function become compiled code?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Compilable = TypeVar("Compilable", bound=Callable[..., Any])


def native(function: Compilable) -> Compilable:
    """Compiled when first called, or read from numba's cache; without a cache where no folder can be written."""
    try:
        return cast(Compilable, njit(cache=True, nogil=True, error_model="numpy")(function))
    except (RuntimeError, OSError):
        return cast(Compilable, njit(nogil=True, error_model="numpy")(function))
