"""The top of the house as a Django application (templates, styles, commands)."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "valley.site"
    label = "site"
    verbose_name = "Valley"
