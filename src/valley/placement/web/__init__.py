"""Which pages does the room ``placement`` have: the desk's, the employer's, and the person's own?"""

from __future__ import annotations

from django.urls import path

from valley.placement.web import desk, mine, plans

app_name = "placement"
urlpatterns = [
    path("", desk.events, name="events"),
    path("announce/", desk.announce, name="announce"),
    path("courses/", desk.courses, name="courses"),
    path("courses/new/", desk.new_course, name="course-new"),
    path("courses/<slug:key>/remove/", desk.remove_course, name="course-remove"),
    path("mine/", mine.page, name="mine"),
    path("mine/proposals/<int:number>/", mine.proposal, name="proposal"),
    path("mine/<slug:slug>/leave/", mine.leave, name="leave"),
    path("join/<str:code>/", mine.join, name="join"),
    path("runs/<int:number>/", plans.run, name="run"),
    path("runs/<int:number>/send/", plans.send, name="send"),
    path("events/<slug:slug>/", desk.event, name="event"),
    path("events/<slug:slug>/invite/", desk.invite, name="invite"),
    path("events/<slug:slug>/finish/", desk.finish, name="finish"),
    path("events/<slug:slug>/people/", desk.people_list, name="people"),
    path("events/<slug:slug>/people/<int:number>/", desk.line, name="line"),
    path("events/<slug:slug>/plan/", plans.new, name="plan"),
    path("events/<slug:slug>/plan/<str:key>/", plans.progress, name="progress"),
    path("events/<slug:slug>/compare/", plans.compare, name="compare"),
]
