"""How is a stored run opened for one reader: its numbers, its words, and the edits beside it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from valley.core.curriculum.thread.shapes import Item, Policy, Thread
from valley.evidence import queries as evidence
from valley.foundation import access, organisations
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.foundation.problems import NotFound
from valley.skills import queries as skills
from valley.thread import snapshots as snapshots
from valley.thread.models import Core, CoreEdit, ThreadRun
from valley.thread.queries import words
from valley.thread.queries.shapes import Row, ThreadRunLine

READERS = (DeskRole.DESIGNER, DeskRole.OFFICE)
DEFAULT_LEVEL = 2
"""Where no evidence says a level: on one's own in ordinary situations, what a beginner's job asks (levels.toml)."""


@dataclass(frozen=True, slots=True)
class Held:
    """A run as one reader opened it."""

    caller: Caller
    row: ThreadRun
    core: Core
    thread: Thread
    policy: Policy
    names: Mapping[int, str]
    named: frozenset[int]
    labels: Mapping[int, str]
    edits: Mapping[int, CoreEdit]
    clusters: Mapping[int, str] = field(default_factory=dict[int, str])

    def label(self, competence: int) -> str:
        """The label of a competence or group; its number when the vocabulary lost it."""
        return self.labels.get(competence, f"#{competence}")

    def called(self, ids: Iterable[int]) -> tuple[str, ...]:
        """Labels in the order given."""
        return tuple(self.label(pk) for pk in ids)

    def told(self, ids: Iterable[int]) -> tuple[str, ...]:
        """As :meth:`called`, but without saying which items so few ask that the rows of a table would count them."""
        items, few = self.items(), _("an item that few employers ask")
        known = ((pk, items.get(pk)) for pk in ids)
        return tuple(
            few if item and words.count_of(self.caller, item.support)[0] is None else self.label(pk)
            for pk, item in known
        )

    def items(self) -> dict[int, Item]:
        """Every item of the run by competence."""
        return {item.competence: item for item in self.thread.items}

    def added(self) -> tuple[int, ...]:
        """Competences that a person added, in the order of adding."""
        found = [edit for edit in self.edits.values() if edit.verdict == "add"]
        return tuple(edit.competence_id for edit in sorted(found, key=lambda edit: edit.pk))


def require(caller: Caller) -> None:
    """Designers, the programme office and the operator read runs; nobody else."""
    access.require_desk(caller, *READERS)


def run_row(id: int | None) -> ThreadRun:
    """A run by number, or the newest that stands for everybody; :class:`NotFound` when there is none."""
    rows = ThreadRun.objects.select_related("core")
    row = rows.filter(pk=id).first() if id is not None else _latest(rows)
    if row is None:
        raise NotFound(
            expected=_("a red thread that was computed"),
            found=_("none") if id is None else str(id),
            next_step=_("Look in the list of runs, or have one computed."),
        )
    return row


def _latest(rows: QuerySet[ThreadRun]) -> ThreadRun | None:
    """What stands for everybody: no trial without somebody or with another weighting, and a core rather than none."""
    newest = ThreadRun.objects.filter(level="leaf").order_by("refused", "-pk").values_list("pk", "policy")
    whole = (pk for pk, asked in newest.iterator() if not asked["without"] and asked["weighting"] == "equal")
    found = next(whole, None)
    return rows.filter(pk=found).first() if found else None


def opened(caller: Caller, row: ThreadRun) -> Held:
    """The run with everything a page says about it; about eight queries."""
    thread, edits = snapshots.thread_of(row.result), edits_of(row.core.pk)
    asked = {item.competence for item in thread.items} | set(edits) | set(_elsewhere(thread))
    leaf, names = row.level == "leaf", employer_names(caller, thread)
    return Held(
        caller=caller,
        row=row,
        core=row.core,
        thread=thread,
        policy=thread.policy,
        names=names,
        named=frozenset(pk for pk, name in organisations.names(names).items() if names[pk] == name),
        labels=skills.labels(asked, caller.language) if leaf else group_labels(row, caller.language),
        edits=edits,
        clusters={term.competence: term.cluster for term in skills.glossary(caller)} if leaf else {},
    )


def group_labels(row: ThreadRun, language: str) -> dict[int, str]:
    """Labels of groups as they were kept with the run."""
    return {int(pk): label for pk, label in row.result["labels"][language].items()}


def employer_names(caller: Caller, thread: Thread) -> Mapping[int, str]:
    """Names as this reader may see them; numbered alike in every run of the same employers."""
    ids = {share.employer for share in thread.employers} | set(thread.policy.without)
    return evidence.called(caller, sorted(ids))


def _elsewhere(thread: Thread) -> Iterable[int]:
    """Competences that only other weightings or runs without an employer choose."""
    for other in thread.others:
        yield from other.items
    for left in thread.left_out:
        yield from (*left.left, *left.entered)


def edits_of(core: int) -> dict[int, CoreEdit]:
    """The edit that holds for every competence that was edited; an undone one is gone."""
    latest = {edit.competence_id: edit for edit in CoreEdit.objects.filter(core=core).order_by("pk")}
    return {pk: edit for pk, edit in latest.items() if edit.verdict != "undo"}


def run_line(caller: Caller, row: ThreadRun, names: Mapping[int, str]) -> ThreadRunLine:
    """A run on one line."""
    policy = snapshots.policy_of(row.policy)
    employers, said = words.count_of(caller, row.employers)
    return ThreadRunLine(
        id=row.pk,
        made_at=row.made_at,
        level=row.level,
        policy_words=words.policy(policy),
        budget=policy.budget,
        unit=policy.unit,
        weighting=policy.weighting,
        support=policy.support,
        without=tuple(names.get(pk, "?") for pk in policy.without),
        employers=employers,
        employers_words=said,
        items=row.items,
        refused=row.refused,
        seconds=round(row.seconds, 2),
    )


def rows(held: Held) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The core (computed ones by rank, then added ones), and the other candidates."""
    levels = {one.number: one.label for one in skills.levels(held.caller.language)}
    leaves: dict[int, list[int]] = {}
    for left in held.thread.left_out:
        for competence in left.left:
            leaves.setdefault(competence, []).append(left.employer)
    items, added = held.items(), held.added()
    made = {pk: _row(held, item, levels, leaves.get(pk, ())) for pk, item in items.items()}
    unasked = [pk for pk in added if pk not in made]
    blank = {pk: _row(held, _unasked(pk), levels, ()) for pk in unasked}
    core = [item.competence for item in sorted(held.thread.core, key=lambda item: item.rank)]
    inside = [*core, *(pk for pk in added if pk not in core)]
    both = made | blank
    return tuple(both[pk] for pk in inside), tuple(made[pk] for pk in items if pk not in inside)


