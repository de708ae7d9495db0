"""What does someone read about one vacancy, and what does the form for one start from?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from valley.dossiers import queries as dossiers
from valley.foundation import access, clock
from valley.vacancies import stored
from valley.vacancies.drafts import VacancyDraft, whole
from valley.vacancies.models import OpeningPractice, OpeningPreview, OpeningRequirement, RequirementKind
from valley.vacancies.queries import recognitions
from valley.vacancies.queries.shapes import (
    DossierChoice,
    PreviewText,
    ProcessChoice,
    RequirementLine,
    VacancyChoices,
    VacancyEdit,
    VacancyPage,
    VacancyPractice,
)
from valley.work import desks, snapshots
from valley.work import queries as work


def vacancy_page(caller: access.Caller, *, slug: str) -> VacancyPage:
    """One vacancy; :class:`NotFound` as for the opening itself: drafts are for the desk of the organisation."""
    page = work.opening(caller, slug=slug)
    opening, owner = page.opening.id, page.opening.organisation_id
    names = recognitions.dossier_names(caller)
    practices = practice_of(caller, opening=opening, names=names)
    recognised = recognitions.recognitions_of(caller, organisation=owner, names=names)
    desk = practices and desks.reads(caller, organisation=owner)
    warnings = recognitions.warnings_of(caller, jobs=[snapshots.job(opening)]) if desk else {}
    return VacancyPage(
        page=page,
        practices=practices,
        preview=preview_of(caller, opening=opening, day_of_role=page.day),
        requirements=requirements_of(caller, opening=opening),
        recognitions=tuple(one for one in recognised if one.state in ("current", "future")),
        warnings=warnings.get(opening, ()),
    )


def practice_of(
    caller: access.Caller, *, opening: int, names: Mapping[str, str] | None = None
) -> tuple[VacancyPractice, ...]:
    """The work processes that can be practised in an opening, by dossier and code. Public like the opening.

    ``names`` are those of dossiers, when the caller has them already.
    """
    rows = list(OpeningPractice.objects.filter(opening=opening).order_by("dossier_code", "process_code"))
    if not rows:
        return ()
    called = recognitions.dossier_names(caller) if names is None else names
    processes = _process_names(caller, {row.dossier_code for row in rows})
    return tuple(
        VacancyPractice(
            row.dossier_code,
            called.get(row.dossier_code, row.dossier_code),
            row.process_code,
            processes.get((row.dossier_code, row.process_code), row.process_code),
            row.hours,
        )
        for row in rows
    )


def preview_of(caller: access.Caller, *, opening: int, day_of_role: str = "") -> PreviewText:
    """What the work is really like; the day falls back on ``day_of_role``. Public like the opening."""
    row = OpeningPreview.objects.filter(opening=opening).first()
    said = row.day if row else ""
    return PreviewText(
        day=said or day_of_role,
        day_of_role=not said and bool(day_of_role),
        training=row.training if row else "",
        next_steps=row.next_steps if row else "",
    )


def requirements_of(caller: access.Caller, *, opening: int) -> tuple[RequirementLine, ...]:
    """What is asked beside competences and languages, in the order it was written. Public like the opening."""
    rows = OpeningRequirement.objects.filter(opening=opening).order_by("pk")
    return tuple(RequirementLine(row.kind, str(RequirementKind(row.kind).label), row.words, row.task) for row in rows)


def vacancy_choices(caller: access.Caller, *, organisation: int) -> VacancyChoices:
    """The choices of the form, for the desk of an organisation."""
    opening = work.opening_choices(caller, organisation=organisation)
    on = clock.today(caller.at)
    covered = recognitions.checked_periods(organisations_of=[organisation])
    recognised = {
        code
        for (_owner, code), spans in covered.items()
        if any(begins <= on and (ends is None or ends > on) for begins, ends in spans)
    }
    names = recognitions.dossier_names(caller)
    processes = _process_names(caller, names)
    return VacancyChoices(
        opening=opening,
        dossiers=tuple(
            DossierChoice(
                code,
                name,
                code in recognised,
                tuple(ProcessChoice(code, one[1], words) for one, words in processes.items() if one[0] == code),
            )
            for code, name in sorted(names.items(), key=lambda pair: (pair[0] not in recognised, pair[1]))
        ),
        requirement_kinds=tuple(work.Choice(kind.value, str(kind.label)) for kind in RequirementKind),
    )


def vacancy_to_edit(caller: access.Caller, *, slug: str) -> VacancyEdit:
    """A stored vacancy in the form. Raises :class:`NotFound`, or Forbidden for another desk."""
    edit = work.opening_to_edit(caller, slug=slug)
    kept = stored.besides([work.opening_id(caller, slug=slug)])
    (beside,) = kept.values()
    return VacancyEdit(edit, whole(edit.draft, beside))


def new_vacancy(caller: access.Caller, *, organisation: int, role: str) -> VacancyEdit:
    """A new vacancy of a role, with what the role usually is; nothing beside it is filled in."""
    edit = work.new_opening(caller, organisation=organisation, role=role)
    return VacancyEdit(edit, VacancyDraft(edit.draft))


def _process_names(caller: access.Caller, codes: Iterable[str]) -> dict[tuple[str, str], str]:
    """Names of work processes by (dossier, code), in that order; of dossiers that are gone nothing. Four questions."""
    wanted = set(codes)
    full = {name: pk for name, pk in dossiers.work_process_ids().items() if "/" in name}
    ids = {name: pk for name, pk in full.items() if name.split("/")[0] in wanted}
    named = dossiers.work_process_names(caller, ids=ids.values())
    return {(named[pk].dossier, named[pk].code): named[pk].name for _name, pk in sorted(ids.items())}
