"""Who has what to hide in the sweep of the hostile employer, and who was given what to see?

Everybody has unmistakable marks: a name, a note, a place, a distance, a language, two competences nobody else has. Who
may see which mark is computed from the shares that live, by the law of ``READERS`` below, never from an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from tests import factories
from tests.journeys import desks_mobility, desks_world

from valley.applications import actions as applying
from valley.applications import queries as applications
from valley.careers import actions as careers_actions
from valley.careers import drafts as careers_drafts
from valley.careers import queries as careers
from valley.foundation import access
from valley.foundation.models import Account
from valley.mobility import actions as mobility_actions
from valley.people import actions as passports
from valley.people import queries as people
from valley.placement import actions as placing
from valley.placement import drafts as placement_drafts
from valley.placement import queries as placement
from valley.routes import actions as routes_actions
from valley.routes import queries as routes
from valley.skills import actions as skills_actions
from valley.skills import queries as skills
from valley.work import actions as work_actions
from valley.work import drafts as openings

# Which desk of the reading organisation may open a share of each purpose: the law of ../docs/reference/desks.md and of
# principle 4 ("the person owns the passport"), written down here once more so that the product is held to it.
READERS = {
    "application": {"recruiter"},
    "employment": {"recruiter"},
    "orientation": {"recruiter", "coach"},
    "training-advice": {"coach", "practical-trainer"},
    "relay-route": {"coach", "recruiter", "practical-trainer"},
    "group-placement": {"office"},
}
AT = factories.AT + timedelta(days=10)
"""When the sweep looks: some days after the world of the desk table, so that something could end in between."""
ENDED, SOON = factories.ON + timedelta(days=5), factories.ON + timedelta(days=60)

_second = count()

Desk = tuple[int, str]
"""An organisation and a role."""


@dataclass
class Someone:
    """A person with marks. ``place`` and ``language`` are (key, what it is called); ``secrets`` nobody else reads."""

    name: str
    place: tuple[str, str]
    km: int
    language: tuple[str, str]
    account: Account
    person: int = 0
    competences: tuple[int, int] = (0, 0)
    labels: tuple[str, str] = ("", "")
    secrets: list[str] = field(default_factory=list)

    @property
    def caller(self) -> access.Caller:
        """The owner when the sweep looks."""
        return factories.caller_of(self.account, at=AT)

    def acting(self) -> access.Caller:
        """The owner, a second later than whoever acted before, and before the sweep looks."""
        return factories.caller_of(self.account, at=AT - timedelta(hours=2) + timedelta(seconds=next(_second)))

    @property
    def word(self) -> str:
        """The first name, in small letters: the stem of the person's marks."""
        return self.name.split()[0].casefold()


@dataclass(frozen=True)
class Mark:
    """A text that only some desks may ever read, whose it is, what kind of thing it tells, and since when."""

    text: str
    kind: str
    whose: str
    desks: frozenset[Desk]
    at: datetime = AT


@dataclass
class Hostile:
    """Two employers, two schools, two offices, the people; a redundancy at A, and the opening at B that has seats."""

    base: desks_world.World
    office: int
    school: int
    other_school: int
    event: str
    seats: str
    people: dict[str, Someone]

    @property
    def moving(self) -> desks_mobility.Moving:
        """The route, application and redundancy of the world of the desk table."""
        assert self.base.moving is not None
        return self.base.moving


# Names against the order of arrival, so that an alphabetical list is seen at once. Places beyond the region and
# languages that no opening asks for; those who need a job nearby live nearby.
_PEOPLE = (
    ("Zebedea Quorrel", ("groningen", "Groningen"), 371, ("it", "Italian")),
    ("Ysolde Vantrip", ("leeuwarden", "Leeuwarden"), 372, ("pt", "Portuguese")),
    ("Xanthe Plooverd", ("zwolle", "Zwolle"), 373, ("pl", "Polish")),
    ("Wolfram Oddink", ("enschede", "Enschede"), 374, ("tr", "Turkish")),
    ("Vigdis Trumm", ("apeldoorn", "Apeldoorn"), 375, ("ar", "Arabic")),
    ("Umbra Sneekhof", ("almere", "Almere"), 376, ("uk", "Ukrainian")),
    ("Tycho Brandsma", ("tilburg", "Tilburg"), 377, ("ro", "Romanian")),
    ("Sunniva Kraplap", ("helmond", "Helmond"), 378, ("sv", "Swedish")),
    ("Rowena Mistig", ("meerssen", "Meerssen"), 79, ("da", "Danish")),
    ("Quirine Lapzwans", ("eijsden", "Eijsden"), 78, ("no", "Norwegian")),
    ("Perpetua Waldo", ("gulpen", "Gulpen"), 77, ("cs", "Czech")),
    ("Oberon Fluweel", ("valkenburg", "Valkenburg"), 76, ("li", "Limburgish")),
    ("Nephele Hoekstok", ("margraten", "Margraten"), 75, ("es", "Spanish")),
    ("Mortimer Wissel", ("breda", "Breda"), 381, ("dse", "Dutch Sign Language")),
)


