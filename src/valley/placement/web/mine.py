"""How does somebody join, see the own placement, answer a proposal and leave?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valley.core.errors import ValleyError
from valley.foundation import doors, problems
from valley.people import queries as people
from valley.placement import actions, invitations, queries
from valley.placement.web.forms import JoinForm


@doors.signed_in
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Read what is shared with whom, see exactly that, and join."""
    who = doors.caller(request)
    answer = queries.invitation_page(who, code=code)
    person = people.my_person(who)
    if person is None or answer.taking_part:
        return render(request, "placement/join.html", {"answer": answer, "person": person})
    form = JoinForm(request.POST or None, roles=answer.roles)
    if request.method == "POST" and form.is_valid():
        joined = form.attempt(lambda: actions.join_event(who, person=person, code=code, joining=form.joining()))
        if joined is not None:
            messages.success(request, _("You take part. You can leave at any time, on this page."))
            return redirect("placement:mine")
    parts = invitations.YES_PARTS if form.data.get("with_name") else invitations.PARTS
    preview = people.share_preview(who, person=person, parts=parts)
    context = {"answer": answer, "person": person, "form": form, "preview": preview}
    return render(request, "placement/join.html", context, status=422 if form.errors else 200)


@doors.signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The own placements: proposals, or what stands in the way."""
    who = doors.caller(request)
    person = people.my_person(who)
    answer = queries.my_placements(who, person=person) if person is not None else ()
    return render(request, "placement/mine.html", {"answer": answer})


@doors.signed_in
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """One proposal explained, with yes and no."""
    who = doors.caller(request)
    person = people.my_person(who) or 0
    status, refused = 200, ""
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        yes = request.POST["answer"] == "yes"
        try:
            actions.answer_proposal(who, person=person, proposal=number, yes=yes)
        except problems.NotFound:
            raise
        except ValleyError as error:
            status, refused = error.status, problems.sentence(error)
        else:
            messages.success(request, _yes() if yes else _no())
            return redirect("placement:proposal", number=number)
    answer = queries.proposal_page(who, person=person, proposal=number)
    return render(request, "placement/proposal.html", {"answer": answer, "refused": refused}, status=status)


@doors.signed_in
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a placement: the share ends at once."""
    who = doors.caller(request)
    actions.leave_event(who, person=people.my_person(who) or 0, event=slug)
    messages.success(request, _("You have left. The programme office sees nothing of you any more."))
    return redirect("placement:mine")


def _yes() -> str:
    return _("The employer now sees your application, in order of arrival. You hear from them.")


def _no() -> str:
    return _("Thank you for your answer. Nobody holds a no against you, and the employer never knew of it.")
