"""How does a program bring evidence and decide about it?"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from valley.dossiers import queries as dossiers
from valley.evidence import actions, drafts, queries
from valley.evidence.actions import deciding
from valley.foundation import answers, doors, organisations
from valley.foundation.inputs import (
    LINE,
    PROSE,
    Day,
    FormDay,
    Four,
    Id,
    Input,
    Key,
    Limit,
    Offset,
    Spoken,
    Version,
    opened,
)
from valley.foundation.problems import NotFound
from valley.foundation.spreadsheets.reading import MOST_BYTES
from valley.foundation.spreadsheets.tables import nearest

router = Router()
Code = Annotated[str, Field(max_length=80, pattern=r"^[-a-zA-Z0-9_./]*$")]
Title = Annotated[str, Field(max_length=drafts.TITLE, pattern=LINE)]
Words = Annotated[str, Field(max_length=drafts.LONGEST, pattern=PROSE)]
Kind = Literal["job-text", "observation", "rating"]


class TextInput(Input):
    """A text of an employer. An empty language is recognised; without a day it is of today."""

    organisation: Key
    title: Title
    text: Words
    language: Spoken = ""
    dated_on: Day | None = None
    reference: str = Field("", max_length=drafts.REFERENCE, pattern=LINE)
    kind: Literal["job-text", "observation"] = "job-text"
    work_process: Code = ""


class FileInput(Input):
    """What goes with a file of one text."""

    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="ignore", strict=False)
    organisation: Key
    title: Title = ""
    language: Spoken = ""
    dated_on: FormDay = None
    reference: str = Field("", max_length=drafts.REFERENCE, pattern=LINE)


class LineInput(Input):
    """What was seen at work; with a competence and its level when the observer says so."""

    what: str = Field(max_length=drafts.LINE, pattern=LINE)
    competence: Id | None = None
    level: Four | None = None


class ObservationInput(Input):
    """What was seen at work on a day, within a work process of a dossier."""

    organisation: Key
    title: Title
    dated_on: Day
    lines: list[LineInput] = Field(min_length=1, max_length=drafts.MOST_LINES)
    language: Spoken = ""
    work_process: Code = ""


class PieceVersionInput(Input):
    """The version that was read."""

    version: Version


class FindingInput(Input):
    """A competence that the reading overlooked, with a sentence of the text."""

    sentence: str = Field(max_length=5000, pattern=PROSE)
    competence: Id
    level: Four | None = None


class ReadInput(Input):
    """Whose texts to read; everything the caller may read without it."""

    organisation: Key | None = None


class FindingVerdictInput(Input):
    """What a person says about a finding: "proposed" takes a decision back."""

    finding: Id
    state: Literal["confirmed", "changed", "rejected", "proposed"]
    version: Version
    competence: Id | None = None
    level: Four | None = None


class VerdictsInput(Input):
    """Verdicts, saved all or none."""

    verdicts: list[FindingVerdictInput] = Field(min_length=1, max_length=deciding.MOST)
    reason: str = Field("", max_length=deciding.REASON, pattern=LINE)


class MergeInput(Input):
    """Count a pair as one, keep it apart, or leave it open again."""

    state: Literal["merged", "apart", "proposed"]
    version: Version
    reason: str = Field("", max_length=deciding.REASON, pattern=LINE)


class TermsInput(Input):
    """May designers read the employer's name beside a competence?"""

    organisation: Key
    name_shown: bool


class IntakeApplyInput(Input):
    """Keep the good rows when others have problems?"""

    keep_good: bool = False


def _id(slug: str | None) -> int | None:
    return organisations.partner(slug=slug).id if slug else None


def _partner(slug: str) -> int:
    return organisations.partner(slug=slug).id


def _process(code: str) -> int | None:
    ids = dossiers.work_process_ids() if code else {}
    if code and code not in ids:
        near = nearest(code, ids)
        step = _("Did you mean “%(guess)s”?") % {"guess": near} if near else _("Import the dossier first.")
        raise NotFound(expected=_("a work process of a dossier"), found=code, next_step=step)
    return ids.get(code)


