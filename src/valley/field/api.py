"""How do programs reach the field window: what changed, announced changes, look-ins, placements, lead times?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from valley.field import actions, queries
from valley.foundation import answers, doors, organisations

router = Router()
LINE = r"^[^\x00-\x1f\x7f]*$"
PROSE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
Slug = Annotated[str, Field(max_length=80, pattern=r"^[-a-zA-Z0-9_]+$")]
Line = Annotated[str, Field(max_length=300, pattern=LINE)]
Prose = Annotated[str, Field(max_length=5000, pattern=PROSE)]
Day = Annotated[date, Field(strict=False)]
Id = Annotated[int, Field(ge=1, le=2**53)]
Version = Annotated[int, Field(ge=1, le=2**31)]
Limit = Annotated[int, Field(ge=1, le=100)]
Offset = Annotated[int, Field(ge=0, le=100_000)]


class Input(Schema):
    """What is sent: every field known, every field bounded."""

    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid", strict=True)


class ChangeInput(Input):
    """A change that an employer announces; ``organisation`` is its slug."""

    organisation: Slug
    kind: Literal["system", "channel", "rule", "work"]
    title: str = Field(max_length=160, pattern=LINE)
    text: Prose
    from_on: Day
    tasks: list[Line] = Field([], max_length=20)
    competences: list[Id] = Field([], max_length=20)
    open_to_partners: bool = False

    def draft(self) -> actions.ChangeDraft:
        """The draft of the action."""
        said: dict[str, Any] = {name: getattr(self, name) for name in ChangeInput.model_fields}
        said["organisation"] = organisations.partner(slug=self.organisation).id
        said |= {"tasks": tuple(self.tasks), "competences": tuple(self.competences)}
        return actions.ChangeDraft(**said)


class RevisedChange(ChangeInput):
    """The change as it should be, from the version that was read."""

    version: Version


class ReasonInput(Input):
    """The version that was read, and the reason."""

    version: Version
    reason: Line = ""


class StepInput(Input):
    """A step on the way to the classroom; ``programmeVersion`` (its id) when it is planned."""

    step: Literal["planned", "sent", "allowed", "taught", "set-aside"]
    on: Day | None = None
    words: Line = ""
    programme_version: Id | None = None


class LookInInput(Input):
    """What a school asks; organisations by slug, ``change`` when it is about an announced one."""

    school: Slug
    organisation: Slug
    question: Line
    wanted_on: Day
    change: Id | None = None


class AgreementInput(Input):
    """What the employer agrees to."""

    version: Version
    agreed_on: Day
    access_until_on: Day
    terms: Prose


class NoteInput(Input):
    """One line of what was seen."""

    work_process: Id
    seen: str = Field(max_length=1000, pattern=PROSE)
    competence: Id | None = None
    level: Annotated[int, Field(ge=1, le=4)] | None = None


class NotesInput(Input):
    """The lines, from the version that was read."""

    version: Version
    lines: list[NoteInput] = Field(max_length=40)


class FieldVersionInput(Input):
    """The version that was read."""

    version: Version


class PlacementInput(Input):
    """Where and when a teacher wants to work along; half-open."""

    school: Slug
    organisation: Slug
    aim: Line
    starts_on: Day
    ends_on: Day


class PlacementOutcomeInput(Input):
    """What it changed in the programme."""

    version: Version
    outcome: Prose


Saved = answers.schema(actions.Saved)
Change, Changes = answers.schema(queries.ChangePage), list[answers.schema(queries.ChangeItem)]
Visit, Placement = answers.schema(queries.LookInPage), answers.schema(queries.PlacementPage)
Who, FIELD = doors.caller, actions


def _door(method: Any, path: str, answer: Any, name: str, summary: str) -> Any:
    return method(f"/field/{path}", response=answer, by_alias=True, operation_id=name, summary=summary)


def _parties(body: LookInInput | PlacementInput) -> dict[str, Any]:
    said = {name: getattr(body, name) for name in type(body).model_fields}
    return said | {name: organisations.partner(slug=said[name]).id for name in ("school", "organisation")}


@_door(router.get, "feed", answers.schema(queries.Feed), "fieldFeed", "What changed since a day")
def _feed(request: HttpRequest, since: date | None = None) -> Any:
    return queries.feed(Who(request), since=since)


@_door(router.get, "lead-times", answers.schema(queries.LeadTimes), "leadTimes", "From signal to classroom")
def _lead_times(request: HttpRequest) -> Any:
    return queries.lead_times(Who(request))


@_door(router.get, "changes", Changes, "announcedChanges", "Announced changes")
def _changes(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Any:
    return list(queries.changes(Who(request), limit=limit, offset=offset))


@_door(router.get, "changes/{change}", Change, "announcedChange", "One announced change with its steps and days")
def _change(request: HttpRequest, change: Id) -> Any:
    return queries.change(Who(request), id=change)


@_door(router.post, "changes", {201: Saved}, "announceChange", "Announce a change")
def _announce(request: HttpRequest, body: ChangeInput) -> Any:
    return Status(201, FIELD.announce_change(Who(request), draft=body.draft()))


@_door(router.put, "changes/{change}", Saved, "reviseChange", "Change the words of an announced change")
def _revise(request: HttpRequest, change: Id, body: RevisedChange) -> Any:
    return FIELD.revise_change(Who(request), change=change, version=body.version, draft=body.draft())


@_door(router.post, "changes/{change}/withdrawal", Saved, "withdrawChange", "Withdraw an announced change")
def _withdraw(request: HttpRequest, change: Id, body: ReasonInput) -> Any:
    return FIELD.withdraw_change(Who(request), change=change, version=body.version, reason=body.reason)


@_door(router.post, "changes/{change}/steps", {201: Saved}, "addChangeStep", "Say how far a change is")
def _step(request: HttpRequest, change: Id, body: StepInput) -> Any:
    who = Who(request)
    if body.step == "planned":
        return Status(201, FIELD.plan_change(who, change=change, version=body.programme_version or 0, on=body.on))
    return Status(201, FIELD.take_step(who, change=change, step=body.step, words=body.words, on=body.on))


@_door(router.get, "look-ins", list[Visit], "lookIns", "The look-ins of the own school or employer")
def _look_ins(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Any:
    return list(queries.look_ins(Who(request), limit=limit, offset=offset))


@_door(router.get, "look-ins/{look_in}", Visit, "lookIn", "One look-in")
def _look_in(request: HttpRequest, look_in: Id) -> Any:
    return queries.look_in(Who(request), id=look_in)


@_door(router.post, "look-ins", {201: Saved}, "askLookIn", "Ask to look in")
def _ask(request: HttpRequest, body: LookInInput) -> Any:
    return Status(201, FIELD.ask_look_in(Who(request), **_parties(body)))


@_door(router.post, "look-ins/{look_in}/agreement", Saved, "agreeLookIn", "Let the teacher come, on terms")
def _agree(request: HttpRequest, look_in: Id, body: AgreementInput) -> Any:
    said = FIELD.Agreement(body.agreed_on, body.access_until_on, body.terms)
    return FIELD.agree_look_in(Who(request), look_in=look_in, version=body.version, agreement=said)


@_door(router.post, "look-ins/{look_in}/refusal", Saved, "refuseLookIn", "Say no, with the reason")
def _refuse(request: HttpRequest, look_in: Id, body: ReasonInput) -> Any:
    return FIELD.refuse_look_in(Who(request), look_in=look_in, version=body.version, reason=body.reason)


@_door(router.post, "look-ins/{look_in}/cancellation", Saved, "cancelLookIn", "Call it off")
def _cancel(request: HttpRequest, look_in: Id, body: ReasonInput) -> Any:
    return FIELD.cancel_look_in(Who(request), look_in=look_in, version=body.version, reason=body.reason)


@_door(router.put, "look-ins/{look_in}/notes", Saved, "noteLookIn", "Write down what was seen")
def _note(request: HttpRequest, look_in: Id, body: NotesInput) -> Any:
    lines = [FIELD.NoteDraft(one.work_process, one.seen, one.competence, one.level) for one in body.lines]
    return FIELD.note_look_in(Who(request), look_in=look_in, version=body.version, lines=lines)


@_door(router.post, "look-ins/{look_in}/return", Saved, "returnNotes", "Ask for other words")
def _return(request: HttpRequest, look_in: Id, body: ReasonInput) -> Any:
    return FIELD.return_notes(Who(request), look_in=look_in, version=body.version, reason=body.reason)


@_door(router.post, "look-ins/{look_in}/approval", Saved, "approveNotes", "Let the notes count as evidence")
def _approve(request: HttpRequest, look_in: Id, body: FieldVersionInput) -> Any:
    return FIELD.approve_notes(Who(request), look_in=look_in, version=body.version)


@_door(router.get, "placements", list[Placement], "teacherPlacements", "Teachers who work along")
def _placements(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Any:
    return list(queries.placements(Who(request), limit=limit, offset=offset))


@_door(router.get, "placements/{placement}", Placement, "teacherPlacement", "One teacher who works along")
def _placement(request: HttpRequest, placement: Id) -> Any:
    return queries.placement(Who(request), id=placement)


@_door(router.post, "placements", {201: Saved}, "askPlacement", "Ask to work along")
def _ask_placement(request: HttpRequest, body: PlacementInput) -> Any:
    return Status(201, FIELD.ask_placement(Who(request), **_parties(body)))


@_door(router.post, "placements/{placement}/agreement", Saved, "agreePlacement", "Let the teacher work along")
def _agree_placement(request: HttpRequest, placement: Id, body: FieldVersionInput) -> Any:
    return FIELD.agree_placement(Who(request), placement=placement, version=body.version)


@_door(router.post, "placements/{placement}/refusal", Saved, "refusePlacement", "Say no, with the reason")
def _refuse_placement(request: HttpRequest, placement: Id, body: ReasonInput) -> Any:
    return FIELD.refuse_placement(Who(request), placement=placement, version=body.version, reason=body.reason)


@_door(router.post, "placements/{placement}/outcome", Saved, "finishPlacement", "Say what it changed")
def _finish(request: HttpRequest, placement: Id, body: PlacementOutcomeInput) -> Any:
    return FIELD.finish_placement(Who(request), placement=placement, version=body.version, outcome=body.outcome)
