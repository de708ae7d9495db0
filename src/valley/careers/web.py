"""Which pages does the room have?"""

from __future__ import annotations

from django.urls import URLPattern

app_name = "careers"
urlpatterns: list[URLPattern] = []
