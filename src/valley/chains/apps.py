"""The room ``chains`` as a Django application."""

from django.apps import AppConfig


class ChainsConfig(AppConfig):
    name = "valley.chains"
    label = "chains"
    default_auto_field = "django.db.models.BigAutoField"
