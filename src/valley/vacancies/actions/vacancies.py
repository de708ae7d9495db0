"""How does a vacancy come to be, change, open, and come again: the opening and what stands beside it as one?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from valley.foundation import access
from valley.foundation.problems import Conflict
from valley.vacancies import drafts, stored
from valley.vacancies.actions import keeping
from valley.work import actions as work
from valley.work import queries as openings
from valley.work.drafts import Flaw

Report = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Window:
    """When a renewed vacancy starts (before ``starts_until_on``), and on which day it closes."""

    starts_from_on: date
    starts_until_on: date
    closes_on: date


def keep_vacancy(
    caller: access.Caller,
    *,
    draft: drafts.VacancyDraft,
    slug: str = "",
    version: int = 0,
    publish: bool = False,
) -> work.SavedOpening:
    """Store a whole vacancy in one transaction: a new one, or (with ``slug``) the one read in ``version``.

    With ``publish`` it is opened too when nothing is challenged. Raises :class:`work.OpeningRefused` with every flaw
    of all fields, :class:`Conflict`, :class:`NotFound`.
    """
    with transaction.atomic():
        saved = _revised(caller, slug, version, draft) if slug else _added(caller, draft)
        if publish and saved.state != "open":
            saved = work.open_opening(caller, slug=saved.slug, version=saved.version)
    return saved


def keep_vacancies(
    caller: access.Caller,
    *,
    rows: Sequence[drafts.VacancyDraft],
    publish: bool = True,
    past_allowed: bool = False,
    progress: Report | None = None,
) -> tuple[work.SavedOpening, ...]:
    """Add many vacancies in one transaction, all or none; a thousand take some seconds.

    ``past_allowed`` lets the operator load history. Raises :class:`work.OpeningRefused` for the first row with a
    flaw or, with ``publish``, a challenge; ``facts["row"]`` names it (from 0).
    """
    known = keeping.processes()
    with transaction.atomic():
        for number, row in enumerate(rows):
            _require_flawless(row, known, row=number)
        saved = work.add_openings(
            caller,
            rows=[row.opening for row in rows],
            publish=False,
            past_allowed=past_allowed,
            progress=progress,
        )
        keeping.keep({one.id: row.beside() for one, row in zip(saved, rows, strict=True)})
        if publish:
            work.open_unchallenged(caller, openings=[one.id for one in saved], all_of=True)
    return tuple(replace(one, state="open") for one in saved) if publish else saved


def publish_opening(caller: access.Caller, *, slug: str, version: int) -> work.SavedOpening:
    """Show a vacancy to everyone until its closing day; refused with every flaw while a challenge is open."""
    return work.open_opening(caller, slug=slug, version=version)


def duplicate_opening(caller: access.Caller, *, slug: str) -> work.SavedOpening:
    """Copy a vacancy with everything beside it into a new draft, without its reference number."""
    return work.duplicate_opening(caller, slug=slug)


def renew_opening(caller: access.Caller, *, slug: str, window: Window, publish: bool = False) -> work.SavedOpening:
    """The same vacancy again in a new window: a draft, or open at once. The old one stays as it is.

    Raises :class:`work.OpeningRefused` when the days do not fit, or when it is challenged on opening.
    """
    edit = openings.opening_to_edit(caller, slug=slug)
    (beside,) = stored.besides([openings.opening_id(caller, slug=slug)]).values()
    again = replace(
        edit.draft,
        reference="",
        starts_from_on=window.starts_from_on,
        starts_until_on=window.starts_until_on,
        closes_on=window.closes_on,
    )
    return keep_vacancy(caller, draft=drafts.whole(again, beside), publish=publish)


def state_practice(caller: access.Caller, *, opening: int, practices: Sequence[drafts.PracticeDraft]) -> None:
    """Say which work processes can be practised in one opening; see :func:`state_practices`."""
    state_practices(caller, rows={opening: practices})


def state_practices(caller: access.Caller, *, rows: Mapping[int, Sequence[drafts.PracticeDraft]]) -> None:
    """Say which work processes can be practised, by opening, in place of what was said. All or none.

    For the desk of the organisation; the opening gets its next version. Raises :class:`work.OpeningRefused`, naming
    the row, when a work process is in no dossier.
    """
    _stated(caller, {pk: {"practices": tuple(lines)} for pk, lines in rows.items()})


def state_preview(caller: access.Caller, *, opening: int, preview: drafts.PreviewDraft) -> None:
    """Say what the work of an opening is really like, in place of what was said."""
    _stated(caller, {opening: {"preview": preview}})


def state_requirements(caller: access.Caller, *, opening: int, requirements: Sequence[drafts.RequirementDraft]) -> None:
    """Say what an opening asks beside competences, in place of what was said; an open one is challenged at once."""
    _stated(caller, {opening: {"requirements": tuple(requirements)}})


def _stated(caller: access.Caller, changes: Mapping[int, Mapping[str, object]]) -> None:
    """Replace parts of what stands beside openings. Touching comes last: it checks the desk and rolls all back."""
    if not caller.operator:
        access.require_signed_in(caller)
    known = keeping.processes()
    with transaction.atomic():
        before = stored.besides(changes)
        after = {pk: replace(before[pk], **change) for pk, change in changes.items()}
        for number, beside in enumerate(after.values()):
            _refuse(drafts.flaws_of(beside, known), row=number)
        keeping.keep(after)
        work.touch_openings(caller, openings=list(changes))


def _added(caller: access.Caller, draft: drafts.VacancyDraft) -> work.SavedOpening:
    flaws = drafts.flaws_of(draft.beside(), keeping.processes())
    try:
        saved = work.add_opening(caller, draft=draft.opening, publish=False)
    except work.OpeningRefused as refused:
        raise _with(refused, flaws) from refused
    _refuse(flaws)
    keeping.keep({saved.id: draft.beside()})
    return saved


def _revised(caller: access.Caller, slug: str, version: int, draft: drafts.VacancyDraft) -> work.SavedOpening:
    """What stands beside goes in first, so that revising an open vacancy weighs the whole as it will be."""
    edit = openings.opening_to_edit(caller, slug=slug)
    opening = openings.opening_id(caller, slug=slug)
    before = stored.besides([opening])[opening]
    _require_read(edit.version, version, changed=before != draft.beside())
    flaws = drafts.flaws_of(draft.beside(), keeping.processes())
    if not flaws:
        keeping.keep({opening: draft.beside()})
    try:
        saved = work.revise_opening(caller, slug=slug, version=version, draft=draft.opening)
    except work.OpeningRefused as refused:
        raise _with(refused, flaws) from refused
    _refuse(flaws)
    return saved


def _require_read(stored_version: int, version: int, *, changed: bool) -> None:
    """Refuse before anything is written when someone saved in between and what stands beside differs."""
    if stored_version != version and changed:
        raise Conflict(
            expected=_("version %(version)s") % {"version": stored_version},
            found=_("version %(version)s") % {"version": version},
            next_step=_("Someone saved in between: open the page again and repeat your change."),
            fields=["beside"],
            version=stored_version,
        )


def _with(refused: work.OpeningRefused, flaws: Sequence[Flaw]) -> work.OpeningRefused:
    """The refusal of the opening with the flaws of what stands beside it behind its own."""
    own = refused.facts.get("flaws")
    return work.refused([*own, *flaws]) if isinstance(own, tuple) else refused


def _require_flawless(draft: drafts.VacancyDraft, known: frozenset[str], *, row: int) -> None:
    _refuse(drafts.flaws_of(draft.beside(), known), row=row)


def _refuse(flaws: Sequence[Flaw], *, row: int = 0) -> None:
    if flaws:
        raise work.refused(flaws, row=row)
