"""The steward's desk: who sits where?"""

from __future__ import annotations

from django.urls import URLPattern

app_name = "organisations"
urlpatterns: list[URLPattern] = []
