"""How does evidence come in: a text pasted or in a file, or many rows in a spreadsheet that is looked at first?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valley.core.errors import ValleyError
from valley.evidence import actions, queries
from valley.evidence.models import PieceKind
from valley.evidence.web.forms import FileForm, PasteForm, SheetForm
from valley.foundation import doors, problems
from valley.foundation.spreadsheets.reading import MOST_BYTES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAYS = {"paste": PasteForm, "file": FileForm}


@doors.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Bring in one text. It is read at once, so that the next page already shows what it asks."""
    who = doors.caller(request)
    way = request.GET.get("way", "paste")
    made = WAYS.get(way, PasteForm)
    choices = queries.choices(who)
    form = made(request.POST or None, request.FILES or None, choices=choices, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.add_text(who, draft=_draft(form))
        except ValleyError as error:
            form.add_error("file" if "file" in form.fields else "text", problems.sentence(error))
        else:
            actions.read_pieces(who, organisation=form.cleaned_data["organisation"])
            messages.success(request, _("The text is in, and it was read. Below you see what it seems to ask."))
            if saved.near:
                messages.warning(request, _("It says nearly the same as a text of this employer that was in already."))
            return redirect("evidence:piece", id=saved.id)
    context = {"form": form, "way": way if way in WAYS else "paste", "choices": choices}
    return render(request, "evidence/add.html", context, status=422 if form.errors else 200)


def _draft(form: PasteForm | FileForm) -> actions.TextDraft:
    if isinstance(form, PasteForm):
        return form.draft(form.cleaned_data["text"])
    file = form.cleaned_data["file"]
    text = actions.read_file(file_name=file.name, content=file.read(MOST_BYTES + 1))
    return form.draft(text, file_name=file.name)


@doors.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest) -> HttpResponse:
    """Choose a spreadsheet; nothing is saved but the preview."""
    who = doors.caller(request)
    choices, everyone = queries.choices(who), who.sits_at("designer", "office")
    form = SheetForm(
        request.POST or None, request.FILES or None, choices=choices, everyone=everyone, initial=request.GET.dict()
    )
    if request.method == "POST" and form.is_valid():
        said, file = form.cleaned_data, form.cleaned_data["file"]
        try:
            seen = actions.intake_preview(
                who,
                kind=said["kind"],
                organisation=said["organisation"],
                file_name=file.name,
                content=file.read(MOST_BYTES + 1),
            )
        except ValleyError as error:
            form.add_error("file", problems.sentence(error))
        else:
            return redirect("evidence:intake", intake=seen.intake)
    context = {"form": form, "before": queries.intakes(who), "kinds": PieceKind.choices, "way": "sheet"}
    return render(request, "evidence/import.html", context, status=422 if form.errors else 200)


@doors.signed_in
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty spreadsheet of a kind of evidence."""
    kind = next((one for one in PieceKind.values if one == request.GET.get("kind")), str(PieceKind.JOB_TEXT))
    answer = HttpResponse(queries.template_workbook(doors.caller(request).language, kind=kind), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="valley-{kind}.xlsx"'
    return answer


@doors.signed_in
@require_safe
def intake(request: HttpRequest, intake: int) -> HttpResponse:
    """What a spreadsheet would do, or did."""
    return _shown(request, intake)


def _shown(request: HttpRequest, number: int, error: ValleyError | None = None) -> HttpResponse:
    said = problems.sentence(error) if error else ""
    context = {"answer": queries.intake_preview(doors.caller(request), intake=number), "error": said}
    return render(request, "evidence/intake.html", context, status=error.status if error else 200)


@doors.signed_in
@require_POST
def apply(request: HttpRequest, intake: int) -> HttpResponse:
    """Do what the preview said, then read what came in."""
    who = doors.caller(request)
    try:
        actions.apply_intake(who, intake=intake, keep_good="keep_good" in request.POST)
    except ValleyError as error:
        return _shown(request, intake, error)
    messages.success(request, _("The rows are in. Now let Valley read them: it proposes competences, you decide."))
    return redirect("evidence:intake", intake=intake)
