"""Which address leads to which door?"""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from valley.site import account, appearance, handbook, home, pages
from valley.site.api import api
from valley.vacancies.web.feeds import sitemap

urlpatterns = [
    path("", home.home, name="home"),
    path("handbook/", handbook.index, name="handbook"),
    path("handbook/<slug:slug>/", handbook.chapter, name="handbook-chapter"),
    path("about/api/", pages.api_page, name="api-page"),
    path("about/accessibility/", pages.accessibility, name="accessibility"),
    path("about/privacy/", pages.privacy_page, name="privacy"),
    path("for-me/", pages.for_me, name="for-me"),
    path("for-me/<slug:slug>/", pages.for_me, name="for-me-opening"),
    path("apply/<slug:slug>/", pages.apply, name="apply-opening"),
    path("language/", set_language, name="set_language"),
    path("theme/", appearance.choose_theme, name="theme"),
    path("sitemap.xml", sitemap, {"pages": pages.INDEXED}, name="sitemap"),
    path("robots.txt", pages.robots, name="robots"),
    path(".well-known/security.txt", pages.security_txt, name="security-txt"),
    path("health/", pages.health, name="health"),
    path("account/", include("allauth.urls")),
    path("account/demo/", account.demo_login, name="demo_login"),
    path("organisations/", include("valley.foundation.web")),
    path("skills/", include("valley.skills.web")),
    path("people/", include("valley.people.web")),
    path("work/", include("valley.vacancies.web")),
    path("mobility/", include("valley.mobility.web")),
    path("applications/", include("valley.applications.web")),
    path("careers/", include("valley.careers.web")),
    path("routes/", include("valley.routes.web")),
    path("placements/", include("valley.placement.web")),
    path("dossiers/", include("valley.dossiers.web")),
    path("evidence/", include("valley.evidence.web")),
    path("curriculum/", include("valley.thread.web")),
    path("curriculum/", include("valley.curriculum.web")),
    path("curriculum/", include("valley.field.web")),
    path("api/v1/", api.urls),
]

handler400 = "valley.site.problems.bad_request"
handler403 = "valley.site.problems.forbidden"
handler404 = "valley.site.problems.not_found"
handler500 = "valley.site.problems.server_error"
