"""What may a program ask the room careers: rules, ways from role to role, contracts and what both sides say?"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Status
from ninja.params.functions import Path, Query
from pydantic import Field

from valley.careers import actions, drafts, queries
from valley.foundation import answers, doors, organisations
from valley.foundation.inputs import LINE, PROSE, Day, Input, Key, opened
from valley.people import queries as people

router = Router()
Role = Annotated[str, Path(min_length=1, max_length=80, pattern=r"^[-a-zA-Z0-9_]+$")]
Employment = Annotated[int, Path(ge=1, le=2**53 - 1)]
Line = Annotated[str, Field(max_length=200, pattern=LINE)]
Prose = Annotated[str, Field(max_length=2000, pattern=PROSE)]
# Programs write money as text, so that no cent is lost.
Euro = Annotated[str, Field(max_length=6, pattern=r"^\d{1,3}(\.\d{1,2})?$")]
Number = Annotated[str, Field(max_length=20, pattern=r"^-?\d{1,12}(\.\d{1,6})?$")]


class FactsInput(Input):
    """Facts of a contract that may not be known: null then, and "" for the initiative and the collective agreement.

    Agreement "none" is: no collective agreement.
    """

    hours: Annotated[int, Field(ge=1, le=48)] | None = None
    wage: Euro | None = None
    initiative: Literal["", "worker", "school", "employer"] = ""
    agreement: Annotated[str, Field(max_length=60, pattern=r"^[-a-z0-9]*$")] = ""
    level: Annotated[int, Field(ge=1, le=9)] | None = None
    practice_agreement: bool | None = None
    admitted: bool | None = None
    exempt: bool | None = None

    def said(self) -> dict[str, Any]:
        """The fields, with the wage as money."""
        found = self.dict()
        return found | {"wage": Decimal(self.wage) if self.wage else None}


class EmploymentInput(FactsInput):
    """A contract an employer proposes; ``endsOn`` is the first day after it."""

    share: Key
    role_key: Key
    contract: Literal["fixed-term", "permanent", "work-based-learning", "agency"]
    starts_on: Day
    ends_on: Day | None = None
    form: Literal["contract", "lending"] = "contract"


class EndEmploymentInput(Input):
    """The end of a contract: the first day after it, and a coded reason."""

    ends_on: Day
    reason: Literal["term", "worker", "route", "study", "employer", "redundant", "other"]


class WhyInput(Input):
    """Whether the work fits, and one to four coded reasons."""

    works: bool
    reasons: Annotated[list[Key], Field(min_length=1, max_length=4)]


class NumberInput(Input):
    """A number of a rule, by its name."""

    name: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[-a-z0-9_]+$")]
    value: Number


class RuleInput(Input):
    """A new dated row of a rule, with its source."""

    key: Key
    status: Literal["law", "bill", "agreement", "policy"]
    from_on: Day
    until_on: Day | None = None
    title_nl: Annotated[str, Field(min_length=1, max_length=160, pattern=LINE)]
    title_en: Annotated[str, Field(max_length=160, pattern=LINE)] = ""
    remark_nl: Prose = ""
    remark_en: Prose = ""
    numbers: Annotated[list[NumberInput], Field(max_length=20)] = []
    source: Annotated[str, Field(min_length=1, max_length=200, pattern=LINE)]
    article: Line = ""
    address: Annotated[str, Field(max_length=300, pattern=r"^(https://[!-~]+)?$")] = ""
    source_on: Day
    again_on: Day | None = None


@opened(router.get, "/law-rules", answers.schema(queries.LawTable), "listLawRules", "Dated rules of law", auth=None)
def law_rules(request: HttpRequest) -> object:
    """Every rule with its days, numbers and source. Public."""
    return queries.law_table(doors.caller(request))


@opened(router.post, "/law-rules", {201: answers.schema(queries.LawTable)}, "addLawRule", "Add a dated row of a rule")
def add_rule(request: HttpRequest, asked: RuleInput) -> object:
    """A row replaces the one before it from its first day. Programme office. Answers the rows of that rule."""
    who = doors.caller(request)
    numbers = {one.name: one.value for one in asked.numbers}
    said: dict[str, Any] = asked.dict() | {"numbers": numbers}
    actions.add_law_rule(who, draft=drafts.RuleDraft(**said))
    return Status(201, queries.law_table(who, key=asked.key))


@opened(router.get, "/roles", list[answers.schema(queries.RoleChoice)], "listCareerRoles", "Roles of the trade",
        auth=None)  # fmt: skip
def roles(request: HttpRequest, text: Annotated[str, Query(max_length=60, pattern=LINE)] = "") -> object:
    """The roles one can start from. Public."""
    return list(queries.career_roles(doors.caller(request), text=text))


@opened(router.get, "/roles/{role}/graph", answers.schema(queries.CareerGraph), "getCareerGraph",
        "Ways on from a role", auth=None)  # fmt: skip
def graph(request: HttpRequest, role: Role, steps: Annotated[int, Query(ge=1, le=3)] = 2) -> object:
    """Steps, fits and observed moves, apart. Public."""
    return queries.career_graph(doors.caller(request), role=role, steps=steps)


@opened(router.get, "/roles/{role}/steps/{goal}", answers.schema(queries.CareerStep), "getCareerStep",
        "One step from role to role", auth=None)  # fmt: skip
def step(request: HttpRequest, role: Role, goal: Role) -> object:
    """What carries over, what is missing, time, pay, training. Public."""
    return queries.career_path(doors.caller(request), start=role, goal=goal)


@opened(router.get, "/moves", answers.schema(queries.Moves), "listCareerMoves", "Where people went", auth=None)
def moves(request: HttpRequest) -> object:
    """Observed moves of five people or more, over all employers. Public."""
    return queries.moves(doors.caller(request))


@opened(router.get, "/me/graph", answers.schema(queries.CareerGraph), "getMyCareerGraph",
        "Ways on from a role, compared with my passport")  # fmt: skip
def my_graph(
    request: HttpRequest,
    role: Annotated[str, Query(min_length=1, max_length=80, pattern=r"^[-a-zA-Z0-9_]+$")],
    steps: Annotated[int, Query(ge=1, le=3)] = 2,
) -> object:
    """As the public one, with fits of the caller's own passport."""
    who = doors.caller(request)
    return queries.career_graph(who, role=role, steps=steps, person=people.my_person(who) or 0)