def _unasked(competence: int) -> Item:
    return Item(
        competence=competence, rank=0, employers=(), level=0, stability=0.0, label="own", hours=0, gain=0.0,
        trend=None, outside=None, reuse="", pieces=(),
    )  # fmt: skip


def _row(held: Held, item: Item, levels: Mapping[int, str], leaves: Sequence[int]) -> Row:
    support, said = words.count_of(held.caller, item.support)
    # Of a group too small to count only those are named who allow it.
    leaves = leaves if support is not None else [pk for pk in leaves if pk in held.named]
    edit = held.edits.get(item.competence)
    states = {"accept": "accepted", "drop": "dropped", "add": "added"}
    state = states[edit.verdict] if edit else "computed" if item.chosen else "candidate"
    return Row(
        competence=item.competence,
        label=held.label(item.competence),
        rank=item.rank,
        state=state,
        reason=edit.reason if edit else "",
        level=item.level,
        level_words=levels.get(item.level, _("not said")),
        support=support,
        support_words=said if item.support else _("too few employers ask it to be a candidate"),
        stability=words.percent(item.stability),
        kept=item.label,
        kept_words=words.kept(item.label),
        trend=round(item.trend, 3) if item.trend is not None else None,
        trend_words=words.trend(item),
        reuse_words=words.reuse(item),
        outside=item.outside,
        hours=item.hours or _hours(item.competence, item.level),
        cluster=_cluster(held, item.competence),
        leaves_without=tuple(held.names.get(pk, "?") for pk in leaves),
    )


def _hours(competence: int, level: int) -> int:
    return snapshots.hours_of([competence])[competence][(level or DEFAULT_LEVEL) - 1]


def _cluster(held: Held, competence: int) -> str:
    found = held.clusters.get(competence, "")
    return found if found in words.CLUSTERS else "rest"