def build() -> Hostile:
    """Everything through actions, in the order in which people are listed."""
    base = desks_world.build()
    office = factories.organisation("Bureau Morgenrood", kind="programme-office")
    other_school = factories.organisation("College Avondrood", kind="school")
    found = {one.word: one for one in (_someone(place, *said) for place, said in enumerate(_PEOPLE))}
    world = Hostile(base, office.id, base.evidence.school, other_school.id, "", "", found)
    _apply(world)
    _work(world)
    _route(world)
    _place(world)
    passports.give_consent(found["mortimer"].caller, person=found["mortimer"].person)
    mobility_actions.run_sector(factories.operator())
    passports.rename(factories.caller_of(base.worker), person=base.person, name="Absalom Eerstejaars")
    first = Someone("Absalom Eerstejaars", ("", ""), 0, ("", ""), base.worker, base.person)
    world.people["absalom"] = first
    return world


def _someone(place: int, name: str, home: tuple[str, str], km: int, language: tuple[str, str]) -> Someone:
    account = factories.account(f"{name.split()[0].casefold()}@hidden.test")
    someone = Someone(name, home, km, language, account)
    labels = tuple(f"{kind} {someone.word} {place}" for kind in ("Zaagselkunde", "Dauwlezing"))
    someone.labels = (labels[0], labels[1])
    someone.competences = (_concept(labels[0]), _concept(labels[1]))
    caller = someone.caller
    someone.person = passports.start_passport(caller, name=name)
    own = [*someone.competences, *_starters()[:3]]
    said = [passports.Statement(one, level=2, note=f"Aantekening {someone.word}") for one in own]
    passports.state_competences(caller, person=someone.person, statements=said)
    for code, cefr in (("nl", 6), (language[0], 4)):
        passports.state_language(caller, person=someone.person, code=code, cefr=cefr)
    wishes = passports.WishesChosen(
        hours_min=24, hours_max=36, place=home[0], max_km=km, starts_on=desks_mobility.STARTS
    )
    passports.state_wishes(caller, person=someone.person, wishes=wishes)
    return someone


def _starters() -> list[int]:
    return list(skills.ids_by_starter_key().values())


def _concept(label: str) -> int:
    draft = skills_actions.LocalConcept(
        label_nl=label, label_en=f"{label} in English", parent=_starters()[0], author="Valley",
        evidence="A test, November 2026",
    )  # fmt: skip
    return skills_actions.add_local_concept(factories.operator(), draft=draft).id


def _send(world: Hostile, who: str, slug: str, *parts: str, days: int = 0, until: date = SOON) -> str:
    """An application, ``days`` ago, with one of the two competences; returns its key."""
    one = world.people[who]
    caller = one.acting()
    caller = replace(caller, at=caller.at - timedelta(days=days))
    chosen = (one.competences[0],) if "competences" in parts else ()
    view = applying.ChosenView(parts, until, competences=chosen, message=f"Brief van {one.word}")
    return applying.apply_with_share(caller, person=one.person, opening=slug, view=view)


