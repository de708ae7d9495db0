"""How does a partner read what is asked of it, sign its link, and take it back?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from valley.foundation import doors
from valley.foundation.problems import NotFound
from valley.routes import actions, queries
from valley.routes.web import steps
from valley.routes.web.forms import ReasonForm

PAGE = "routes:partner-link"
STEPS = {"start": actions.start_link, "finish": actions.finish_link}


@doors.signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """The links asked of this employer, in order of arrival."""
    return render(request, "routes/partner.html", {"answer": queries.partner_inbox(doors.caller(request))})


@doors.signed_in
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One own link and the frame around it."""
    answer = queries.partner_link(doors.caller(request), key=key)
    return render(request, "routes/partner_link.html", {"answer": answer, "reasons": ReasonForm(partner=True)})


@doors.signed_in
@require_POST
def sign(request: HttpRequest, key: str) -> HttpResponse:
    """The partner signs its link."""
    version = steps.version_in(request.POST)
    return steps.taken(
        request,
        lambda: actions.sign_link(doors.caller(request), link=key, version=version),
        _("You signed this link. The seat is kept for this learner."),
        page=PAGE,
        key=key,
    )


@doors.signed_in
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """The partner takes back its link, with a reason."""
    return steps.taken(
        request,
        lambda: actions.withdraw_link(doors.caller(request), link=key, why=request.POST.get("why", "")),
        _("You withdrew from this link. The learner and the school are told, and another chain is looked for."),
        page=PAGE,
        key=key,
    )


@doors.signed_in
@require_POST
def step(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """The partner says that a link began or was finished."""
    if step not in STEPS:
        raise NotFound(expected="start, finish", found=step, next_step=_("Open the link again."))
    change = STEPS[step]
    return steps.taken(request, lambda: change(doors.caller(request), link=key), _("This is kept."), page=PAGE, key=key)
