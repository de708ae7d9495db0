"""The room ``mobility`` as a Django application."""

from django.apps import AppConfig


class MobilityConfig(AppConfig):
    name = "valley.mobility"
    label = "mobility"
    default_auto_field = "django.db.models.BigAutoField"
