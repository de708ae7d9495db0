"""What does a recruiter do at the desk: see the own vacancies and roles, write them, open, renew and close them?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valley.core.errors import ValleyError
from valley.foundation import doors, organisations, problems
from valley.foundation.models import OrganisationKind
from valley.vacancies import actions, queries
from valley.vacancies.web.forms import RenewForm, RoleForm, VacancyForm
from valley.vacancies.web.public import PAGE, page_number
from valley.work import actions as work_actions
from valley.work import queries as work


@doors.signed_in
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The openings and roles of one of the caller's organisations, drafts included."""
    who = doors.caller(request)
    own = work.own_organisations(who)
    chosen = next((one for one in own if one.slug == request.GET.get("organisation", "")), own[0] if own else None)
    if chosen is None:
        return render(request, "vacancies/no_desk.html")
    number = page_number(request)
    state = next((one for one in ("draft", "open", "closed") if one == request.GET.get("state")), "")
    answer = work.openings_of(who, organisation=chosen.id, state=state, limit=PAGE, offset=(number - 1) * PAGE)
    context = {
        "own": own, "chosen": chosen, "answer": answer, "state": state, "number": number,
        "pages": -(-answer.total // PAGE), "roles": work.role_profiles(who, organisation=chosen.id),
        "warnings": queries.status_warnings(who, organisation=chosen.id),
        "recognitions": queries.recognitions_of(who, organisation=chosen.id),
        "trains": organisations.partner(id=chosen.id).kind == OrganisationKind.EMPLOYER,
    }  # fmt: skip
    return render(request, "vacancies/desk.html", context)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def new_opening(request: HttpRequest, organisation: str) -> HttpResponse:
    """First choose the role, then the form comes filled with what the role asks."""
    who, partner = doors.caller(request), organisations.partner(slug=organisation)
    role = request.GET.get("role", "")
    if not role:
        choices = work.opening_choices(who, organisation=partner.id)
        return render(request, "vacancies/choose_role.html", {"partner": partner, "choices": choices})
    return _vacancy(request, partner, queries.new_vacancy(who, organisation=partner.id, role=role))


@doors.signed_in
@require_http_methods(["GET", "POST"])
def edit_opening(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a vacancy; who saves second is told what the first one changed."""
    edit = queries.vacancy_to_edit(doors.caller(request), slug=slug)
    return _vacancy(request, organisations.partner(id=edit.draft.opening.organisation), edit)


def _vacancy(request: HttpRequest, partner: organisations.Partner, edit: queries.VacancyEdit) -> HttpResponse:
    who = doors.caller(request)
    choices = queries.vacancy_choices(who, organisation=partner.id)
    form = VacancyForm(request.POST or None, choices=choices, edit=edit)
    differing: list[dict[str, Any]] = []
    if request.method == "POST" and (draft := form.draft(work.competence_finder(who))) is not None:
        form.challenged = queries.challenges(who, draft=draft)
        try:
            saved = actions.keep_vacancy(who, draft=draft, slug=edit.edit.slug, version=form.version())
        except problems.Conflict as conflict:
            differing = form.differing(edit, draft)
            form.refuse(conflict)
            form.read_anew(edit.edit.version)
        except ValleyError as error:
            form.refuse(error)
        else:
            return _kept(request, saved.slug, saved.version)
    elif request.method == "GET" and edit.edit.slug:
        form.challenged = queries.challenges(who, draft=edit.draft)
    recognised = queries.recognitions_of(who, organisation=partner.id)
    context = {
        "form": form, "partner": partner, "edit": edit.edit, "differing": differing, "recognitions": recognised,
        "warnings": [one for one in _warnings(request, partner) if one.opening == edit.edit.slug],
    }  # fmt: skip
    return render(request, "vacancies/edit.html", context, status=422 if form.errors else 200)


def _warnings(request: HttpRequest, partner: organisations.Partner) -> tuple[queries.StatusWarning, ...]:
    return queries.status_warnings(doors.caller(request), organisation=partner.id)


def _kept(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The vacancy is kept; opening it is asked apart, so that a refusal loses nothing."""
    if "publish" not in request.POST:
        messages.success(request, _("The opening is kept. This is how everybody will read it."))
        return redirect("vacancies:opening", slug=slug)
    try:
        actions.publish_opening(doors.caller(request), slug=slug, version=version)
    except ValleyError as error:
        words = _("Your text is kept as a draft. It cannot be opened for everyone yet: %(why)s")
        messages.warning(request, words % {"why": problems.sentence(error)})
        return redirect("vacancies:opening-edit", slug=slug)
    messages.success(request, _("The opening is open."))
    return redirect("vacancies:opening", slug=slug)


@doors.signed_in
@require_POST
def opening_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Open, close or copy an opening."""
    act = _ACTS.get(request.POST.get("do", ""), _close)
    try:
        return act(request, slug)
    except problems.Conflict:
        raise
    except ValleyError as error:
        if error.status != 422:
            raise
        messages.warning(request, problems.sentence(error))
        return redirect("vacancies:opening", slug=slug)


def _version(request: HttpRequest) -> int:
    version = request.POST.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0


def _open(request: HttpRequest, slug: str) -> HttpResponse:
    actions.publish_opening(doors.caller(request), slug=slug, version=_version(request))
    messages.success(request, _("The opening is open."))
    return redirect("vacancies:opening", slug=slug)


def _close(request: HttpRequest, slug: str) -> HttpResponse:
    work_actions.close_opening(doors.caller(request), slug=slug, version=_version(request))
    messages.success(request, _("The opening is closed."))
    return redirect("vacancies:opening", slug=slug)


def _copy(request: HttpRequest, slug: str) -> HttpResponse:
    copy = actions.duplicate_opening(doors.caller(request), slug=slug)
    messages.success(request, _("A copy is kept as a draft."))
    return redirect("vacancies:opening-edit", slug=copy.slug)


_ACTS = {"open": _open, "close": _close, "copy": _copy}


@doors.signed_in
@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, slug: str) -> HttpResponse:
    """The same vacancy again in a new window; the old one stays as it is."""
    who = doors.caller(request)
    edit = queries.vacancy_to_edit(who, slug=slug)
    form = RenewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            again = actions.renew_opening(who, slug=slug, window=form.window(), publish="publish" in request.POST)
        except ValleyError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The opening is there again, with its new days."))
            return redirect("vacancies:opening", slug=again.slug)
    context = {"form": form, "edit": edit.edit, "opening": edit.draft.opening}
    return render(request, "vacancies/renew.html", context, status=422 if form.errors else 200)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def new_role(request: HttpRequest, organisation: str) -> HttpResponse:
    """A role of the organisation's own, starting from a role of the trade."""
    who, partner = doors.caller(request), organisations.partner(slug=organisation)
    page = work.role_profile(who, key=request.GET.get("like", "adviser-1"), organisation=partner.id)
    return _role(request, page, partner, role=None)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def edit_role(request: HttpRequest, role: int) -> HttpResponse:
    """Change a role profile; openings keep the needs they have."""
    page = work.role_profile(doors.caller(request), id=role)
    partner = organisations.partner(id=page.organisation) if page.organisation is not None else None
    return _role(request, page, partner, role=role)


def _role(
    request: HttpRequest, page: work.RoleProfilePage, partner: organisations.Partner | None, *, role: int | None
) -> HttpResponse:
    who = doors.caller(request)
    owner = partner.id if partner else None
    choices = work.opening_choices(who, organisation=owner)
    form = RoleForm(request.POST or None, choices=choices, page=page, organisation=owner)
    if request.method == "POST" and (draft := form.draft(work.competence_finder(who))) is not None:
        try:
            if role is None:
                work_actions.add_role_profile(who, draft=draft)
            else:
                work_actions.revise_role_profile(who, role=role, version=form.version(), draft=draft)
        except ValleyError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The role is kept."))
            return redirect("vacancies:desk")
    context = {"form": form, "partner": partner, "new": role is None}
    return render(request, "vacancies/edit_role.html", context, status=422 if form.errors else 200)
