"""How does a school read the routes shared with it, sign the training part, and sign for practice?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from valley.chains import pictures
from valley.core.errors import ValleyError
from valley.foundation import doors, problems
from valley.routes import actions, queries
from valley.routes.web import steps
from valley.routes.web.forms import PracticeForm


@doors.signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """The routes shared with this school, in order of arrival, without a name; and those that ended."""
    who = doors.caller(request)
    context = {"rows": queries.school_routes(who), "notices": queries.school_notices(who)}
    return render(request, "routes/school.html", context)


@doors.signed_in
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One route, whole: the school signs what is trained where."""
    answer = queries.school_route(doors.caller(request), key=key, version=steps.version_in(request.GET))
    return _shown(request, answer, PracticeForm(page=answer))


@doors.signed_in
@require_POST
def sign(request: HttpRequest, key: str) -> HttpResponse:
    """The school signs the training part."""
    version = steps.version_in(request.POST)
    return steps.taken(
        request,
        lambda: actions.sign_training_part(doors.caller(request), route=key, version=version),
        _("You signed the training part."),
        page="routes:school-route",
        key=key,
    )


@doors.signed_in
@require_POST
def practice(request: HttpRequest, key: str) -> HttpResponse:
    """The school signs for practice in one work process."""
    who = doors.caller(request)
    answer = queries.school_route(who, key=key)
    form = PracticeForm(request.POST, page=answer)
    if form.is_valid():
        try:
            actions.sign_practice(who, route=key, seen=form.seen())
        except ValleyError as error:
            named = str(error.facts.get("field", ""))
            form.add_error(named if named in form.fields else None, problems.sentence(error))
    if form.errors:
        return _shown(request, answer, form, status=422)
    messages.success(request, _("The practice is signed. New chains count it."))
    return redirect("routes:school-route", key=key)


def _shown(request: HttpRequest, answer: queries.RoutePage, form: PracticeForm, *, status: int = 200) -> HttpResponse:
    context = {"answer": answer, "picture": pictures.of_route(answer), "form": form, "own": False}
    return render(request, "routes/school_route.html", context, status=status)
