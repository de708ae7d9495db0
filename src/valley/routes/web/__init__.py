"""Which pages does the room ``routes`` have: the learner's own, the school's, the partner's, the office's?"""

from __future__ import annotations

from django.urls import path

from valley.routes.web import office, own, partner, proposed, school

app_name = "routes"
urlpatterns = [
    path("", own.mine, name="mine"),
    path("search/", own.search, name="search"),
    path("settings/", own.settings, name="settings"),
    path("choose/", proposed.choose, name="choose"),
    path("my/<slug:key>/", proposed.page, name="route"),
    path("my/<slug:key>/sign/", proposed.sign, name="sign"),
    path("my/<slug:key>/stop/", proposed.stop, name="stop"),
    path("my/<slug:key>/renew/", proposed.renew, name="renew"),
    path("my/<slug:key>/changes/<int:change>/", proposed.accept, name="accept"),
    path("my/<slug:key>/leave/<slug:link>/", proposed.leave, name="leave"),
    path("office/", office.page, name="office"),
    path("office/confirm/", office.confirm, name="office-confirm"),
    path("office/<str:key>/", office.progress, name="office-progress"),
    path("school/", school.inbox, name="school"),
    path("school/<slug:key>/", school.page, name="school-route"),
    path("school/<slug:key>/sign/", school.sign, name="school-sign"),
    path("school/<slug:key>/practice/", school.practice, name="school-practice"),
    path("partner/", partner.inbox, name="partner"),
    path("partner/<slug:key>/", partner.page, name="partner-link"),
    path("partner/<slug:key>/sign/", partner.sign, name="partner-sign"),
    path("partner/<slug:key>/withdraw/", partner.withdraw, name="partner-withdraw"),
    path("partner/<slug:key>/<slug:step>/", partner.step, name="partner-step"),
]
