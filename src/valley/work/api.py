"""The room ``work`` for programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from valley.foundation import answers, doors, organisations
from valley.foundation.spreadsheets.reading import MOST_BYTES
from valley.work import actions, drafts, queries

router = Router()
LINE = r"^[^\x00-\x1f\x7f]*$"
PROSE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
SLUG = r"^[-a-zA-Z0-9_]+$"
Line = Annotated[str, Field(max_length=160, pattern=LINE)]
Key = Annotated[str, Field(max_length=120, pattern=SLUG)]
Day = Annotated[date, Field(strict=False)]
Euro = Annotated[str, Field(max_length=6, pattern=r"^\d{2,3}(\.\d{1,2})?$", description="Euro per hour, as 15.50.")]
Id = Annotated[int, Field(ge=1, le=2**53)]
Limit = Annotated[int, Field(ge=1, le=100)]
Offset = Annotated[int, Field(ge=0, le=100_000)]


class Input(Schema):
    """What is sent: every field known, every field bounded."""

    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid", strict=True)


class NeedInput(Input):
    """A competence asked: importance 2 is a must-have (with its task), 1 a wish."""

    competence: int = Field(ge=1, le=2**53)
    level: int = Field(ge=1, le=4)
    importance: int = Field(1, ge=1, le=2)
    task: str = Field("", max_length=drafts.TASK, pattern=LINE)


class LanguageInput(Input):
    """A language with its CEFR level from 1 (A1) to 6 (C2)."""

    code: str = Field(max_length=3, pattern="^[a-z]{2,3}$")
    cefr: int = Field(ge=1, le=6)


class OpeningInput(Input):
    """An opening. Without needs those of the role are copied; the start lies before ``startsUntilOn``."""

    role: Key
    title: Line
    contract: Literal["fixed-term", "permanent", "work-based-learning", "agency"]
    hours_min: int = Field(ge=1, le=48)
    hours_max: int = Field(ge=1, le=48)
    pay_min: Euro
    pay_max: Euro
    place: Key
    starts_from_on: Day
    starts_until_on: Day
    closes_on: Day
    months: int | None = Field(None, ge=1, le=60)
    seats: int = Field(1, ge=1, le=500)
    text: str = Field("", max_length=drafts.TEXT, pattern=PROSE)
    reference: str = Field("", max_length=drafts.REFERENCE, pattern=LINE)
    home_work: bool = False
    evenings: bool = False
    weekends: bool = False
    nights: bool = False
    early: bool = False
    permits: list[Literal["vog", "driving-licence-b"]] = Field([], max_length=2)
    languages: list[LanguageInput] = Field(max_length=10)
    needs: list[NeedInput] = Field([], max_length=drafts.MOST_NEEDS)

    def draft(self, organisation: int) -> drafts.OpeningDraft:
        """The draft of an organisation."""
        said = {name: getattr(self, name) for name in OpeningInput.model_fields}
        said |= {
            "pay_min": Decimal(self.pay_min),
            "pay_max": Decimal(self.pay_max),
            "permits": tuple(self.permits),
            "languages": tuple(drafts.LanguageDraft(one.code, one.cefr) for one in self.languages),
            "needs": tuple(drafts.NeedDraft(n.competence, n.level, n.importance, n.task) for n in self.needs),
        }
        return drafts.OpeningDraft(organisation=organisation, **said)


class NewOpening(Input):
    """An opening to add, as a draft or open at once."""

    organisation: Key
    opening: OpeningInput
    publish: bool = False


class ChangedOpening(Input):
    """An opening to change, from the version that was read."""

    version: int = Field(ge=1, le=2**31)
    opening: OpeningInput


class StateInput(Input):
    """Open or close an opening, from the version that was read."""

    state: Literal["open", "closed"]
    version: int = Field(ge=1, le=2**31)


class ApplyInput(Input):
    """What to do with an upload: keep the good rows when others have problems, open what is new at once."""

    keep_good: bool = False
    publish: bool = False


class FilterQuery(Input):
    """The filters of the public list."""

    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="ignore", strict=False)
    text: str = Field("", max_length=100, pattern=LINE)
    place: str = Field("", max_length=60, pattern=LINE)
    km: int | None = Field(None, ge=0, le=400)
    hours: int | None = Field(None, ge=1, le=48)
    language: str = Field("", max_length=3, pattern=LINE)
    contract: str = Field("", max_length=24, pattern=LINE)
    organisation: str = Field("", max_length=80, pattern=LINE)
    role: str = Field("", max_length=80, pattern=LINE)
    home_work: bool = False
    without_evenings: bool = False
    without_weekends: bool = False
    without_nights: bool = False


def _open(method: Any, path: str, answer: Any, name: str, summary: str, **options: Any) -> Any:
    return method(path, response=answer, by_alias=True, operation_id=name, summary=summary, **options)


Saved, Preview = answers.schema(actions.SavedOpening), answers.schema(queries.Preview)
Applied, Undone = answers.schema(actions.Applied), answers.schema(actions.Undone)
RoleLines, RolePage = list[answers.schema(queries.RoleProfileItem)], answers.schema(queries.RoleProfilePage)


@_open(router.get, "/openings", answers.schema(queries.OpeningList), "openings", "Openings of today", auth=None)
def _openings(request: HttpRequest, asked: Query[FilterQuery], limit: Limit = 50, offset: Offset = 0) -> Any:
    filters = queries.OpeningFilter(**{name: getattr(asked, name) for name in FilterQuery.model_fields})
    return queries.open_openings(doors.caller(request), filters=filters, limit=limit, offset=offset)


@_open(router.get, "/openings/{slug}", answers.schema(queries.OpeningPage), "opening", "One opening", auth=None)
def _opening(request: HttpRequest, slug: Key) -> Any:
    return queries.opening(doors.caller(request), slug=slug)


@_open(router.post, "/openings", {201: Saved}, "addOpening", "Add an opening")
def _add(request: HttpRequest, body: NewOpening) -> Any:
    draft = body.opening.draft(organisations.partner(slug=body.organisation).id)
    return Status(201, actions.add_opening(doors.caller(request), draft=draft, publish=body.publish))


@_open(router.put, "/openings/{slug}", Saved, "reviseOpening", "Change an opening")
def _revise(request: HttpRequest, slug: Key, body: ChangedOpening) -> Any:
    draft = body.opening.draft(0)  # an opening stays with its organisation
    return actions.revise_opening(doors.caller(request), slug=slug, version=body.version, draft=draft)


@_open(router.put, "/openings/{slug}/state", Saved, "setOpeningState", "Open or close an opening")
def _state(request: HttpRequest, slug: Key, body: StateInput) -> Any:
    act = actions.open_opening if body.state == "open" else actions.close_opening
    return act(doors.caller(request), slug=slug, version=body.version)


@_open(router.get, "/partners", list[answers.schema(queries.PartnerItem)], "partners", "Who takes part", auth=None)
def _partners(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Any:
    return list(queries.partners(doors.caller(request))[offset : offset + limit])


@_open(router.get, "/role-profiles", RoleLines, "roleProfiles", "Roles of the trade", auth=None)
def _roles(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Any:
    return list(queries.role_profiles(doors.caller(request))[offset : offset + limit])


@_open(router.get, "/role-profiles/{key}", RolePage, "roleProfile", "One role of the trade", auth=None)
def _role(request: HttpRequest, key: Key) -> Any:
    return queries.role_profile(doors.caller(request), key=key)


@_open(router.post, "/uploads", {201: Preview}, "upload", "Read a spreadsheet of openings and say what it would do")
def _upload(request: HttpRequest, organisation: Key, file: File[UploadedFile]) -> Any:
    partner = organisations.partner(slug=organisation)
    content = file.read(MOST_BYTES + 1)
    asked = {"organisation": partner.id, "file_name": file.name or "", "content": content}
    return Status(201, actions.import_openings_preview(doors.caller(request), **asked))


@_open(router.get, "/uploads/{upload}", Preview, "uploadPreview", "What a spreadsheet would do, or did")
def _preview(request: HttpRequest, upload: Id) -> Any:
    return queries.upload_preview(doors.caller(request), upload=upload)


@_open(
    router.post, "/uploads/{upload}/apply", answers.schema(actions.Applied), "applyUpload", "Do what the preview said"
)
def _apply(request: HttpRequest, upload: Id, body: ApplyInput) -> Any:
    who = doors.caller(request)
    return actions.apply_upload(who, upload=upload, keep_good=body.keep_good, publish=body.publish)


@_open(router.post, "/uploads/{upload}/undo", Undone, "undoUpload", "Take a spreadsheet back")
def _undo(request: HttpRequest, upload: Id) -> Any:
    return actions.undo_upload(doors.caller(request), upload=upload)
