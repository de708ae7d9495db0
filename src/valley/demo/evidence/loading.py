"""In which order does the story of the evidence come in, and what was done of it already?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources

from django.utils.translation import gettext as _

from valley.curriculum import actions as curriculum_actions
from valley.demo.evidence import core, deciding, field, programmes, texts
from valley.demo.evidence.stage import Stage, told
from valley.dossiers import actions as dossiers
from valley.evidence import actions as evidence
from valley.evidence import queries
from valley.foundation.access import Caller
from valley.reading import actions as reading
from valley.skills import queries as vocabulary

Report = Callable[[float, str], None]
EXAMPLE = "commercie-2015.toml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was brought in and done; all zero when the story was there already."""

    pieces: int = 0
    decisions: int = 0
    edits: int = 0
    programmes: int = 0
    changes: int = 0


def load(caller: Caller, *, organisations: Mapping[str, int], report: Report) -> Loaded:
    """Bring in dossier, words, evidence, decisions, red thread, programmes and changes of these organisations.

    Operator only; the ready accounts must be at their desks. Some seconds; a second time changes nothing.
    """
    stage = Stage(caller, organisations, vocabulary.ids_by_starter_key())
    if field.finished(stage):
        return Loaded()
    report(0.0, _("dossier, words and terms"))
    _words(stage)
    report(0.1, _("job texts, observations and ratings"))
    pieces = texts.bring_texts(stage) + texts.bring_observations(stage) + texts.bring_ratings(stage)
    report(0.5, _("programmes and announced changes"))
    made = programmes.make(stage)
    changes = field.announce(stage)
    report(0.6, _("decisions about what was read"))
    evidence.read_pieces(caller)
    decisions = deciding.decide(stage) + deciding.decide_merges(stage)
    report(0.8, _("red thread"))
    edits = core.compute(stage)
    return Loaded(pieces, decisions, edits, made, changes + field.place_teachers(stage))


def _words(stage: Stage) -> None:
    """The dossier, focus areas, phrases, names of systems, and which employers let their name be read."""
    example = resources.files("valley.dossiers") / "examples" / EXAMPLE
    dossiers.import_dossier(stage.operator, file_name=EXAMPLE, content=example.read_bytes())
    curriculum_actions.load_focus_areas(stage.operator)
    reading.load_starter_phrases(stage.operator)
    known = {one.name for one in queries.system_names(stage.operator)}
    for one in told("systems.toml")["system"]:
        if one["name"] not in known and ("employer" not in one or one["employer"] in stage.organisations):
            reading.add_system_name(
                stage.operator,
                name=one["name"],
                tool_class=one["tool_class"],
                on=stage.ago(days=one["days_ago"]),
                organisation=stage.organisations.get(one.get("employer", "")),
            )
    _terms(stage)


def _terms(stage: Stage) -> None:
    hidden = set(told("planted.toml")["sharing"]["names_hidden"])
    for employer in sorted({one.employer for one in texts.texts()} - hidden):
        organisation = stage.organisations.get(employer)
        if organisation is not None and not queries.terms(stage.operator, organisation=organisation).name_shown:
            evidence.allow_names(stage.operator, organisation=organisation, name_shown=True)
