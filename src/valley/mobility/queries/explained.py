"""Why does this opening fit this person as it does, and what would change it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from valley.core.mobility.overlap import Change, Line, Overlap, Use, overlap
from valley.core.mobility.overlap import what_if as overlap_after
from valley.core.profiles import Demand, Gives, Importance, Profile
from valley.foundation import clock
from valley.foundation.access import Caller, Purpose
from valley.foundation.problems import NotFound
from valley.mobility import snapshots
from valley.mobility.queries import words
from valley.mobility.queries.mine import TooLittleToCompare
from valley.mobility.queries.rule import Similarity, policy_words, similarity
from valley.mobility.queries.words import MustHaveLine, PracticalLine
from valley.people import queries as people
from valley.people import snapshots as profiles
from valley.work import queries as work
from valley.work import snapshots as demands


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """What one need adds to the fit. ``points`` (0..1) add up to the fit; ``shown`` are they in percent, to a tenth,
    rounded so that the column adds up too. ``without`` is the fit if the person did not have what is held for it.
    """

    competence: int
    label: str
    importance: int
    importance_words: str
    asked: int
    asked_words: str
    held: int | None
    held_label: str
    held_level: int
    held_words: str
    similarity: float
    credit: float
    weight: float
    points: float
    shown: float
    without: float | None
    freshness: float | None
    evidence_on: date | None


@dataclass(frozen=True, slots=True)
class ExtraLine:
    """Something the person can that this opening does not use."""

    competence: int
    label: str
    level: int
    level_words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One person and one opening, in three parts that are never one number; all fits are 0..1, percents for reading."""

    opening: work.OpeningItem
    on: date
    must_haves: tuple[MustHaveLine, ...]
    possible: bool
    fit: float | None
    percent: float | None
    coverage: float | None
    use: float | None
    lines: tuple[ExplainedLine, ...]
    extra: tuple[ExtraLine, ...]
    practical: tuple[PracticalLine, ...]
    distance_km: float | None
    too_little: TooLittleToCompare | None
    similarity: Similarity
    policy: str
    policy_fingerprint: str
    inputs: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The same explanation before and after a change; ``difference`` is in fit (-1..1), None without a fit."""

    before: Explanation
    after: Explanation
    difference: float | None


def explanation(caller: Caller, *, person: int, opening: str) -> Explanation:
    """The whole arithmetic for one opening (by slug). For the owner of the passport (or the operator).

    Raises NotFound for an opening or a person that is not the caller's to see.
    """
    case = _case(caller, person=person, opening=opening)
    return _explained(caller, case, case.answer())


def explanation_of(caller: Caller, *, profile: Profile, opening: str) -> Explanation:
    """The same arithmetic for a profile that the caller was given already, such as the part that somebody shared.

    Opens nothing personal by itself: whoever passes the profile had to open it.
    """
    case = _case_of(caller, profile=profile, opening=opening)
    return _explained(caller, case, case.answer())


def what_if(
    caller: Caller,
    *,
    person: int,
    opening: str,
    add: Sequence[tuple[int, int]] = (),
    without_needs: Sequence[int] = (),
    weights: Mapping[int, float] | None = None,
) -> WhatIf:
    """The explanation now and after a change: competences gained (id, level), needs left out, other weights.

    Nothing is stored. Raises NotANeed for a need that the opening does not have, InvalidProfile for a level or weight
    out of range.
    """
    case = _case(caller, person=person, opening=opening)
    gained = tuple(Gives(competence, level) for competence, level in add)
    change = Change(add=gained, without_needs=tuple(without_needs), weights=weights or {})
    region = case.region
    after = overlap_after(case.profile, case.demand, region.vocabulary, region.policy, change, on=region.on)
    before = case.answer()
    moved = None if before.fit is None or after.fit is None else after.fit - before.fit
    return WhatIf(_explained(caller, case, before), _explained(caller, case, after), moved)


@dataclass(frozen=True, slots=True)
class _Case:
    """One person and one opening as the arithmetic sees them."""

    item: work.OpeningItem
    profile: Profile
    demand: Demand
    region: snapshots.Region

    def answer(self) -> Overlap:
        """The readable twin's answer."""
        region = self.region
        return overlap(self.profile, self.demand, region.vocabulary, region.policy, on=region.on)


