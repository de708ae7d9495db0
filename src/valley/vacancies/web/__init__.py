"""Which pages does the room have: for everybody, for the desk of an organisation, and for its spreadsheets?"""

from __future__ import annotations

from django.urls import path

from valley.vacancies.web import desk, feeds, public, recognitions, uploads

app_name = "vacancies"
urlpatterns = [
    path("", public.openings, name="openings"),
    path("openings/<slug:slug>/", public.opening, name="opening"),
    path("feed/", feeds.feed, name="feed"),
    path("partners/", public.partners, name="partners"),
    path("partners/<slug:slug>/", public.partner, name="partner"),
    path("roles/", public.roles, name="roles"),
    path("roles/<slug:key>/", public.role, name="role"),
    path("desk/", desk.desk, name="desk"),
    path("desk/<slug:organisation>/openings/new/", desk.new_opening, name="opening-new"),
    path("desk/<slug:organisation>/openings.xlsx", uploads.own_workbook, name="openings-workbook"),
    path("desk/<slug:organisation>/recognitions/", recognitions.recognitions, name="recognitions"),
    path("desk/<slug:organisation>/roles/new/", desk.new_role, name="role-new"),
    path("desk/openings/<slug:slug>/", desk.edit_opening, name="opening-edit"),
    path("desk/openings/<slug:slug>/state/", desk.opening_state, name="opening-state"),
    path("desk/openings/<slug:slug>/renew/", desk.renew, name="opening-renew"),
    path("desk/roles/<int:role>/", desk.edit_role, name="role-edit"),
    path("import/", uploads.begin, name="import"),
    path("import/template.xlsx", uploads.template, name="template"),
    path("import/<int:upload>/", uploads.preview, name="upload"),
    path("import/<int:upload>/problems.csv", uploads.problems_csv, name="upload-problems"),
    path("import/<int:upload>/apply/", uploads.apply, name="upload-apply"),
    path("import/<int:upload>/undo/", uploads.undo, name="upload-undo"),
]
