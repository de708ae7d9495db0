"""What does everybody read: openings, partners, the roles of the trade? No JavaScript, no sign-in."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from valley.foundation import doors, organisations
from valley.vacancies import queries, structured
from valley.vacancies.queries import listing
from valley.vacancies.web.forms import Filters
from valley.vacancies.web.shown import KEPT_WEEKS, shown
from valley.vacancies.web.tongues import address, either_language
from valley.work import queries as work

PAGE = 20
MOST_PAGES = 5000
_NEVER_CLOSES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Signs that could end a script element or a line of it, as JSON may write them."""


def page_number(request: HttpRequest, name: str = "page") -> int:
    """The page asked for, from 1; anything else is the first."""
    asked = request.GET.get(name, "")
    return min(max(int(asked), 1), MOST_PAGES) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


@require_safe
@either_language
def openings(request: HttpRequest) -> HttpResponse:
    """Openings that are open today, with filters; the address of a search can be kept and shared."""
    who = doors.caller(request)
    form = Filters(request.GET, choices=listing.filter_choices(who))
    number = page_number(request)
    answer = listing.open_vacancies(who, asked=form.asked(), limit=PAGE, offset=(number - 1) * PAGE)
    own: dict[str, str] = {"page": str(number)} if number > 1 else {}
    context = {
        "answer": answer.found, "counts_for": answer.counts_for, "filters": form, "number": number,
        "pages": -(-answer.found.total // PAGE), "address": address(request, **own), "searched": form.asks(),
    }  # fmt: skip
    return render(request, "vacancies/openings.html", context)


@require_safe
@either_language
def opening(request: HttpRequest, slug: str) -> HttpResponse:
    """One vacancy, whole. A closed one says so and is gone (410) for everybody but its desk."""
    vacancy = queries.vacancy_page(doors.caller(request), slug=slug)
    job, desk = vacancy.page.opening, vacancy.page.may_change
    gone = job.state == "closed" and not desk
    return render(request, "vacancies/opening.html", vacancy_context(request, vacancy), status=410 if gone else 200)


def vacancy_context(request: HttpRequest, vacancy: queries.VacancyPage) -> dict[str, Any]:
    """What the page of a vacancy needs beside the vacancy."""
    where = address(request)
    partner = organisations.partner(id=vacancy.page.opening.organisation_id)
    found = structured.posting(vacancy, url=where.canonical, employer=partner)
    who = doors.caller(request)
    challenged = queries.challenges(who, slug=vacancy.page.opening.slug) if vacancy.page.may_change else ()
    return {
        "answer": vacancy, "shown": shown(vacancy), "partner": partner, "address": where,
        "posting": script_safe(found) if found else "", "kept_weeks": KEPT_WEEKS, "challenged": challenged,
    }  # fmt: skip


def script_safe(found: dict[str, Any]) -> SafeString:
    """JSON that can stand in a script element and cannot end it."""
    text = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return mark_safe(text.translate(_NEVER_CLOSES))  # noqa: S308 - no sign is left that could end the element


@require_safe
@either_language
def partners(request: HttpRequest) -> HttpResponse:
    """Who takes part."""
    answer = work.partners(doors.caller(request))
    return render(request, "vacancies/partners.html", {"answer": answer, "address": address(request)})


@require_safe
@either_language
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """One partner, with its openings of today and what it may train for."""
    who, number = doors.caller(request), page_number(request)
    found = work.partner(who, slug=slug)
    asked = listing.VacancyFilter(work.OpeningFilter(organisation=slug))
    answer = listing.open_vacancies(who, asked=asked, limit=PAGE, offset=(number - 1) * PAGE)
    context = {
        "partner": found, "answer": answer.found, "counts_for": answer.counts_for, "number": number,
        "pages": -(-answer.found.total // PAGE), "address": address(request),
        "recognitions": [one for one in queries.recognitions_of(who, organisation=found.id) if one.checked_on],
    }  # fmt: skip
    return render(request, "vacancies/partner.html", context)


@require_safe
@either_language
def roles(request: HttpRequest) -> HttpResponse:
    """The roles of the trade."""
    answer = work.role_profiles(doors.caller(request))
    return render(request, "vacancies/roles.html", {"answer": answer, "address": address(request)})


@require_safe
@either_language
def role(request: HttpRequest, key: str) -> HttpResponse:
    """One role of the trade: what it asks and where it leads."""
    answer = work.role_profile(doors.caller(request), key=key)
    return render(request, "vacancies/role.html", {"answer": answer, "address": address(request)})
