"""The room ``careers`` as a Django application."""

from django.apps import AppConfig


class CareersConfig(AppConfig):
    name = "valley.careers"
    label = "careers"
    default_auto_field = "django.db.models.BigAutoField"
