"""What is in, what waits, what is next: the desk of evidence, its list of pieces, and one piece?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valley.core.errors import ValleyError
from valley.evidence import actions, queries
from valley.evidence.models import PieceKind
from valley.evidence.web import named
from valley.evidence.web.forms import AddedForm
from valley.foundation import access, doors, problems

PAGE = 50
STATES = ("unread", "waiting", "done", "withdrawn")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text. ``number`` counts its sentence among those in which something was read, 0 for none."""

    text: str
    number: int
    findings: tuple[queries.FindingLine, ...] = ()

    @property
    def kind(self) -> str:
        """How the sentence is shown: what waits stands out, what was confirmed is calm, what was rejected is plain."""
        states = {one.state for one in self.findings}
        if "proposed" in states:
            return "warning"
        return "good" if states & {"confirmed", "changed"} else ""


@doors.signed_in
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What is in, how far reading and deciding are, and the next step."""
    who = doors.caller(request)
    progress = queries.progress(who)
    decided = progress.findings - progress.waiting
    context = {
        "progress": progress, "decided": decided, "employers": queries.employers(who),
        "everyone": _everyone(who), "next": _next_step(progress),
    }  # fmt: skip
    return render(request, "evidence/desk.html", context)


def _everyone(who: access.Caller) -> bool:
    """True when the caller reads the evidence of every employer: then the pages name whose it is."""
    return who.sits_at("designer", "office")


def _next_step(progress: queries.Progress) -> str:
    if not progress.pieces:
        return "bring"
    if progress.unread:
        return "read"
    return "decide" if progress.waiting else "done"


@doors.signed_in
@require_safe
def pieces(request: HttpRequest) -> HttpResponse:
    """The pieces, of one employer or of all, in one state or in any."""
    who, number = doors.caller(request), page_number(request)
    organisation = whole(request.GET.get("organisation", ""))
    state = next((one for one in STATES if one == request.GET.get("state")), "")
    kind = next((one for one in PieceKind.values if one == request.GET.get("kind")), "")
    answer = queries.pieces(
        who, organisation=organisation, state=state, kind=kind, limit=PAGE, offset=(number - 1) * PAGE
    )
    employer = next((one.employer for one in queries.employers(who) if one.id == organisation), "")
    context = {
        "answer": answer, "state": state, "kind": kind, "organisation": organisation, "employer": employer,
        "number": number, "pages": -(-answer.total // PAGE), "everyone": _everyone(who),
    }  # fmt: skip
    return render(request, "evidence/pieces.html", context)


@doors.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def piece(request: HttpRequest, id: int) -> HttpResponse:
    """One piece with its sentences marked; a form adds what was overlooked."""
    who = doors.caller(request)
    answer = queries.piece(who, id=id)
    form = AddedForm(request.POST or None, language=who.language)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        competence, error = named.competence(who, said["competence"])
        if competence is None:
            form.add_error("competence", error)
        else:
            try:
                actions.add_finding(
                    who, piece=id, sentence=said["sentence"], competence=competence, level=said["level"]
                )
            except ValleyError as refused:
                form.add_error("sentence", problems.sentence(refused))
            else:
                messages.success(request, _("The competence was added to the sentence."))
                return redirect("evidence:piece", id=id)
    context: dict[str, Any] = {"answer": answer, "segments": segments(answer), "form": form}
    return render(request, "evidence/piece.html", context, status=422 if form.errors else 200)


def segments(page: queries.PiecePage) -> tuple[Segment, ...]:
    """The text in stretches: sentences in which something was read, numbered, and what lies between them.

    Sentences that overlap are one stretch.
    """
    spans: list[tuple[int, int, list[queries.FindingLine]]] = []
    for one in sorted(page.findings, key=lambda one: (one.starts, one.ends)):
        ends = min(one.ends, len(page.text))
        if spans and one.starts < spans[-1][1]:
            before = spans.pop()
            spans.append((before[0], max(before[1], ends), [*before[2], one]))
        else:
            spans.append((one.starts, ends, [one]))
    found: list[Segment] = []
    place = 0
    for number, (starts, ends, lines) in enumerate(spans, start=1):
        found += [Segment(page.text[place:starts], 0), Segment(page.text[starts:ends], number, tuple(lines))]
        place = ends
    return tuple(one for one in (*found, Segment(page.text[place:], 0)) if one.text)


@doors.signed_in
@require_POST
def withdraw(request: HttpRequest, id: int) -> HttpResponse:
    """Let a piece count no more."""
    actions.withdraw_piece(doors.caller(request), piece=id, version=whole(request.POST.get("version", "")) or 0)
    messages.success(request, _("Withdrawn. It no longer counts; what was decided is kept."))
    return redirect("evidence:piece", id=id)


@doors.signed_in
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Read what was not read yet, of one employer or of all the caller may read."""
    who, organisation = doors.caller(request), whole(request.POST.get("organisation", ""))
    done = actions.read_pieces(who, organisation=organisation)
    words = _("%(pieces)s texts read: %(proposals)s competences proposed, %(systems)s names of systems found.")
    counts = {"pieces": done.pieces, "proposals": done.proposals, "systems": done.systems}
    messages.success(request, words % counts)
    if done.unreadable:
        messages.warning(request, _("%(count)s texts could not be read.") % {"count": len(done.unreadable)})
    return redirect("evidence:decide" if done.proposals else "evidence:desk")


@doors.signed_in
@require_safe
def sentences(request: HttpRequest, competence: int) -> HttpResponse:
    """The sentences on which a competence rests."""
    who = doors.caller(request)
    label = named.label(who, competence)
    context = {"label": label, "competence": competence, "everyone": _everyone(who)}
    context["answer"] = queries.sentences(who, competence=competence, limit=PAGE)
    return render(request, "evidence/sentences.html", context)


def whole(text: str) -> int | None:
    """A whole number that a database can hold, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def page_number(request: HttpRequest) -> int:
    """The page that was asked for, from 1."""
    return max(whole(request.GET.get("page", "")) or 1, 1)
