"""How does a person see which openings fit, why, and what would change it?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from valley.core.errors import ValleyError
from valley.foundation import doors, problems
from valley.mobility import queries
from valley.mobility.web.forms import MineForm, WhatIfForm
from valley.people import queries as people

PAGE = 20
NOT_YET_SHOWN = 5  # below a page of possible openings; all of them have a page of their own
NOT_YET = "not-yet"


@doors.signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """The person's own openings: possible first, then what is missing for the others."""
    who = doors.caller(request)
    form = MineForm(request.GET or None, language=who.language)
    person = people.my_person(who)
    if person is None:
        return render(request, "mobility/mine.html", {"answer": None})
    number = _page_number(request)
    later = request.GET.get("part") == NOT_YET
    answer = queries.my_openings(
        who,
        person=person,
        filters=form.filters(),
        limit=0 if later else PAGE,
        offset=PAGE * (number - 1),
        not_yet_limit=PAGE if later else NOT_YET_SHOWN if number == 1 else 0,
    )
    total = answer.total_not_yet if later else answer.total_possible
    context = {
        "answer": answer,
        "form": form,
        "later": later,
        "rows": answer.not_yet if later else answer.possible,
        "preview": () if later else answer.not_yet,
        "number": number,
        "pages": -(-total // PAGE),
        "shown": total,
    }
    return render(request, "mobility/mine.html", context)


@doors.signed_in
def opening(request: HttpRequest, slug: str) -> HttpResponse:
    """One opening explained, with room for what-if questions."""
    who = doors.caller(request)
    person = people.my_person(who)
    if person is None:
        return render(request, "mobility/mine.html", {"answer": None})
    answer = queries.explanation(who, person=person, opening=slug)
    form = WhatIfForm(request.GET or None, lines=answer.lines, language=who.language)
    after = _after(request, form, person=person, slug=slug)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "mobility/opening.html", {"answer": answer, "form": form, "after": after}, status=status)


def how(request: HttpRequest) -> HttpResponse:
    """How the order of openings is computed, with every constant; for everybody."""
    return render(request, "mobility/how.html", {"answer": queries.rule(doors.caller(request))})


def _after(request: HttpRequest, form: WhatIfForm, *, person: int, slug: str) -> queries.WhatIf | None:
    if not form.is_bound or not form.is_valid() or not form.change():
        return None
    try:
        return queries.what_if(doors.caller(request), person=person, opening=slug, **form.change())
    except ValleyError as error:
        form.add_error(None, problems.sentence(error))
        return None


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, min(int(asked), 5000)) if asked.isascii() and asked.isdigit() else 1
