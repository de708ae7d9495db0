"""Can a hostile employer, school or office list people, order them, or see anything that was not shared with it?

Every address of the resolver is opened at every desk, filled in with every key there is. What a desk may read is
computed from the shares that live (:mod:`tests.journeys.hostile_world`), in both directions: not a word more, and all
of it somewhere. What is somebody else's answers as what does not exist.
"""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from tests import factories
from tests.journeys import hostile_doors, hostile_world
from tests.journeys.hostile_doors import UNKNOWN_ID, UNKNOWN_KEY, Address, Attempt
from tests.journeys.hostile_world import Desk, Hostile, Mark

# A choice in a form is the vocabulary, and so are the pages of the skills themselves: they say nothing about anybody.
_CHOICES = re.compile(r"<(select|datalist)\b.*?</\1>", re.DOTALL)
_VOCABULARY = re.compile(r"^/(api/v1/)?skills/")
_PERSONAL = re.compile(
    r"^/(api/v1/)?(people|applications|careers|routes|relay-routes|placements|mobility|organisations|for-me)/"
)
_CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|<code>[0-9a-f]{8}</code>')
# What somebody may try to bring people into another order, or to look for one.
_BY = "order=name&ordering=-name&orderBy=name&sort=fit&sort_by=-level&desc=1&by=score&reverse=1"
_SEARCH = "q=Zebedea&search=Zebedea&text=Zebedea&name=Zebedea&competence=1&language=it&state=sent"
_ORDERS = (_BY, _SEARCH)
_PAGES = ("limit=1", "offset=1", "page=2")
# What nobody can do on this day: a contract of two days is too young to say why it fits, one that is confirmed is not
# declined, the learner signs last, and nothing in a route has changed.
NOT_TODAY = (
    "/careers/desk/our-centre/KEY/why/", "/careers/desk/their-centre/KEY/why/",
    "/api/v1/careers/employers/our-centre/employments/KEY/reflection",
    "/api/v1/careers/employers/their-centre/employments/KEY/reflection",
    "/careers/employments/KEY/decline/", "/api/v1/careers/me/employments/KEY",
    "/api/v1/relay-routes/routes/KEY/signature", "/routes/my/KEY/changes/1/",
    "/api/v1/relay-routes/routes/KEY/changes/1/acceptance",
)  # fmt: skip
OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "openapi.json"
_ABOUT_SOMEBODY = re.compile(
    r"^/(people/(me/shares|shared)|applications|careers|relay-routes|placements/(me|events))/.*{(key|employment|link|number)}"
)
_LISTED = ("share", "application", "route", "link")
ROOMS = ("people", "applications", "careers", "routes", "placement", "vacancies", "work", "mobility")
LOOKS = "people.sharelook"  # written when somebody asks: who looked, for the person to read


@dataclass
class Seat:
    """Who asks: a name, the desk (None for a visitor and for somebody with only a passport), the browser."""

    name: str
    desk: Desk | None
    client: Client
    whose: str = ""
    everywhere: bool = False

    strong: bool = True

    def may(self, mark: Mark) -> bool:
        """Whether the mark may be read here, today."""
        return (self.strong and self.desk in mark.desks) or (bool(self.whose) and mark.whose == self.whose)

    def knows(self, mark: Mark) -> bool:
        """Whether it may be known here that there is something: with one factor the desk is told to add another."""
        return self.may(mark) or self.desk in mark.desks


@dataclass
class Swept:
    """What the sweep met, in words, so that it is done once for all tests of this file."""

    leaks: list[str] = field(default_factory=list)
    told_apart: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    reordered: list[str] = field(default_factory=list)
    refused_otherwise: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    worked: set[str] = field(default_factory=set)
    unopened: list[str] = field(default_factory=list)
    attempted: set[tuple[str, str]] = field(default_factory=set)
    lists: int = 0
    asked: int = 0
    tried: int = 0


