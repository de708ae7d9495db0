"""How is the whole database emptied on purpose, although its audit refuses to shrink?"""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django.core.management.commands import flush
from django.db import DEFAULT_DB_ALIAS

from valley.foundation import audit


class Command(flush.Command):
    """``flush``, with the audit's triggers taken off before and put back after."""

    def handle(self, **options: Any) -> None:
        main = options["database"] == DEFAULT_DB_ALIAS
        with audit.unguarded(options["database"]) if main else nullcontext():
            super().handle(**options)
