"""How does an employer see its own share of the core, and nothing of anybody else?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from valley.foundation import doors, organisations
from valley.foundation.problems import NotFound
from valley.thread import queries


@doors.signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The share of the caller's employer; a choice when there are several."""
    own = queries.own_organisations(doors.caller(request))
    if len(own) == 1:
        return redirect("thread:share", slug=own[0].slug)
    return render(request, "thread/shares.html", {"own": own})


@doors.signed_in
@require_safe
def share(request: HttpRequest, slug: str) -> HttpResponse:
    """What is covered, what is not, and what stays the employer's own to teach."""
    who, partner = doors.caller(request), organisations.partner(slug=slug)
    try:
        answer = queries.own_share(who, organisation=partner.id)
    except NotFound as error:
        return render(request, "thread/share_empty.html", {"error": error, "partner": partner})
    return render(request, "thread/share.html", {"answer": answer, "partner": partner})


@doors.signed_in
@require_safe
def item(request: HttpRequest, slug: str, competence: int) -> HttpResponse:
    """The own sentences behind one competence."""
    who, partner = doors.caller(request), organisations.partner(slug=slug)
    answer = queries.own_item(who, organisation=partner.id, competence=competence)
    return render(request, "thread/share_item.html", {"answer": answer, "partner": partner})