@opened(router.get, "/me/employments", answers.schema(queries.MyEmployments), "listMyEmployments", "My contracts")
def mine(request: HttpRequest) -> object:
    """The caller's own contracts, with what the rules say about them and about a next one."""
    return _mine(request)


@opened(router.post, "/me/employments/{employment}/confirmation", answers.schema(queries.MyEmployments),
        "confirmEmployment", "Yes, this is my contract")  # fmt: skip
def confirm(request: HttpRequest, employment: Employment) -> object:
    """Confirm a proposal, or renew the share of a contract; the employer then reads it."""
    who = doors.caller(request)
    actions.confirm_employment(who, person=people.my_person(who) or 0, employment=employment)
    return _mine(request)


@opened(router.delete, "/me/employments/{employment}", answers.schema(queries.MyEmployments), "declineEmployment",
        "No, this is not my contract")  # fmt: skip
def decline(request: HttpRequest, employment: Employment) -> object:
    """A proposal disappears; a confirmed contract has to be ended."""
    who = doors.caller(request)
    actions.decline_employment(who, person=people.my_person(who) or 0, employment=employment)
    return _mine(request)


@opened(router.post, "/me/employments/{employment}/facts", answers.schema(queries.MyEmployments),
        "fillInMyEmployment", "Fill in what nobody knew about my contract")  # fmt: skip
def facts(request: HttpRequest, employment: Employment, asked: FactsInput) -> object:
    """Only what is blank; what is written down stays."""
    who = doors.caller(request)
    actions.fill_in(who, employment=employment, person=people.my_person(who) or 0, facts=asked.said())
    return _mine(request)


@opened(router.post, "/me/employments/{employment}/end", answers.schema(queries.MyEmployments), "endMyEmployment",
        "My contract ends")  # fmt: skip
