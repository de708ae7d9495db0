"""The room ``curriculum`` as a Django application."""

from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    name = "valley.curriculum"
    label = "curriculum"
    default_auto_field = "django.db.models.BigAutoField"
