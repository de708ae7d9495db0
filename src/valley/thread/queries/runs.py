"""Which red threads were computed, and what does one say, with every test that tried to break it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valley.core.curriculum.thread.shapes import Other, Thread
from valley.evidence import queries as evidence
from valley.foundation import clock, jobs
from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.skills import queries as skills
from valley.thread import snapshots as snapshots
from valley.thread.models import Core, ThreadRun
from valley.thread.queries import held as opening
from valley.thread.queries import words
from valley.thread.queries.held import Held
from valley.thread.queries.shapes import (
    ClusterLine,
    CurveLine,
    Effect,
    LeftOutLine,
    NullLine,
    OtherLine,
    Row,
    RunPage,
    Runs,
    ThreadRunLine,
    WithoutPage,
)

THIN = 10
"""Under ten employers a core is a first sketch: leaving one out moves a tenth of the evidence or more."""


def runs(caller: Caller, *, limit: int = 20, offset: int = 0) -> Runs:
    """Computed red threads, newest first. Designers, programme office, operator."""
    opening.require(caller)
    rows = ThreadRun.objects.defer("result").order_by("-pk")
    shown = list(rows[offset : offset + limit])
    left_out = {pk for row in shown for pk in row.policy["without"]}
    names = evidence.called(caller, sorted(left_out)) if left_out else {}
    return Runs(rows.count(), tuple(opening.run_line(caller, row, names) for row in shown))


def core_of(*, run: int) -> int | None:
    """The core that stands on a run, or None when there is no such run."""
    return Core.objects.filter(run=run).values_list("pk", flat=True).first()


def moments() -> tuple[tuple[int, bool, datetime], ...]:
    """When a red thread was computed: number, whether there was no core, moment. Says nothing of what was found."""
    return tuple(ThreadRun.objects.order_by("pk").values_list("pk", "refused", "made_at"))


def latest(caller: Caller) -> RunPage:
    """The newest run with every employer, at the level of competences."""
    opening.require(caller)
    return _page(opening.opened(caller, opening.run_row(None)))


def run(caller: Caller, *, id: int) -> RunPage:
    """One run. Designers, programme office, operator; :class:`NotFound` otherwise."""
    opening.require(caller)
    return _page(opening.opened(caller, opening.run_row(id)))


def without(caller: Caller, *, run: int) -> WithoutPage:
    """What leaving out every single employer changes, most first."""
    opening.require(caller)
    held = opening.opened(caller, opening.run_row(run))
    lines = [
        LeftOutLine(
            organisation=left.employer,
            employer=held.names.get(left.employer, "?"),
            left=held.told(left.left),
            entered=held.told(left.entered),
            changed_percent=words.percent(left.changed),
            mean=words.tenth(left.mean_share),
        )
        for left in held.thread.left_out
    ]
    return WithoutPage(
        run=_line(held),
        mean=words.tenth(held.thread.mean_share),
        at_most_percent=words.percent(held.policy.change_at_most),
        items=tuple(sorted(lines, key=lambda one: (-one.changed_percent, one.employer))),
    )


def _line(held: Held) -> ThreadRunLine:
    return opening.run_line(held.caller, held.row, held.names)


def _page(held: Held) -> RunPage:
    thread = held.thread
    core, candidates = opening.rows(held)
    standing = [row for row in core if row.state != "dropped"]
    table = snapshots.hours_table()
    return RunPage(
        run=_line(held),
        core=held.core.pk,
        version=held.core.version,
        editable=held.row.level == "leaf",
        earlier=_earlier(held),
        on=thread.on,
        mean=words.tenth(thread.mean_share),
        least=words.tenth(thread.least_share),
        gap_percent=words.tenth(max(0.0, thread.bound - thread.value) / thread.bound) if thread.bound else 0.0,
        rows=core,
        candidates=candidates,
        clusters=_clusters(standing) if held.row.level == "leaf" else (),
        curve=_curve(thread),
        null=_null(thread),
        others=tuple(_other(held, one) for one in thread.others if one.weighting != held.policy.weighting),
        refusal=words.refusal(thread.refusal, asked=held.policy),
        effect=_effect(held),
        stale=stale(held.row, held.caller),
        remarks=tuple(_remarks(held)),
        standing=len(standing),
        hours=sum(row.hours for row in standing),
        hours_source=table.source_nl if held.caller.language == "nl" else table.source_en,
    )


def _earlier(held: Held) -> int | None:
    """The newest run before this one with edits, for a core of competences that nobody edited yet."""
    if held.row.level != "leaf" or held.core.version > 1:
        return None
    before = ThreadRun.objects.filter(pk__lt=held.row.pk, level="leaf", core__version__gt=1).order_by("-pk")
    return before.values_list("pk", flat=True).first()


def stale(row: ThreadRun, caller: Caller) -> tuple[str, ...]:
    """What changed in the evidence, the words or the hours since a run; nothing when it still stands."""
    now = snapshots.standing(on=clock.today(caller.at))
    return () if row.result["inputs"] == now.fingerprint else words.changes(row.result["counts"], now.counts)


def _remarks(held: Held) -> Iterable[str]:
    waiting = held.row.result["counts"].get("undecided", 0)
    if waiting:
        yield (
            ngettext(
                "%(count)s proposal waited for a decision and does not count.",
                "%(count)s proposals waited for a decision and do not count.",
                waiting,
            )
            % {"count": waiting}
        )
    if held.row.employers < THIN:
        yield _("The evidence of fewer than ten employers is thin: read this as a first sketch.")


def _curve(thread: Thread) -> tuple[CurveLine, ...]:
    tenth = words.tenth
    return tuple(
        CurveLine(p.size, tenth(p.mean_share), tenth(p.null_low), tenth(p.null_high), tenth(p.least_share))
        for p in thread.curve
    )


def _null(thread: Thread) -> NullLine | None:
    found = thread.null
    if found is None:
        return None
    said = words.null(found, thread.mean_share)
    mean, high, swapped = (words.tenth(share) for share in (found.mean_share, found.high_share, found.swapped_mean))
    return NullLine(found.shuffles, mean, high, round(found.p, 4), swapped, said)


def _clusters(standing: Sequence[Row]) -> tuple[ClusterLine, ...]:
    """How much of the core as it stands each of the four families holds, and the rest."""
    lines: list[ClusterLine] = []
    for key in (*words.CLUSTERS, "rest"):
        inside = [row for row in standing if row.cluster == key]
        share = words.percent(len(inside) / len(standing)) if standing else 0
        lines.append(ClusterLine(key, words.cluster(key), len(inside), share, sum(row.hours for row in inside)))
    return tuple(lines)


def _other(held: Held, other: Other) -> OtherLine:
    chosen = {item.competence for item in held.thread.core}
    employer, influence = other.largest_influence
    return OtherLine(
        weighting=other.weighting,
        label=words.weighting(other.weighting),
        in_common=other.in_common,
        items=len(other.items),
        mean=words.tenth(other.mean_share),
        entered=held.called(pk for pk in other.items if pk not in chosen),
        left=held.called(item.competence for item in held.thread.core if item.competence not in other.items),
        largest=held.names.get(employer, ""),
        largest_percent=words.percent(influence),
    )


def _effect(held: Held) -> Effect | None:
    """Against the run with everybody of the same inputs and choices, which was computed just before this one."""
    base = ThreadRun.objects.filter(pk=held.row.result.get("base")).first() if held.policy.without else None
    if base is None:
        return None
    whole = snapshots.thread_of(base.result)
    before = {item.competence: item for item in whole.core}
    after = {item.competence: item for item in held.thread.core}
    gone = set(held.policy.without)
    left = [pk for pk in before if pk not in after]
    leaf = base.level == "leaf"
    labels = dict(held.labels) | (skills.labels(left, held.caller.language) if leaf else {})
    shares = [share.covered_share for share in whole.employers if share.employer not in gone]
    return Effect(
        everybody=base.pk,
        without=tuple(held.names.get(pk, "?") for pk in held.policy.without),
        left=tuple(labels.get(pk, f"#{pk}") for pk in left),
        entered=held.called(pk for pk in after if pk not in before),
        changed_percent=words.percent(len(left) / len(before)) if before else 0,
        mean_before=words.tenth(fmean(shares)) if shares else 0.0,
        mean_after=words.tenth(held.thread.mean_share),
    )


@dataclass(frozen=True, slots=True)
class ThreadProgress:
    """How far a run that was asked for is; ``run`` is its number once it is there."""

    key: str
    state_words: str
    percent: int
    words: str
    error: str
    done: bool
    run: int | None


def progress(caller: Caller, *, key: str) -> ThreadProgress:
    """How far a run is. `NotFound` for another kind of job."""
    opening.require(caller)
    line = jobs.status(key)
    if line is None or line.task != "curriculum.thread":
        raise NotFound(expected=_("a run that was asked for"), found=key, next_step=_("Ask for a new one."))
    states = {
        "ready": _("Waiting for a worker"),
        "running": _("Working"),
        "done": _("Done"),
        "failed": _("Failed"),
    }
    done = line.state in ("done", "failed")
    run = line.result.get("run") if isinstance(line.result, dict) else None
    return ThreadProgress(key, states[line.state], round(100 * line.share), str(line.words), line.error, done, run)
