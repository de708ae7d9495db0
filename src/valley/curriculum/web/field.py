"""How do employers announce changes, and how do teachers come and look?"""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
