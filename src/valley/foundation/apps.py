"""The foundation as a Django application."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "valley.foundation"
    label = "foundation"
    verbose_name = "Foundation"
    default_auto_field = "django.db.models.BigAutoField"
