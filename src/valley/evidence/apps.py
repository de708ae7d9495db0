"""The room ``evidence`` as a Django application."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "valley.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
