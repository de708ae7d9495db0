"""Which pages show the red thread: to a designer with every test it stood, to an employer its own part?"""

from __future__ import annotations

from django.urls import path

from valley.curriculum.web.thread import employer, runs, table

urlpatterns = [
    path("thread/", runs.thread, name="thread"),
    path("thread/new/", runs.new, name="thread-new"),
    path("thread/jobs/<str:key>/", runs.progress, name="thread-progress"),
    path("thread/<int:run>/", table.page, name="thread-run"),
    path("thread/<int:run>/take-over/", table.take_over, name="thread-take-over"),
    path("thread/<int:run>/core.csv", table.csv_file, name="thread-csv"),
    path("thread/<int:run>/item/<int:competence>/", runs.item, name="thread-item"),
    path("thread/<int:run>/employers/", runs.employers, name="thread-employers"),
    path("thread/<int:run>/without/", runs.without, name="thread-without"),
    path("thread/<int:run>/history/", runs.history, name="thread-history"),
    path("my-share/", employer.mine, name="my-share"),
    path("my-share/<slug:slug>/", employer.share, name="share"),
    path("my-share/<slug:slug>/item/<int:competence>/", employer.item, name="share-item"),
]
