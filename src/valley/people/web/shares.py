"""How does a person share on the web, and how does a reader look?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from valley.foundation import clock, doors, organisations
from valley.people import actions, queries
from valley.people.web.forms import ShareForm, default_end
from valley.people.web.passport import attempt


@doors.signed_in
def page(request: HttpRequest) -> HttpResponse:
    """Every share, and who looked."""
    who = doors.caller(request)
    person = queries.my_person(who)
    given = queries.shares(who, person=person) if person else ()
    seen = queries.looks(who, person=person) if person else ()
    return render(request, "people/shares.html", {"person": person, "answer": given, "looks": seen})


@doors.signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Give a share: choose, see exactly what they will see, then give it."""
    who = doors.caller(request)
    person = queries.my_person(who)
    if person is None:
        return redirect("people:start")
    today = clock.today(who.at)
    partners = [(found.id, found.name) for found in organisations.partners(on=today)]
    form = ShareForm(
        request.POST or None,
        readers=partners,
        own=queries.passport(who, person=person),
        initial={"parts": ["name", "competences", "languages"], "ends_on": default_end(today)},
    )
    preview = None
    if request.method == "POST" and form.is_valid():
        offer = form.offer()
        if "give" in request.POST and attempt(form, lambda: actions.give_share(who, person=person, offer=offer)):
            messages.success(request, _("The share is open. You can stop it at any time."))
            return redirect("people:shares")
        preview = queries.share_preview(who, person=person, parts=offer.parts, competences=offer.competences)
    context = {"form": form, "preview": preview, "readers": dict(partners)}
    return render(request, "people/share_new.html", context, status=422 if form.errors else 200)


@require_POST
@doors.signed_in
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Stop a share at once."""
    who = doors.caller(request)
    actions.withdraw_share(who, person=queries.my_person(who) or 0, key=key)
    messages.success(request, _("The share has stopped. Nobody can look any more."))
    return redirect("people:shares")


@doors.signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """The shares that the caller's desks may open, in order of arrival."""
    who = doors.caller(request)
    desks = queries.reading_desks(who)
    lists = [(found, queries.shared_with_me(who, organisation=found.id)) for found in desks]
    return render(request, "people/shared_list.html", {"answer": lists})


@doors.signed_in
def shared(request: HttpRequest, key: str) -> HttpResponse:
    """Open one share; the look is in the person's log."""
    answer = actions.look_at_share(doors.caller(request), key=key)
    return render(request, "people/shared.html", {"answer": answer})
