"""Which addresses has the product, filled in with everything the hostile world knows, and which attempts change things?

Addresses come from the URL resolver, so that a page or operation added tomorrow is swept too; a parameter of a new name
has to be given values here before the sweep runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.urls import get_resolver
from tests.journeys.hostile_world import Hostile, Mark

UNKNOWN_KEY, UNKNOWN_ID = "0" * 32, "999983"
# Signing in and out, colours and languages are allauth's and Django's own; nobody's data is behind them.
SKIPPED = ("account/", "language/", "theme/", "admin/")
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Kinds of marks that are names of rows, by room: what an address of that room may be asked with.
KEYS = {
    "people": ("share", "nobody's"),
    "applications": ("application",),
    "routes": ("route", "link"),
    "relay-routes": ("route", "link"),
}
IDS = {"employment": "employment", "number": "proposal"}


@dataclass(frozen=True)
class Address:
    """A pattern, the address it became, and the texts it was filled in with."""

    pattern: str
    path: str
    filled: tuple[str, ...]

    def unknown(self, text: str) -> tuple[str, tuple[str, ...]]:
        """The same address about something that does not exist, as a key."""
        other = UNKNOWN_ID if text.isdecimal() else UNKNOWN_KEY
        return self.pattern, tuple(other if one == text else one for one in self.filled)


def addresses(world: Hostile, marks: tuple[Mark, ...]) -> Iterator[Address]:
    """Every address that takes GET or might, in the order of the resolver; unknown things before known ones."""
    asked = _asked(world)
    for pattern in dict.fromkeys(_patterns(get_resolver().url_patterns)):
        names = _PARAMETER.findall(pattern)
        for filled in product(*(_values(world, marks, pattern, name) for name in names)):
            given = iter(filled)
            path = "/" + _PARAMETER.sub(lambda _found, given=given: next(given), pattern)
            for more in asked.get(pattern, ("",)):
                yield Address(pattern, path + more, filled)


def _asked(world: Hostile) -> dict[str, tuple[str, ...]]:
    """Operations that answer only to a question: about both employers and the school."""
    readers = (world.base.ours.id, world.base.theirs.id, world.school)
    by_reader = tuple(f"?organisation={one}" for one in readers)
    every = ("people/shared", "applications/figures", "evidence/pieces", "evidence/progress", "evidence/findings")
    return {f"api/v1/{one}": by_reader for one in every} | {
        "api/v1/relay-routes": ("?qualification=commercie/P2",),
        "routes/search/": ("?qualification=commercie/P2",),
        "careers/": ("", "?role=adviser-1&mine=on"),
    }


def _patterns(found: Any, before: str = "") -> Iterator[str]:
    for one in found:
        path = before + str(one.pattern)
        if path.startswith(SKIPPED):
            continue
        if hasattr(one, "url_patterns"):
            yield from _patterns(one.url_patterns, path)
        else:
            yield path


def _values(world: Hostile, marks: tuple[Mark, ...], pattern: str, name: str) -> list[str]:
    api = pattern.startswith("api/v1/")
    room = pattern.removeprefix("api/v1/").split("/")[0]
    if name == "key" and room in KEYS:
        return [UNKNOWN_KEY, *(mark.text for mark in marks if mark.kind in KEYS[room] and mark.text.isalnum())]
    if name in IDS:
        known = [mark.text for mark in marks if mark.kind == IDS[name]]
        return [UNKNOWN_ID, *(known if room in ("careers", "placements") else ["1"])]
    if name == "organisation":
        partners = (world.base.ours, world.base.theirs)
        return [str(one.id) if api else one.slug for one in partners]
    if name == "slug":
        return _slugs(world, room)
    return _fixed(world, name, pattern)


def _slugs(world: Hostile, room: str) -> list[str]:
    openings = [world.base.opening, world.base.their_opening, world.seats]
    partners = [world.base.ours.slug, world.base.theirs.slug]
    events = [world.event, world.moving.event]
    return {"placements": events, "careers": partners, "curriculum": partners, "mobility": openings}.get(
        room, [*openings, *partners]
    )


def _fixed(world: Hostile, name: str, pattern: str) -> list[str]:
    """What is not about people: one real value is enough."""
    made = world.base.evidence
    if name == "role" and "<int:role>" in pattern:
        return ["1"]
    known = {
        "key": made.programme, "role": "adviser-1", "start": "adviser-1", "goal": "adviser-2", "run": made.run,
        "competence": made.competence, "id": made.competence, "piece": made.their_piece, "change": made.their_change,
        "look_in": made.look_in, "finding": made.their_finding, "core": made.core, "code": world.moving.code,
        "step": "start", "link": world.moving.our_link, "starts": "2015-08-01", "kind": "csv", "language": "nl",
    }  # fmt: skip
    first = {
        "seat", "upload", "version", "number", "other", "intake", "merge", "cohort", "approval", "placement",
        "recognition",
    }  # fmt: skip
    assert name in known or name in first or name == "purpose", f"Give {name} of {pattern} a value in this file."
    return ["sector-run"] if name == "purpose" else [str(known.get(name, 1))]


@dataclass(frozen=True)
class Attempt:
    """A change somebody may try on what is another's: the address with one key in it, and what is sent."""

    kind: str
    method: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def api(self) -> bool:
        """Whether it goes through the API."""
        return self.path.startswith("/api/")


_WHY = {"why": "travel"}
_END = {"last_on": "2027-03-01", "reason": "term"}
_REFLECT = {"works": "yes", "reasons": ["work-fits"]}
_API_END = {"endsOn": "2027-03-02", "reason": "term"}
_API_REFLECT = {"works": True, "reasons": ["work-fits"]}


