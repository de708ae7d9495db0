"""How does a learner look for chains: settings, what if, and why there is none?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from valley.chains import pictures
from valley.chains import queries as chains
from valley.core.errors import ValleyError
from valley.foundation import doors, problems
from valley.foundation.access import Caller
from valley.people import queries as people
from valley.routes import actions, queries
from valley.routes.web.forms import ChooseForm, QuestionForm, SettingsForm


@doors.signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """The person's routes, and the qualifications a route can lead to."""
    who = doors.caller(request)
    person = people.my_person(who)
    rows = queries.my_routes(who, person=person) if person is not None else ()
    context = {"person": person, "rows": rows, "choices": chains.qualifications(who)}
    return render(request, "routes/mine.html", context)


@doors.signed_in
def search(request: HttpRequest) -> HttpResponse:
    """The chains for one question, each with its picture; or why there is none."""
    who = doors.caller(request)
    person = people.my_person(who)
    if person is None:
        return redirect("routes:mine")
    form = QuestionForm(request.GET if "qualification" in request.GET else None, who=who)
    answer = queries.relay_routes(who, person=person, question=form.question()) if form.is_valid() else None
    status = 422 if form.is_bound and not form.is_valid() else 200
    context = {"form": form, "answer": answer, "asked": request.GET.urlencode(), **_shown(answer)}
    return render(request, "routes/search.html", context, status=status)


@doors.signed_in
def settings(request: HttpRequest) -> HttpResponse:
    """What every route must respect: first day, gap, employers to avoid."""
    who = doors.caller(request)
    person = people.my_person(who)
    if person is None:
        return redirect("routes:mine")
    if request.method == "POST":
        form = SettingsForm(request.POST)
        if form.is_valid() and _saved(who, person, form):
            messages.success(request, _("Your settings are kept. The chains below respect them."))
            asked = urlencode({"qualification": form.cleaned_data["qualification"]})
            return redirect(f"{reverse('routes:search')}?{asked}")
        return render(request, "routes/settings.html", {"form": form}, status=422)
    found = queries.route_settings(who, person=person, qualification=request.GET.get("qualification", ""))
    start = {
        "qualification": found.qualification,
        "version": found.version,
        "starts_on": found.starts_on,
        "gap_days": found.gap_days,
        "avoid": found.avoid,
    }
    return render(request, "routes/settings.html", {"form": SettingsForm(initial=start), "settings": found})


def _saved(who: Caller, person: int, form: SettingsForm) -> bool:
    try:
        actions.choose_settings(
            who, person=person, qualification=form.cleaned_data["qualification"], chosen=form.chosen()
        )
    except ValleyError as error:
        named = str(error.facts.get("field", ""))
        form.add_error(named if named in form.fields else None, problems.sentence(error))
        return False
    return True


def _shown(answer: queries.RelayRoutes | None) -> dict[str, object]:
    if answer is None:
        return {"chains": (), "ways": (), "partial": None}
    why = answer.why_not
    partial = why.partial if why else None
    return {
        "chains": [
            (chain, pictures.of_chain(chain), ChooseForm(initial={"chain": chain.key}, prefix=f"c{place}"))
            for place, chain in enumerate(answer.chains, start=1)
        ],
        "ways": [(way, pictures.of_chain(way.chain)) for way in (why.ways_out if why else ())],
        "partial": (partial, pictures.of_chain(partial)) if partial else None,
    }
