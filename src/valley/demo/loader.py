"""How does the invented region get into a valley? Through the same actions as everybody's, never around them.

Every step looks whether it was done before, so a second run changes nothing and a killed run is finished.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from valley.demo import evidence, moving
from valley.demo import region as invented
from valley.demo.region.roles import roles
from valley.foundation import accounts, clock, organisations
from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.mobility import actions as mobility
from valley.people import actions as people
from valley.people import queries as passports
from valley.skills import actions as skills
from valley.skills import queries as vocabulary
from valley.work import actions as work
from valley.work import queries as openings

Report = Callable[[float, str], None]
EMPLOYER = "employer"


@dataclass(frozen=True, slots=True)
class Loading:
    """What loading the region did; all zero when it was there already."""

    partners: int
    accounts: int
    openings: int
    passports: int
    claims: int
    evidence: evidence.Loaded
    employments: int
    shock: moving.Shock
    run_changed: bool
    changed: bool


def load_region(
    caller: Caller, *, seed: int = invented.SEED, small: bool = False, progress: Report | None = None
) -> Loading:
    """Load the invented region: vocabulary, partners, accounts, openings, passports, sector run, careers, a
    redundancy, and the evidence of employers with what the school made of it. Operator only.

    The full region takes about a minute. Idempotent: what is there stays as it is, whatever the seed.
    """
    report = progress or (lambda share, words: None)
    report(0.0, _("vocabulary and roles"))
    skills.load_starter(caller)
    work.load_starter_roles(caller)
    report(0.08, _("inventing people and openings"))
    wanted = roles(vocabulary.starter_roles())
    region = invented.invent(invented.tables(), wanted, on=clock.today(caller.at), seed=seed, small=small)
    report(0.15, _("partners and accounts"))
    ids, joined = _partners(caller, region)
    made = _accounts(caller, region, ids)
    report(0.2, _("openings"))
    moving.reckon(caller)
    moving.recognise(caller, region, ids)
    opened = _openings(caller, region, ids, _within(report, 0.2, 0.3))
    loaded = _passports(caller, region, _within(report, 0.3, 0.6))
    run = mobility.run_sector(caller, progress=_within(report, 0.6, 0.72))
    jobs, shock = 0, moving.Shock()
    if loaded:
        report(0.72, _("careers and a redundancy"))
        jobs = moving.record_careers(caller, region, wanted, ids, loaded.persons)
        shock = moving.announce(caller, region, ids, loaded.persons)
        report(0.82, _("finding the first relay route"))
        moving.first_route(caller, person=loaded.persons[0])
    said = evidence.load(caller, organisations=ids, report=_within(report, 0.85, 1.0))
    report(1.0, _("done"))
    claims = loaded.claims if loaded else 0
    persons = len(loaded.persons) if loaded else 0
    changed = bool(joined or made or opened or persons or run.changed or said != evidence.Loaded())
    return Loading(joined, made, opened, persons, claims, said, jobs, shock, run.changed, changed)


def _within(report: Report, low: float, high: float) -> Report:
    """A report for a part of the whole."""
    return lambda share, words: report(low + (high - low) * share, words)


def join(caller: Caller, region: invented.Region) -> dict[str, int]:
    """Let the partners take part and seat the ready accounts; organisation ids by key. Operator only."""
    ids, _joined = _partners(caller, region)
    _accounts(caller, region, ids)
    return ids


def _partners(caller: Caller, region: invented.Region) -> tuple[dict[str, int], int]:
    """Organisation ids by key; those that did not take part yet join."""
    present = {partner.name: partner.id for partner in organisations.partners()}
    ids: dict[str, int] = {}
    joined = 0
    for one in (*region.employers, *region.partners):
        if one.name not in present:
            employer = isinstance(one, invented.Employer)
            made = organisations.add_partner(
                caller,
                name=one.name,
                kind=EMPLOYER if isinstance(one, invented.Employer) else one.kind,
                sector=one.sector,
                place=one.place,
                jobs=one.jobs if employer else None,
            )
            present[one.name] = made.id
            joined += 1
        ids[one.key] = present[one.name]
    return ids, joined


def _accounts(caller: Caller, region: invented.Region, ids: Mapping[str, int]) -> int:
    """Ready accounts without a password, each desk account at its desk."""
    made = 0
    for desk in region.desks:
        if desk.organisation in ids and _make_account(caller, desk.email):
            organisations.give_desk(caller, organisation=ids[desk.organisation], email=desk.email, role=desk.role)
            made += 1
    return made + sum(_make_account(caller, worker.email) for worker in region.workers if worker.email)


def _make_account(caller: Caller, email: str) -> bool:
    if _account(email) is not None:
        return False
    accounts.make_account(caller, email=email, demo=True)
    return True


def _account(email: str) -> int | None:
    try:
        return accounts.account_id(email)
    except accounts.TokenRefused:
        return None


def _openings(caller: Caller, region: invented.Region, ids: Mapping[str, int], report: Report) -> int:
    """All vacancies in one transaction, or none when there are some."""
    first = ids[region.openings[0].employer]
    if openings.openings_of(caller, organisation=first, limit=1).total:
        return 0
    return moving.open_vacancies(caller, region, ids, vocabulary.ids_by_starter_key(), report)


def _passports(caller: Caller, region: invented.Region, report: Report) -> people.Loaded | None:
    """Everybody's passport in one transaction, or None when the ready workers have theirs."""
    ready = next(worker.email for worker in region.workers if worker.email)
    if _has_passport(caller, ready):
        return None
    keys = vocabulary.ids_by_starter_key()
    rows = [_passport(worker, keys) for worker in region.workers]
    return people.import_people(caller, rows=rows, progress=report)


def _has_passport(caller: Caller, email: str) -> bool:
    try:
        passports.person_of(caller, who=email)
    except NotFound:
        return False
    return True


def _passport(worker: invented.Worker, keys: Mapping[str, int]) -> people.NewPerson:
    wishes = worker.wishes
    return people.NewPerson(
        name=worker.name,
        account=_account(worker.email) if worker.email else None,
        statements=tuple(
            people.Statement(keys[c.competence], c.level, c.grade, c.said_on, c.note) for c in worker.claims
        ),
        # languages of the region are seen at work; only confirmed competences decide whether there is enough
        languages=tuple((code, cefr, 2) for code, cefr in worker.languages),
        wishes=people.WishesChosen(
            hours_min=wishes.hours_min,
            hours_max=wishes.hours_max,
            place=wishes.place,
            max_km=wishes.max_km,
            evenings=wishes.evenings,
            weekends=wishes.weekends,
            nights=wishes.nights,
            early=wishes.early,
            home_work=wishes.home_work,
            starts_on=wishes.starts_on,
            months_min=wishes.months_min,
            permits=wishes.permits,
        ),
        consents=worker.consent,
    )