def _apply(world: Hostile) -> None:
    """Four at A, one at B, one who stopped, one whose share ended."""
    ours, theirs = world.base.opening, world.base.their_opening
    _send(world, "sunniva", ours, "name", "competences", "notes", days=9, until=ENDED)
    for days, (who, parts) in enumerate(
        (("zebedea", ("name", "competences")), ("ysolde", ("languages", "wishes")), ("wolfram", ("name",))), start=-3
    ):
        _send(world, who, ours, *parts, days=-days)
    _send(world, "xanthe", theirs, "name", "competences", "notes", "languages", "wishes")
    stopped = _send(world, "vigdis", ours, "name", "competences", "notes", "languages", "wishes")
    applying.withdraw_application(world.people["vigdis"].acting(), person=world.people["vigdis"].person, key=stopped)
    for who, reader, purpose in (("tycho", world.school, "training-advice"), ("tycho", world.base.theirs.id,
                                                                             "orientation")):  # fmt: skip
        one = world.people[who]
        offer = passports.ShareOffer(reader, purpose, ("name", "languages"), SOON, message=f"Vraag van {one.word}")
        passports.give_share(one.acting(), person=one.person, offer=offer)


def _work(world: Hostile) -> None:
    """Zebedea and Wolfram work at A, Xanthe at B; Wolfram took his application back, Umbra everything A could see."""
    _employ(world, "zebedea", world.base.ours.id, "45.11")
    _employ(world, "wolfram", world.base.ours.id, "47.13")
    _employ(world, "xanthe", world.base.theirs.id, "48.29")
    _send(world, "umbra", world.base.opening, "name", "wishes")
    _employ(world, "umbra", world.base.ours.id, "49.37")
    for who in ("wolfram", "umbra"):
        one = world.people[who]
        for share in people.shares(one.caller, person=one.person):
            if share.state == "alive" and (who == "umbra" or share.purpose == "application"):
                passports.withdraw_share(one.acting(), person=one.person, key=share.key)


def _employ(world: Hostile, who: str, employer: int, wage: str) -> None:
    one = world.people[who]
    (share,) = [row.key for row in people.shares(one.caller, person=one.person) if row.state == "alive"]
    recruiter = access.Caller("proposer", "web", AT, account=world.base.worker.pk, strong=True,
                              desks=(access.Desk(employer, "recruiter", "employer"),))  # fmt: skip
    draft = careers_drafts.EmploymentDraft(
        "adviser-1", "fixed-term", date(2026, 12, 1), date(2027, 12, 1), hours=32, wage=Decimal(wage)
    )
    made = careers_actions.propose_employment(recruiter, organisation=employer, share=share, draft=draft)
    careers_actions.confirm_employment(one.acting(), person=one.person, employment=made)


def _route(world: Hostile) -> None:
    """Rowena is on a route over A and B; Nephele stopped one and began it anew, at the same school and employers."""
    _propose(world, "nephele")
    one = world.people["nephele"]
    (row,) = routes.my_routes(one.caller, person=one.person)
    routes_actions.withdraw_route(one.acting(), person=one.person, route=row.key, why="travel")
    for who in ("rowena", "nephele"):
        _propose(world, who)


def _propose(world: Hostile, who: str) -> None:
    one = world.people[who]
    question = routes.RouteQuestion(desks_mobility.QUALIFICATION)
    found = routes.relay_routes(one.caller, person=one.person, question=question)
    chosen = routes_actions.RouteChosen(question, found.chains[0].key, world.school)
    routes_actions.propose_route(one.acting(), person=one.person, chosen=chosen)


def _place(world: Hostile) -> None:
    """A announces; three join, one with a name; the plan is sent; Perpetua says yes, the others did not answer."""
    office = access.Caller("planner", "web", AT, account=world.base.worker.pk, strong=True,
                           desks=(access.Desk(world.office, "office", "programme-office"),))  # fmt: skip
    needs = tuple(openings.NeedDraft(one, 1, openings.WISH, "helpen") for one in _starters()[:3])
    seats = replace(
        desks_world.draft(world.base.theirs.id, "Adviseur Maastricht"), seats=3, needs=needs,
        starts_from_on=desks_mobility.STARTS, starts_until_on=desks_mobility.STARTS + timedelta(days=14),
    )  # fmt: skip
    world.seats = work_actions.add_opening(factories.operator(), draft=seats, publish=True).slug
    draft = placement_drafts.RedundancyDraft(
        world.base.ours.id, 20, date(2026, 12, 1), date(2027, 4, 1), ("adviser-1",)
    )
    world.event = placing.announce_redundancy(factories.operator(), draft=draft).slug
    code = placing.open_invitation(office, event=world.event).code
    for place, who in enumerate(("quirine", "perpetua", "oberon")):
        one = world.people[who]
        joining = placement_drafts.Joining(
            hours=32, contract="permanent", years="2-5", role="adviser-1", wage=Decimal(f"46.3{place}"),
            with_name=who == "oberon",
        )  # fmt: skip
        placing.join_event(one.acting(), person=one.person, code=code, joining=joining)
        one.secrets.append(f"46.3{place}")
    run = placing.plan_placement(office, event=world.event)
    placing.send_proposals(office, run=run.run)
    one = world.people["perpetua"]
    (mine,) = placement.my_placements(one.caller, person=one.person)
    placing.answer_proposal(one.acting(), person=one.person, proposal=mine.proposals[0].id, yes=True)


