"""What does a recruiter do at the desk: see the own openings and roles, write them, open and close them?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valley.core.errors import ValleyError
from valley.foundation import doors, organisations
from valley.vacancies.web.forms import OpeningForm, RoleForm
from valley.vacancies.web.public import PAGE, page_number
from valley.work import actions, queries


@doors.signed_in
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The openings and roles of one of the caller's organisations, drafts included."""
    who = doors.caller(request)
    own = queries.own_organisations(who)
    chosen = next((one for one in own if one.slug == request.GET.get("organisation", "")), own[0] if own else None)
    if chosen is None:
        return render(request, "vacancies/no_desk.html")
    number = page_number(request)
    state = next((one for one in ("draft", "open", "closed") if one == request.GET.get("state")), "")
    answer = queries.openings_of(who, organisation=chosen.id, state=state, limit=PAGE, offset=(number - 1) * PAGE)
    context = {
        "own": own, "chosen": chosen, "answer": answer, "state": state, "number": number,
        "pages": -(-answer.total // PAGE), "roles": queries.role_profiles(who, organisation=chosen.id),
    }  # fmt: skip
    return render(request, "vacancies/desk.html", context)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def new_opening(request: HttpRequest, organisation: str) -> HttpResponse:
    """First choose the role, then the form comes filled with what the role asks."""
    who, partner = doors.caller(request), organisations.partner(slug=organisation)
    role = request.GET.get("role", "")
    if not role:
        choices = queries.opening_choices(who, organisation=partner.id)
        return render(request, "vacancies/choose_role.html", {"partner": partner, "choices": choices})
    edit = queries.new_opening(who, organisation=partner.id, role=role)
    return _opening(request, partner, edit)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def edit_opening(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an opening; who saves second is told what the first one changed."""
    edit = queries.opening_to_edit(doors.caller(request), slug=slug)
    return _opening(request, organisations.partner(id=edit.draft.organisation), edit)


def _opening(request: HttpRequest, partner: organisations.Partner, edit: queries.OpeningEdit) -> HttpResponse:
    who = doors.caller(request)
    choices = queries.opening_choices(who, organisation=partner.id)
    form = OpeningForm(request.POST or None, choices=choices, edit=edit)
    if request.method == "POST" and (draft := form.draft(queries.competence_finder(who))) is not None:
        try:
            if edit.slug:
                saved = actions.revise_opening(who, slug=edit.slug, version=form.version(), draft=draft)
            else:
                saved = actions.add_opening(who, draft=draft, publish="publish" in request.POST)
        except ValleyError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The opening is kept."))
            return redirect("vacancies:opening", slug=saved.slug)
    context = {"form": form, "partner": partner, "edit": edit}
    return render(request, "vacancies/edit.html", context, status=422 if form.errors else 200)


@doors.signed_in
@require_POST
def opening_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Open, close or copy an opening."""
    who, version = doors.caller(request), request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    wanted = request.POST.get("do")
    if wanted == "copy":
        copy = actions.duplicate_opening(who, slug=slug)
        messages.success(request, _("A copy is kept as a draft."))
        return redirect("vacancies:opening-edit", slug=copy.slug)
    act = actions.open_opening if wanted == "open" else actions.close_opening
    done = act(who, slug=slug, version=number)
    messages.success(request, _("The opening is open.") if done.state == "open" else _("The opening is closed."))
    return redirect("vacancies:opening", slug=slug)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def new_role(request: HttpRequest, organisation: str) -> HttpResponse:
    """A role of the organisation's own, starting from a role of the trade."""
    who, partner = doors.caller(request), organisations.partner(slug=organisation)
    page = queries.role_profile(who, key=request.GET.get("like", "adviser-1"), organisation=partner.id)
    return _role(request, page, partner, role=None)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def edit_role(request: HttpRequest, role: int) -> HttpResponse:
    """Change a role profile; openings keep the needs they have."""
    page = queries.role_profile(doors.caller(request), id=role)
    partner = organisations.partner(id=page.organisation) if page.organisation is not None else None
    return _role(request, page, partner, role=role)


def _role(
    request: HttpRequest, page: queries.RoleProfilePage, partner: organisations.Partner | None, *, role: int | None
) -> HttpResponse:
    who = doors.caller(request)
    owner = partner.id if partner else None
    choices = queries.opening_choices(who, organisation=owner)
    form = RoleForm(request.POST or None, choices=choices, page=page, organisation=owner)
    if request.method == "POST" and (draft := form.draft(queries.competence_finder(who))) is not None:
        try:
            if role is None:
                actions.add_role_profile(who, draft=draft)
            else:
                actions.revise_role_profile(who, role=role, version=form.version(), draft=draft)
        except ValleyError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The role is kept."))
            return redirect("vacancies:desk")
    context = {"form": form, "partner": partner, "new": role is None}
    return render(request, "vacancies/edit_role.html", context, status=422 if form.errors else 200)
