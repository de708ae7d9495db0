"""What does schemathesis need to know that a description cannot say? Read by it through ``schemathesis.toml``."""

from __future__ import annotations

import itertools
import re
from typing import Any

import schemathesis

KEY = re.compile(r"[\x21-\x7e]{1,100}")
_numbers = itertools.count(1)


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Give each write a key of its own: the same key for two writes is refused, and would hide what the write does."""
    headers = case.headers or {}
    if KEY.fullmatch(str(headers.get("Idempotency-Key", ""))):
        headers["Idempotency-Key"] = f"fuzz-{next(_numbers)}"
