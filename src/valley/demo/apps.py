"""The demo region as a Django application (it has no tables of its own)."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "valley.demo"
    label = "demo"
