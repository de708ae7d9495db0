"""How does a program read the vocabulary, and how does a desk's program add a word to it?"""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.params.functions import Path, Query
from pydantic import ConfigDict, Field

from valley.foundation import answers, doors
from valley.skills import actions, queries

router = Router()
_NO_CONTROL = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
Text = Annotated[str, Query(min_length=1, max_length=200, pattern=_NO_CONTROL, description="What was typed.")]
Language = Annotated[str, Query(pattern="^(nl|en)$", description="Language of the answer.")]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=100_000)]
Version = Annotated[str, Query(max_length=20, pattern=r"^v?\d{1,3}(\.\d{1,3}){1,3}$")]
Line = Annotated[str, Field(min_length=1, max_length=120, pattern=_NO_CONTROL)]
Words = Annotated[str, Field(max_length=600, pattern=_NO_CONTROL)]
LARGEST_ID = 2**53 - 1
Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
JobKey = Annotated[str, Path(pattern="^(title|occupation)-[0-9]{1,15}$", description="title-ID or occupation-ID")]


def _public(path: str, of: type, operation: str, summary: str, *, many: bool = False) -> Any:
    """A question that anyone may ask, answered by one or many of a dataclass."""
    answer: Any = list[answers.schema(of)] if many else answers.schema(of)  # type: ignore[misc]
    return router.get(path, auth=None, response=answer, by_alias=True, operation_id=operation, summary=summary)


@_public("/competences", queries.Found, "searchCompetences", "Search competences", many=True)
def competences(request: HttpRequest, text: Text, language: Language = "nl", limit: Limit = 10) -> object:
    """Competences that fit the text, in Dutch or English, with typos; best first."""
    who = doors.caller(request).speaking(language)
    return list(queries.search(who, text=text, kinds=("competence",), limit=limit))


@_public("/competences/{id}", queries.CompetencePage, "getCompetence", "One competence")
def competence(request: HttpRequest, id: Id, language: Language = "nl") -> object:
    """Labels, groups, relatives, and what asks it."""
    return queries.competence(doors.caller(request).speaking(language), id=id)


@_public("/titles", queries.Found, "searchTitles", "Search job titles and occupations", many=True)
def titles(request: HttpRequest, text: Text, language: Language = "nl", limit: Limit = 10) -> object:
    """Everyday job titles and occupations that fit the text; best first."""
    who = doors.caller(request).speaking(language)
    return list(queries.search(who, text=text, kinds=("title", "occupation"), limit=limit))


@_public("/titles/{key}/competences", queries.Probable, "getProbableCompetences", "What goes with a job", many=True)
def probable(request: HttpRequest, key: JobKey, language: Language = "nl") -> object:
    """At most 25 competences behind ``title-ID`` or ``occupation-ID``; a proposal, never a judgement."""
    return list(queries.probable_competences(doors.caller(request).speaking(language), title=key))


@_public("/occupations/{id}", queries.OccupationPage, "getOccupation", "One occupation")
def occupation(request: HttpRequest, id: Id, language: Language = "nl") -> object:
    """An occupation with what it asks."""
    return queries.occupation(doors.caller(request).speaking(language), id=id)


@_public("/words", queries.Term, "listWords", "The words of the trade", many=True)
def words(request: HttpRequest, language: Language = "nl", limit: Limit = 50, offset: Offset = 0) -> object:
    """The glossary in both languages."""
    return list(queries.glossary(doors.caller(request).speaking(language))[offset : offset + limit])


@_public("/tool-classes", queries.ToolClassLine, "listToolClasses", "Classes of tools", many=True)
def tool_classes(request: HttpRequest, language: Language = "nl", limit: Limit = 50, offset: Offset = 0) -> object:
    """Classes of tools with products that were seen."""
    return list(queries.tool_classes(language)[offset : offset + limit])


@_public("/releases", queries.ReleaseLine, "listReleases", "What was read in", many=True)
def releases(request: HttpRequest, language: Language = "nl", limit: Limit = 50, offset: Offset = 0) -> object:
    """Releases of ESCO, of the starter vocabulary and of lists of titles, newest first."""
    return list(queries.releases(doors.caller(request).speaking(language))[offset : offset + limit])


@_public("/releases/diff", queries.ReleaseDiff, "compareReleases", "Compare two releases of ESCO")
def diff(request: HttpRequest, older: Version, newer: Version) -> object:
    """Added, retired, merged, renamed and changed concepts."""
    return queries.release_diff(doors.caller(request), older=older, newer=newer)


class LocalConceptIn(Schema):
    """A competence that ESCO lacks."""

    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid", strict=True)

    label_nl: Line
    label_en: Line
    parent: Annotated[int, Field(ge=1, le=LARGEST_ID)]
    author: Line
    evidence: Annotated[str, Field(min_length=1, max_length=1000, pattern=_NO_CONTROL)]
    kind: Annotated[str, Field(pattern="^(skill|knowledge|attitude|tool)$")] = "skill"
    cluster: Annotated[str, Field(max_length=14, pattern="^[a-z]*$")] = ""
    description_nl: Words = ""
    description_en: Words = ""
    alternatives_nl: Annotated[list[Line], Field(max_length=20)] = []
    alternatives_en: Annotated[list[Line], Field(max_length=20)] = []

    def draft(self) -> actions.LocalConcept:
        """The concept this request describes."""
        given = self.dict()
        given |= {name: tuple(given[name]) for name in ("alternatives_nl", "alternatives_en")}
        given.pop("version", None)
        return actions.LocalConcept(**given)


class LocalConceptChange(LocalConceptIn):
    """A changed local concept; ``version`` is the one that was read."""

    version: Annotated[int, Field(ge=1, le=1_000_000)]


@router.post(
    "/competences",
    response={201: answers.schema(actions.SavedConcept)},
    by_alias=True,
    operation_id="addLocalConcept",
    summary="Add a competence that ESCO lacks",
)
def add(request: HttpRequest, body: LocalConceptIn) -> object:
    """For the designer's and the programme office's desk."""
    return 201, actions.add_local_concept(doors.caller(request), draft=body.draft())


@router.put(
    "/competences/{id}",
    response=answers.schema(actions.SavedConcept),
    by_alias=True,
    operation_id="reviseLocalConcept",
    summary="Change a local concept",
)
def revise(request: HttpRequest, id: Id, body: LocalConceptChange) -> object:
    """For the designer's and the programme office's desk."""
    who = doors.caller(request)
    return actions.revise_local_concept(who, competence=id, version=body.version, draft=body.draft())
