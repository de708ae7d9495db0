"""How does a learner choose a chain, follow who signed, sign the whole, and decide when something changes?"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from valley.chains import pictures
from valley.core.errors import ValleyError
from valley.foundation import doors, problems
from valley.people import queries as people
from valley.routes import actions, queries
from valley.routes.web import steps
from valley.routes.web.forms import ChooseForm, QuestionForm, ReasonForm


@doors.signed_in
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Make a chain a route; the school and each partner are asked to sign."""
    who = doors.caller(request)
    person = people.own_person(doors.caller(request))
    question = QuestionForm(QueryDict(request.POST.get("asked", "")[:2000]), who=who)
    form = ChooseForm(request.POST, prefix=request.POST.get("prefix", "")[:4])
    if not question.is_valid() or not form.is_valid():
        return render(request, "routes/choose.html", {"form": form, "asked": request.POST.get("asked", "")}, status=422)
    given = form.cleaned_data
    chosen = actions.RouteChosen(question.question(), given["chain"], given["school"], tuple(given["parts"]))
    try:
        key = actions.propose_route(who, person=person, chosen=chosen)
    except ValleyError as error:
        form.add_error(None, problems.sentence(error))
        return render(request, "routes/choose.html", {"form": form, "asked": request.POST.get("asked", "")}, status=422)
    messages.success(request, _("The route is proposed. School and partners are asked to sign their part."))
    return redirect("routes:route", key=key)


@doors.signed_in
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One route: its picture, who signed, what changed and why, and older versions."""
    who = doors.caller(request)
    answer = queries.route(who, person=people.own_person(who), key=key, version=steps.version_in(request.GET))
    context = {"answer": answer, "picture": pictures.of_route(answer), "reasons": ReasonForm(), "own": True}
    return render(request, "routes/route.html", context)


@doors.signed_in
@require_POST
def sign(request: HttpRequest, key: str) -> HttpResponse:
    """The learner signs the whole."""
    return _done(
        request,
        key,
        lambda who, person: actions.sign_whole(who, person=person, route=key, version=steps.version_in(request.POST)),
        _("You signed the route. It stands."),
    )


@doors.signed_in
@require_POST
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """The learner stops the whole route."""
    return _done(
        request,
        key,
        lambda who, person: actions.withdraw_route(who, person=person, route=key, why=request.POST.get("why", "")),
        _("You stopped the route. Every share of it ended."),
    )


@doors.signed_in
@require_POST
def renew(request: HttpRequest, key: str) -> HttpResponse:
    """The learner shares the route again where a share ended."""
    return _done(
        request,
        key,
        lambda who, person: actions.renew_shares(who, person=person, route=key),
        _("School and partners can see their part again."),
    )


@doors.signed_in
@require_POST
def accept(request: HttpRequest, key: str, change: int) -> HttpResponse:
    """The learner chooses the new chain."""
    return _done(
        request,
        key,
        lambda who, person: actions.accept_change(who, person=person, route=key, change=change),
        _("The new chain is proposed. Whoever is new is asked to sign."),
    )


@doors.signed_in
@require_POST
def leave(request: HttpRequest, key: str, link: str) -> HttpResponse:
    """The learner leaves one link."""
    return _done(
        request,
        key,
        lambda who, person: actions.leave_link(who, person=person, link=link, why=request.POST.get("why", "")),
        _("You left this job. Below you see whether there is another chain."),
    )


def _done(request: HttpRequest, key: str, change: Callable[..., object], said: str) -> HttpResponse:
    who = doors.caller(request)
    return steps.taken(request, lambda: change(who, people.own_person(who)), said, page="routes:route", key=key)