def _seats(world: Hostile) -> Iterator[Seat]:
    ours, theirs = world.base.ours.id, world.base.theirs.id
    partners = {one.id: one for one in factories.organisations.partners()}
    for place, organisation in (("A", ours), ("B", theirs)):
        for role in ("recruiter", "team-lead", "practical-trainer", "steward"):
            client = factories.client(role, partners[organisation])
            everywhere = (place, role) == ("A", "recruiter")
            yield Seat(f"{role} of {place}", (organisation, role), client, everywhere=everywhere)
    weak = factories.client("recruiter", partners[ours], strong=False)
    yield Seat("recruiter of A with one factor", (ours, "recruiter"), weak, strong=False)
    for place, organisation, role in (
        ("the school", world.school, "coach"), ("another school", world.other_school, "coach"),
        ("the office", world.office, "office"), ("another office", _other_office(world), "office"),
    ):  # fmt: skip
        client = factories.client(role, partners[organisation])
        yield Seat(f"{role} of {place}", (organisation, role), client, everywhere="another" not in place)
    mortimer = world.people["mortimer"]
    yield Seat("another worker", None, factories.client_of(mortimer.account), mortimer.word)
    yield Seat("visitor", None, Client(headers={"accept-language": "en"}), everywhere=True)


def _other_office(world: Hostile) -> int:
    (found,) = [one.id for one in factories.organisations.partners(kind="programme-office") if one.id != world.office]
    return found


