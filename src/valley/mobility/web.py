"""The pages of the room ``mobility``."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "mobility"
urlpatterns: list[URLPattern] = []
