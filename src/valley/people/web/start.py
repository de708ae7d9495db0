"""How does someone start a passport in ten minutes: a job, what they can, languages, wishes, a yes?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import doors
from valley.foundation.access import Caller
from valley.people import actions, queries
from valley.people.web import passport
from valley.people.web.forms import SearchForm, SuggestionsForm


def steps(number: int) -> dict[str, Any]:
    """What the steps component shows."""
    words = [_("A job"), _("What you can do"), _("Languages"), _("Wishes"), _("Comparison")]
    return {"steps": words, "current": number}


@doors.signed_in
def job(request: HttpRequest) -> HttpResponse:
    """Step 1: which job did you have?"""
    who = doors.caller(request)
    form = SearchForm(request.GET or None, label=_("Which job did you have?"))
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.job_titles(who, text=text) if text else ()
    return render(request, "people/start_job.html", {"form": form, "text": text, "answer": found, **steps(1)})


@doors.signed_in
def competences(request: HttpRequest) -> HttpResponse:
    """Step 2: you probably can..."""
    who = doors.caller(request)
    title = request.GET.get("title", "")[:200]
    person = queries.my_person(who) if request.method == "GET" else passport.own(who)
    form = SuggestionsForm(
        request.POST or None,
        suggestions=queries.suggestions(who, person=person, title=title),
        levels=queries.level_words(who.language),
        propose="propose" in request.GET,
    )
    if request.method == "POST" and person and form.is_valid():
        try:
            _keep(who, person, form)
            return redirect("people:start-languages")
        except ValleyError as error:
            form.refuse(error)
    status = 422 if form.errors else 200
    context = {"form": form, "title": title, "levels": queries.level_choices(who.language), **steps(2)}
    return render(request, "people/start_competences.html", context, status=status)


def _keep(who: Caller, person: int, form: SuggestionsForm) -> None:
    stated = form.stated()
    if stated:
        actions.state_competences(who, person=person, statements=stated)
    for competence in form.denied():
        actions.drop_competence(who, person=person, competence=competence)


@doors.signed_in
def languages(request: HttpRequest) -> HttpResponse:
    """Step 3: which languages do you use?"""
    return passport.language_page(request, onward="people:start-languages", extra=steps(3))


@doors.signed_in
def wishes(request: HttpRequest) -> HttpResponse:
    """Step 4: when and where can you work?"""
    return passport.wishes_page(request, onward="people:start-comparison", extra=steps(4))


@doors.signed_in
def comparison(request: HttpRequest) -> HttpResponse:
    """Step 5: may your passport take part in the comparison with all openings?"""
    return passport.comparison_page(request, onward="people:start-done", extra=steps(5))


@doors.signed_in
def done(request: HttpRequest) -> HttpResponse:
    """The passport stands: what now?"""
    who = doors.caller(request)
    person = queries.my_person(who)
    if person is None:
        return redirect(reverse("people:start"))
    return render(request, "people/start_done.html", {"answer": queries.passport(who, person=person), **steps(6)})