class Sweep:
    """One world, its marks, and what was met."""

    def __init__(self) -> None:
        self.world = hostile_world.build()
        self.marks = hostile_world.marks(self.world)
        self.by_text: dict[str, list[Mark]] = defaultdict(list)
        for mark in self.marks:
            if not mark.text.isdecimal():
                self.by_text[mark.text.casefold()].append(mark)
        self.named: dict[str, list[Mark]] = defaultdict(list)
        for mark in self.marks:
            self.named[mark.text].append(mark)
        self.cases: frozenset[Mark] = frozenset()
        self.found = Swept()

    def run(self) -> Swept:
        """Everything, desk by desk."""
        known = tuple(hostile_doors.addresses(self.world, self.marks))
        for seat in _seats(self.world):
            before, self.cases = _rows(), self._cases(seat)
            self._read(seat, known)
            self._try(seat)
            self.found.changed += [f"{seat.name}: {one}" for one in _rows() ^ before]
        self._own()
        return self.found

    def _cases(self, seat: Seat) -> frozenset[Mark]:
        """Of what a seat may not know, one row of each case: what ended, and what lives and the same desks may read.

        To most desks all that lives elsewhere is one case.
        """
        found: dict[Any, Mark] = {}
        for mark in self.marks:
            if not seat.knows(mark):
                found.setdefault((mark.kind, mark.desks if seat.everywhere else bool(mark.desks)), mark)
        return frozenset(found.values())

    def _own(self) -> None:
        """What no desk could do, the owner of a row can."""
        owners = {one.word: factories.client_of(one.account) for one in self.world.people.values()}
        for attempt in hostile_doors.attempts(self.world):
            self.found.attempted.add((attempt.method, attempt.path.removeprefix("/api/v1")))
            if attempt.path in self.found.worked:
                continue
            for mark in self._tried(attempt):
                if mark.whose in owners and _works(Seat("owner", None, owners[mark.whose]), attempt, mark.text):
                    self.found.worked.add(attempt.path)
                    break
            else:
                self.found.unopened.append(attempt.path)

    def _read(self, seat: Seat, known: tuple[Address, ...]) -> None:
        closed: set[str] = set()
        seen: set[str] = set()
        nothing: dict[tuple[str, tuple[str, ...]], tuple[int, str]] = {}
        for address in known:
            if address.pattern in closed or not self._asked(seat, address):
                continue
            answer = seat.client.get(address.path)
            self.found.asked += 1
            if answer.status_code == 405:
                closed.add(address.pattern)
                continue
            text = _text(answer)
            seen |= self._leaks(seat, address, text)
            nothing[address.pattern, address.filled] = (answer.status_code, _plain(text, address.path, address.filled))
            self._tell_apart(seat, address, nothing)
            self._reorder(seat, address, text)
        self.found.unseen += [
            f"{seat.name}: {mark.kind} of {mark.whose}, {mark.text}"
            for mark in self.marks
            if seat.desk in mark.desks and seat.strong and _reachable(mark) and mark.text.casefold() not in seen
        ]

    def _asked(self, seat: Seat, address: Address) -> bool:
        """Whether to ask: about all a seat may read, and about one of each group of rows that the same desks may.

        Rooms that keep nothing about people are opened at one desk of each kind only.
        """
        if not (seat.everywhere or _PERSONAL.match(address.path)):
            return False
        marks = [one for text in address.filled for one in self.named.get(text, ())]
        return all(seat.knows(one) or one in self.cases for one in marks)

    def _leaks(self, seat: Seat, address: Address, text: str) -> set[str]:
        """The marks an answer shows; those it should not are written down."""
        shown = {one for one in self._shown(text) if one not in address.path.casefold()}
        for one in shown:
            marks = self.by_text[one]
            public = marks[0].kind == "competences" and _VOCABULARY.match(address.path)
            if not public and not any(seat.may(mark) for mark in marks):
                self.found.leaks.append(f"{seat.name} at {address.path}: {marks[0].kind} of {marks[0].whose}, {one}")
        return shown

    def _tell_apart(self, seat: Seat, address: Address, nothing: dict[Any, tuple[int, str]]) -> None:
        """Somebody else's row must answer as one that does not exist."""
        for text in address.filled:
            marks = [one for one in self.marks if one.text == text and one.kind != "nobody's"]
            if not marks or any(seat.knows(one) for one in marks) or (text.isdecimal() and len(marks) > 1):
                continue
            other = nothing.get(address.unknown(text))
            if other and other != nothing[address.pattern, address.filled]:
                self.found.told_apart.append(f"{seat.name} at {address.path}: {marks[0].kind} of {marks[0].whose}")

    def _reorder(self, seat: Seat, address: Address, text: str) -> None:
        """A list of people is in order of arrival, and nothing in the address changes that."""
        for kind in _LISTED:
            listed = self._listed(text, kind, address)
            if len(listed) < 2 or seat.whose:
                continue
            self.found.lists += 1
            where = f"{seat.name} at {address.path}: {kind}"
            if listed != sorted(listed, key=lambda mark: mark.at):
                self.found.reordered.append(where)
            for more in (*_ORDERS, *_PAGES):
                again = self._again(seat, address, more, kind)
                if again not in ([], listed) and (more in _ORDERS or not _part(again, listed)):
                    self.found.reordered.append(f"{where} with {more}")
                if again == [] and more == _SEARCH:
                    self.found.reordered.append(f"{where}: looked for with {more}")

    def _again(self, seat: Seat, address: Address, more: str, kind: str) -> list[Mark]:
        mark = "&" if "?" in address.path else "?"
        answer = seat.client.get(f"{address.path}{mark}{more}")
        assert answer.status_code == 200, (address.path, more, answer.status_code)
        return self._listed(_text(answer), kind, address)

    def _listed(self, text: str, kind: str, address: Address) -> list[Mark]:
        shown = [one for one in self._shown(text) if one not in address.path]
        return [mark for one in shown for mark in self.by_text[one] if mark.kind == kind]

    def _shown(self, text: str) -> list[str]:
        """The marks in a text, as whole words, in the order in which they come first."""
        found: dict[str, int] = {}
        for one in self.by_text:
            # Looking for a plain text first is a hundred times faster than a pattern of all of them.
            whole = re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) if one in text else None
            if whole:
                found[one] = whole.start()
        return sorted(found, key=found.__getitem__)

    def _try(self, seat: Seat) -> None:
        """Every change, on everybody's rows: what is not theirs to change answers as what does not exist."""
        for attempt in hostile_doors.attempts(self.world):
            unknown = UNKNOWN_ID if attempt.kind in ("employment", "proposal", "number") else UNKNOWN_KEY
            nothing = _send(seat, attempt, unknown)
            opened = False
            for mark in self._tried(attempt):
                if seat.knows(mark):
                    opened |= _works(seat, attempt, mark.text)
                    continue
                if mark.kind != "number" and mark not in self.cases:
                    continue
                self.found.tried += 1
                if _send(seat, attempt, mark.text) != nothing:
                    said = f"{seat.name}, {attempt.method} {attempt.path}: {mark.kind} of {mark.whose}"
                    self.found.refused_otherwise.append(said)
            if opened:
                self.found.worked.add(attempt.path)

    def _tried(self, attempt: Attempt) -> list[Mark]:
        if attempt.kind != "number":
            return [mark for mark in self.marks if mark.kind == attempt.kind]
        office = self.world.office if self.world.event in attempt.path else _other_office(self.world)
        desks = frozenset({(office, "office")})
        return [Mark(str(place), "number", "somebody", desks) for place in (1, 2, 3)]


