"""How does a school make, compare, approve and publish a programme?"""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
