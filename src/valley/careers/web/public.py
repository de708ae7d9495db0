"""How does anybody look at the ways from role to role, and at the dated rules of law?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from valley.careers import queries
from valley.careers.web import pictures
from valley.careers.web.forms import GraphForm, RoleFilter
from valley.foundation import doors
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.people import queries as people

STEPS = 2


@require_safe
def graph(request: HttpRequest) -> HttpResponse:
    """The roles of the trade; with one chosen, where it leads."""
    who = doors.caller(request)
    roles = queries.career_roles(who)
    form = GraphForm(
        request.GET or None, roles=[(one.key, one.title) for one in roles], signed_in=who.account is not None
    )
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if not chosen.get("role"):
        return _roles(request, who, form)
    person = people.my_person(who) if chosen.get("mine") else None
    answer = queries.career_graph(who, role=chosen["role"], steps=chosen.get("steps") or STEPS, person=person)
    shown = {"answer": answer, "form": form, "no_passport": bool(chosen.get("mine")) and person is None}
    return render(request, "careers/graph.html", shown | pictures.of_graph(answer))


def _roles(request: HttpRequest, who: Caller, form: GraphForm) -> HttpResponse:
    filtered = RoleFilter(request.GET or None)
    text = filtered.cleaned_data["text"] if filtered.is_bound and filtered.is_valid() else ""
    shown = {"roles": queries.career_roles(who, text=text), "filter": filtered, "form": form}
    return render(request, "careers/roles.html", shown, status=422 if form.is_bound and form.errors else 200)


@require_safe
def step(request: HttpRequest, start: str, goal: str) -> HttpResponse:
    """One step: what carries over, what is missing, how long, for which pay."""
    answer = queries.career_path(doors.caller(request), start=start, goal=goal)
    return render(request, "careers/step.html", {"answer": answer})


@require_safe
def law_table(request: HttpRequest) -> HttpResponse:
    """Every rule with its source and days; the programme office may add a row."""
    who = doors.caller(request)
    shown = {"answer": queries.law_table(who), "may_add": who.sits_at(DeskRole.OFFICE)}
    return render(request, "careers/law.html", shown)
