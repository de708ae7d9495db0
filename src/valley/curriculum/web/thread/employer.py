"""How does an employer see its own share of the core, and nothing of anybody else?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from valley.curriculum import queries
from valley.foundation import doors, organisations
from valley.foundation.problems import NotFound


@doors.signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The share of the caller's employer; a choice when there are several."""
    own = queries.thread.own_organisations(doors.caller(request))
    if len(own) == 1:
        return redirect("curriculum:share", slug=own[0].slug)
    return render(request, "curriculum/thread_shares.html", {"own": own})


@doors.signed_in
@require_safe
def share(request: HttpRequest, slug: str) -> HttpResponse:
    """What is covered, what is not, and what stays the employer's own to teach."""
    who, partner = doors.caller(request), organisations.partner(slug=slug)
    try:
        answer = queries.thread.own_share(who, organisation=partner.id)
    except NotFound as error:
        return render(request, "curriculum/thread_share_empty.html", {"error": error, "partner": partner})
    return render(request, "curriculum/thread_share.html", {"answer": answer, "partner": partner})


@doors.signed_in
@require_safe
def item(request: HttpRequest, slug: str, competence: int) -> HttpResponse:
    """The own sentences behind one competence."""
    who, partner = doors.caller(request), organisations.partner(slug=slug)
    answer = queries.thread.own_item(who, organisation=partner.id, competence=competence)
    return render(request, "curriculum/thread_share_item.html", {"answer": answer, "partner": partner})
