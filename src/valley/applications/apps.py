"""The room ``applications`` as a Django application."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "valley.applications"
    label = "applications"
    default_auto_field = "django.db.models.BigAutoField"