def _case(caller: Caller, *, person: int, opening: str) -> _Case:
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    return _case_of(caller, profile=profiles.profile(grant), opening=opening)


def _case_of(caller: Caller, *, profile: Profile, opening: str) -> _Case:
    region = snapshots.region(clock.today(caller.at))
    pk = work.opening_id(caller, slug=opening)
    item = work.opening_items(caller, ids=[pk]).get(pk)
    if item is None:
        raise NotFound(expected=_("an opening"), found=opening, next_step=_("Choose one from the list."))
    # a closed opening stays explainable for who has its address
    demand = region.demands[pk] if pk in region.demands else demands.demand(pk)
    return _Case(item, profile, demand, region)


def _explained(caller: Caller, case: _Case, answer: Overlap) -> Explanation:
    known = words.words_for(_competences(answer), language=caller.language)
    shown = shown_points([line.points for line in answer.lines], answer.fit or 0.0)
    scarce = answer.too_little
    return Explanation(
        opening=case.item,
        on=answer.on,
        must_haves=tuple(words.must_have(gate, known) for gate in answer.must_haves),
        possible=answer.possible,
        fit=answer.fit,
        percent=None if answer.fit is None else round(1000 * answer.fit) / 10,
        coverage=answer.coverage,
        use=answer.use,
        lines=tuple(_line(line, points, known) for line, points in zip(answer.lines, shown, strict=True)),
        extra=tuple(_extra(use, known) for use in answer.extra),
        practical=tuple(words.practical(point, known) for point in answer.practical),
        distance_km=answer.distance_km,
        too_little=scarce and TooLittleToCompare(scarce.needed, scarce.found),
        similarity=similarity(),
        policy=policy_words(),
        policy_fingerprint=answer.policy,
        inputs=answer.inputs,
    )


def _competences(answer: Overlap) -> set[int]:
    asked = {line.need.competence for line in answer.lines}
    gates = {int(gate.subject) for gate in answer.must_haves if gate.kind == "competence"}
    return asked | gates | {use.competence for use in answer.uses}


def _line(line: Line, shown: float, known: words.Words) -> ExplainedLine:
    held, need = line.competence_held, line.need
    must = need.importance is Importance.MUST
    return ExplainedLine(
        competence=need.competence,
        label=known.competences.get(need.competence, "?"),
        importance=int(need.importance),
        importance_words=_("must have") if must else _("nice to have"),
        asked=need.level,
        asked_words=known.levels[need.level],
        held=held,
        held_label="" if held is None else known.competences.get(held, "?"),
        held_level=line.level_held or 0,
        held_words=known.levels.get(line.level_held or 0, ""),
        similarity=line.similarity,
        credit=line.credit,
        weight=line.weight,
        points=line.points,
        shown=shown,
        without=None if held is None else line.without,
        freshness=line.freshness,
        evidence_on=line.evidence_on,
    )


def _extra(use: Use, known: words.Words) -> ExtraLine:
    return ExtraLine(use.competence, known.competences.get(use.competence, "?"), use.level, known.levels[use.level])


def shown_points(points: Sequence[float], fit: float) -> tuple[float, ...]:
    """Points as percentages to a tenth that add up to the fit to a tenth (largest remainder, ties by place).

    >>> shown_points([0.3333, 0.3333, 0.3334], 1.0)
    (33.3, 33.3, 33.4)
    """
    exact = [1000 * value for value in points]
    tenths = [int(value) for value in exact]
    left = round(1000 * fit) - sum(tenths)
    by_remainder = sorted(range(len(exact)), key=lambda place: (tenths[place] - exact[place], place))
    for place in by_remainder[: max(0, left)]:
        tenths[place] += 1
    return tuple(tenth / 10 for tenth in tenths)
