"""How do employers announce changes, and how do teachers come and look?"""

from __future__ import annotations

from django.urls import URLPattern, path

from valley.curriculum.web.field import changes, visits, window

urlpatterns: list[URLPattern] = [
    path("field/", window.feed, name="field"),
    path("field/lead-times/", window.lead_times, name="field-lead-times"),
    path("field/changes/", window.changes, name="field-changes"),
    path("field/changes/new/", changes.new, name="field-change-new"),
    path("field/changes/<int:change>/", changes.page, name="field-change"),
    path("field/changes/<int:change>/edit/", changes.edit, name="field-change-edit"),
    path("field/look-ins/", visits.look_ins, name="field-look-ins"),
    path("field/look-ins/new/", visits.ask, name="field-look-in-new"),
    path("field/look-ins/<int:look_in>/", visits.look_in, name="field-look-in"),
    path("field/placements/", visits.placements, name="field-placements"),
    path("field/placements/new/", visits.ask_placement, name="field-placement-new"),
    path("field/placements/<int:placement>/", visits.placement, name="field-placement"),
]