Saved, Made = answers.schema(actions.SavedPiece), answers.schema(actions.Made)
Preview, Lines = answers.schema(queries.IntakePreview), list[answers.schema(queries.DecisionLine)]
Decided, Applied = answers.schema(actions.Decided), answers.schema(actions.AppliedIntake)
SavedMerge, Terms = answers.schema(actions.SavedMerge), answers.schema(queries.Terms)


@opened(router.get, "/pieces", answers.schema(queries.PieceList), "evidencePieces", "Texts, observations and ratings")
def _pieces(
    request: HttpRequest,
    organisation: Id | None = None,
    state: Literal["", "unread", "waiting", "done", "withdrawn"] = "",
    kind: Literal["", "job-text", "observation", "rating"] = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> Any:
    asked = {"organisation": organisation, "state": state, "kind": kind, "limit": limit, "offset": offset}
    return queries.pieces(doors.caller(request), **asked)


@opened(router.post, "/pieces", {201: Saved}, "addText", "Add a text of an employer")
def _add(request: HttpRequest, body: TextInput) -> Any:
    said = body.model_dump() | {
        "organisation": _partner(body.organisation),
        "work_process": _process(body.work_process),
    }
    return Status(201, actions.add_text(doors.caller(request), draft=drafts.TextDraft(**said)))


@opened(router.post, "/files", {201: Saved}, "addTextFile", "Add a text from a .txt or .docx file")
def _file(request: HttpRequest, file: File[UploadedFile], said: Form[FileInput]) -> Any:
    name = file.name or ""
    words = actions.read_file(name, file.read(MOST_BYTES + 1))
    kept = said.model_dump() | {"organisation": _partner(said.organisation), "text": words, "file_name": name[-160:]}
    return Status(201, actions.add_text(doors.caller(request), draft=drafts.TextDraft(**kept)))


@opened(
    router.get, "/pieces/{piece}", answers.schema(queries.PiecePage), "evidencePiece", "One piece with its findings"
)
def _piece(request: HttpRequest, piece: Id) -> Any:
    return queries.piece(doors.caller(request), id=piece)


@opened(router.post, "/pieces/{piece}/withdraw", Saved, "withdrawPiece", "Let a piece count no more")
def _withdraw(request: HttpRequest, piece: Id, body: PieceVersionInput) -> Any:
    return actions.withdraw_piece(doors.caller(request), piece=piece, version=body.version)


@opened(router.post, "/pieces/{piece}/findings", {201: Made}, "addFinding", "Add a competence that was overlooked")
def _add_finding(request: HttpRequest, piece: Id, body: FindingInput) -> Any:
    made = actions.add_finding(doors.caller(request), piece=piece, **body.model_dump())
    return Status(201, actions.Made(made))


@opened(router.post, "/observations", {201: Made}, "addObservation", "Add what was seen at work")
def _observation(request: HttpRequest, body: ObservationInput) -> Any:
    lines = [drafts.ObservationLine(**line.model_dump()) for line in body.lines]
    said = body.model_dump() | {"organisation": _partner(body.organisation), "lines": lines}
    said["work_process"] = _process(body.work_process)
    return Status(201, actions.Made(actions.add_observation(doors.caller(request), **said)))


@opened(router.get, "/employers", list[answers.schema(queries.EmployerLine)], "evidenceEmployers", "Who brought what")
def _employers(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Any:
    return list(queries.employers(doors.caller(request))[offset : offset + limit])


@opened(
    router.get, "/progress", answers.schema(queries.Progress), "evidenceProgress", "How far reading and deciding are"
)
def _progress(request: HttpRequest, organisation: Id | None = None) -> Any:
    return queries.progress(doors.caller(request), organisation=organisation)


@opened(router.post, "/read", answers.schema(actions.ReadReport), "readPieces", "Read the texts that wait")
def _read(request: HttpRequest, body: ReadInput) -> Any:
    return actions.read_pieces(doors.caller(request), organisation=_id(body.organisation))


@opened(router.get, "/findings", answers.schema(queries.Queue), "findingsToDecide", "What waits for a decision")
def _to_decide(request: HttpRequest, organisation: Id | None = None, limit: Limit = 50, offset: Offset = 0) -> Any:
    return queries.to_decide(doors.caller(request), organisation=organisation, limit=limit, offset=offset)


@opened(router.get, "/findings/{finding}/decisions", Lines, "findingDecisions", "Who decided what about a finding")
def _decisions(request: HttpRequest, finding: Id, limit: Limit = 50, offset: Offset = 0) -> Any:
    return list(queries.decisions(doors.caller(request), finding=finding)[offset : offset + limit])


@opened(router.post, "/decisions", Decided, "decide", "Confirm, change, reject or take back; all or none")
def _decide(request: HttpRequest, body: VerdictsInput) -> Any:
    verdicts = [actions.Verdict(**one.model_dump()) for one in body.verdicts]
    return actions.decide(doors.caller(request), verdicts=verdicts, reason=body.reason)


@opened(router.get, "/merges", list[answers.schema(queries.MergeLine)], "evidenceMerges", "Near-equal competences")
def _merges(
    request: HttpRequest,
    state: Literal["", "proposed", "merged", "apart"] = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> Any:
    return list(queries.merges(doors.caller(request), state=state)[offset : offset + limit])


@opened(router.post, "/merges/propose", answers.schema(actions.MergeReport), "proposeMerges", "Look for near-equals")
def _propose_merges(request: HttpRequest) -> Any:
    return actions.propose_merges(doors.caller(request))


@opened(router.put, "/merges/{merge}/state", SavedMerge, "decideMerge", "Count a pair as one, or keep it apart")
def _decide_merge(request: HttpRequest, merge: Id, body: MergeInput) -> Any:
    return actions.decide_merge(doors.caller(request), merge=merge, **body.model_dump())


@opened(router.get, "/terms/{organisation}", Terms, "sharingTerms", "What an employer allows with its evidence")
def _terms(request: HttpRequest, organisation: Key) -> Any:
    return queries.terms(doors.caller(request), organisation=_partner(organisation))


@opened(router.put, "/terms", Terms, "allowNames", "Allow designers to read the employer's name, or not")
def _allow(request: HttpRequest, body: TermsInput) -> Any:
    who = doors.caller(request)
    return actions.allow_names(who, organisation=_partner(body.organisation), name_shown=body.name_shown)


@opened(router.get, "/sentences", list[answers.schema(queries.Resting)], "sentences", "On what a competence rests")
def _sentences(request: HttpRequest, competence: Id, limit: Limit = 50) -> Any:
    return list(queries.sentences(doors.caller(request), competence=competence, limit=limit))


@opened(router.get, "/intakes", list[Preview], "intakes", "The last spreadsheets of evidence")
def _intakes(request: HttpRequest, limit: Limit = 10) -> Any:
    return list(queries.intakes(doors.caller(request), limit=limit))


@opened(router.post, "/intakes", {201: Preview}, "intake", "Read a spreadsheet of evidence and say what it would do")
def _intake(request: HttpRequest, kind: Kind, file: File[UploadedFile], organisation: Key | None = None) -> Any:
    asked = {"kind": kind, "organisation": _id(organisation), "file_name": file.name or ""}
    return Status(201, actions.intake_preview(doors.caller(request), content=file.read(MOST_BYTES + 1), **asked))


@opened(router.get, "/intakes/{intake}", Preview, "intakePreview", "What a spreadsheet would do, or did")
def _intake_preview(request: HttpRequest, intake: Id) -> Any:
    return queries.intake_preview(doors.caller(request), intake=intake)


@opened(router.post, "/intakes/{intake}/apply", Applied, "applyIntake", "Do what the preview said")
def _apply(request: HttpRequest, intake: Id, body: IntakeApplyInput) -> Any:
    return actions.apply_intake(doors.caller(request), intake=intake, keep_good=body.keep_good)