def _send(seat: Seat, attempt: Attempt, key: str) -> tuple[int, str]:
    body = {name: key if value == "KEY" else value for name, value in attempt.body.items()}
    path = attempt.path.replace("KEY", key)
    seat.client.cookies.pop("messages", None)  # what was said of an earlier attempt that worked
    call = getattr(seat.client, attempt.method)
    answer = call(path, body, content_type="application/json") if attempt.api else call(path, body)
    text = answer.headers["Location"] if answer.status_code == 302 else _text(answer)
    return answer.status_code, _plain(text, path, (key,))


class _Undo(Exception):
    """Takes what worked back."""


def _works(seat: Seat, attempt: Attempt, key: str) -> bool:
    status = 0
    try:
        with transaction.atomic(), transaction.atomic(using="vault"):
            status, _text = _send(seat, attempt, key)
            raise _Undo
    except _Undo:
        return status < 400


def _reachable(mark: Mark) -> bool:
    """What a desk must find by reading: all but ids, keys of links, and what only the answer to a POST shows."""
    return not mark.text.isdecimal() and mark.kind != "link" and not mark.text.startswith('"')


def _text(answer: Any) -> str:
    if answer.streaming or not answer.headers.get("Content-Type", "").startswith(("text/", "application/")):
        return ""
    return _CHOICES.sub("", html.unescape(answer.content.decode(errors="replace"))).casefold()


def _plain(text: str, path: str, filled: tuple[str, ...]) -> str:
    """An answer without what differs between any two answers: the address, and the keys in it."""
    text = text.replace(path.casefold(), "PATH")
    for one in filled:
        text = text.replace(one, "KEY") if len(one) == len(UNKNOWN_KEY) else text
    return _CHANGING.sub("", text)


def _part(some: list[Mark], all_: list[Mark]) -> bool:
    return any(all_[start : start + len(some)] == some for start in range(len(all_)))


def _rows() -> set[str]:
    """Every row of the rooms that know people, as text; without who looked."""
    found: set[str] = set()
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            if model._meta.label_lower != LOOKS:
                found |= {f"{model._meta.label} {row!r}" for row in model._base_manager.values_list()}
    return found


_kept: list[Swept] = []


@pytest.fixture
def swept(db: None, monkeypatch: pytest.MonkeyPatch) -> Swept:
    """The sweep, once: what it met is plain words and nothing changes it."""
    if not _kept:
        _kept.append(Swept(failed=["the sweep broke off"]))
        monkeypatch.setattr("valley.foundation.clock.now", lambda: hostile_world.AT)
        _kept.append(Sweep().run())
    assert not _kept[-1].failed
    return _kept[-1]


def test_no_door_shows_a_desk_what_was_not_shared_with_it(swept: Swept) -> None:
    assert swept.asked > 1000
    assert not swept.leaks


def test_what_was_shared_is_seen_where_it_was_shared(swept: Swept) -> None:
    assert not swept.unseen


def test_what_is_somebody_elses_answers_as_what_does_not_exist(swept: Swept) -> None:
    assert not swept.told_apart


def test_people_are_listed_in_order_of_arrival_and_never_looked_for(swept: Swept) -> None:
    assert swept.lists >= 10
    assert not swept.reordered


def test_no_attempt_on_what_is_somebody_elses_tells_or_changes_anything(swept: Swept) -> None:
    assert swept.tried > 1000
    assert not swept.refused_otherwise
    assert not swept.changed


def test_what_is_refused_to_others_is_done_by_whom_it_belongs_to(swept: Swept) -> None:
    assert {path for path in swept.unopened if path not in NOT_TODAY} == set()


def test_every_change_of_the_api_about_somebodys_row_is_tried(swept: Swept) -> None:
    paths = json.loads(OPERATIONS.read_text())["paths"]
    for path, operations in paths.items():
        if not _ABOUT_SOMEBODY.match(path):
            continue
        like = re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + "$")
        for method in operations.keys() - {"get"}:
            assert any(method == known and like.match(one) for known, one in swept.attempted), (method, path)
