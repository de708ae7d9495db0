"""How do designers count near-equal competences as one, and how does a name of a system come into the list?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valley.core.errors import ValleyError
from valley.evidence import actions, queries
from valley.evidence.models import MergeState
from valley.evidence.web.desk import whole
from valley.evidence.web.forms import SystemForm, TermsForm
from valley.foundation import access, clock, doors, organisations, problems


@doors.signed_in
@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """Pairs that say nearly the same, side by side, in one state."""
    who = doors.caller(request)
    state = next((one for one in MergeState.values if one == request.GET.get("state")), str(MergeState.PROPOSED))
    answer = queries.merges(who, state=state)
    return render(request, "evidence/merges.html", {"answer": answer, "state": state, "states": MergeState.choices})


@doors.signed_in
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Look for pairs."""
    done = actions.propose_merges(doors.caller(request))
    words = _("%(new)s new pairs found; %(known)s were known already.") % {"new": done.new, "known": done.known}
    messages.success(request, words)
    return redirect("evidence:merges")


@doors.signed_in
@require_POST
def merge(request: HttpRequest, merge: int) -> HttpResponse:
    """Decide about a pair, or open it again."""
    who, asked = doors.caller(request), request.POST
    try:
        done = actions.decide_merge(
            who,
            merge=merge,
            state=asked.get("state", ""),
            reason=asked.get("reason", ""),
            version=whole(asked.get("version", "")) or 0,
        )
    except actions.EvidenceRefused as error:
        messages.error(request, problems.sentence(error))
    else:
        words = {"merged": _("They count as one now."), "apart": _("They stay apart.")}
        messages.success(request, words.get(done.state, _("The pair waits for a decision again.")))
    return redirect("evidence:merges")


@doors.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def systems(request: HttpRequest) -> HttpResponse:
    """The names of systems, and a form for a new one."""
    who = doors.caller(request)
    answer, everyone = queries.system_names(who), who.sits_at("designer", "office")
    form = SystemForm(request.POST or None, choices=queries.choices(who), everyone=everyone, language=who.language)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.add_system_name(
                who,
                organisation=said["organisation"],
                name=said["name"],
                tool_class=said["tool_class"],
                on=clock.today(who.at),
            )
        except ValleyError as error:
            form.add_error("name", problems.sentence(error))
        else:
            messages.success(request, _("The name is in the list. Read the texts again to apply it."))
            return redirect("evidence:systems")
    context = {"answer": answer, "form": form, "everyone": everyone}
    return render(request, "evidence/systems.html", context, status=422 if form.errors else 200)


@doors.signed_in
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """What each of the caller's organisations allows."""
    return _terms(request)


def _terms(request: HttpRequest, failed: tuple[int, TermsForm] | None = None) -> HttpResponse:
    who = doors.caller(request)
    lines = [queries.terms(who, organisation=one.id) for one in _mine(who)]
    forms = [(one, failed[1] if failed and failed[0] == one.organisation else _form(one)) for one in lines]
    return render(request, "evidence/terms.html", {"forms": forms}, status=422 if failed else 200)


def _mine(who: access.Caller) -> list[organisations.Partner]:
    """The organisations whose terms the caller reads: its own, or every employer for the programme office."""
    choices = queries.choices(who)
    if who.sits_at("office"):
        return list(choices)
    own = {desk.organisation for desk in who.desks if desk.role in ("recruiter", "team-lead", "steward")}
    return [organisations.partner(id=one) for one in sorted(own)]


def _form(line: queries.Terms) -> TermsForm:
    return TermsForm(initial={"name_shown": "yes" if line.name_shown else "no"}, auto_id=f"id_{line.slug}_%s")


@doors.signed_in
@require_POST
def allow(request: HttpRequest, organisation: str) -> HttpResponse:
    """Say whether the name may be shown."""
    who, partner = doors.caller(request), organisations.partner(slug=organisation)
    form = TermsForm(request.POST, auto_id=f"id_{partner.slug}_%s")
    if not form.is_valid():
        return _terms(request, (partner.id, form))
    actions.allow_names(who, organisation=partner.id, name_shown=form.cleaned_data["name_shown"])
    messages.success(request, _("Your choice is kept. It holds from the next page that is opened."))
    return redirect("evidence:terms")
