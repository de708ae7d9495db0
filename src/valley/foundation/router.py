"""Which table lives in which database: keys in the vault, cached answers in the cache, all else in the main one?"""

from __future__ import annotations

from typing import Any

VAULT_MODELS = frozenset({"datakey", "erasedowner"})


class Router:
    """Django's database router of the house."""

    def _home(self, model: Any) -> str | None:
        if model._meta.app_label == "django_cache":
            return "cache"
        return "vault" if model._meta.app_label == "foundation" and model._meta.model_name in VAULT_MODELS else None

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return self._home(model)

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        return self._home(model)

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        if db == "cache":
            return app_label == "django_cache"
        in_vault = app_label == "foundation" and model_name in VAULT_MODELS
        return in_vault if db == "vault" else not in_vault and app_label != "django_cache"
