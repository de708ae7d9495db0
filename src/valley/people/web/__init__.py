"""Which pages does the room ``people`` have: a guided start, the passport, its shares, export and goodbye?"""

from __future__ import annotations

from django.urls import path

from valley.people.web import goodbye, passport, shares, start

app_name = "people"
urlpatterns = [
    path("start/", start.job, name="start"),
    path("start/competences/", start.competences, name="start-competences"),
    path("start/languages/", start.languages, name="start-languages"),
    path("start/wishes/", start.wishes, name="start-wishes"),
    path("start/comparison/", start.comparison, name="start-comparison"),
    path("start/done/", start.done, name="start-done"),
    path("passport/", passport.page, name="passport"),
    path("passport/name/", passport.name, name="name"),
    path("passport/competences/", passport.add, name="add"),
    path("passport/competences/<int:competence>/", passport.claim, name="claim"),
    path("passport/languages/", passport.languages, name="languages"),
    path("passport/wishes/", passport.wishes, name="wishes"),
    path("passport/comparison/", passport.comparison, name="comparison"),
    path("shares/", shares.page, name="shares"),
    path("shares/new/", shares.new, name="share-new"),
    path("shares/<slug:key>/withdraw/", shares.withdraw, name="share-withdraw"),
    path("shared/", shares.inbox, name="shared-list"),
    path("shared/<slug:key>/", shares.shared, name="shared"),
    path("export/", goodbye.export, name="export"),
    path("erase/", goodbye.erase, name="erase"),
    path("erase/confirm/", goodbye.erase_confirm, name="erase-confirm"),
]
