"""How does an employer's desk propose contracts and see its own, and how does the office add a rule?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valley.careers import actions, queries
from valley.careers.web.attempt import attempt
from valley.careers.web.forms import EndForm, FactsForm, ProposeForm, RowBefore, RuleForm, WhyForm
from valley.foundation import access, clock, doors, organisations
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.people import queries as people
from valley.work import queries as work

OPEN = ("application", "employment")


@doors.signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """To the caller's own desk, or a choice of desks; for the office the employers, to read reasons in groups."""
    who = doors.caller(request)
    ids = {desk.organisation for desk in who.desks if desk.role == DeskRole.RECRUITER}
    desks = [organisations.partner(id=one) for one in sorted(ids)]
    if len(desks) == 1:
        return redirect("careers:desk", slug=desks[0].slug)
    employers = organisations.partners(kind="employer", on=clock.today(who.at)) if who.sits_at(DeskRole.OFFICE) else ()
    return render(request, "careers/desks.html", {"desks": desks, "employers": employers})


@doors.signed_in
@require_safe
def employments(request: HttpRequest, slug: str) -> HttpResponse:
    """The employer's own contracts, in order of arrival."""
    partner = organisations.partner(slug=slug)
    answer = queries.employments_of(doors.caller(request), organisation=partner.id)
    return render(request, "careers/desk.html", {"answer": answer, "slug": slug})


@doors.signed_in
@require_safe
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """Why work fits or not, in counts of groups."""
    who = doors.caller(request)
    answer = queries.feedback(who, organisation=organisations.partner(slug=slug).id)
    shown = {"answer": answer, "slug": slug, "office": who.sits_at(DeskRole.OFFICE)}
    return render(request, "careers/feedback.html", shown)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a contract; the person confirms it."""
    who, partner = doors.caller(request), organisations.partner(slug=slug)
    form = ProposeForm(request.POST or None, **_choices(who, partner.id))
    if form.is_valid() and attempt(
        form,
        lambda: actions.propose_employment(
            who, organisation=partner.id, share=form.cleaned_data["share"], draft=form.draft()
        ),
    ):
        messages.success(request, _("Proposed. The person sees it and has to confirm it."))
        return redirect("careers:desk", slug=slug)
    shown = {"form": form, "slug": slug, "partner": partner}
    return render(request, "careers/propose.html", shown, status=422 if form.errors else 200)


def _choices(who: Caller, organisation: int) -> dict[str, Any]:
    rows = people.shared_with_me(who, organisation=organisation)
    shares = [
        (row.key, _("%(purpose)s, since %(day)s") % {"purpose": row.purpose_words, "day": row.given_at.date()})
        for row in rows
        if row.purpose in OPEN
    ]
    roles = [(role.key, role.title) for role in work.role_profiles(who, organisation=organisation)]
    return {"shares": shares, "roles": roles, "agreements": queries.agreements(who)}


@doors.signed_in
@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, slug: str, employment: int) -> HttpResponse:
    """Fill in what nobody knew when the contract was written down, said by the employer."""
    who, partner = doors.caller(request), organisations.partner(slug=slug)
    line = queries.employment_line(queries.employments_of(who, organisation=partner.id).items, employment)
    form = FactsForm(request.POST or None, agreements=queries.agreements(who), only=line.blanks)
    if form.is_valid() and attempt(
        form, lambda: actions.fill_in(who, employment=employment, organisation=partner.id, facts=form.cleaned_data)
    ):
        messages.success(request, _("Filled in. The other side sees it too."))
        return redirect("careers:desk", slug=slug)
    shown = {"form": form, "slug": slug, "line": line}
    return render(request, "careers/facts.html", shown, status=422 if form.errors else 200)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, slug: str, employment: int) -> HttpResponse:
    """When and why the contract ends, said by the employer."""
    who, form, partner = doors.caller(request), EndForm(request.POST or None), organisations.partner(slug=slug)
    line = queries.employment_line(queries.employments_of(who, organisation=partner.id).items, employment)
    if form.is_valid() and attempt(
        form,
        lambda: actions.end_employment(
            who, employment=employment, ends_on=form.ends_on(), reason=form.cleaned_data["reason"],
            organisation=partner.id,
        ),
    ):  # fmt: skip
        messages.success(request, _("The end is written down."))
        return redirect("careers:desk", slug=slug)
    return render(
        request, "careers/end.html", {"form": form, "slug": slug, "line": line}, status=422 if form.errors else 200
    )


@doors.signed_in
@require_http_methods(["GET", "POST"])
def why(request: HttpRequest, slug: str, employment: int) -> HttpResponse:
    """Does the work fit, and why, said by the employer."""
    who, form, partner = doors.caller(request), WhyForm(request.POST or None), organisations.partner(slug=slug)
    line = queries.employment_line(queries.employments_of(who, organisation=partner.id).items, employment)
    if form.is_valid() and attempt(
        form, lambda: actions.say_why(who, employment=employment, organisation=partner.id, **form.cleaned_data)
    ):
        messages.success(request, _("Thank you. It is counted with others, and nobody reads your answer alone."))
        return redirect("careers:desk", slug=slug)
    return render(
        request, "careers/why.html", {"form": form, "slug": slug, "line": line}, status=422 if form.errors else 200
    )


@doors.signed_in
@require_http_methods(["GET", "POST"])
def new_rule(request: HttpRequest) -> HttpResponse:
    """Add a dated row of a rule, with its source; ``?key=..&status=..`` starts from the row before it."""
    who = doors.caller(request)
    access.require_desk(who, DeskRole.OFFICE)
    asked = RowBefore(request.GET)
    last = queries.last_row(who, **asked.cleaned_data) if request.method == "GET" and asked.is_valid() else None
    form = RuleForm.after(last) if last else RuleForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: actions.add_law_rule(who, draft=form.draft())):
        messages.success(request, _("The row is in the table. Rows before it stay as they were."))
        return redirect("careers:law")
    shown = {"form": form, "filled": last is not None}
    return render(request, "careers/rule_new.html", shown, status=422 if form.errors else 200)
