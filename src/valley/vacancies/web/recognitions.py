"""Where does an employer say that it is a recognised training company, and the office that it looked it up?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from valley.foundation import doors, organisations, problems
from valley.vacancies import actions, queries
from valley.vacancies.web.forms import EndForm, RecogniseForm

MOST_WARNINGS = 25
"""Vacancies named on the page; of the others their number is said."""
REFUSED = (actions.RecognitionRefused, problems.Conflict)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def recognitions(request: HttpRequest, organisation: str) -> HttpResponse:
    """The recognitions of one employer: read by its desk, stated and ended by its steward, checked by the office."""
    partner = organisations.partner(slug=organisation)
    desk = queries.recognition_desk(doors.caller(request), organisation=partner.id)
    if request.method != "POST":
        return _page(request, partner, desk)
    actions.require_speaker(doors.caller(request), organisation=partner.id)
    if request.POST.get("do") not in ("end", "check"):
        return _state(request, partner, desk)
    line = next((one for one in desk.lines if str(one.id) == request.POST.get("recognition")), None)
    if line is None:
        messages.warning(request, _("Somebody changed that recognition in between. This is how it is now."))
        return redirect("vacancies:recognitions", organisation=partner.slug)
    return (_end if request.POST["do"] == "end" else _check)(request, partner, desk, line)


def _state(request: HttpRequest, partner: organisations.Partner, desk: queries.RecognitionDesk) -> HttpResponse:
    form = RecogniseForm(request.POST, dossiers=desk.dossiers)
    if form.is_valid():
        try:
            saved = actions.recognise(doors.caller(request), draft=form.draft(partner.id))
        except REFUSED as error:
            form.refuse(error)
        else:
            waits = _("The recognition is kept. It counts once the programme office has looked it up.")
            messages.success(request, _("The recognition is kept, as looked up today.") if saved.checked_on else waits)
            return redirect("vacancies:recognitions", organisation=partner.slug)
    return _page(request, partner, desk, stating=form)


def _end(
    request: HttpRequest, partner: organisations.Partner, desk: queries.RecognitionDesk, line: queries.RecognitionLine
) -> HttpResponse:
    form = EndForm(request.POST, prefix=f"end-{line.id}")
    if form.is_valid():
        try:
            actions.end_recognition(doors.caller(request), recognition=line.id, until_on=form.day())
        except REFUSED as error:
            form.refuse(error)
        else:
            said = {"name": line.dossier_name, "day": date_format(form.day())}
            messages.success(request, _("The recognition for %(name)s ends on %(day)s.") % said)
            return redirect("vacancies:recognitions", organisation=partner.slug)
    return _page(request, partner, desk, ending=(line.id, form))


def _check(
    request: HttpRequest, partner: organisations.Partner, _desk: queries.RecognitionDesk, line: queries.RecognitionLine
) -> HttpResponse:
    actions.check_recognition(doors.caller(request), recognition=line.id)
    said = _("The recognition for %(name)s is looked up. Routes of learners count on it.")
    messages.success(request, said % {"name": line.dossier_name})
    return redirect("vacancies:recognitions", organisation=partner.slug)


def _page(
    request: HttpRequest,
    partner: organisations.Partner,
    desk: queries.RecognitionDesk,
    *,
    stating: RecogniseForm | None = None,
    ending: tuple[int, EndForm] | None = None,
) -> HttpResponse:
    ends = dict([ending] if ending else [])
    rows = [(line, ends.get(line.id) or EndForm(prefix=f"end-{line.id}")) for line in desk.lines]
    context = {
        "partner": partner, "desk": desk, "rows": rows, "form": stating or RecogniseForm(dossiers=desk.dossiers),
        "warnings": desk.warnings[:MOST_WARNINGS], "further": len(desk.warnings[MOST_WARNINGS:]),
    }  # fmt: skip
    return render(request, "vacancies/recognitions.html", context, status=422 if stating or ending else 200)
