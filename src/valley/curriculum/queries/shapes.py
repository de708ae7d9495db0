"""What does a reader of programmes see? Frozen answers, the same for page, program and terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme in a list. ``latest`` is the newest published number, ``draft`` the newest other one, if any.

    ``asked``: a desk of the reader is asked about that version, and did not answer yet.
    """

    key: str
    name: str
    organisation: str
    dossier: str
    latest: int | None
    from_on: date | None
    draft: int | None
    cohorts: int
    asked: bool


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a programme in the list of its page; ``cohorts`` are the names of those that follow it."""

    ref: str
    number: int
    state: str
    state_words: str
    why: str
    from_on: date | None
    cohorts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort. ``version`` is the one it keeps, or before it starts the one foreseen today; None without any."""

    id: int
    name: str
    starts_on: date
    ends_on: date
    started: bool
    kept: bool
    version: int | None


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """A programme with its versions (newest first) and cohorts (by first day)."""

    key: str
    name: str
    organisation: str
    dossier: str
    dossier_name: str
    may_change: bool
    versions: tuple[VersionLine, ...]
    cohorts: tuple[CohortLine, ...]


@dataclass(frozen=True, slots=True)
class TaughtLine:
    """A competence that an outcome teaches, up to a level."""

    competence: int
    label: str
    level: int
    level_words: str


@dataclass(frozen=True, slots=True)
class CodeName:
    """A code with its name: a work process, an outcome."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """What a learner can do after a unit."""

    code: str
    text: str
    text_nl: str
    text_en: str
    depth: str
    depth_words: str
    competences: tuple[TaughtLine, ...]
    work_processes: tuple[CodeName, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its outcomes."""

    code: str
    title: str
    title_nl: str
    title_en: str
    guided_hours: int
    practice_hours: int
    place: int
    outcomes: tuple[OutcomeLine, ...]


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """One question of the approval trail: who, what, by when, and the answer. ``open``: it waits, in this round.

    ``late`` when the day passed without an answer, or before it. ``mine``: a desk of the reader may answer it.
    """

    id: int
    step: str
    step_words: str
    desk: str
    desk_words: str
    organisation: str
    asked_on: date
    due_on: date
    verdict: str
    words: str
    decided_on: date | None
    late: bool
    open: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class VersionPage:
    """A version, whole. ``version`` rises with every edit and goes back with the next one."""

    programme: str
    name: str
    organisation: str
    dossier: str
    ref: str
    number: int
    state: str
    state_words: str
    why: str
    from_on: date | None
    made_on: date
    published_on: date | None
    based_on: str
    core_run: int | None
    may_change: bool
    may_publish: bool
    version: int
    guided_hours: int
    practice_hours: int
    units: tuple[UnitLine, ...]
    approvals: tuple[ApprovalLine, ...]
    cohorts: tuple[CohortLine, ...]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field that differs, in words, side by side."""

    field: str
    field_words: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A unit or outcome that was added, removed or changed."""

    kind: str
    kind_words: str
    what: str
    what_words: str
    code: str
    name: str
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A competence whose level over the whole programme shifts; 0 is not taught."""

    competence: int
    label: str
    before: int
    after: int
    words: str


@dataclass(frozen=True, slots=True)
class DiffPage:
    """Two versions side by side. Hours are guided, then practice."""

    before: str
    after: str
    changes: tuple[ChangeLine, ...]
    shifts: tuple[ShiftLine, ...]
    hours_before: tuple[int, ...]
    hours_after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DeltaRow:
    """A competence against the dossier; levels 0 to 4."""

    competence: int
    label: str
    side: str
    side_words: str
    taught: int
    asked: int
    outcomes: tuple[str, ...]
    work_processes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """A work process against the dossier: outcomes that serve it, and how many of its competences are reached."""

    code: str
    name: str
    side: str
    side_words: str
    outcomes: tuple[str, ...]
    reached: int
    asked: int


@dataclass(frozen=True, slots=True)
class DeltaPage:
    """The regional delta; without ``dossier`` there is nothing to compare with and both lists are empty."""

    ref: str
    name: str
    dossier: str
    dossier_name: str
    above: int
    as_asked: int
    below: int
    beside: int
    competences: tuple[DeltaRow, ...]
    work_processes: tuple[ProcessRow, ...]


@dataclass(frozen=True, slots=True)
class NamedCompetence:
    """A competence with its label."""

    competence: int
    label: str


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """How much of an employer's demand is taught at all, and how much deep enough; percentages."""

    employer: str
    present: int
    deep: int
    missing: tuple[NamedCompetence, ...]
    shallow: tuple[NamedCompetence, ...]


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A focus area: its competences, those taught, known, applied and mastered; then shares of demand in %."""

    key: str
    name: str
    source: str
    since_on: date
    size: int
    taught: int
    know: int
    apply: int
    master: int
    asked: int
    present: int
    deep: int


@dataclass(frozen=True, slots=True)
class GapRow:
    """What is asked and not taught, or not deep enough. ``weight`` in % of demand; ``employers`` None under five."""

    competence: int
    label: str
    weight: float
    taught: int
    level: int
    employers: int | None
    employers_words: str


@dataclass(frozen=True, slots=True)
class RedundantRow:
    """Taught, and asked by no employer. ``in_dossier``: the dossier asks it all the same."""

    competence: int
    label: str
    level: int
    in_dossier: bool


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """Coverage on a day. ``own_only``: the reader sees one employer, its own, and nothing pooled."""

    ref: str
    name: str
    on: date
    own_only: bool
    undecided: int
    present: int
    deep: int
    employers: tuple[EmployerRow, ...]
    areas: tuple[AreaRow, ...]
    gaps: tuple[GapRow, ...]
    redundant: tuple[RedundantRow, ...]
