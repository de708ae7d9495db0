"""What may a program ask the room ``vacancies``: whole vacancies, their challenges, recognised training companies?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from ninja.params.functions import Path
from ninja.params.functions import Query as Asked
from pydantic import ConfigDict, Field

from valley.foundation import answers, doors, organisations
from valley.vacancies import actions, drafts, queries
from valley.work import actions as work
from valley.work import queries as openings
from valley.work.api import FilterQuery, OpeningInput

router = Router()
LINE = r"^[^\x00-\x1f\x7f]*$"
PROSE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
SLUG = r"^[-a-zA-Z0-9_]+$"
Key = Annotated[str, Field(min_length=1, max_length=120, pattern=SLUG)]
Slug = Annotated[str, Path(min_length=1, max_length=120, pattern=SLUG)]
Id = Annotated[int, Path(ge=1, le=2**53)]
Day = Annotated[date, Field(strict=False)]
Version = Annotated[int, Field(ge=1, le=2**31)]
Limit = Annotated[int, Asked(ge=1, le=100)]
Offset = Annotated[int, Asked(ge=0, le=100_000)]


class _Input(Schema):
    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid", strict=True)


class PracticeInput(_Input):
    """A work process that can be practised, with its hours over the whole job."""

    dossier: Annotated[str, Field(max_length=40, pattern=SLUG)]
    process: Annotated[str, Field(max_length=20, pattern=r"^[A-Za-z0-9-]+$")]
    hours: int = Field(ge=drafts.HOURS[0], le=drafts.HOURS[1])


class PreviewInput(_Input):
    """What the work is really like; empty: not said."""

    day: str = Field("", max_length=drafts.PROSE, pattern=PROSE)
    training: str = Field("", max_length=drafts.PROSE, pattern=PROSE)
    next_steps: str = Field("", max_length=drafts.PROSE, pattern=PROSE)


class RequirementInput(_Input):
    """Something asked beside competences; without its task it is challenged."""

    kind: Literal["diploma", "experience-years", "other"]
    words: str = Field(min_length=1, max_length=drafts.WORDS, pattern=LINE)
    task: str = Field("", max_length=drafts.TASK, pattern=LINE)


class VacancyInput(_Input):
    """A whole vacancy: the opening and what stands beside it."""

    opening: OpeningInput
    practices: list[PracticeInput] = Field([], max_length=drafts.MOST_PRACTICES)
    preview: PreviewInput = Field(default_factory=lambda: PreviewInput(day="", training="", next_steps=""))
    requirements: list[RequirementInput] = Field([], max_length=drafts.MOST_REQUIREMENTS)

    def draft(self, organisation: int) -> drafts.VacancyDraft:
        """The draft of an organisation."""
        preview = self.preview
        return drafts.VacancyDraft(
            opening=self.opening.draft(organisation),
            practices=tuple(drafts.PracticeDraft(one.dossier, one.process, one.hours) for one in self.practices),
            preview=drafts.PreviewDraft(preview.day, preview.training, preview.next_steps),
            requirements=tuple(drafts.RequirementDraft(one.kind, one.words, one.task) for one in self.requirements),
        )


class NewVacancy(_Input):
    """A vacancy to add, as a draft or open at once."""

    organisation: Key
    vacancy: VacancyInput
    publish: bool = False


class ChangedVacancy(_Input):
    """A vacancy to change, from the version that was read; ``publish`` opens it too."""

    version: Version
    vacancy: VacancyInput
    publish: bool = False


class PublishVacancyInput(_Input):
    """Open a vacancy, from the version that was read."""

    version: Version


class RenewInput(_Input):
    """The same vacancy again, in a new window."""

    starts_from_on: Day
    starts_until_on: Day
    closes_on: Day
    publish: bool = False


class RecognitionInput(_Input):
    """An employer is a recognised training company for a dossier, from a day until (not including) a day."""

    organisation: Key
    dossier: Annotated[str, Field(min_length=1, max_length=40, pattern=SLUG)]
    from_on: Day
    until_on: Day | None = None
    source: str = Field(min_length=3, max_length=300, pattern=LINE)


class EndInput(_Input):
    """The first day on which a recognition is over."""

    until_on: Day


def _open(method: Any, path: str, answer: Any, name: str, summary: str, **options: Any) -> Any:
    return method(path, response=answer, by_alias=True, operation_id=name, summary=summary, **options)


Saved, Challenges = answers.schema(work.SavedOpening), list[answers.schema(queries.ChallengeLine)]
Recognised = answers.schema(actions.SavedRecognition)
Companies = list[answers.schema(queries.RecognitionLine)]
Page, Vacancies = answers.schema(queries.VacancyPage), answers.schema(openings.OpeningList)


@_open(router.get, "/training-companies", Companies, "trainingCompanies", "Recognised training companies", auth=None)
def _companies(
    request: HttpRequest,
    dossier: Annotated[str, Asked(max_length=40, pattern=r"^[-a-zA-Z0-9_]*$")] = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> Any:
    return list(queries.training_companies(doors.caller(request), dossier=dossier)[offset : offset + limit])


@_open(
    router.get, "/organisations/{slug}/recognitions", Companies, "recognitionsOf", "What an employer is recognised for"
)
def _recognitions(request: HttpRequest, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    partner = organisations.partner(slug=slug)
    found = queries.recognitions_of(doors.caller(request), organisation=partner.id)
    return list(found[offset : offset + limit])


@_open(router.post, "/recognitions", {201: Recognised}, "recognise", "State that an employer is recognised")
def _recognise(request: HttpRequest, body: RecognitionInput) -> Any:
    partner = organisations.partner(slug=body.organisation)
    draft = actions.RecognitionDraft(partner.id, body.dossier, body.from_on, body.until_on, body.source)
    return Status(201, actions.recognise(doors.caller(request), draft=draft))


@_open(router.post, "/recognitions/{recognition}/check", Recognised, "checkRecognition", "Say that it was looked up")
def _check(request: HttpRequest, recognition: Id) -> Any:
    return actions.check_recognition(doors.caller(request), recognition=recognition)


@_open(router.post, "/recognitions/{recognition}/end", Recognised, "endRecognition", "Say when it ends")
def _end(request: HttpRequest, recognition: Id, body: EndInput) -> Any:
    return actions.end_recognition(doors.caller(request), recognition=recognition, until_on=body.until_on)


@_open(router.post, "/challenges", Challenges, "challengeVacancy", "What a text asks that it may or need not ask")
def _challenge(request: HttpRequest, body: VacancyInput) -> Any:
    return list(queries.challenges(doors.caller(request), draft=body.draft(0)))


@_open(router.get, "", Vacancies, "vacancies", "Vacancies of today", auth=None)
def _list(request: HttpRequest, asked: Query[FilterQuery], limit: Limit = 50, offset: Offset = 0) -> Any:
    filters = openings.OpeningFilter(**{name: getattr(asked, name) for name in FilterQuery.model_fields})
    return openings.open_openings(doors.caller(request), filters=filters, limit=limit, offset=offset)


@_open(router.post, "", {201: Saved}, "addVacancy", "Add a whole vacancy")
def _add(request: HttpRequest, body: NewVacancy) -> Any:
    draft = body.vacancy.draft(organisations.partner(slug=body.organisation).id)
    return Status(201, actions.keep_vacancy(doors.caller(request), draft=draft, publish=body.publish))


@_open(router.get, "/{slug}", Page, "vacancy", "One vacancy, with what can be practised there", auth=None)
def _vacancy(request: HttpRequest, slug: Slug) -> Any:
    return queries.vacancy_page(doors.caller(request), slug=slug)


@_open(router.put, "/{slug}", Saved, "reviseVacancy", "Change a whole vacancy")
def _revise(request: HttpRequest, slug: Slug, body: ChangedVacancy) -> Any:
    who, draft = doors.caller(request), body.vacancy.draft(0)  # a vacancy stays with its organisation
    return actions.keep_vacancy(who, draft=draft, slug=slug, version=body.version, publish=body.publish)


@_open(router.get, "/{slug}/challenges", Challenges, "challengesOf", "What a stored vacancy is challenged for")
def _challenges(request: HttpRequest, slug: Slug) -> Any:
    return list(queries.challenges(doors.caller(request), slug=slug))


@_open(router.post, "/{slug}/publish", Saved, "publishVacancy", "Open a vacancy that nothing challenges")
def _publish(request: HttpRequest, slug: Slug, body: PublishVacancyInput) -> Any:
    return actions.publish_opening(doors.caller(request), slug=slug, version=body.version)


@_open(router.post, "/{slug}/duplicate", {201: Saved}, "duplicateVacancy", "Copy a vacancy into a draft")
def _duplicate(request: HttpRequest, slug: Slug) -> Any:
    return Status(201, actions.duplicate_opening(doors.caller(request), slug=slug))


@_open(router.post, "/{slug}/renew", {201: Saved}, "renewVacancy", "The same vacancy again, in a new window")
def _renew(request: HttpRequest, slug: Slug, body: RenewInput) -> Any:
    window = actions.Window(body.starts_from_on, body.starts_until_on, body.closes_on)
    return Status(201, actions.renew_opening(doors.caller(request), slug=slug, window=window, publish=body.publish))
