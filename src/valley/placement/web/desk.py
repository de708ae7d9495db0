"""How do the programme office and the announcing employer work with a redundancy on the web?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valley.foundation import doors
from valley.foundation.models import DeskRole
from valley.placement import actions, queries
from valley.placement.web.forms import AnnounceForm, CourseForm
from valley.work import queries as work

PAGE = 50


@doors.signed_in
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The redundancies that the caller's desk may open."""
    who = doors.caller(request)
    context = {"answer": queries.redundancies(who), "employers": queries.may_announce_for(who)}
    return render(request, "placement/events.html", context)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest) -> HttpResponse:
    """Announce a redundancy: how many jobs, when; never whose."""
    who = doors.caller(request)
    roles = [(role.key, role.title) for role in work.role_profiles(who)]
    form = AnnounceForm(request.POST or None, employers=queries.may_announce_for(who), roles=roles)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: actions.announce_redundancy(who, draft=form.draft()))
        if made is not None:
            messages.success(request, _("It is announced. The programme office takes the next step."))
            return redirect("placement:event", slug=made.slug)
    return render(request, "placement/announce.html", {"form": form}, status=422 if form.errors else 200)


@doors.signed_in
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One redundancy: with plans for the programme office, in counts for its employer."""
    who = doors.caller(request)
    answer = queries.redundancy(who, slug=slug)
    plans = queries.runs(who, event=slug) if answer.office else ()
    link = request.build_absolute_uri(f"/placements/join/{answer.code}/") if answer.code else ""
    return render(request, "placement/event.html", {"answer": answer, "plans": plans, "link": link})


@doors.signed_in
@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a code to hand out; an earlier one stops."""
    actions.open_invitation(doors.caller(request), event=slug)
    messages.success(request, _("The code works. Give the link to the employer, who hands it to the staff."))
    return redirect("placement:event", slug=slug)


@doors.signed_in
@require_POST
def finish(request: HttpRequest, slug: str) -> HttpResponse:
    """Close an event."""
    actions.finish_event(doors.caller(request), event=slug)
    messages.success(request, _("It is closed. What people said yes to stays."))
    return redirect("placement:event", slug=slug)


@doors.signed_in
@require_safe
def people_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who joined, as numbers in order of joining."""
    who = doors.caller(request)
    asked = request.GET.get("page", "1")
    number = max(1, min(int(asked), 5000)) if asked.isascii() and asked.isdigit() else 1
    answer = queries.joined_lines(who, event=slug, limit=PAGE, offset=PAGE * (number - 1))
    page = queries.redundancy(who, slug=slug)
    context = {"answer": answer, "event": page.event, "number": number, "pages": -(-answer.total // PAGE)}
    return render(request, "placement/people.html", context)


@doors.signed_in
@require_safe
def line(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One line; the person sees that the office looked."""
    who = doors.caller(request)
    answer = actions.open_line(who, event=slug, number=number)
    return render(request, "placement/line.html", {"answer": answer, "event": queries.redundancy(who, slug=slug).event})


@doors.signed_in
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """The candidate courses."""
    who = doors.caller(request)
    context = {"answer": queries.course_offers(who), "office": who.operator or who.sits_at(DeskRole.OFFICE)}
    return render(request, "placement/courses.html", context)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def new_course(request: HttpRequest) -> HttpResponse:
    """Put a course on the table."""
    who = doors.caller(request)
    form = CourseForm(request.POST or None, providers=queries.course_providers(who), language=who.language)
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(lambda: actions.add_course_offer(who, draft=form.draft()))
    ):
        messages.success(request, _("The course is on the table. The next plan may open it."))
        return redirect("placement:courses")
    return render(request, "placement/course.html", {"form": form}, status=422 if form.errors else 200)


@doors.signed_in
@require_POST
def remove_course(request: HttpRequest, key: str) -> HttpResponse:
    """Take a course off the table."""
    actions.remove_course_offer(doors.caller(request), key=key)
    messages.success(request, _("The course is gone from the table."))
    return redirect("placement:courses")
