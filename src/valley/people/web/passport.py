"""How does a person read and change the own passport on the web?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import doors
from valley.foundation.access import Caller
from valley.foundation.forms import Refusable
from valley.people import actions, queries
from valley.people.web.forms import ClaimForm, LanguageForm, NameForm, SearchForm, WishesForm


def own(who: Caller) -> int:
    """The caller's person; a first visit with a change starts the passport."""
    return queries.my_person(who) or actions.start_passport(who)


def attempt(form: Refusable, change: Callable[[], Any]) -> bool:
    """Run the change; False, with the refusal in the form, when it does not fit."""
    try:
        change()
    except ValleyError as error:
        form.refuse(error)
        return False
    return True


@doors.signed_in
def page(request: HttpRequest) -> HttpResponse:
    """The own passport."""
    who = doors.caller(request)
    person = queries.my_person(who)
    answer = queries.passport(who, person=person) if person else None
    return render(request, "people/passport.html", {"answer": answer})


@doors.signed_in
def name(request: HttpRequest) -> HttpResponse:
    """Change the name."""
    who = doors.caller(request)
    person = own(who) if request.method == "POST" else queries.my_person(who)
    found = queries.passport(who, person=person) if person else None
    initial = {"name": found.name, "version": found.version} if found else {}
    form = NameForm(request.POST or None, initial=initial)
    if request.method == "POST" and person and form.is_valid():
        asked = form.cleaned_data
        if attempt(form, lambda: actions.rename(who, person=person, name=asked["name"], version=asked["version"])):
            messages.success(request, _("Your name is saved."))
            return redirect("people:passport")
    return _form(request, form, title=_("Your name"))


@doors.signed_in
def add(request: HttpRequest) -> HttpResponse:
    """Find a competence to add."""
    who = doors.caller(request)
    form = SearchForm(request.GET or None, label=_("What can you do?"))
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.competences_like(who, text=text) if text else ()
    return render(request, "people/add.html", {"form": form, "text": text, "answer": found})


@doors.signed_in
def claim(request: HttpRequest, competence: int) -> HttpResponse:
    """Add, change or drop one competence."""
    who = doors.caller(request)
    person = own(who) if request.method == "POST" else queries.my_person(who)
    line = queries.claim(who, person=person, competence=competence)
    if request.method == "POST" and person and "drop" in request.POST:
        actions.drop_competence(who, person=person, competence=competence, version=line.version)
        messages.success(request, _("The competence is out of your passport."))
        return redirect("people:passport")
    initial = {"level": line.level or None, "said_on": line.said_on, "note": line.note, "version": line.version}
    form = ClaimForm(request.POST or None, initial=initial, levels=queries.level_choices(who.language))
    if request.method == "POST" and person and form.is_valid():
        statement = form.statement(competence)
        if attempt(form, lambda: actions.state_competence(who, person=person, statement=statement)):
            messages.success(request, _("The competence is saved."))
            return redirect("people:passport")
    return render(request, "people/claim.html", {"form": form, "answer": line}, status=422 if form.errors else 200)


@doors.signed_in
def languages(request: HttpRequest) -> HttpResponse:
    """Add, change or drop a language."""
    return language_page(request, onward="people:languages")


@doors.signed_in
def wishes(request: HttpRequest) -> HttpResponse:
    """Say when and where the person can work."""
    return wishes_page(request, onward="people:passport")


@doors.signed_in
def comparison(request: HttpRequest) -> HttpResponse:
    """Say yes or no to the comparison with all openings."""
    return comparison_page(request, onward="people:passport")


def language_page(request: HttpRequest, *, onward: str, extra: dict[str, Any] | None = None) -> HttpResponse:
    """The page of languages, in the guided start (``extra`` has its steps) and in the passport."""
    who = doors.caller(request)
    person = own(who) if request.method == "POST" else queries.my_person(who)
    if request.method == "POST" and person and "drop" in request.POST:
        actions.drop_language(who, person=person, code=request.POST["drop"][:3])
        return redirect(onward)
    form = LanguageForm(request.POST or None, languages=queries.language_words(who.language))
    if request.method == "POST" and person and form.is_valid():
        asked = form.cleaned_data
        if attempt(form, lambda: actions.state_language(who, person=person, code=asked["code"], cefr=asked["cefr"])):
            return redirect(onward)
    lines = queries.passport(who, person=person).languages if person else ()
    context = {"form": form, "answer": lines, **(extra or {})}
    return render(request, "people/languages.html", context, status=422 if form.errors else 200)


def wishes_page(request: HttpRequest, *, onward: str, extra: dict[str, Any] | None = None) -> HttpResponse:
    """The page of wishes, in the guided start (``extra`` has its steps) and in the passport."""
    who = doors.caller(request)
    person = own(who) if request.method == "POST" else queries.my_person(who)
    found = queries.passport(who, person=person).wishes if person else queries.WishesLine()
    initial = {field: getattr(found, field) for field in found.__slots__}
    form = WishesForm(request.POST or None, initial=initial, places=queries.place_words())
    if request.method == "POST" and person and form.is_valid():
        chosen = form.chosen()
        if attempt(form, lambda: actions.state_wishes(who, person=person, wishes=chosen)):
            messages.success(request, _("Your wishes are saved."))
            return redirect(onward)
    return _form(request, form, title=_("When and where can you work?"), extra=extra)


def comparison_page(request: HttpRequest, *, onward: str, extra: dict[str, Any] | None = None) -> HttpResponse:
    """The page of the yes or no to the comparison, in the guided start and in the passport."""
    who = doors.caller(request)
    person = own(who) if request.method == "POST" else queries.my_person(who)
    found = queries.passport(who, person=person) if person else None
    compared = bool(found and found.compared)
    if request.method == "POST" and person:
        wanted = request.POST.get("answer") == "yes"
        if wanted and not compared:
            actions.give_consent(who, person=person)
        elif compared and not wanted:
            actions.withdraw_consent(who, person=person)
        return redirect(onward)
    context = {"answer": found, "compared": compared, **(extra or {})}
    return render(request, "people/comparison.html", context)


def _form(request: HttpRequest, form: Refusable, *, title: str, extra: dict[str, Any] | None = None) -> HttpResponse:
    context = {"form": form, "title": title, **(extra or {})}
    return render(request, "people/form.html", context, status=422 if form.errors else 200)
