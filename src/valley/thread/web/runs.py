"""How are runs listed, asked for, followed and looked through?"""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from valley.core.errors import ValleyError
from valley.foundation import doors, organisations, problems
from valley.thread import actions, queries
from valley.thread.web.forms import ThreadForm, WithoutForm


@doors.signed_in
@require_safe
def thread(request: HttpRequest) -> HttpResponse:
    """The runs, or the way to the first one."""
    return render(request, "thread/runs.html", {"answer": queries.runs(doors.caller(request))})


@doors.signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose how to look for the red thread."""
    who = doors.caller(request)
    queries.require(who)
    form = ThreadForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _ordered(actions.order_thread(who, asked=form.asked()))
        except ValleyError as error:
            form.add_error(None, problems.sentence(error))
    return render(request, "thread/new.html", {"form": form}, status=422 if form.errors else 200)


def _ordered(ordered: actions.Ordered) -> HttpResponse:
    if ordered.run is None:
        return redirect("thread:progress", key=ordered.key)
    return redirect("thread:run", run=ordered.run)


@doors.signed_in
@require_safe
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far a run is; once there, the run itself."""
    answer = queries.progress(doors.caller(request), key=key)
    return render(request, "thread/progress.html", {"answer": answer})


@doors.signed_in
@require_safe
def item(request: HttpRequest, run: int, competence: int) -> HttpResponse:
    """One item: who asks it, in which words."""
    answer = queries.item(doors.caller(request), run=run, competence=competence)
    return render(request, "thread/item.html", {"answer": answer})


@doors.signed_in
@require_safe
def employers(request: HttpRequest, run: int) -> HttpResponse:
    """Every employer against the core."""
    answer = queries.employers(doors.caller(request), run=run)
    return render(request, "thread/employers.html", {"answer": answer})


@doors.signed_in
@require_http_methods(["GET", "POST"])
def without(request: HttpRequest, run: int) -> HttpResponse:
    """What every employer changes; several left out together make a run of their own."""
    who = doors.caller(request)
    answer = queries.without(who, run=run)
    choices = sorted(((one.organisation, one.employer) for one in answer.items), key=lambda one: one[1].casefold())
    form = WithoutForm(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.is_valid():
        slugs = tuple(organisations.partner(id=pk).slug for pk in form.cleaned_data["without"])
        asked = actions.ThreadAsked(
            answer.run.level, answer.run.budget, answer.run.unit, answer.run.weighting, answer.run.support
        )
        try:
            return _ordered(actions.order_thread(who, asked=replace(asked, without=slugs)))
        except ValleyError as error:
            messages.error(request, problems.sentence(error))
    context = {"answer": answer, "form": form}
    return render(request, "thread/without.html", context, status=422 if form.errors else 200)


@doors.signed_in
@require_safe
def history(request: HttpRequest, run: int) -> HttpResponse:
    """Who changed what in the core, and why."""
    answer = queries.history(doors.caller(request), run=run)
    return render(request, "thread/history.html", {"answer": answer})
