"""How does the programme office plan all routes again, and read what came of it?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from valley.core.errors import ValleyError
from valley.foundation import doors
from valley.routes import actions, queries
from valley.routes.web.forms import StoppedForm


@doors.signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What planning again does, for everybody or after one employer stopped."""
    context = {"answer": queries.replan_preview(doors.caller(request)), "form": StoppedForm()}
    return render(request, "routes/office.html", context)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """What will happen, and the button; asked by GET with an employer and a reason, or for everybody without."""
    who = doors.caller(request)
    given = request.POST if request.method == "POST" else request.GET
    everybody = "employer" not in given
    form = StoppedForm(given)
    if not everybody and not form.is_valid():
        answer = queries.replan_preview(who)
        return render(request, "routes/office.html", {"answer": answer, "form": form}, status=422)
    stopped = None if everybody else form.stopped()
    if request.method == "POST":
        try:
            return redirect("routes:office-progress", key=actions.ask_to_replan(who, stopped=stopped))
        except ValleyError as error:
            form.refuse(error)
    answer = queries.replan_preview(who, employer=stopped.employer if stopped else None)
    return render(request, "routes/office_confirm.html", {"answer": answer, "stopped": stopped, "form": form})


@doors.signed_in
@require_safe
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far it is; the page asks again by itself while it is not done."""
    answer = queries.replan_progress(doors.caller(request), key=key)
    return render(request, "routes/office_progress.html", {"answer": answer})
