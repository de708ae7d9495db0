"""The room ``skills`` as a Django application."""

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    name = "valley.skills"
    label = "skills"
    default_auto_field = "django.db.models.BigAutoField"
