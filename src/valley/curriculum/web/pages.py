"""Which pages show programmes: the list, a version, two side by side, the delta, the coverage, a file?"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valley.curriculum import queries
from valley.curriculum.queries.files import TYPES
from valley.foundation import doors


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """Published programmes for everybody; drafts too for those who work on them."""
    who = doors.caller(request)
    may_make = who.strong and who.sits_at("designer", "office")
    context = {"answer": queries.programmes(who), "may_make": may_make}
    return render(request, "curriculum/programmes.html", context)


@require_safe
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """One programme with its versions and cohorts."""
    answer = queries.programme(doors.caller(request), key=key)
    return render(request, "curriculum/programme.html", {"answer": answer})


@require_safe
def version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One version, whole."""
    who = doors.caller(request)
    answer = queries.version(who, ref=f"{key}@{number}")
    return render(request, "curriculum/version.html", {"answer": answer, "covers": queries.opens_coverage(who)})


@require_safe
def diff(request: HttpRequest, key: str, number: int, other: int) -> HttpResponse:
    """Two versions side by side, the older first."""
    before, after = sorted((number, other))
    answer = queries.diff(doors.caller(request), before=f"{key}@{before}", after=f"{key}@{after}")
    context = {"answer": answer, "key": key, "before": before, "after": after}
    return render(request, "curriculum/diff.html", context)


@require_safe
def delta(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A version against the dossier."""
    who = doors.caller(request)
    answer = queries.regional_delta(who, ref=f"{key}@{number}")
    context = {"answer": answer, "key": key, "number": number, "covers": queries.opens_coverage(who)}
    return render(request, "curriculum/delta.html", context)


@doors.signed_in
@require_safe
def coverage(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What a version gives employers and focus areas."""
    answer = queries.coverage(doors.caller(request), ref=f"{key}@{number}")
    charts = {
        "columns": (_("Taught"), _("Deep enough")),
        "employers": [(one.employer, (one.present, one.deep)) for one in answer.employers],
    }
    context = {"answer": answer, "key": key, "number": number, "charts": charts, "covers": True}
    return render(request, "curriculum/coverage.html", context)


@require_safe
def file(request: HttpRequest, key: str, number: int, kind: str) -> HttpResponse:
    """A version as a file."""
    if kind not in TYPES:
        raise Http404
    found = queries.programme_file(doors.caller(request), ref=f"{key}@{number}", kind=kind)
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return HttpResponse(found.content, content_type=found.content_type, headers=headers)
