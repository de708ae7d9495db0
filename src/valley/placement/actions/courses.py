"""How does the programme office put candidate courses on the table?"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from valley.foundation import access, audit, clock, organisations
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.foundation.problems import Conflict, NotFound
from valley.placement import drafts
from valley.placement.models import CourseOffer
from valley.skills import queries as skills


def add_course_offer(caller: Caller, *, draft: drafts.CourseDraft) -> str:
    """Add one candidate course and return its key. Programme office or operator."""
    return add_course_offers(caller, rows=[draft])[0]


def add_course_offers(caller: Caller, *, rows: Sequence[drafts.CourseDraft]) -> tuple[str, ...]:
    """Add candidate courses, all or none; returns their keys in order. Programme office or operator.

    Raises PlacementRefused (``rows.3.weeks`` when there are several), and Conflict for a key that is taken.
    """
    access.require_desk(caller, DeskRole.OFFICE)
    drafts.number(len(rows), field="rows", low=1, high=drafts.COURSES_MOST)
    made = [_row(caller, draft, place=place if len(rows) > 1 else None) for place, draft in enumerate(rows)]
    keys = [row.key for row in made]
    with transaction.atomic():
        taken = CourseOffer.objects.filter(key__in=keys).values_list("key", flat=True).first()
        if taken or len(set(keys)) < len(keys):
            raise Conflict(expected=_("a key of its own"), found=taken or keys[0], next_step=_("Choose another key."))
        CourseOffer.objects.bulk_create(made)
        for row in made:
            audit.record(
                caller,
                verb="placement.add_course_offer",
                subject=("course-offer", row.key),
                fields=["gives", "language", "weeks", "cost", "least", "most", "starts_on"],
            )
    return tuple(keys)


def remove_course_offer(caller: Caller, *, key: str) -> None:
    """Take a candidate course away. Conflict when somebody has a place in it."""
    access.require_desk(caller, DeskRole.OFFICE)
    with transaction.atomic():
        row = CourseOffer.objects.filter(key=key if slugify(key) == key else "").first()
        if row is None:
            raise NotFound(expected=_("a candidate course"), found=_("none"), next_step=_("Open the list again."))
        if row.reserved:
            raise Conflict(
                expected=_("a course without reserved places"),
                found=row.reserved,
                next_step=_("Let the people keep it, or agree something else with them first."),
            )
        audit.record(caller, verb="placement.remove_course_offer", subject=("course-offer", row.key))
        row.delete()


def _row(caller: Caller, draft: drafts.CourseDraft, *, place: int | None) -> CourseOffer:
    try:
        return _checked(caller, draft)
    except drafts.PlacementRefused as error:
        if place is None:
            raise
        raise drafts.PlacementRefused(
            field=f"rows.{place}.{error.field}",
            expected=error.expected,
            found=error.found,
            next_step=error.next_step,
        ) from error


def _checked(caller: Caller, draft: drafts.CourseDraft) -> CourseOffer:
    known = {partner.id for partner in organisations.partners(on=clock.today(caller.at))}
    drafts.one_of(str(draft.organisation), field="organisation", known={str(one) for one in known})
    languages = {tongue.code: tongue.label for tongue in skills.languages(caller.language)}
    competences = skills.labels([competence for competence, _level in draft.gives], caller.language)
    drafts.course(draft, languages=languages, competences=competences, on=clock.today(caller.at))
    key = draft.key or slugify(draft.title)[:80]
    if slugify(key) != key or not key or len(key) > 80:
        raise drafts.PlacementRefused(
            field="key",
            expected=_("small letters, digits and hyphens"),
            found=_("something else"),
            next_step=_("Choose another key."),
        )
    return CourseOffer(
        key=key,
        title=drafts.text(draft.title, field="title", least=3, most=drafts.TITLE),
        organisation_id=draft.organisation,
        gives=[list(pair) for pair in draft.gives],
        language=draft.language,
        cefr=draft.cefr if draft.language else None,
        weeks=draft.weeks,
        cost=draft.cost,
        cost_a_head=draft.cost_a_head,
        least=draft.least,
        most=draft.most,
        taught_in=draft.taught_in,
        taught_cefr=draft.taught_cefr,
        starts_on=draft.starts_on,
        changed_at=caller.at,
    )
