"""The room ``routes`` as a Django application."""

from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "valley.routes"
    label = "routes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of every opening that changes."""
        from valley.routes.actions.noticing import openings_changed
        from valley.work import beside

        beside.watch(openings_changed)
