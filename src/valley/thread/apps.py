"""The room ``thread`` as a Django application."""

from django.apps import AppConfig


class ThreadConfig(AppConfig):
    name = "valley.thread"
    label = "thread"
    default_auto_field = "django.db.models.BigAutoField"
