"""The room ``work`` as a Django application."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "valley.work"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"
