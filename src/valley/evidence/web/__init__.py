"""How does evidence come in, and how do people decide about what was read in it?"""

from __future__ import annotations

from django.urls import URLPattern

app_name = "evidence"

urlpatterns: list[URLPattern] = []
