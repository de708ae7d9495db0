"""How does a partner read what is asked of it, sign its link, and take it back?"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from valley.core.errors import ValleyError
from valley.foundation import doors, problems
from valley.foundation.problems import NotFound
from valley.routes import actions, queries
from valley.routes.web.forms import ReasonForm

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
    asked = request.POST.get("version", "")
    version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None
    return _done(
        request,
        key,
        lambda: actions.sign_link(doors.caller(request), link=key, version=version),
        _("You signed this link. The seat is kept for this learner."),
    )


@doors.signed_in
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """The partner takes back its link, with a reason."""
    return _done(
        request,
        key,
        lambda: actions.withdraw_link(doors.caller(request), link=key, why=request.POST.get("why", "")),
        _("You withdrew from this link. The learner and the school are told, and another chain is looked for."),
    )


@doors.signed_in
@require_POST
def step(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """The partner says that a link began or was finished."""
    if step not in STEPS:
        raise NotFound(expected="start, finish", found=step, next_step=_("Open the link again."))
    return _done(request, key, lambda: STEPS[step](doors.caller(request), link=key), _("This is kept."))


def _done(request: HttpRequest, key: str, change: Callable[[], object], said: str) -> HttpResponse:
    try:
        change()
    except NotFound:
        raise
    except ValleyError as error:
        messages.error(request, problems.sentence(error))
    else:
        messages.success(request, said)
    return redirect("routes:partner-link", key=key)