def marks(world: Hostile) -> tuple[Mark, ...]:
    """Every mark with the desks that may read it when the sweep looks, computed from the shares that live then."""
    return tuple(mark for one in world.people.values() for mark in (*_of_shares(one), *_of_rows(one), *_of_nobody(one)))


def _readers(share: people.ShareLine | None) -> frozenset[Desk]:
    if share is None or share.state != "alive":
        return frozenset()
    return frozenset((share.reader, role) for role in READERS[share.purpose])


def _of_shares(one: Someone) -> list[Mark]:
    """What a passport shows: each text is for whoever may open a living share with that part."""
    shares = people.shares(one.caller, person=one.person)
    told = [("name", one.name, 0), ("notes", f"Aantekening {one.word}", 0)]
    told += [("competences", label, pk) for label, pk in zip(one.labels, one.competences, strict=True) if pk]
    if one.km:
        told += [("languages", one.language[1], 0), ("wishes", one.place[1], 0)]
        told += [("wishes", f"{one.km} km", 0), ("wishes", f'"maxKm": {one.km},', 0)]
    found: list[Mark] = []
    for part, text, competence in told:
        open_to = [
            share
            for share in shares
            if part in share.parts and (not competence or not share.competences or competence in share.competences)
        ]
        found.append(Mark(text, part, one.word, frozenset(desk for share in open_to for desk in _readers(share))))
    for share in shares:
        found.append(Mark(share.key, "share", one.word, _readers(share), share.given_at))
        found += [Mark(share.message, "message", one.word, _readers(share))] if share.message else []
    return found


def _of_rows(one: Someone) -> list[Mark]:
    """What rooms keep about a person: each row is for whoever may open the share it was given with."""
    shares = {share.key: share for share in people.shares(one.caller, person=one.person)}
    found: list[Mark] = []
    for line in applications.my_applications(one.caller, person=one.person):
        desks = _readers(shares[line.share])
        found.append(Mark(line.key, "application", one.word, desks, line.arrived_at))
        found += [Mark(line.message, "message", one.word, desks)] if line.message else []
    for job in careers.my_employments(one.caller, person=one.person).items:
        desks = _readers(shares.get(job.share))
        found += [Mark(str(job.id), "employment", one.word, desks)]
        found += [Mark(str(job.wage), "wage", one.word, desks)] if job.wage else []
    for row in routes.my_routes(one.caller, person=one.person):
        page = routes.route(one.caller, person=one.person, key=row.key)
        school = shares[page.share]
        found.append(Mark(row.key, "route", one.word, _readers(school), school.given_at))
        for link in page.links:
            share = shares[routes.partner_link(factories.operator(AT), key=link.key).share]
            desks = _readers(share) | _readers(school)
            found.append(Mark(link.key, "link", one.word, desks, share.given_at))
    for mine in placement.my_placements(one.caller, person=one.person):
        found += [Mark(str(line.id), "proposal", one.word, frozenset()) for line in mine.proposals]
    return found


def _of_nobody(one: Someone) -> list[Mark]:
    """What no desk reads, whatever is shared: the pseudonym, the account, the wage of the job that ends."""
    grant = people.grant(one.caller, purpose=access.Purpose.OWN, person=one.person)
    told = [people.pseudonym_of(grant), one.account.pseudonym, one.account.email, *one.secrets]
    return [Mark(text, "nobody's", one.word, frozenset()) for text in told]
