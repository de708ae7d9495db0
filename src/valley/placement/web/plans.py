"""How does the programme office plan, look at a plan, compare scenarios and send?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valley.foundation import doors
from valley.placement import actions, queries
from valley.placement.web.forms import ScenarioForm


@doors.signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the conditions of a plan, and ask a worker for it."""
    who = doors.caller(request)
    queries.runs(who, event=slug)
    form = ScenarioForm(request.POST or None, courses=queries.course_offers(who))
    if request.method == "POST" and form.is_valid():
        key = form.attempt(lambda: actions.order_plan(who, event=slug, scenario=form.scenario()))
        if key is not None:
            return redirect("placement:progress", slug=slug, key=key)
    context = {"form": form, "event": queries.redundancy(who, slug=slug).event}
    return render(request, "placement/plan.html", context, status=422 if form.errors else 200)


@doors.signed_in
@require_safe
def progress(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """How far a plan is; the page asks again by itself while it is not done."""
    answer = queries.plan_progress(doors.caller(request), event=slug, key=key)
    return render(request, "placement/progress.html", {"answer": answer})


@doors.signed_in
@require_safe
def run(request: HttpRequest, number: int) -> HttpResponse:
    """One plan in counts and flows."""
    return render(request, "placement/run.html", {"answer": actions.open_plan(doors.caller(request), run=number)})


@doors.signed_in
@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest plan of every scenario side by side."""
    answer = queries.comparison(doors.caller(request), event=slug)
    bars = [(row.scenario, row.placed) for row in answer.rows if row.placed is not None]
    rows = list(zip(answer.rows, answer.more, strict=True))
    return render(request, "placement/compare.html", {"answer": answer, "rows": rows, "bars": bars})


@doors.signed_in
@require_POST
def send(request: HttpRequest, number: int) -> HttpResponse:
    """Send the proposals to the people themselves."""
    sent = actions.send_proposals(doors.caller(request), run=number)
    words = ngettext(
        "%(count)s person has a proposal now. No employer knows of it.",
        "%(count)s people have a proposal now. No employer knows of it.",
        sent,
    )
    messages.success(request, words % {"count": sent} if sent else _("There was nothing left to send."))
    return redirect("placement:run", number=number)
