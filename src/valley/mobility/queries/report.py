"""What does a comparison of the whole region show in numbers: where nobody can go yet, and what stops most people?

Counts of people are hidden below five, also by subtraction, and rounded to fives, so that two looks before and after
one person's change do not tell them apart. No answer here names a person or orders people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from valley.core import disclosure
from valley.foundation import access, clock, jobs
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.foundation.problems import NotFound
from valley.mobility import snapshots
from valley.mobility.models import OpeningReach, SectorRun
from valley.mobility.queries import words
from valley.work import queries as work

THRESHOLD = disclosure.THRESHOLD
STEP = 5  # counts of people are rounded to this
REACH_STEPS = (25, 100)  # where "a few" ends and "many" begins, in people per opening (local choice)
BANDS = ((0, 4), (4, 7), (7, 10))  # tenths of fit: low, middle, high
TOP = 15
READERS = (DeskRole.OFFICE, DeskRole.MUNICIPALITY)
OWN_DESKS = (DeskRole.RECRUITER, DeskRole.TEAM_LEAD, DeskRole.STEWARD)

Gate = tuple[str, str | int, int]


@dataclass(frozen=True, slots=True)
class RunLine:
    """A sector run: when, by which rule, how many openings and people (rounded to fives; None is hidden)."""

    id: int
    on: date
    finished_at: datetime
    persons: int | None
    compared: int | None
    openings: int
    seconds: float
    policy: str
    sources: str


@dataclass(frozen=True, slots=True)
class ReachClass:
    """How many openings (not people) reach that many people."""

    label: str
    openings: int


@dataclass(frozen=True, slots=True)
class Block:
    """A must-have: how many openings ask it and how many compared people lack it; None is hidden (fewer than five)."""

    kind: str
    label: str
    openings: int
    people: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class LanguageReach:
    """Openings that ask a language (or only Dutch), and how many of them reach fewer than five people."""

    label: str
    openings: int
    without_reach: int


@dataclass(frozen=True, slots=True)
class SectorReport:
    """The latest comparison in numbers. ``stale``: openings, words or rule changed since (compare the fingerprints)."""

    run: RunLine | None
    stale: bool
    sources_now: str
    classes: tuple[ReachClass, ...]
    without_reach: tuple[work.OpeningItem, ...]
    without_reach_total: int
    blocks: tuple[Block, ...]
    languages: tuple[LanguageReach, ...]
    threshold: int


@dataclass(frozen=True, slots=True)
class Band:
    """People with every must-have and a fit in this band; None is hidden."""

    label: str
    people: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many consenting people one opening reaches, rounded to fives; None is hidden. Never who."""

    opening: work.OpeningItem
    run: RunLine | None
    stale: bool
    sources_now: str
    compared: int | None
    possible: int | None
    bands: tuple[Band, ...]
    blocks: tuple[Block, ...]
    threshold: int


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run that was asked for is. ``percent`` is 0..100."""

    key: str
    state: str
    state_words: str
    percent: int
    words: str
    error: str
    done: bool


def sector_report(caller: Caller, *, run: int | None = None) -> SectorReport:
    """The latest run (or the one named) in numbers. Programme office, municipality or operator."""
    access.require_desk(caller, *READERS)
    now = snapshots.sources(clock.today(caller.at))
    row = _run(run)
    if row is None:
        return SectorReport(None, True, now, (), (), 0, (), (), THRESHOLD)
    reaches = list(OpeningReach.objects.filter(run=row).order_by("opening_id"))
    unreached = [reach.opening_id for reach in reaches if reach.possible < THRESHOLD]
    items = work.opening_items(caller, ids=unreached[:TOP])
    return SectorReport(
        run=_run_line(row),
        stale=row.sources != now,
        sources_now=now,
        classes=_classes(reaches),
        without_reach=tuple(items[pk] for pk in unreached[:TOP] if pk in items),
        without_reach_total=len(unreached),
        blocks=_blocks(_asked(reaches), row.compared, language=caller.language)[:TOP],
        languages=_languages(reaches, language=caller.language),
        threshold=THRESHOLD,
    )


def opening_reach(caller: Caller, *, slug: str) -> Reach:
    """How many people one opening reaches, for a desk of its organisation, the programme office or the operator.

    Raises NotFound for an unknown opening and Forbidden for a desk elsewhere.
    """
    pk = work.opening_id(caller, slug=slug)
    item = work.opening_items(caller, ids=[pk])[pk]
    if not caller.sits_at(DeskRole.OFFICE):
        access.require_desk(caller, *OWN_DESKS, organisation=item.organisation_id)
    access.require_desk(caller, DeskRole.OFFICE, *OWN_DESKS)
    now = snapshots.sources(clock.today(caller.at))
    row = _run(None)
    reach = OpeningReach.objects.filter(run=row, opening_id=pk).first() if row else None
    if row is None or reach is None:
        return Reach(item, None, True, now, None, None, (), (), THRESHOLD)
    possible, bands = _bands(reach)
    return Reach(
        opening=item,
        run=_run_line(row),
        stale=row.sources != now,
        sources_now=now,
        compared=shown(row.compared),
        possible=possible,
        bands=bands,
        blocks=_blocks(_asked([reach]), row.compared, language=caller.language),
        threshold=THRESHOLD,
    )


def run_progress(caller: Caller, *, key: str) -> RunProgress:
    """How far a run is that was asked for. Programme office or operator; NotFound for another kind of job."""
    access.require_desk(caller, DeskRole.OFFICE)
    line = jobs.status(key)
    if line is None or line.task != "mobility.run_sector":
        raise NotFound(expected=_("a comparison that was asked for"), found=key, next_step=_("Ask for a new one."))
    states = {
        "ready": _("Waiting for a worker"),
        "running": _("Working"),
        "done": _("Done"),
        "failed": _("Failed"),
    }
    done = line.state in ("done", "failed")
    return RunProgress(key, line.state, states[line.state], round(100 * line.share), str(line.words), line.error, done)


def shown(people: int) -> int | None:
    """A count of people as it may be seen: None from one to four, otherwise rounded to fives.

    >>> shown(0), shown(4), shown(7), shown(8)
    (0, None, 5, 10)
    """
    return None if 0 < people < THRESHOLD else STEP * round(people / STEP)


def _run(run: int | None) -> SectorRun | None:
    rows = SectorRun.objects.filter(finished_at__isnull=False).order_by("-pk")
    found = rows.filter(pk=run).first() if run is not None else rows.first()
    if run is not None and found is None:
        raise NotFound(expected=_("a sector run"), found=run, next_step=_("Leave it out for the latest."))
    return found


def _run_line(row: SectorRun) -> RunLine:
    return RunLine(
        id=row.pk,
        on=row.on,
        finished_at=row.finished_at or row.started_at,
        persons=shown(row.persons),
        compared=shown(row.compared),
        openings=row.openings,
        seconds=round(row.seconds, 1),
        policy=row.policy,
        sources=row.sources,
    )


def _classes(reaches: Sequence[OpeningReach]) -> tuple[ReachClass, ...]:
    few, many = REACH_STEPS
    edges = [(0, THRESHOLD), (THRESHOLD, few), (few, many), (many, None)]
    labels = (
        _("fewer than %(number)d people") % {"number": THRESHOLD},
        _("%(low)d to %(high)d people") % {"low": THRESHOLD, "high": few - 1},
        _("%(low)d to %(high)d people") % {"low": few, "high": many - 1},
        _("%(low)d people or more") % {"low": many},
    )
    return tuple(
        ReachClass(label, sum(low <= reach.possible and (high is None or reach.possible < high) for reach in reaches))
        for label, (low, high) in zip(labels, edges, strict=True)
    )


def _asked(reaches: Iterable[OpeningReach]) -> dict[Gate, tuple[int, int]]:
    """Per must-have: openings that ask it, and compared people who lack it (the same at every opening)."""
    found: dict[Gate, tuple[int, int]] = {}
    for reach in reaches:
        for kind, subject, asked, lacking in reach.blocks:
            openings, _people = found.get((kind, subject, asked), (0, 0))
            found[kind, subject, asked] = (openings + 1, lacking)
    return found


def _blocks(asked: Mapping[Gate, tuple[int, int]], compared: int, *, language: str) -> tuple[Block, ...]:
    """Must-haves by how often they stop someone (people x openings), most first; hidden ones last."""
    competences = [int(subject) for kind, subject, _level in asked if kind == "competence"]
    known = words.words_for(competences, language=language)
    visible = _visible({gate: people for gate, (_openings, people) in asked.items()}, compared)
    blocks = [
        Block(
            kind=gate[0],
            label=words.gate_label(*gate, known),
            openings=openings,
            people=shown(people) if gate in visible else None,
            percent=_percent(people, compared) if gate in visible else None,
        )
        for gate, (openings, people) in asked.items()
    ]
    return tuple(
        sorted(blocks, key=lambda block: (-(block.people or 0) * block.openings, -block.openings, block.label))
    )


def _percent(people: int, compared: int) -> int | None:
    """Of the people as shown, so that the percentage does not tell more than the count."""
    return round(100 * (shown(people) or 0) / (shown(compared) or 1)) if compared >= THRESHOLD else None


def _visible(lacking: Mapping[Gate, int], compared: int) -> frozenset[Gate]:
    """The must-haves whose count may be seen without telling a group of one to four apart by subtraction.

    Levels of one subject are nested: who lacks B1 lacks B2 too. Between two counts that are shown, and between the
    last and everybody, lie nobody or at least five people.
    """
    nested: dict[tuple[str, str | int], list[tuple[int, Gate]]] = defaultdict(list)
    for gate, people in lacking.items():
        nested[gate[0], gate[1]].append((people, gate))
    kept: set[Gate] = set()
    for own in nested.values():
        below = 0
        for people, gate in sorted(own, key=lambda pair: (pair[0], pair[1][2])):
            if disclosure.remainder_safe(people, below) and disclosure.remainder_safe(compared, people):
                kept.add(gate)
                below = people
    return frozenset(kept)


def _bands(reach: OpeningReach) -> tuple[int | None, tuple[Band, ...]]:
    """Everybody possible, and those per band of fit, as they may be seen together."""
    labels = (_("fit below 40%"), _("fit from 40% to 70%"), _("fit of 70% or more"))
    counts = {(str(place),): sum(reach.bands[low:high]) for place, (low, high) in enumerate(BANDS)}
    published = disclosure.suppress(counts)
    total = published.totals[(disclosure.TOTAL,)]
    bands = (Band(label, _rounded(published.cells[str(place),])) for place, label in enumerate(labels))
    return _rounded(total), tuple(bands)


def _rounded(people: int | None) -> int | None:
    return None if people is None else shown(people)


def _languages(reaches: Sequence[OpeningReach], *, language: str) -> tuple[LanguageReach, ...]:
    """Per language asked beyond Dutch (one opening may count twice), and those that ask Dutch alone."""
    known = words.words_for((), language=language)
    total, low = Counter[str](), Counter[str]()
    for reach in reaches:
        for code in _beyond_dutch(reach.blocks):
            total[code] += 1
            low[code] += reach.possible < THRESHOLD
    names = {"": _("Dutch only"), **known.languages}
    return tuple(
        LanguageReach(names.get(code, code), total[code], low[code])
        for code in sorted(total, key=lambda code: (-total[code], code))
    )


def _beyond_dutch(blocks: Iterable[Any]) -> list[str]:
    codes = sorted({str(subject) for kind, subject, _asked, _people in blocks if kind == "language"} - {"nl"})
    return codes or [""]
