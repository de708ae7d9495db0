"""Which pages does the room ``applications`` have: the person's own, and the desk that reads?"""

from __future__ import annotations

from django.urls import path

from valley.applications.web import desk, mine

app_name = "applications"
urlpatterns = [
    path("", mine.page, name="mine"),
    path("apply/<slug:slug>/", mine.apply, name="apply"),
    path("<slug:key>/withdraw/", mine.withdraw, name="withdraw"),
    path("<slug:key>/keep/", mine.keep, name="keep"),
    path("desk/", desk.desks, name="desks"),
    path("desk/<slug:organisation>/", desk.openings, name="desk"),
    path("desk/<slug:organisation>/read/<slug:key>/", desk.read, name="read"),
    path("desk/<slug:organisation>/read/<slug:key>/move/", desk.move, name="move"),
    path("desk/<slug:organisation>/<slug:slug>/", desk.opening, name="opening"),
    path("desk/<slug:organisation>/<slug:slug>/end/", desk.end, name="end"),
    path("figures/", desk.figures, name="figures"),
    path("figures/<slug:organisation>/", desk.figures, name="figures-of"),
]