def attempts(world: Hostile) -> tuple[Attempt, ...]:
    """Every change that is asked about one row of one person, through web and API; ``KEY`` stands for that row."""
    found: list[Attempt] = []
    for employer in (world.base.ours, world.base.theirs):
        found += _of_employer(employer.slug, employer.id)
    api = "/api/v1"
    practice = {"process": "B1-K1-W1", "hours": 3, "source": "a logbook", "seen_on": "2026-11-30"}
    found += [
        Attempt("application", "post", "/applications/KEY/withdraw/"),
        Attempt("application", "post", "/applications/KEY/keep/", {"agree": "yes"}),
        Attempt("application", "delete", f"{api}/applications/mine/KEY"),
        Attempt("application", "put", f"{api}/applications/mine/KEY/keeping", {"agree": True}),
        Attempt("share", "post", "/people/shares/KEY/withdraw/"),
        Attempt("share", "delete", f"{api}/people/me/shares/KEY"),
        Attempt("share", "post", f"{api}/people/shared/KEY/looks"),
        Attempt("employment", "post", "/careers/employments/KEY/confirm/"),
        Attempt("employment", "post", "/careers/employments/KEY/decline/"),
        Attempt("employment", "post", "/careers/employments/KEY/end/", _END),
        Attempt("employment", "post", "/careers/employments/KEY/why/", _REFLECT),
        Attempt("employment", "post", "/careers/employments/KEY/facts/", {"agreement": "none"}),
        Attempt("employment", "post", f"{api}/careers/me/employments/KEY/facts", {"initiative": "worker"}),
        Attempt("employment", "post", f"{api}/careers/me/employments/KEY/confirmation"),
        Attempt("employment", "delete", f"{api}/careers/me/employments/KEY"),
        Attempt("employment", "post", f"{api}/careers/me/employments/KEY/end", _API_END),
        Attempt("employment", "post", f"{api}/careers/me/employments/KEY/reflection", _API_REFLECT),
        *(Attempt("route", "post", f"/routes/my/KEY/{what}/", _WHY) for what in ("sign", "stop", "renew", "changes/1")),
        Attempt("route", "post", f"/routes/my/KEY/leave/{world.moving.our_link}/", _WHY),
        Attempt("link", "post", f"/routes/my/{world.moving.route}/leave/KEY/", _WHY),
        Attempt("route", "post", f"{api}/relay-routes/routes/KEY/signature", {"version": 1}),
        Attempt("route", "post", f"{api}/relay-routes/routes/KEY/stop", _WHY),
        Attempt("route", "post", f"{api}/relay-routes/routes/KEY/changes/1/acceptance"),
        Attempt("route", "post", f"{api}/relay-routes/routes/KEY/links/{world.moving.our_link}/leaving", _WHY),
        Attempt("link", "post", f"{api}/relay-routes/routes/{world.moving.route}/links/KEY/leaving", _WHY),
        Attempt("route", "post", "/routes/school/KEY/sign/", {"version": "1"}),
        Attempt("route", "post", "/routes/school/KEY/practice/", practice),
        Attempt("route", "post", f"{api}/relay-routes/school/KEY/signature", {"version": 1}),
        Attempt("route", "post", f"{api}/relay-routes/school/KEY/practice",
                {"process": "B1-K1-W1", "hours": 3, "source": "a logbook", "seenOn": "2026-11-30"}),
        Attempt("link", "post", "/routes/partner/KEY/sign/", {"version": "1"}),
        Attempt("link", "post", "/routes/partner/KEY/withdraw/", {"why": "no-work"}),
        Attempt("link", "post", "/routes/partner/KEY/start/"),
        Attempt("link", "post", f"{api}/relay-routes/partner/KEY/signature", {"version": 1}),
        Attempt("link", "post", f"{api}/relay-routes/partner/KEY/withdrawal", {"why": "no-work"}),
        Attempt("proposal", "post", "/placements/mine/proposals/KEY/", {"answer": "yes"}),
        Attempt("proposal", "post", f"{api}/placements/me/proposals/KEY/answer", {"answer": "yes"}),
        *(Attempt("number", "post", f"{api}/placements/events/{event}/people/KEY/look")
          for event in (world.event, world.moving.event)),
    ]  # fmt: skip
    return tuple(found)


def _of_employer(slug: str, organisation: int) -> list[Attempt]:
    desk, careers = f"/api/v1/applications/desks/{organisation}", f"/api/v1/careers/employers/{slug}/employments"
    job = {"roleKey": "adviser-1", "contract": "fixed-term", "startsOn": "2028-03-01", "endsOn": "2028-09-01"}
    return [
        Attempt("application", "post", f"/applications/desk/{slug}/read/KEY/move/", {"to": "in-talk", "version": "1"}),
        Attempt("application", "post", f"{desk}/applications/KEY/looks"),
        Attempt("application", "post", f"{desk}/applications/KEY/moves", {"to": "in-talk", "version": 1}),
        Attempt("employment", "post", f"/careers/desk/{slug}/KEY/end/", _END),
        Attempt("employment", "post", f"/careers/desk/{slug}/KEY/why/", _REFLECT),
        Attempt("employment", "post", f"/careers/desk/{slug}/KEY/facts/", {"agreement": "none"}),
        Attempt("employment", "post", f"{careers}/KEY/facts", {"initiative": "worker"}),
        Attempt("employment", "post", f"{careers}/KEY/end", _API_END),
        Attempt("employment", "post", f"{careers}/KEY/reflection", _API_REFLECT),
        Attempt("share", "post", careers, {"share": "KEY", **job}),
    ]
