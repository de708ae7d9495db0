"""The room ``placement`` as a Django application."""

from django.apps import AppConfig


class PlacementConfig(AppConfig):
    name = "valley.placement"
    label = "placement"
    default_auto_field = "django.db.models.BigAutoField"
