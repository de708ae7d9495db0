"""How does a program reach the programmes: read, compare, draft, approve, publish?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from valley.core.curriculum import programme
from valley.curriculum import actions, queries
from valley.foundation import answers, doors, organisations
from valley.foundation.spreadsheets.reading import MOST_BYTES

router = Router()
LINE = r"^[^\x00-\x1f\x7f]*$"
Line = Annotated[str, Field(max_length=300, pattern=LINE)]
Title = Annotated[str, Field(max_length=160, pattern=LINE)]
Key = Annotated[str, Field(max_length=80, pattern=r"^[-a-zA-Z0-9_]+$")]
Number = Annotated[int, Field(ge=1, le=999_999)]
Version = Annotated[int, Field(ge=1, le=2**31)]
Id = Annotated[int, Field(ge=1, le=2**53)]
Hours = Annotated[int, Field(ge=0, le=9999)]
Day = Annotated[date, Field(strict=False)]
Limit = Annotated[int, Field(ge=1, le=100)]
Offset = Annotated[int, Field(ge=0, le=100_000)]


class Input(Schema):
    """What is sent: every field known, every field bounded."""

    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid", strict=True)


class ProgrammeInput(Input):
    """A programme to begin. ``dossier`` is the code of a qualification dossier."""

    organisation: Key
    key: Annotated[str, Field(max_length=60, pattern=LINE)]
    name_nl: Title
    name_en: Title = ""
    dossier: Annotated[str, Field(max_length=40, pattern=LINE)] = ""


class DraftInput(Input):
    """A version to begin: from the core of a run, as a copy of the last version, or empty."""

    why: Line
    core: Id | None = None
    copy_last: bool = True


class TaughtInput(Input):
    """A competence and the level up to which it is taught."""

    competence: Id
    level: int = Field(ge=1, le=4)


class OutcomeInput(Input):
    """What a learner can do after a unit."""

    code: Key
    text_nl: Line
    text_en: Line = ""
    depth: Literal["know", "apply", "master"] = "apply"
    competences: list[TaughtInput] = Field([], max_length=60)
    work_processes: list[Key] = Field([], max_length=60)


class UnitInput(Input):
    """A unit with its outcomes, in the order that is sent."""

    code: Key
    title_nl: Title
    title_en: Title = ""
    guided_hours: Hours = 0
    practice_hours: Hours = 0
    outcomes: list[OutcomeInput] = Field([], max_length=100)


class ContentInput(Input):
    """The whole content of a draft, from the version that was read."""

    version: Version
    units: list[UnitInput] = Field(max_length=60)

    def content(self) -> programme.Version:
        """The same as one value."""
        heads = ("code", "title_nl", "title_en", "guided_hours", "practice_hours")
        texts = ("text_nl", "text_en", "depth")
        return programme.Version(
            tuple(
                programme.Unit(**{name: getattr(one, name) for name in heads}, place=place)
                for place, one in enumerate(self.units, start=1)
            ),
            tuple(
                programme.Outcome(
                    one.code, unit.code, **{name: getattr(one, name) for name in texts},
                    competences=tuple((taught.competence, taught.level) for taught in one.competences),
                    work_processes=tuple(one.work_processes),
                )
                for unit in self.units for one in unit.outcomes
            ),
        )  # fmt: skip


class AskInput(Input):
    """One question of the approval."""

    step: Literal["content", "practice", "exam"]
    desk: Key
    organisation: Key
    due_on: Day


class AsksInput(Input):
    """A round of approval, from the version that was read."""

    version: Version
    asks: list[AskInput] = Field(min_length=1, max_length=3)


class VerdictInput(Input):
    """The answer of a desk; a no says why."""

    verdict: Literal["yes", "no"]
    words: Line = ""


class PublishInput(Input):
    """From which day an approved version holds."""

    version: Version
    from_on: Day


class CohortInput(Input):
    """A cohort to plan."""

    name: Annotated[str, Field(max_length=80, pattern=LINE)]
    starts_on: Day
    ends_on: Day


def _open(method: Any, path: str, answer: Any, name: str, summary: str, **options: Any) -> Any:
    return method(path, response=answer, by_alias=True, operation_id=name, summary=summary, **options)


_get, _post, _put = router.get, router.post, router.put
_AT = "/programmes/{key}/versions/{number}"
Lines, Page = list[answers.schema(queries.ProgrammeLine)], answers.schema(queries.ProgrammePage)
Whole, Diff = answers.schema(queries.VersionPage), answers.schema(queries.DiffPage)
Delta, Coverage = answers.schema(queries.DeltaPage), answers.schema(queries.CoveragePage)
Made, Saved = answers.schema(actions.SavedProgramme), answers.schema(actions.SavedVersion)
ImportedVersion, Cohort = answers.schema(actions.ImportedVersion), answers.schema(queries.CohortLine)


@_open(_get, "/programmes", Lines, "programmes", "Programmes that the caller may read", auth=None)
def _programmes(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Any:
    return list(queries.programmes(doors.caller(request))[offset : offset + limit])


@_open(_get, "/programmes/{key}", Page, "programme", "One programme with its versions and cohorts", auth=None)
def _programme(request: HttpRequest, key: Key) -> Any:
    return queries.programme(doors.caller(request), key=key)


@_open(_get, _AT, Whole, "programmeVersion", "One version, whole", auth=None)
def _version(request: HttpRequest, key: Key, number: Number) -> Any:
    return queries.version(doors.caller(request), ref=f"{key}@{number}")


@_open(_get, f"{_AT}/diff/{{other}}", Diff, "programmeDiff", "What changed from this version to another", auth=None)
def _diff(request: HttpRequest, key: Key, number: Number, other: Number) -> Any:
    return queries.diff(doors.caller(request), before=f"{key}@{number}", after=f"{key}@{other}")


@_open(_get, f"{_AT}/delta", Delta, "programmeDelta", "A version against the dossier", auth=None)
def _delta(request: HttpRequest, key: Key, number: Number) -> Any:
    return queries.regional_delta(doors.caller(request), ref=f"{key}@{number}")


@_open(_get, f"{_AT}/coverage", Coverage, "programmeCoverage", "What a version gives employers and focus areas")
def _coverage(request: HttpRequest, key: Key, number: Number) -> Any:
    return queries.coverage(doors.caller(request), ref=f"{key}@{number}")


@_open(_post, "/programmes", {201: Made}, "makeProgramme", "Begin a programme")
def _make(request: HttpRequest, body: ProgrammeInput) -> Any:
    said = {name: getattr(body, name) for name in ("key", "name_nl", "name_en", "dossier")}
    organisation = organisations.partner(slug=body.organisation).id
    return Status(201, actions.make_programme(doors.caller(request), organisation=organisation, **said))


@_open(_post, "/programmes/{key}/versions", {201: Saved}, "draftProgrammeVersion", "Begin a version")
def _draft(request: HttpRequest, key: Key, body: DraftInput) -> Any:
    who = doors.caller(request)
    made = actions.draft_version(who, programme=key, why=body.why, core=body.core, copy=body.copy_last)
    return Status(201, made)


@_open(_post, "/programmes/{key}/files", ImportedVersion, "importProgrammeVersion", "Begin a version from a file")
def _import(request: HttpRequest, key: Key, file: File[UploadedFile], why: Form[Line]) -> Any:
    who, content = doors.caller(request), file.read(MOST_BYTES + 1)
    return actions.import_version(who, programme=key, file_name=file.name or "", content=content, why=why)


@_open(_put, _AT, Saved, "reviseProgrammeVersion", "Put this content in place of a draft's")
def _revise(request: HttpRequest, key: Key, number: Number, body: ContentInput) -> Any:
    who, content = doors.caller(request), body.content()
    return actions.revise_version(who, ref=f"{key}@{number}", version=body.version, content=content)


@_open(_post, f"{_AT}/approvals", {201: Saved}, "askApprovals", "Put a draft under review")
def _ask(request: HttpRequest, key: Key, number: Number, body: AsksInput) -> Any:
    asks = [
        actions.ApprovalAsk(
            one.step, one.desk, organisations.partner(slug=one.organisation).id, one.due_on
        )
        for one in body.asks
    ]  # fmt: skip
    who = doors.caller(request)
    return Status(201, actions.ask_approvals(who, ref=f"{key}@{number}", version=body.version, asks=asks))


@_open(_put, "/approvals/{approval}", Saved, "giveVerdict", "Answer for the desk that was asked")
def _verdict(request: HttpRequest, approval: Id, body: VerdictInput) -> Any:
    who = doors.caller(request)
    return actions.give_verdict(who, approval=approval, verdict=body.verdict, words=body.words)


@_open(_put, f"{_AT}/publication", Saved, "publishProgrammeVersion", "Publish an approved version from a day on")
def _publish(request: HttpRequest, key: Key, number: Number, body: PublishInput) -> Any:
    who = doors.caller(request)
    return actions.publish(who, ref=f"{key}@{number}", version=body.version, from_on=body.from_on)


@_open(_post, "/programmes/{key}/cohorts", {201: Cohort}, "planCohort", "Plan a cohort")
def _cohort(request: HttpRequest, key: Key, body: CohortInput) -> Any:
    said = {name: getattr(body, name) for name in ("name", "starts_on", "ends_on")}
    return Status(201, actions.plan_cohort(doors.caller(request), programme=key, **said))
