"""How does a person take everything along, and leave?"""

from __future__ import annotations

import json
from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
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
def erase(request: HttpRequest) -> HttpResponse:
    """What erasing means."""
    return render(request, "people/erase.html")


@doors.signed_in
def erase_confirm(request: HttpRequest) -> HttpResponse:
    """Erase passport and account, after signing in again and typing the word."""
    try:
        return cast(HttpResponse, _confirm(request))
    except ReauthenticationRequired:
        if request.method == "POST":
            return redirect("people:erase-confirm")
        raise


@reauthentication_required
def _confirm(request: HttpRequest) -> HttpResponse:
    who = doors.caller(request)
    word = actions.CONFIRM_WORDS[who.language == "nl"]
    form = EraseForm(request.POST or None, word=word)
    if request.method == "POST" and form.is_valid():
        confirm = form.cleaned_data["confirm"]
        if attempt(form, lambda: actions.erase_account(who, confirm=confirm)):
            logout(request)
            messages.success(request, _("Your passport and account are erased. Thank you for having been here."))
            return redirect("/")
    return render(request, "people/erase_confirm.html", {"form": form}, status=422 if form.errors else 200)
