"""How does anyone read a qualification dossier, and how does a desk bring one in and end it?"""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from valley.core.errors import ValleyError
from valley.dossiers import actions, queries
from valley.foundation import access, doors, problems
from valley.foundation.models import DeskRole
from valley.foundation.spreadsheets.reading import MOST_BYTES

app_name = "dossiers"


class ImportForm(forms.Form):
    """A dossier as a file."""

    file = forms.FileField(
        label=gettext_lazy("File (.toml, .csv, .xlsx or .ods)"),
        help_text=gettext_lazy("A spreadsheet has one row per work process. At most 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".toml,.csv,.xlsx,.ods"}),
    )


class EndForm(forms.Form):
    """The first day on which a version no longer holds."""

    valid_until_on = forms.DateField(
        label=gettext_lazy("First day on which it no longer holds"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )


class CompareForm(forms.Form):
    """Two versions of one dossier, by their first day."""

    older = forms.ChoiceField(label=gettext_lazy("From the version of"))
    newer = forms.ChoiceField(label=gettext_lazy("To the version of"))

    def __init__(self, *args: object, versions: tuple[date, ...], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        choices = [(day.isoformat(), day.isoformat()) for day in versions]
        for name in ("older", "newer"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


def _may_write(who: access.Caller) -> bool:
    return who.sits_at(DeskRole.DESIGNER, DeskRole.OFFICE)


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """The list; anyone may read it."""
    who = doors.caller(request)
    return render(request, "dossiers/list.html", {"answer": queries.dossiers(who), "may_write": _may_write(who)})


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier, as it holds today or on the day that is asked."""
    who = doors.caller(request)
    answer = queries.dossier(who, code=code, on=_asked_day(request))
    return _shown(request, answer, EndForm())


def _asked_day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None


def _shown(request: HttpRequest, answer: queries.DossierPage, form: EndForm) -> HttpResponse:
    may_end = _may_write(doors.caller(request)) and answer.valid_until_on is None
    context = {"answer": answer, "form": form, "may_end": may_end}
    return render(request, "dossiers/dossier.html", context, status=422 if form.errors else 200)


@require_safe
def diff(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions beside each other; without a choice the newest two."""
    who = doors.caller(request)
    versions = tuple(line.valid_from_on for line in queries.dossiers(who) if line.code == code)
    if len(versions) < 2:
        queries.dossier(who, code=code)
        return render(request, "dossiers/diff.html", {"code": code, "answer": None})
    asked = request.GET if request.GET.get("older") else {"older": f"{versions[1]}", "newer": f"{versions[0]}"}
    form = CompareForm(asked, versions=versions)
    answer = None
    if form.is_valid():
        days = {name: date.fromisoformat(form.cleaned_data[name]) for name in ("older", "newer")}
        answer = queries.dossier_diff(who, code=code, older_on=days["older"], newer_on=days["newer"])
    return render(request, "dossiers/diff.html", {"code": code, "form": form, "answer": answer})


@doors.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Import a dossier from a file."""
    who = doors.caller(request)
    access.require_desk(who, DeskRole.DESIGNER, DeskRole.OFFICE)
    form, flaws = ImportForm(request.POST or None, request.FILES or None), ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            done = actions.import_dossier(who, file_name=file.name, content=file.read(MOST_BYTES + 1))
        except ValleyError as error:
            form.add_error("file", problems.sentence(error))
            flaws = error.facts.get("problems", ())
        else:
            said = _("The dossier is imported.") if done.made else _("This dossier was here already; nothing changed.")
            messages.success(request, said)
            return redirect(f"{reverse('dossiers:dossier', args=[done.code])}?on={done.valid_from_on}")
    context = {"form": form, "flaws": flaws}
    return render(request, "dossiers/import.html", context, status=422 if form.errors else 200)


@doors.signed_in
@require_http_methods(["POST"])
def end(request: HttpRequest, code: str, starts: str) -> HttpResponse:
    """End a version."""
    who, form = doors.caller(request), EndForm(request.POST)
    try:
        day = date.fromisoformat(starts)
    except ValueError:
        day = date.min
    if form.is_valid():
        until = form.cleaned_data["valid_until_on"]
        try:
            actions.end_dossier(who, code=code, valid_from_on=day, valid_until_on=until)
        except actions.EndRefused as error:
            form.add_error("valid_until_on", problems.sentence(error))
        else:
            messages.success(request, _("The end of the dossier is kept."))
            return redirect(f"{reverse('dossiers:dossier', args=[code])}?on={day}")
    return _shown(request, queries.dossier(who, code=code, on=day), form)


urlpatterns = [
    path("", dossiers, name="dossiers"),
    path("import/", add, name="import"),
    path("<slug:code>/", dossier, name="dossier"),
    path("<slug:code>/diff/", diff, name="diff"),
    path("<slug:code>/<str:starts>/end/", end, name="end"),
]
