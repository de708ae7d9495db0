"""The room ``field`` as a Django application."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "valley.field"
    label = "field"
    default_auto_field = "django.db.models.BigAutoField"
