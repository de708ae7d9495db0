"""How does a designer read and edit the core as a table, and take it along as a spreadsheet?"""

from __future__ import annotations

import csv

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valley.core.errors import ValleyError
from valley.foundation import doors, problems
from valley.foundation.problems import Conflict
from valley.foundation.spreadsheets.cells import guarded
from valley.thread import actions, queries
from valley.thread.queries import RunPage
from valley.thread.web.forms import EditForm


@doors.signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, run: int) -> HttpResponse:
    """The core as a table; what is changed in it is kept beside what was computed."""
    who = doors.caller(request)
    answer = queries.run(who, id=run)
    if request.method == "POST":
        return _saved(request, answer)
    return _shown(request, answer, EditForm(None, page=answer))


def _saved(request: HttpRequest, answer: RunPage) -> HttpResponse:
    who, form = doors.caller(request), EditForm(request.POST, page=answer)
    if form.is_valid() and (edits := form.edits(who)) is not None and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.edit_core(who, core=answer.core, version=version, edits=edits)
        except Conflict as error:
            return _both(request, form, version, error)
        except ValleyError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Your changes stand beside the computed core."))
            return redirect("thread:run", run=answer.run.id)
    return _shown(request, answer, form, status=422)


def _both(request: HttpRequest, sent: EditForm, version: int, error: ValleyError) -> HttpResponse:
    """Theirs above, mine still in the form, to be saved over theirs once both were seen."""
    answer = sent.page
    theirs = queries.edits_since(doors.caller(request), core=answer.core, version=version)
    form = EditForm(sent.rebased(), page=answer)
    form.is_valid()
    return _shown(request, answer, form, status=error.status, theirs=theirs)


def _shown(
    request: HttpRequest, answer: RunPage, form: EditForm, *, status: int = 200, theirs: tuple[object, ...] = ()
) -> HttpResponse:
    points = [(str(p.size), p.mean, p.low, p.high) for p in answer.curve]
    context = {"answer": answer, "form": form, "theirs": theirs, "points": points}
    return render(request, "thread/run.html", context, status=status)


@doors.signed_in
@require_POST
def take_over(request: HttpRequest, run: int) -> HttpResponse:
    """Keep the edits of the run before here too."""
    who = doors.caller(request)
    answer = queries.run(who, id=run)
    try:
        if answer.earlier is not None:
            actions.take_over_edits(who, core=answer.core, version=answer.version, run=answer.earlier)
            messages.success(request, _("Your changes stand beside the computed core."))
    except ValleyError as error:
        messages.error(request, problems.sentence(error))
    return redirect("thread:run", run=run)


@doors.signed_in
@require_safe
def csv_file(request: HttpRequest, run: int) -> HttpResponse:
    """The core and the candidates as a spreadsheet, with what was decided."""
    answer = queries.run(doors.caller(request), id=run)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="core-{answer.run.id}.csv"'
    response.write("\ufeff")  # without it a spreadsheet programme reads accents wrongly
    write = csv.writer(response).writerow
    heads = (_("rank"), _("competence"), _("state"), _("reason"), _("level"), _("asked by"), _("firmness"), _("trend"))
    write([*heads, _("hours"), _("leaves without")])
    for row in (*answer.rows, *answer.candidates):
        without = "; ".join(row.leaves_without)
        texts = (row.label, row.state, row.reason, row.level_words, row.support_words, row.kept_words, row.trend_words)
        write([row.rank or "", *(guarded(text) for text in texts), row.hours, guarded(without)])
    return response
