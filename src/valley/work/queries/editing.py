"""What does the form for an opening or a role start from, and which choices does it offer?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import access, clock, organisations
from valley.foundation.models import DeskRole, OrganisationKind
from valley.foundation.problems import NotFound
from valley.foundation.spreadsheets.cells import plain
from valley.skills import queries as skills
from valley.work import desks, drafts, stored, words
from valley.work.models import ContractKind, Opening
from valley.work.queries.openings import state_today
from valley.work.queries.roles import RoleProfilePage, role_profile, role_profiles

MOST_SEARCHES = 200
"""So many unknown words are searched for a suggestion; after that they are only named."""
Finder = Callable[[str], tuple[int | None, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A key and its words."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class OpeningChoices:
    """What the fields of an opening are chosen from. ``competences`` are suggestions: others can be typed."""

    roles: tuple[Choice, ...]
    places: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    contracts: tuple[Choice, ...]
    permits: tuple[Choice, ...]
    competences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpeningEdit:
    """An opening in the form: the stored one, or a new one with what its role usually is (``slug`` empty).

    ``needs`` are the needs of the draft with their labels, in the order of ``draft.needs``.
    """

    slug: str
    version: int
    state: str
    draft: drafts.OpeningDraft
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the filters of the public list are chosen from."""

    places: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    contracts: tuple[Choice, ...]
    organisations: tuple[Choice, ...]


def filter_choices(caller: access.Caller) -> FilterChoices:
    """The choices of the filters. Public; one question."""
    employers = organisations.partners(kind=OrganisationKind.EMPLOYER)
    return FilterChoices(
        places=tuple(Choice(place.key, place.name) for place in skills.places()),
        languages=tuple(Choice(one.code, one.label) for one in skills.languages(caller.language)),
        contracts=tuple(Choice(kind.value, str(kind.label)) for kind in ContractKind),
        organisations=tuple(Choice(one.slug, one.name) for one in employers),
    )


def opening_choices(caller: access.Caller, *, organisation: int | None) -> OpeningChoices:
    """The choices of the forms, for the desk of an organisation; None for the trade's roles at the office."""
    if organisation is None:
        access.require_desk(caller, DeskRole.OFFICE)
    else:
        desks.require_reader(caller, organisation=organisation)
    return OpeningChoices(
        roles=tuple(Choice(one.key, one.title) for one in role_profiles(caller, organisation=organisation)),
        places=tuple(Choice(place.key, place.name) for place in skills.places()),
        languages=tuple(Choice(one.code, one.label) for one in skills.languages(caller.language)),
        levels=tuple(Choice(str(number), label) for number, label in words.levels(caller.language).items()),
        contracts=tuple(Choice(kind.value, str(kind.label)) for kind in ContractKind),
        permits=tuple(Choice(key, label) for key, label in words.permits().items()),
        competences=tuple(term.term for term in skills.glossary(caller)),
    )


def opening_to_edit(caller: access.Caller, *, slug: str) -> OpeningEdit:
    """A stored opening in the form. Raises :class:`NotFound`, or Forbidden for another desk."""
    row = Opening.objects.select_related("role").prefetch_related("needs", "languages").filter(slug=slug).first()
    if row is None or not desks.seated(caller, organisation=row.organisation_id):
        raise NotFound(expected=_("an opening of your organisation"), found=slug, next_step=_("Open your desk."))
    desks.require_writer(caller, organisation=row.organisation_id)
    draft = stored.draft_of(row)
    labels = words.competences([need.competence for need in draft.needs], language=caller.language)
    named = tuple(labels.get(need.competence, "") for need in draft.needs)
    return OpeningEdit(
        row.slug, row.version, state_today(row.state, row.closes_on, clock.today(caller.at)), draft, named
    )


def new_opening(caller: access.Caller, *, organisation: int, role: str) -> OpeningEdit:
    """A new opening of a role: its needs, and the hours, contract and languages the role usually has (a model).

    Pay is left at 0 for the form to ask: nobody should adopt a model's pay unread.
    """
    desks.require_writer(caller, organisation=organisation)
    page = role_profile(caller, key=role, organisation=organisation)
    needs = tuple(drafts.NeedDraft(n.competence, n.level, n.importance, n.task) for n in page.needs)
    draft = _usual(page, organisation, needs, clock.today(caller.at))
    return OpeningEdit("", 0, "draft", draft, tuple(need.label for need in page.needs))


def _usual(
    page: RoleProfilePage, organisation: int, needs: tuple[drafts.NeedDraft, ...], on: date
) -> drafts.OpeningDraft:
    usual = next((one for one in skills.starter_roles() if one.key == page.role.key and not page.role.own), None)
    start = (on.replace(day=1) + timedelta(days=62)).replace(day=1)
    contract = usual.contract_kind if usual else ContractKind.FIXED_TERM.value
    months = usual.contract_months if usual and contract != ContractKind.PERMANENT else None
    asked = [one for one in usual.languages if one.importance == drafts.MUST] if usual else []
    return drafts.OpeningDraft(
        organisation=organisation,
        role=page.role.key,
        title=page.role.title,
        contract=contract,
        months=months,
        hours_min=usual.hours_min if usual else 24,
        hours_max=usual.hours_max if usual else 32,
        pay_min=Decimal(0),
        pay_max=Decimal(0),
        place="",
        starts_from_on=start,
        starts_until_on=start + timedelta(days=92),
        closes_on=start - timedelta(days=14),
        languages=tuple(drafts.LanguageDraft(one.code, one.cefr) for one in asked),
        needs=needs,
        evenings=bool(usual and usual.evenings),
        weekends=bool(usual and usual.weekends),
        nights=bool(usual and usual.nights),
        early=bool(usual and usual.early),
        home_work=bool(usual and usual.home_work),
    )


def competence_finder(caller: access.Caller) -> Finder:
    """A function from what someone wrote to a competence: (id, ()), or (None, the nearest labels).

    Exact labels of the trade in either language come first, then the search of the whole vocabulary.
    """
    terms: dict[str, int] = {}
    for term in skills.glossary(caller):
        terms.setdefault(plain(term.other_language), term.competence)
        terms[plain(term.term)] = term.competence
    searched: dict[str, tuple[int | None, tuple[str, ...]]] = {}

    def find(text: str) -> tuple[int | None, tuple[str, ...]]:
        bare = plain(text)
        if bare in terms:
            return terms[bare], ()
        if bare not in searched and len(searched) < MOST_SEARCHES:
            searched[bare] = _searched(caller, text)
        return searched.get(bare, (None, ()))

    return find


def _searched(caller: access.Caller, text: str) -> tuple[int | None, tuple[str, ...]]:
    try:
        hits = skills.search(caller, text=text[:100], kinds=("competence",), limit=3)
    except ValleyError:
        return None, ()
    exact = [hit.id for hit in hits if hit.why == "exact"]
    return (exact[0] if exact else None), tuple(hit.label for hit in hits)
