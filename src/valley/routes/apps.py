"""The room ``routes`` as a Django application."""

from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "valley.routes"
    label = "routes"
    default_auto_field = "django.db.models.BigAutoField"
