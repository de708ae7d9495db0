"""How does a spreadsheet come in: template, upload, preview, yes, and back?"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valley.core.errors import ValleyError
from valley.foundation import doors, organisations, problems
from valley.foundation.spreadsheets.reading import MOST_BYTES
from valley.vacancies.web.forms import UploadForm
from valley.vacancies.web.public import page_number
from valley.work import actions, queries

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROBLEMS, ROWS = 25, 50
"""Lines of a page: what is wrong is read line by line, what would happen is skimmed."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First signs that make a spreadsheet program compute what somebody else typed (CSV injection, OWASP)."""


def _download(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty template, for everybody."""
    return _download(queries.template_workbook(doors.caller(request).language), "valley-template.xlsx")


@doors.signed_in
@require_safe
def own_workbook(request: HttpRequest, organisation: str) -> HttpResponse:
    """The organisation's openings, to edit and upload again."""
    partner = organisations.partner(slug=organisation)
    content = queries.openings_workbook(doors.caller(request), organisation=partner.id)
    return _download(content, f"{partner.slug}-openings.xlsx")


@doors.signed_in
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Choose a file; nothing is saved but the preview."""
    who = doors.caller(request)
    own = queries.own_organisations(who)
    form = UploadForm(request.POST or None, request.FILES or None, own=own, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            partner, content = form.ids[form.cleaned_data["organisation"]], file.read(MOST_BYTES + 1)
            read = actions.import_openings_preview(who, organisation=partner, file_name=file.name, content=content)
        except ValleyError as error:
            form.add_error("file", problems.sentence(error))
        else:
            return redirect("vacancies:upload", upload=read.upload)
    before = [one for partner in own[:5] for one in queries.uploads_of(who, organisation=partner.id)]
    status = 422 if form.errors else 200
    return render(request, "vacancies/import.html", {"form": form, "own": own, "before": before}, status=status)


@doors.signed_in
@require_safe
def preview(request: HttpRequest, upload: int) -> HttpResponse:
    """What the file would do, or did."""
    return _shown(request, upload)


def _shown(request: HttpRequest, upload: int, error: ValleyError | None = None) -> HttpResponse:
    said = problems.sentence(error) if error else ""
    answer = queries.upload_preview(doors.caller(request), upload=upload)
    # What stops a row comes first; within that the order of the file.
    wrong = sorted(answer.problems, key=lambda one: not one.stops)
    context = {
        "answer": answer, "error": said,
        "problems": _page(request, wrong, "problems", PROBLEMS), "rows": _page(request, answer.rows, "rows", ROWS),
    }  # fmt: skip
    return render(request, "vacancies/upload.html", context, status=error.status if error else 200)


def _page(request: HttpRequest, lines: Sequence[Any], name: str, size: int) -> dict[str, Any]:
    """A page of lines, and how many pages there are."""
    pages = max(1, -(-len(lines) // size))
    number = min(page_number(request, name), pages)
    first = (number - 1) * size
    shown = lines[first : first + size]
    return {
        "lines": shown, "number": number, "pages": pages, "total": len(lines),
        "first": first + 1, "last": first + len(shown),
    }  # fmt: skip


@doors.signed_in
@require_safe
def problems_csv(request: HttpRequest, upload: int) -> HttpResponse:
    """Everything that is wrong, as a file to work through beside the spreadsheet."""
    answer = queries.upload_preview(doors.caller(request), upload=upload)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="problems-{answer.upload}.csv"'
    response.write("\ufeff")  # without it Excel reads UTF-8 as something else
    out = csv.writer(response, delimiter=";")
    heads = (_("Sheet"), _("Row"), _("Column"), _("Expected"), _("Found"), _("What to do"), _("Stops the row"))
    out.writerow(heads)
    for one in answer.problems:
        stops = _("yes") if one.stops else _("no")
        line = (one.sheet, one.row or "", one.column, one.expected, one.found, one.next_step, stops)
        out.writerow(["'" + text if text.startswith(_FORMULA) else text for text in map(str, line)])
    return response


@doors.signed_in
@require_POST
def apply(request: HttpRequest, upload: int) -> HttpResponse:
    """Do what the preview said."""
    who, ticked = doors.caller(request), request.POST
    try:
        done = actions.apply_upload(who, upload=upload, keep_good="keep_good" in ticked, publish="publish" in ticked)
    except ValleyError as error:
        return _shown(request, upload, error)
    words = _("%(made)s added, %(changed)s changed, %(left)s left out.")
    messages.success(request, words % {"made": done.made, "changed": done.changed, "left": done.left_out})
    return redirect("vacancies:upload", upload=upload)


@doors.signed_in
@require_POST
def undo(request: HttpRequest, upload: int) -> HttpResponse:
    """Take back what the file did."""
    who = doors.caller(request)
    try:
        done = actions.undo_upload(who, upload=upload)
    except ValleyError as error:
        return _shown(request, upload, error)
    words = _("%(removed)s removed, %(restored)s put back.")
    messages.success(request, words % {"removed": done.removed, "restored": done.restored})
    return redirect("vacancies:upload", upload=upload)
