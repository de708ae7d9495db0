"""By which rule are openings ordered for a person, with every constant in it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from valley.core.profiles import HALF_LIVES, SIMILARITY
from valley.foundation.access import Caller
from valley.mobility.snapshots import POLICY


@dataclass(frozen=True, slots=True)
class Constant:
    """A number in the rule, what it is for and where it comes from."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Similarity:
    """What related competences count for, since when, and who says so."""

    valid_from: date
    source: str
    same: float
    near: float
    broad: float


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule in words and numbers. ``fingerprint`` changes when any number changes."""

    version: str
    fingerprint: str
    formula: str
    constants: tuple[Constant, ...]
    similarity: Similarity


def rule(caller: Caller) -> Rule:
    """The rule that orders openings, for everybody to read. No query."""
    return Rule(POLICY.version, POLICY.fingerprint(), _formula(), _constants(), similarity())


def similarity() -> Similarity:
    """The similarity table as the rule uses it: relatives scaled by the policy."""
    near, broad = (round(value * POLICY.relatives, 3) for value in (SIMILARITY.near, SIMILARITY.broad))
    return Similarity(SIMILARITY.valid_from, _similarity_source(), SIMILARITY.same, near, broad)


def policy_words() -> str:
    """The rule in one sentence."""
    return _(
        "Openings are ordered by fit: how much of what is asked you can do, and how much of what you can do is used. "
        "Must-haves and practical points are shown apart and never mixed into the fit."
    )


def _similarity_source() -> str:
    return _(
        "Decided locally and reviewed every year. Near: an ESCO relation or the same narrow group. Broad: the same "
        "broader group."
    )


def _formula() -> str:
    return _(
        "Credit of a need = similarity × (your level ÷ level asked, at most 1). Coverage = weighted mean of the "
        "credits. Use = the same, seen from what you can do. Fit = 2 × coverage × use ÷ (coverage + use)."
    )


def _constants() -> tuple[Constant, ...]:
    years = ", ".join(f"{kind}: {value:g}" for kind, value in sorted(HALF_LIVES.years.items()) if value)
    return (
        Constant("must", f"{POLICY.must:g}", _("Weight of a must-have competence.")),
        Constant("wish", f"{POLICY.wish:g}", _("Weight of a competence that is nice to have.")),
        Constant("idf-power", f"{POLICY.idf_power:g}", _("A rare competence tells more: its rarity to this power.")),
        Constant("similarity-same", f"{SIMILARITY.same:g}", _("Counts for the same competence.")),
        Constant("similarity-near", f"{similarity().near:g}", _("Counts for a near competence.")),
        Constant("similarity-broad", f"{similarity().broad:g}", _("Counts in the same broad group.")),
        Constant(
            "least-confirmed",
            str(POLICY.least_confirmed),
            _("Fewer competences in the passport: too little to compare."),
        ),
        Constant("half-life", years, _("Years after which evidence counts half; shown, not subtracted.")),
        Constant("list", str(POLICY.k), _("Openings kept in your list by the sector comparison.")),
    )
