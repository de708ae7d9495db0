"""How does someone read the vocabulary in a browser, and how does a desk add a word to it?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valley.core.errors import ValleyError
from valley.foundation import access, doors, problems
from valley.foundation.models import DeskRole
from valley.skills import actions, queries
from valley.skills.forms import DiffForm, LocalConceptForm, SearchForm

app_name = "skills"
ANSWERS = 20
PER_PAGE = 100
SHOWN_PER_LIST = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page; without words the groups to look around in."""
    who = doors.caller(request)
    form = SearchForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    text = given.get("text", "")
    kinds = (given["kind"],) if given.get("kind") else queries.KINDS
    found = queries.search(who, text=text, kinds=kinds, limit=ANSWERS) if text else ()
    context = {"form": form, "text": text, "found": found, "groups": () if text else queries.groups(who)}
    return render(request, "skills/search.html", context)


@require_safe
def competence(request: HttpRequest, id: int) -> HttpResponse:
    """The page of a competence."""
    who = doors.caller(request)
    answer = queries.competence(who, id=id)
    may_revise = answer.local is not None and _may_write(who)
    return render(request, "skills/competence.html", {"answer": answer, "may_revise": may_revise})


@require_safe
def occupation(request: HttpRequest, id: int) -> HttpResponse:
    """The page of an occupation."""
    answer = queries.occupation(doors.caller(request), id=id)
    return render(request, "skills/occupation.html", {"answer": answer})


@require_safe
def group(request: HttpRequest, id: int) -> HttpResponse:
    """The page of a group."""
    answer = queries.group(doors.caller(request), id=id)
    return render(request, "skills/group.html", {"answer": answer})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the trade in both languages."""
    terms = queries.glossary(doors.caller(request))
    shown = Paginator(terms, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "skills/glossary.html", {"terms": shown, "number": len(terms)})


@require_safe
def tools(request: HttpRequest) -> HttpResponse:
    """The classes of tools."""
    answer = queries.tool_classes(doors.caller(request).language)
    return render(request, "skills/tools.html", {"answer": answer})


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """What was read in, and the difference between two releases when two are chosen."""
    who = doors.caller(request)
    lines = queries.releases(who)
    versions = [line.version for line in lines if line.scheme == "esco"]
    form = DiffForm(request.GET or None, versions=versions)
    diff = queries.release_diff(who, **form.cleaned_data) if form.is_bound and form.is_valid() else None
    context: dict[str, Any] = {"lines": lines, "form": form, "comparable": len(versions) > 1}
    context |= {"diff": diff, "lists": _lists(diff) if diff else (), "most": SHOWN_PER_LIST}
    return render(request, "skills/releases.html", context)


def _lists(diff: queries.ReleaseDiff) -> tuple[tuple[str, int, tuple[Any, ...]], ...]:
    named = (
        (_("Added"), diff.added),
        (_("Retired"), diff.retired),
        (_("Merged into another"), diff.merged),
        (_("Renamed"), diff.renamed),
        (_("Changed otherwise"), diff.changed),
    )
    return tuple((name, len(found), found[:SHOWN_PER_LIST]) for name, found in named)


def _may_write(who: access.Caller) -> bool:
    return who.sits_at(DeskRole.DESIGNER, DeskRole.OFFICE)


@doors.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a local concept."""
    who = doors.caller(request)
    access.require_desk(who, DeskRole.DESIGNER, DeskRole.OFFICE)
    form = LocalConceptForm(request.POST or None, initial={"parent": request.GET.get("parent", "")})
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.add_local_concept(who, draft=form.draft())
        except ValleyError as error:
            return _refused(request, form, error, None)
        messages.success(request, _("The concept was added. Everyone can find and use it now."))
        return redirect("skills:competence", id=saved.id)
    return render(request, "skills/local.html", {"form": form}, status=422 if form.errors else 200)


@doors.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, id: int) -> HttpResponse:
    """Change a local concept."""
    who = doors.caller(request)
    access.require_desk(who, DeskRole.DESIGNER, DeskRole.OFFICE)
    answer = queries.local_concept(who, id=id)
    form = LocalConceptForm(request.POST or None, initial=_initial(answer))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.revise_local_concept(who, competence=id, version=version, draft=form.draft())
        except ValleyError as error:
            return _refused(request, form, error, answer)
        messages.success(request, _("The concept was changed."))
        return redirect("skills:competence", id=id)
    return render(request, "skills/local.html", {"form": form, "answer": answer}, status=422 if form.errors else 200)


def _initial(answer: queries.LocalConceptRow) -> dict[str, Any]:
    names = ("label_nl", "label_en", "kind", "cluster", "description_nl", "description_en", "author", "evidence")
    initial: dict[str, Any] = {name: getattr(answer, name) for name in (*names, "version")}
    initial |= {name: ", ".join(getattr(answer, name)) for name in ("alternatives_nl", "alternatives_en")}
    return initial | {"parent": answer.parent_label}


def _refused(request: HttpRequest, form: LocalConceptForm, error: ValleyError, answer: Any) -> HttpResponse:
    field = str(error.facts.get("field", ""))
    form.add_error(field if field in form.fields else None, problems.sentence(error))
    context = {"form": form, "answer": answer, "conflict": answer is not None and error.code == "conflict"}
    return render(request, "skills/local.html", context, status=422)


urlpatterns = [
    path("", search, name="search"),
    path("competences/<int:id>/", competence, name="competence"),
    path("competences/<int:id>/revise/", revise, name="revise"),
    path("competences/add/", add, name="add"),
    path("occupations/<int:id>/", occupation, name="occupation"),
    path("groups/<int:id>/", group, name="group"),
    path("words/", glossary, name="glossary"),
    path("tools/", tools, name="tools"),
    path("releases/", releases, name="releases"),
]
