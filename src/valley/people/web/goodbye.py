"""How does a person take everything along, and leave?"""

from __future__ import annotations

import json

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from valley.foundation import clock, doors
from valley.foundation.answers import plain
from valley.people import actions, queries
from valley.people.web.forms import EraseForm
from valley.people.web.passport import attempt


@doors.signed_in
def export(request: HttpRequest) -> HttpResponse:
    """Everything that is kept, as a file: explained on GET, handed over on POST."""
    who = doors.caller(request)
    person = queries.my_person(who)
    if request.method != "POST" or person is None:
        return render(request, "people/export.html", {"person": person})
    answer = actions.take_export(who, person=person)
    body = json.dumps(plain(answer), ensure_ascii=False, indent=2)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="passport-{clock.today(who.at)}.json"'
    return response


@doors.signed_in
@reauthentication_required(allow_get=True)
def erase(request: HttpRequest) -> HttpResponse:
    """Erase passport and account, after signing in again and typing the word."""
    who = doors.caller(request)
    person = queries.my_person(who)
    word = actions.CONFIRM_WORDS[who.language == "nl"]
    form = EraseForm(request.POST or None, word=word)
    if request.method == "POST" and person and form.is_valid():
        confirm = form.cleaned_data["confirm"]
        if attempt(form, lambda: actions.erase_person(who, person=person, confirm=confirm)):
            logout(request)
            messages.success(request, _("Your passport and account are erased. Thank you for having been here."))
            return redirect("/")
    context = {"form": form, "person": person, "word": word}
    return render(request, "people/erase.html", context, status=422 if form.errors else 200)
