"""Which pages does the room ``mobility`` have: the person's own, and the region in numbers for desks?"""

from __future__ import annotations

from django.urls import path

from valley.mobility.web import desk, own

app_name = "mobility"
urlpatterns = [
    path("", own.mine, name="mine"),
    path("how/", own.how, name="how"),
    path("openings/<slug:slug>/", own.opening, name="opening"),
    path("sector/", desk.sector, name="sector"),
    path("sector/run/", desk.start, name="sector-start"),
    path("sector/runs/<str:key>/", desk.progress, name="sector-progress"),
    path("reach/<slug:slug>/", desk.reach, name="reach"),
]
