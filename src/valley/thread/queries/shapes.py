"""What does a reader of the red thread see? Frozen answers, the same for page, program and terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CoreItem:
    """An item of the core as it stands after the edits; ``origin`` is computed or added. Level 1 to 4."""

    competence: int
    label: str
    level: int
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class ThreadRunLine:
    """One run in a list. ``employers`` is None when there are fewer than five; shares are percentages."""

    id: int
    made_at: datetime
    level: str
    policy_words: str
    budget: int
    unit: str
    weighting: str
    support: int
    without: tuple[str, ...]
    employers: int | None
    employers_words: str
    items: int
    refused: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs, newest first."""

    total: int
    items: tuple[ThreadRunLine, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One competence (or group) of a run with its tests and what a person decided about it.

    ``state`` is computed, accepted, dropped, added or candidate. ``support`` is None when fewer than five employers
    ask it. ``stability`` is a percentage of draws; ``leaves_without`` names who cannot be missed for it.
    """

    competence: int
    label: str
    rank: int
    state: str
    reason: str
    level: int
    level_words: str
    support: int | None
    support_words: str
    stability: int
    kept: str
    kept_words: str
    trend: float | None
    trend_words: str
    reuse_words: str
    outside: int | None
    hours: int
    cluster: str
    leaves_without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """One of the families in which the trade speaks, and how much of the core it holds."""

    key: str
    label: str
    items: int
    percent: int
    hours: int


@dataclass(frozen=True, slots=True)
class CurveLine:
    """Mean coverage with the first ``size`` items and the band of shuffled regions, in percent."""

    size: int
    mean: float
    low: float
    high: float
    least: float


@dataclass(frozen=True, slots=True)
class NullLine:
    """The comparison with shuffled regions, in percent; ``words`` says what it means."""

    shuffles: int
    mean: float
    high: float
    p: float
    swapped: float
    words: str


@dataclass(frozen=True, slots=True)
class OtherLine:
    """The core under another weighting: which items come and go."""

    weighting: str
    label: str
    in_common: int
    items: int
    mean: float
    entered: tuple[str, ...]
    left: tuple[str, ...]
    largest: str
    largest_percent: int


@dataclass(frozen=True, slots=True)
class NoCore:
    """Why there is no common core here, and what would be needed."""

    reason: str
    words: str
    needed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """The exact effect of leaving employers out, against the run with everybody. Shares of those who stay, percent."""

    everybody: int
    without: tuple[str, ...]
    left: tuple[str, ...]
    entered: tuple[str, ...]
    changed_percent: int
    mean_before: float
    mean_after: float


@dataclass(frozen=True, slots=True)
class RunPage:
    """One run: the core with its edits beside it, the tests it stood, and whether the evidence changed since.

    ``standing`` counts the items and ``hours`` the guided hours of the core as it stands after the edits. ``earlier``
    is a run before this one whose edits can be taken over, when nothing was edited here.
    """

    run: ThreadRunLine
    core: int
    version: int
    editable: bool
    earlier: int | None
    on: date
    mean: float
    least: float
    gap_percent: float
    rows: tuple[Row, ...]
    candidates: tuple[Row, ...]
    clusters: tuple[ClusterLine, ...]
    curve: tuple[CurveLine, ...]
    null: NullLine | None
    others: tuple[OtherLine, ...]
    refusal: NoCore | None
    effect: Effect | None
    stale: tuple[str, ...]
    remarks: tuple[str, ...]
    standing: int
    hours: int
    hours_source: str


@dataclass(frozen=True, slots=True)
class SentenceLine:
    """A sentence that an item rests on, as far as the reader may see it."""

    employer: str
    text: str
    title: str
    on: date


@dataclass(frozen=True, slots=True)
class WithoutLine:
    """What happens to one item when one employer is left out."""

    employer: str
    stays: bool


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item: who asks it, in which words, and what happens without each of them."""

    run: ThreadRunLine
    row: Row
    named: tuple[str, ...]
    unnamed_words: str
    sentences: tuple[SentenceLine, ...]
    without: tuple[WithoutLine, ...]
    in_core: bool


@dataclass(frozen=True, slots=True)
class EmployerShareLine:
    """One employer against the core, in percent of its demand, numbers of competences, and guided hours."""

    employer: str
    covered_percent: int
    covered: int
    not_covered: int
    own: int
    covered_hours: int
    not_covered_hours: int
    own_hours: int


@dataclass(frozen=True, slots=True)
class EmployersPage:
    """Every employer of a run against its core."""

    run: ThreadRunLine
    items: tuple[EmployerShareLine, ...]


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """The core without one employer, and how well it then covers the others, in percent."""

    organisation: int
    employer: str
    left: tuple[str, ...]
    entered: tuple[str, ...]
    changed_percent: int
    mean: float


@dataclass(frozen=True, slots=True)
class WithoutPage:
    """What every single employer changes, most first."""

    run: ThreadRunLine
    mean: float
    at_most_percent: int
    items: tuple[LeftOutLine, ...]


@dataclass(frozen=True, slots=True)
class EditLine:
    """One edit of the core: what, why, when, by whom as far as one may know."""

    version: int
    at: datetime
    competence: int
    label: str
    verdict: str
    verdict_words: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Every edit of a core, newest first. The computed result itself never changes."""

    run: ThreadRunLine
    version: int
    items: tuple[EditLine, ...]


@dataclass(frozen=True, slots=True)
class PooledRow:
    """An item of the pooled core as an employer sees it; ``yours`` says whether its own evidence asks it."""

    competence: int
    label: str
    level: int
    level_words: str
    stability: int
    kept_words: str
    support: int | None
    support_words: str
    yours: bool


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A competence of the employer's own evidence that lies outside the core."""

    competence: int
    label: str


@dataclass(frozen=True, slots=True)
class OwnShare:
    """What one employer sees: its own coverage and residue beside the pooled core, and nothing of anybody else."""

    organisation: str
    run: int
    made_at: datetime
    covered_percent: int
    core: tuple[PooledRow, ...]
    not_covered: tuple[OwnRow, ...]
    own: tuple[OwnRow, ...]
    covered_hours: int
    not_covered_hours: int
    own_hours: int
    why: tuple[str, ...]
    stale: bool
    hours_source: str
    refusal: NoCore | None


@dataclass(frozen=True, slots=True)
class OwnItem:
    """The sentences of one employer's own evidence that ask a competence."""

    organisation: str
    competence: int
    label: str
    place: str
    place_words: str
    sentences: tuple[SentenceLine, ...]
