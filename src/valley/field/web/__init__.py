"""How do employers announce changes, and how do teachers come and look?"""

from __future__ import annotations

from django.urls import URLPattern, path

from valley.field.web import changes, visits, window

app_name = "field"

urlpatterns: list[URLPattern] = [
    path("field/", window.feed, name="window"),
    path("field/lead-times/", window.lead_times, name="lead-times"),
    path("field/changes/", window.changes, name="changes"),
    path("field/changes/new/", changes.new, name="change-new"),
    path("field/changes/<int:change>/", changes.page, name="change"),
    path("field/changes/<int:change>/edit/", changes.edit, name="change-edit"),
    path("field/look-ins/", visits.look_ins, name="look-ins"),
    path("field/look-ins/new/", visits.ask, name="look-in-new"),
    path("field/look-ins/<int:look_in>/", visits.look_in, name="look-in"),
    path("field/placements/", visits.placements, name="placements"),
    path("field/placements/new/", visits.ask_placement, name="placement-new"),
    path("field/placements/<int:placement>/", visits.placement, name="placement"),
]
