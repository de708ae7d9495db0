"""Which pages does the room have: public ways and law, one's own contracts, and an employer's desk?"""

from __future__ import annotations

from django.urls import path

from valley.careers.web import desk, own, public

app_name = "careers"
urlpatterns = [
    path("", public.graph, name="graph"),
    path("law/", public.law_table, name="law"),
    path("law/new/", desk.new_rule, name="rule-new"),
    path("steps/<slug:start>/<slug:goal>/", public.step, name="step"),
    path("employments/", own.mine, name="mine"),
    path("employments/<int:employment>/confirm/", own.confirm, name="confirm"),
    path("employments/<int:employment>/decline/", own.decline, name="decline"),
    path("employments/<int:employment>/facts/", own.facts, name="facts"),
    path("employments/<int:employment>/end/", own.end, name="end"),
    path("employments/<int:employment>/why/", own.why, name="why"),
    path("desk/", desk.mine, name="desks"),
    path("desk/<slug:slug>/", desk.employments, name="desk"),
    path("desk/<slug:slug>/feedback/", desk.feedback, name="feedback"),
    path("desk/<slug:slug>/propose/", desk.propose, name="propose"),
    path("desk/<slug:slug>/<int:employment>/facts/", desk.facts, name="desk-facts"),
    path("desk/<slug:slug>/<int:employment>/end/", desk.end, name="desk-end"),
    path("desk/<slug:slug>/<int:employment>/why/", desk.why, name="desk-why"),
]
