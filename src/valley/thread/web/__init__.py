"""Which pages show the red thread: to a designer with every test it stood, to an employer its own part?"""

from __future__ import annotations

from django.urls import path

from valley.thread.web import employer, runs, table

app_name = "thread"

urlpatterns = [
    path("thread/", runs.thread, name="runs"),
    path("thread/new/", runs.new, name="new"),
    path("thread/jobs/<str:key>/", runs.progress, name="progress"),
    path("thread/<int:run>/", table.page, name="run"),
    path("thread/<int:run>/take-over/", table.take_over, name="take-over"),
    path("thread/<int:run>/core.csv", table.csv_file, name="csv"),
    path("thread/<int:run>/item/<int:competence>/", runs.item, name="item"),
    path("thread/<int:run>/employers/", runs.employers, name="employers"),
    path("thread/<int:run>/without/", runs.without, name="without"),
    path("thread/<int:run>/history/", runs.history, name="history"),
    path("my-share/", employer.mine, name="my-share"),
    path("my-share/<slug:slug>/", employer.share, name="share"),
    path("my-share/<slug:slug>/item/<int:competence>/", employer.item, name="share-item"),
]
