"""What does a school do at its desk: begin, edit, read in, have approved, publish, plan cohorts?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from valley.core.errors import ValleyError
from valley.curriculum import actions, queries
from valley.curriculum.web import forms
from valley.dossiers import queries as dossiers
from valley.foundation import clock, doors, organisations, problems
from valley.foundation.spreadsheets.reading import MOST_BYTES
from valley.thread import queries as red_thread


def _to(key: str, number: int) -> HttpResponse:
    return redirect("curriculum:version", key=key, number=number)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@doors.signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a programme."""
    who = doors.caller(request)
    own = {desk.organisation for desk in who.desks if desk.role == "designer"}
    partners = organisations.partners() if who.sits_at("office") else ()
    schools = {one.id: one.name for one in partners if one.kind == "school"} | organisations.names(own)
    listed = {one.code: f"{one.name} ({one.code})" for one in dossiers.dossiers(who) if one.in_force}
    form = forms.ProgrammeForm(request.POST or None, schools=schools.items(), dossiers=listed.items())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_programme(who, **form.cleaned_data)
        except ValleyError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The programme is made. Now begin its first version."))
            return redirect("curriculum:draft", key=made.key)
    status = 422 if form.errors else 200
    return render(request, "curriculum/new.html", {"form": form, "schools": schools}, status=status)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a version: from a core, from the last version, or empty."""
    who = doors.caller(request)
    page = queries.programme(who, key=key)
    cores = red_thread.runs(who, limit=10).items if page.may_change else ()
    words = _("the red thread of %(day)s: one unit per cluster")
    begins = [(f"core-{one.id}", words % {"day": clock.today(one.made_at)}) for one in cores if not one.refused]
    begins += [("copy", _("a copy of the last version"))] if page.versions else []
    begins += [("empty", _("nothing: I write it or read it in"))]
    form = forms.DraftForm(request.POST or None, begins=begins, initial={"begin": begins[0][0]})
    if request.method == "POST" and form.is_valid():
        begin = form.cleaned_data["begin"]
        core = _number(begin.removeprefix("core-")) if begin.startswith("core-") else None
        try:
            made = actions.draft_version(
                who, programme=key, why=form.cleaned_data["why"], core=core, copy=begin == "copy"
            )
        except ValleyError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The draft is made."))
            return redirect("curriculum:edit", key=key, number=made.number)
    return render(request, "curriculum/draft.html", {"form": form, "answer": page}, status=422 if form.errors else 200)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def read_in(request: HttpRequest, key: str) -> HttpResponse:
    """A version from a file; with a problem that stops nothing is stored."""
    who = doors.caller(request)
    page = queries.programme(who, key=key)
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    problems = ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read = actions.import_version(
                who, programme=key, file_name=file.name, content=file.read(MOST_BYTES + 1), why=form.cleaned_data["why"]
            )
        except ValleyError as error:
            form.refuse(error)
        else:
            if read.ref:
                messages.success(request, _("The draft is made."))
                return _to(key, int(read.ref.rpartition("@")[2]))
            problems = read.problems
    status = 422 if form.errors or problems else 200
    context = {"form": form, "answer": page, "problems": problems}
    return render(request, "curriculum/import.html", context, status=status)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def cohort(request: HttpRequest, key: str, cohort: int | None = None) -> HttpResponse:
    """Plan a cohort, move one that did not start, or let one start."""
    who = doors.caller(request)
    page = queries.programme(who, key=key)
    if request.POST.get("do") == "start" and cohort is not None:
        actions.start_cohort(who, cohort=cohort)
        messages.success(request, _("The cohort keeps its version from now on."))
        return redirect("curriculum:programme", key=key)
    line = next((one for one in page.cohorts if one.id == cohort), None)
    initial = {"name": line.name, "starts_on": line.starts_on, "ends_on": line.ends_on} if line else {}
    form = forms.CohortForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if cohort is None:
                actions.plan_cohort(who, programme=key, **said)
            else:
                actions.move_cohort(who, cohort=cohort, starts_on=said["starts_on"], ends_on=said["ends_on"])
        except ValleyError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The cohort is kept."))
            return redirect("curriculum:programme", key=key)
    context = {"form": form, "answer": page, "line": line}
    return render(request, "curriculum/cohort.html", context, status=422 if form.errors else 200)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """All units of a draft on one page; each is saved with its outcomes."""
    who, ref = doors.caller(request), f"{key}@{number}"
    page = queries.version(who, ref=ref)
    if not page.may_change:
        return _to(key, number)
    made = forms.editor(request.POST or None, caller=who, page=page)
    sent = next((form for form in made if form.is_bound), None)
    if sent is not None:
        try:
            if _saved(request, sent, ref):
                messages.success(request, _("The unit is kept."))
                return redirect("curriculum:edit", key=key, number=number)
        except ValleyError as error:
            sent.refuse(error)
    names = queries.names_by_process(who, dossier=queries.dossier_of(key))
    context = {"answer": page, "units": made, "form": sent or made[-1], "processes": names.items()}
    return render(request, "curriculum/edit.html", context, status=422 if sent and sent.errors else 200)


def _saved(request: HttpRequest, form: forms.UnitForm, ref: str) -> bool:
    who = doors.caller(request)
    if request.POST.get("do") == "remove" and form.unit is not None:
        version = _number(request.POST.get(form.add_prefix("version"), ""))
        actions.remove_unit(who, ref=ref, version=version, code=form.unit.code)
        return True
    content = form.content()
    if content is None:
        return False
    unit, outcomes = content
    said = form.cleaned_data
    actions.save_unit(
        who, ref=ref, version=said["version"], unit=unit, outcomes=outcomes, was=form.unit.code if form.unit else ""
    )
    return True


@doors.signed_in
@require_POST
def discard(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Throw a draft away."""
    version = _number(request.POST.get("version", ""))
    actions.discard_draft(doors.caller(request), ref=f"{key}@{number}", version=version)
    messages.success(request, _("The draft is thrown away."))
    return redirect("curriculum:programme", key=key)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def approvals(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The approval trail, and the form that asks for it."""
    who, ref = doors.caller(request), f"{key}@{number}"
    page = queries.version(who, ref=ref)
    steps = forms.approval_forms(request.POST or None, partners=organisations.partners(on=clock.today(who.at)))
    form = forms.Refusable(request.POST or None)
    if request.method == "POST" and all([form.is_valid(), steps.is_valid()]):
        asks = [ask for ask in (one.ask() for one in steps) if ask is not None]
        try:
            version = _number(request.POST.get("version", ""))
            actions.ask_approvals(who, ref=ref, version=version, asks=asks)
        except ValleyError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The questions stand on the desks of those who were asked."))
            return redirect("curriculum:approvals", key=key, number=number)
    wrong = bool(form.errors) or (steps.is_bound and not steps.is_valid())
    context = {"answer": page, "steps": steps, "form": form, "today": clock.today(who.at)}
    context["covers"] = queries.opens_coverage(who)
    return render(request, "curriculum/approvals.html", context, status=422 if wrong else 200)


@doors.signed_in
@require_POST
def verdict(request: HttpRequest, key: str, number: int, approval: int) -> HttpResponse:
    """Answer for the desk that was asked."""
    answer, words = request.POST.get("verdict", "")[:8], request.POST.get("words", "")[:400]
    try:
        actions.give_verdict(doors.caller(request), approval=approval, verdict=answer, words=words)
    except actions.ProgrammeRefused as error:
        messages.error(request, problems.sentence(error))
    else:
        messages.success(request, _("Your answer is kept."))
    return redirect("curriculum:approvals", key=key, number=number)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What will happen to which cohort; then the person publishes."""
    who, ref = doors.caller(request), f"{key}@{number}"
    page, whole = queries.version(who, ref=ref), queries.programme(who, key=key)
    form = forms.PublishForm(request.POST or None, initial={"version": page.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(who, ref=ref, **form.cleaned_data)
        except ValleyError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The version is published. It does not change any more."))
            return _to(key, number)
    context = {"answer": page, "form": form, "cohorts": whole.cohorts}
    return render(request, "curriculum/publish.html", context, status=422 if form.errors else 200)
