"""How does a person decide about fifty sentences in one go, by mouse or by keyboard, and take it back?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from valley.core.errors import ValleyError
from valley.evidence import actions, queries
from valley.evidence.web import rows as page
from valley.evidence.web.desk import page_number, whole
from valley.evidence.web.forms import level_choices
from valley.foundation import access, doors, problems

PAGE = 50
LAST = "evidence-decided"
"""Where a session keeps what its person decided last: number, version, words. Enough to take it back."""


@doors.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest) -> HttpResponse:
    """The sentences that wait; one form decides about all of a page."""
    who, number = doors.caller(request), page_number(request)
    organisation = whole(request.GET.get("organisation", ""))
    queue = queries.to_decide(who, organisation=organisation, limit=PAGE, offset=(number - 1) * PAGE)
    if not queue.items and queue.total:
        number, queue = 1, queries.to_decide(who, organisation=organisation, limit=PAGE)
    rows, error = page.rows_of(queue.items), ""
    if request.method == "POST":
        verdicts = page.heard(who, rows, request.POST)
        error = _mistakes(rows)
        if not verdicts and not error:
            messages.info(request, _("Nothing was chosen, so nothing changed."))
            return _again(organisation, number)
        if not error:
            try:
                return _kept(request, who, verdicts, rows, _again(organisation, number))
            except ValleyError as refused:
                error = problems.sentence(refused)
    context: dict[str, Any] = {
        "queue": queue, "rows": rows, "groups": page.by_piece(rows), "error": error, "organisation": organisation,
        "employers": _employers(who), "levels": level_choices(who.language), "number": number,
        "pages": -(-queue.total // PAGE), "last": request.session.get(LAST, []),
        "progress": queries.progress(who, organisation=organisation),
    }  # fmt: skip
    return render(request, "evidence/decide.html", context, status=422 if error else 200)


def _employers(who: access.Caller) -> list[queries.EmployerLine]:
    """Who reads everyone's evidence may narrow the page to one employer."""
    return [one for one in queries.employers(who) if one.waiting] if who.sits_at("designer", "office") else []


def _mistakes(rows: Sequence[page.Row]) -> str:
    wrong = sum(bool(row.error) for row in rows)
    return _("Nothing was saved yet: %(count)s rows need another look.") % {"count": wrong} if wrong else ""


def _again(organisation: int | None, number: int) -> HttpResponseRedirect:
    asked = {"organisation": organisation, "page": number if number > 1 else None}
    query = urlencode({key: value for key, value in asked.items() if value})
    return HttpResponseRedirect(f"{reverse('evidence:decide')}{'?' if query else ''}{query}")


def _kept(
    request: HttpRequest,
    who: access.Caller,
    verdicts: list[actions.Verdict],
    rows: Sequence[page.Row],
    after: HttpResponseRedirect,
) -> HttpResponse:
    done = actions.decide(who, verdicts=verdicts)
    said, version = {row.finding.id: row for row in rows}, {one.finding: one.version for one in done.versions}
    request.session[LAST] = [
        [one.finding, version[one.finding], said[one.finding].finding.label, one.state,
         said[one.finding].finding.sentence[:120]]
        for one in verdicts
    ]  # fmt: skip
    messages.success(request, page.summary(done))
    return after


@doors.signed_in
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what was just decided, or the part of it that is ticked."""
    who = doors.caller(request)
    last = request.session.get(LAST, [])
    ticked = set(request.POST.getlist("finding"))
    back = [actions.Verdict(one[0], "proposed", one[1]) for one in last if str(one[0]) in ticked]
    if back:
        done = actions.decide(who, verdicts=back)
        request.session[LAST] = [one for one in last if str(one[0]) not in ticked]
        messages.success(request, _("%(count)s decisions taken back; they wait again.") % {"count": done.undone})
    return redirect("evidence:decide")


@doors.signed_in
@require_POST
def one(request: HttpRequest, finding: int) -> HttpResponse:
    """Decide about one finding on the page of its text: confirm, reject, or take the decision back."""
    who, state = doors.caller(request), request.POST.get("state", "")
    verdict = actions.Verdict(finding, state, whole(request.POST.get("version", "")) or 0)
    actions.decide(who, verdicts=[verdict])
    messages.success(request, _("Kept."))
    piece = whole(request.POST.get("piece", "")) or 0
    return HttpResponseRedirect(f"{reverse('evidence:piece', args=[piece])}#f{finding}")


@doors.signed_in
@require_http_methods(["GET", "HEAD"])
def history(request: HttpRequest, finding: int) -> HttpResponse:
    """Who decided what about a finding, and when."""
    return render(
        request, "evidence/history.html", {"answer": queries.decisions(doors.caller(request), finding=finding)}
    )
