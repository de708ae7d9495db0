"""How does a school make, compare, approve and publish a programme?"""

from __future__ import annotations

from django.urls import URLPattern, path

from valley.curriculum.web.programmes import desk, pages

_OF = "programmes/<slug:key>/<int:number>"
urlpatterns: list[URLPattern] = [
    path("programmes/", pages.programmes, name="programmes"),
    path("programmes/new/", desk.new, name="programme-new"),
    path("programmes/<slug:key>/", pages.programme, name="programme"),
    path("programmes/<slug:key>/draft/", desk.draft, name="programme-draft"),
    path("programmes/<slug:key>/import/", desk.read_in, name="programme-import"),
    path("programmes/<slug:key>/cohorts/", desk.cohort, name="programme-cohorts"),
    path("programmes/<slug:key>/cohorts/<int:cohort>/", desk.cohort, name="programme-cohort"),
    path(f"{_OF}/", pages.version, name="programme-version"),
    path(f"{_OF}/edit/", desk.edit, name="programme-edit"),
    path(f"{_OF}/discard/", desk.discard, name="programme-discard"),
    path(f"{_OF}/approvals/", desk.approvals, name="programme-approvals"),
    path(f"{_OF}/approvals/<int:approval>/", desk.verdict, name="programme-verdict"),
    path(f"{_OF}/publish/", desk.publish, name="programme-publish"),
    path(f"{_OF}/diff/<int:other>/", pages.diff, name="programme-diff"),
    path(f"{_OF}/delta/", pages.delta, name="programme-delta"),
    path(f"{_OF}/coverage/", pages.coverage, name="programme-coverage"),
    path(f"{_OF}/file.<str:kind>", pages.file, name="programme-file"),
]
