"""What may be asked and changed from evidence to a programme: the second half of the desk table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests import factories

from valley.core.curriculum.thread import Policy
from valley.curriculum import actions as curriculum_actions
from valley.curriculum import queries as curriculum
from valley.dossiers import actions as dossiers_actions
from valley.dossiers import queries as dossiers
from valley.evidence import actions as evidence_actions
from valley.evidence import queries as evidence
from valley.field import actions as field_actions
from valley.field import queries as field
from valley.foundation import access
from valley.foundation.models import DeskRole
from valley.reading import actions as reading_actions
from valley.reading import queries as reading
from valley.skills import queries as skills
from valley.thread import actions as thread_actions
from valley.thread import queries as thread

QUICK = Policy(budget=3, bootstraps=20, nulls=19)
TEXT = "Wij vragen: je behandelt klachten van klanten en je luistert actief. Je werkt met Zendesk."
DOSSIER = b"""
code = "test-dossier"
name_nl = "Proef"
valid_from = 2015-08-01
source = "a test"
[[part]]
code = "B1"
kind = "base"
name_nl = "Basis"
[[part.core_task]]
code = "B1-K1"
name_nl = "Kerntaak"
[[part.core_task.work_process]]
code = "B1-K1-W1"
name_nl = "Werkproces"
"""


@dataclass
class Evidence:
    """A text of each of two employers, a run, a programme of a school, a change of each employer."""

    piece: int
    their_piece: int
    their_finding: int
    run: int
    core: int
    competence: int
    school: int
    programme: str
    change: int
    their_change: int
    look_in: int


def build(ours: int, theirs: int) -> Evidence:
    """Everything through actions; ``ours`` and ``theirs`` are employers."""
    operator = factories.operator()
    reading_actions.load_starter_phrases(operator)
    pieces = [_text(operator, one) for one in (ours, theirs, factories.organisation("Third centre").id)]
    evidence_actions.read_pieces(operator)
    evidence_actions.confirm_all(operator, above=0.5)
    findings = evidence.piece(operator, id=pieces[1]).findings
    page = thread_actions.compute_thread(operator, policy=QUICK)
    school = factories.organisation("The school of the table", kind="school")
    made = curriculum_actions.make_programme(operator, organisation=school.id, key="table", name_nl="Tafel")
    changes = [field_actions.announce_change(operator, draft=_change(one)).id for one in (ours, theirs)]
    asked = field_actions.ask_look_in(
        factories.caller("coach", school), school=school.id, organisation=theirs, question="Hoe gaat het?",
        wanted_on=factories.ON + timedelta(days=9),
    )  # fmt: skip
    return Evidence(
        pieces[0], pieces[1], findings[0].id, page.run.id, page.core, skills.ids_by_starter_key()["handle-complaints"],
        school.id, made.key, changes[0], changes[1], asked.id,
    )  # fmt: skip


def _text(caller: access.Caller, organisation: int, more: str = "") -> int:
    draft = evidence_actions.TextDraft(organisation=organisation, title="Adviseur", text=TEXT + more, language="nl")
    return evidence_actions.add_text(caller, draft=draft).id


def _change(organisation: int) -> field_actions.ChangeDraft:
    return field_actions.ChangeDraft(
        organisation=organisation, kind="channel", title="Een bot neemt op", text="De bot geeft moeilijke vragen door.",
        from_on=date(2027, 3, 1),
    )  # fmt: skip


def _school(caller: access.Caller, world: Any) -> int:
    """The caller's own organisation; the school of the table for the operator, the office and those without a desk."""
    beyond = caller.sits_at(DeskRole.OFFICE) or not caller.desks
    return world.evidence.school if beyond else caller.desks[0].organisation


def _verdict(world: Any) -> evidence_actions.Verdict:
    return evidence_actions.Verdict(finding=world.evidence.their_finding, state="rejected", version=2)


def _ask(caller: access.Caller, world: Any) -> Any:
    return field_actions.ask_look_in(
        caller, school=_school(caller, world), organisation=world.ours.id, question="Mag ik kijken?",
        wanted_on=factories.ON + timedelta(days=9),
    )  # fmt: skip


ROWS: tuple[tuple[str, str, str, Callable[[access.Caller, Any], Any]], ...] = (
    ("dossiers", "read a qualification dossier", "read", lambda c, w: dossiers.dossiers(c)),
    ("dossiers", "import a qualification dossier", "change",
     lambda c, w: dossiers_actions.import_dossier(c, file_name="d.toml", content=DOSSIER)),
    ("reading", "have a text read without keeping it", "read",
     lambda c, w: reading.proposed(c, text=TEXT, language="nl")),
    ("evidence", "read a text of one's organisation", "read", lambda c, w: evidence.piece(c, id=w.evidence.piece)),
    ("evidence", "read another employer's text", "read", lambda c, w: evidence.piece(c, id=w.evidence.their_piece)),
    ("evidence", "list another employer's texts", "read", lambda c, w: evidence.pieces(c, organisation=w.theirs.id)),
    ("evidence", "add a text for one's organisation", "change",
     lambda c, w: _text(c, w.ours.id, " Je belt.")),
    ("evidence", "add a text for another employer", "change",
     lambda c, w: _text(c, w.theirs.id, " Bel.")),
    ("evidence", "decide about a finding in another employer's text", "change",
     lambda c, w: evidence_actions.decide(c, verdicts=[_verdict(w)], reason="Past niet")),
    ("evidence", "see pairs of competences to merge", "read", lambda c, w: evidence.merges(c)),
    ("evidence", "let designers read the name of one's organisation", "change",
     lambda c, w: evidence_actions.allow_names(c, organisation=w.ours.id, name_shown=True)),
    ("thread", "read the red thread with its tests", "read", lambda c, w: thread.run(c, id=w.evidence.run)),
    ("thread", "compute the red thread", "change", lambda c, w: thread_actions.compute_thread(c, policy=QUICK)),
    ("thread", "see the share of one's organisation", "read", lambda c, w: thread.own_share(c, organisation=w.ours.id)),
    ("thread", "see the share of another employer", "read", lambda c, w: thread.own_share(c, organisation=w.theirs.id)),
    ("curriculum", "read the programmes", "read", lambda c, w: curriculum.programmes(c)),
    ("curriculum", "begin a programme at one's organisation", "change",
     lambda c, w: curriculum_actions.make_programme(c, organisation=_school(c, w), key="fresh", name_nl="Nieuw")),
    ("curriculum", "draft a version of another school's programme", "change",
     lambda c, w: curriculum_actions.draft_version(c, programme=w.evidence.programme, why="proef")),
    ("field", "read the field window", "read", lambda c, w: field.feed(c)),
    ("field", "read an announced change of one's organisation", "read",
     lambda c, w: field.change(c, id=w.evidence.change)),
    ("field", "read an announced change of another employer", "read",
     lambda c, w: field.change(c, id=w.evidence.their_change)),
    ("field", "announce a change of one's organisation", "change",
     lambda c, w: field_actions.announce_change(c, draft=_change(w.ours.id))),
    ("field", "announce a change of another employer", "change",
     lambda c, w: field_actions.announce_change(c, draft=_change(w.theirs.id))),
    ("field", "ask to look in for one's organisation", "change", _ask),
    ("field", "read a look-in of others", "read", lambda c, w: field.look_in(c, id=w.evidence.look_in)),
)  # fmt: skip
"""Room, words, reading or changing, and how it is tried."""
