"""How does a school make, compare, approve and publish a programme?"""

from __future__ import annotations

from django.urls import URLPattern, path

from valley.curriculum.web import desk, pages

_OF = "programmes/<slug:key>/<int:number>"
app_name = "curriculum"

urlpatterns: list[URLPattern] = [
    path("programmes/", pages.programmes, name="programmes"),
    path("programmes/new/", desk.new, name="new"),
    path("programmes/<slug:key>/", pages.programme, name="programme"),
    path("programmes/<slug:key>/draft/", desk.draft, name="draft"),
    path("programmes/<slug:key>/import/", desk.read_in, name="import"),
    path("programmes/<slug:key>/cohorts/", desk.cohort, name="cohorts"),
    path("programmes/<slug:key>/cohorts/<int:cohort>/", desk.cohort, name="cohort"),
    path(f"{_OF}/", pages.version, name="version"),
    path(f"{_OF}/edit/", desk.edit, name="edit"),
    path(f"{_OF}/discard/", desk.discard, name="discard"),
    path(f"{_OF}/approvals/", desk.approvals, name="approvals"),
    path(f"{_OF}/approvals/<int:approval>/", desk.verdict, name="verdict"),
    path(f"{_OF}/publish/", desk.publish, name="publish"),
    path(f"{_OF}/diff/<int:other>/", pages.diff, name="diff"),
    path(f"{_OF}/delta/", pages.delta, name="delta"),
    path(f"{_OF}/coverage/", pages.coverage, name="coverage"),
    path(f"{_OF}/file.<str:kind>", pages.file, name="file"),
]