def end(request: HttpRequest, employment: Employment, asked: EndEmploymentInput) -> object:
    """The person ends it, with a coded reason."""
    who = doors.caller(request)
    actions.end_employment(who, employment=employment, person=people.my_person(who) or 0, **asked.dict())
    return _mine(request)


@opened(router.post, "/me/employments/{employment}/reflection", answers.schema(queries.MyEmployments), "sayWhy",
        "Why the work fits or not")  # fmt: skip
def why(request: HttpRequest, employment: Employment, asked: WhyInput) -> object:
    """At six weeks, three months and a year; counted in groups only."""
    who = doors.caller(request)
    actions.say_why(who, employment=employment, person=people.my_person(who) or 0, **asked.dict())
    return _mine(request)


@opened(router.get, "/employers/{slug}/employments", answers.schema(queries.EmploymentDesk), "listEmployments",
        "Contracts with an employer")  # fmt: skip
def employments(request: HttpRequest, slug: Role) -> object:
    """Behind living shares only, in order of arrival. The employer's recruiter."""
    return _desk(request, slug)


@opened(router.post, "/employers/{slug}/employments", {201: answers.schema(queries.EmploymentDesk)},
        "proposeEmployment", "Propose a contract")  # fmt: skip
def propose(request: HttpRequest, slug: Role, asked: EmploymentInput) -> object:
    """To somebody who shares for an application or employment; counts once the person confirms."""
    said = asked.said()
    share = said.pop("share")
    partner = organisations.partner(slug=slug)
    draft = drafts.EmploymentDraft(**said)
    actions.propose_employment(doors.caller(request), organisation=partner.id, share=share, draft=draft)
    return Status(201, _desk(request, slug))


@opened(router.post, "/employers/{slug}/employments/{employment}/facts", answers.schema(queries.EmploymentDesk),
        "fillInEmployment", "Fill in what nobody knew about a contract with us")  # fmt: skip
def desk_facts(request: HttpRequest, slug: Role, employment: Employment, asked: FactsInput) -> object:
    """Only what is blank; what is written down stays. The employer's recruiter."""
    partner = organisations.partner(slug=slug)
    actions.fill_in(doors.caller(request), employment=employment, organisation=partner.id, facts=asked.said())
    return _desk(request, slug)


@opened(router.post, "/employers/{slug}/employments/{employment}/end", answers.schema(queries.EmploymentDesk),
        "endEmployment", "A contract with us ends")  # fmt: skip
def desk_end(request: HttpRequest, slug: Role, employment: Employment, asked: EndEmploymentInput) -> object:
    """The employer ends it, with a coded reason."""
    partner = organisations.partner(slug=slug)
    actions.end_employment(doors.caller(request), employment=employment, organisation=partner.id, **asked.dict())
    return _desk(request, slug)


@opened(router.post, "/employers/{slug}/employments/{employment}/reflection", answers.schema(queries.EmploymentDesk),
        "sayWhyAsEmployer", "Why the work fits or not, said by the employer")  # fmt: skip
def desk_why(request: HttpRequest, slug: Role, employment: Employment, asked: WhyInput) -> object:
    """At six weeks, three months and a year; counted in groups only."""
    partner = organisations.partner(slug=slug)
    actions.say_why(doors.caller(request), employment=employment, organisation=partner.id, **asked.dict())
    return _desk(request, slug)


@opened(router.get, "/employers/{slug}/feedback", answers.schema(queries.FeedbackGroups), "getEmployerFeedback",
        "Why work fits or not, in groups")  # fmt: skip
def feedback(request: HttpRequest, slug: Role) -> object:
    """Counts of five or more, both sides apart. The employer's own desk and the programme office."""
    return queries.feedback(doors.caller(request), organisation=organisations.partner(slug=slug).id)


def _mine(request: HttpRequest) -> queries.MyEmployments:
    who = doors.caller(request)
    return queries.my_employments(who, person=people.my_person(who) or 0)


def _desk(request: HttpRequest, slug: str) -> queries.EmploymentDesk:
    return queries.employments_of(doors.caller(request), organisation=organisations.partner(slug=slug).id)
