"""The room ``reading`` as a Django application."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "valley.reading"
    label = "reading"
    default_auto_field = "django.db.models.BigAutoField"
