"""How does an opening come to be, change, open and close?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from valley.foundation import access, audit, organisations
from valley.foundation.problems import Conflict, NotFound
from valley.work import beside, desks, drafts, stored
from valley.work.actions import publishing, roles
from valley.work.actions.publishing import OpeningRefused, SavedOpening
from valley.work.models import Opening, OpeningLanguage, OpeningNeed, OpeningState, RoleNeed, RoleProfile

BATCH = 500
Report = Callable[[float, str], None]


def add_opening(caller: access.Caller, *, draft: drafts.OpeningDraft, publish: bool = False) -> SavedOpening:
    """Add one opening, as a draft or open at once. Raises :class:`OpeningRefused` with every flaw."""
    return add_openings(caller, rows=[draft], publish=publish)[0]


def add_openings(
    caller: access.Caller,
    *,
    rows: Sequence[drafts.OpeningDraft],
    publish: bool = True,
    past_allowed: bool = False,
    progress: Report | None = None,
) -> tuple[SavedOpening, ...]:
    """Add many openings in one transaction, all or none; a thousand take about a second.

    ``past_allowed`` lets the operator load history (closing days that have passed). Raises :class:`OpeningRefused`
    for the first row with a flaw, named by ``facts["row"]`` (from 0).
    """
    for organisation in sorted({row.organisation for row in rows}):
        desks.require_writer(caller, organisation=organisation)
    report = progress or (lambda share, words: None)
    with transaction.atomic():
        profiles = role_ids(rows)
        whole = with_role_needs(caller, rows=rows, profiles=profiles)
        _require_flawless(caller, whole, profiles, past_allowed=past_allowed and caller.operator)
        require_free_references(whole)
        report(0.3, _("checked"))
        made = _insert(caller, whole, profiles, publish=publish)
        if publish:
            publishing.require_unchallenged(caller, dict(zip((row.pk for row in made), whole, strict=True)))
        report(0.9, _("stored"))
        _record(caller, whole)
    report(1.0, _("done"))
    return tuple(SavedOpening(row.pk, row.slug, row.state, row.version) for row in made)


def revise_opening(caller: access.Caller, *, slug: str, version: int, draft: drafts.OpeningDraft) -> SavedOpening:
    """Change an opening. Raises :class:`Conflict` when someone saved since ``version`` was read."""
    with transaction.atomic():
        row = _mine(caller, slug, version=version, draft=draft)
        draft = replace(draft, organisation=row.organisation_id)
        profiles = role_ids([draft])
        (whole,) = with_role_needs(caller, rows=[draft], profiles=profiles)
        _require_flawless(caller, [whole], profiles, past_allowed=row.state == OpeningState.CLOSED)
        require_free_references([whole], but=row.pk)
        write(caller, row, whole, profiles)
        if row.state == OpeningState.OPEN:
            publishing.require_unchallenged(caller, {row.pk: whole})
        audit.record(caller, verb="work.revise_opening", subject=("opening", row.slug), fields=[*stored.PLAIN, "needs"])
    return SavedOpening(row.pk, row.slug, row.state, row.version)


def open_opening(caller: access.Caller, *, slug: str, version: int) -> SavedOpening:
    """Show an opening to everyone until its closing day. Raises :class:`OpeningRefused` when a field is outdated."""
    with transaction.atomic():
        row = _mine(caller, slug, version=version)
        draft = stored.draft_of(row)
        _require_flawless(caller, [draft], {(draft.organisation, draft.role): row.role_id}, past_allowed=False)
        publishing.require_unchallenged(caller, {row.pk: draft})
        row.opened_at = row.opened_at or caller.at
        return _turn(caller, row, OpeningState.OPEN, verb="work.open_opening")


def close_opening(caller: access.Caller, *, slug: str, version: int) -> SavedOpening:
    """Take an opening away from the public at once; it can be opened again."""
    with transaction.atomic():
        row = _mine(caller, slug, version=version)
        return _turn(caller, row, OpeningState.CLOSED, verb="work.close_opening")


def duplicate_opening(caller: access.Caller, *, slug: str) -> SavedOpening:
    """Copy an opening, and what stands beside it, into a new draft without its reference number.

    Days that have passed stay to be corrected.
    """
    with transaction.atomic():
        row = _mine(caller, slug)
        draft = replace(stored.draft_of(row), reference="")
        (made,) = _insert(caller, [draft], {(draft.organisation, draft.role): row.role_id}, publish=False)
        beside.room().keep({made.pk: beside.room().stored([row.pk])[row.pk]})
        audit.record(caller, verb="work.duplicate_opening", subject=("opening", made.slug), fields=["slug"])
    return SavedOpening(made.pk, made.slug, made.state, made.version)


def role_ids(rows: Iterable[drafts.OpeningDraft]) -> dict[tuple[int, str], int]:
    """Role profile ids by (organisation, key): the organisation's own before the trade's. One question."""
    asked = {(row.organisation, row.role) for row in rows}
    keys, owners = {key for _owner, key in asked}, {owner for owner, _key in asked}
    found = RoleProfile.objects.filter(Q(organisation=None) | Q(organisation__in=owners), key__in=keys)
    by_owner = {(owner, key): role for role, owner, key in found.values_list("pk", "organisation_id", "key")}
    chosen = {pair: by_owner.get(pair) or by_owner.get((None, pair[1])) for pair in asked}
    return {pair: role for pair, role in chosen.items() if role is not None}


def with_role_needs(
    caller: access.Caller, *, rows: Sequence[drafts.OpeningDraft], profiles: dict[tuple[int, str], int]
) -> list[drafts.OpeningDraft]:
    """The drafts, with the needs of their role where they name none. One question."""
    bare = {profiles.get((row.organisation, row.role)) for row in rows if not row.needs} - {None}
    task = "task_en" if caller.language == "en" else "task_nl"
    needs: dict[int, list[drafts.NeedDraft]] = {}
    for need in RoleNeed.objects.filter(role__in=bare).order_by("pk"):
        words = getattr(need, task) or need.task_nl or need.task_en
        copied = drafts.NeedDraft(need.competence_id, need.level, need.importance, words)
        needs.setdefault(need.role_id, []).append(copied)
    return [
        row if row.needs else replace(row, needs=tuple(needs.get(profiles.get((row.organisation, row.role), 0), ())))
        for row in rows
    ]


def flaws_of(
    draft: drafts.OpeningDraft, known: drafts.Known, profiles: dict[tuple[int, str], int]
) -> tuple[drafts.Flaw, ...]:
    """Everything refused about a draft, an unknown role first."""
    if (draft.organisation, draft.role) in profiles:
        return drafts.opening_flaws(draft, known)
    unknown = drafts.Flaw(
        "role",
        _("a role of the trade or of your organisation"),
        draft.role or _("nothing"),
        _("Choose one from the list."),
    )
    # Without a role there are no needs to copy, and saying so twice helps nobody.
    return (unknown, *(flaw for flaw in drafts.opening_flaws(draft, known) if draft.needs or flaw.field != "needs"))


def require_free_references(rows: Sequence[drafts.OpeningDraft], *, but: int | None = None) -> None:
    """Refuse a reference number that the organisation uses already, in the table or twice in ``rows``."""
    asked = [(row.organisation, row.reference) for row in rows if row.reference]
    stored = Opening.objects.filter(organisation__in={one for one, _reference in asked}).exclude(reference="")
    taken = set(stored.exclude(pk=but).values_list("organisation_id", "reference")) if asked else set()
    times = Counter(asked)
    twice = next((pair for pair in asked if pair in taken or times[pair] > 1), None)
    if twice:
        raise OpeningRefused(
            expected=_("a reference number of its own"),
            found=twice[1],
            next_step=_("Change the opening that has this number, or choose another number."),
            field="reference",
        )


def write(
    caller: access.Caller, row: Opening, draft: drafts.OpeningDraft, profiles: dict[tuple[int, str], int]
) -> None:
    """Store a checked draft in its row, with the next version. Inside the caller's transaction."""
    for name in stored.PLAIN:
        setattr(row, name, getattr(draft, name))
    row.permits = list(draft.permits)
    row.role_id = profiles[draft.organisation, draft.role]
    row.version, row.changed_at = row.version + 1, caller.at
    row.save()
    row.needs.all().delete()
    row.languages.all().delete()
    _insert_parts([(row, draft)])
    beside.changed(caller, [row.pk])


def _require_flawless(
    caller: access.Caller,
    rows: Sequence[drafts.OpeningDraft],
    profiles: dict[tuple[int, str], int],
    *,
    past_allowed: bool,
) -> None:
    competences = {need.competence for row in rows for need in row.needs}
    known = roles.known(caller, competences, past_allowed=past_allowed)
    for number, row in enumerate(rows):
        flaws = flaws_of(row, known, profiles)
        if flaws:
            raise publishing.refused(flaws, row=number)


def _mine(
    caller: access.Caller, slug: str, *, version: int | None = None, draft: drafts.OpeningDraft | None = None
) -> Opening:
    """The row, locked, when the caller may change it and nobody else did."""
    if not caller.operator:
        access.require_signed_in(caller)
    row = Opening.objects.select_for_update(of=("self",)).select_related("role").filter(slug=slug).first()
    if row is None or (row.state == OpeningState.DRAFT and not desks.seated(caller, organisation=row.organisation_id)):
        raise NotFound(expected=_("an opening"), found=slug, next_step=_("Choose one from the list."))
    desks.require_writer(caller, organisation=row.organisation_id)
    if version is not None and row.version != version:
        raise _conflict(row, version, draft)
    return row


def _conflict(row: Opening, version: int, draft: drafts.OpeningDraft | None) -> Conflict:
    kept, names = stored.draft_of(row), (*stored.PLAIN, "needs", "languages")
    changed = [name for name in names if draft and getattr(kept, name) != getattr(draft, name)]
    return Conflict(
        expected=_("version %(version)s") % {"version": row.version},
        found=_("version %(version)s") % {"version": version},
        next_step=_("Someone saved in between: open the page again and repeat your change."),
        fields=changed,
        version=row.version,
    )


def _turn(caller: access.Caller, row: Opening, state: OpeningState, *, verb: str) -> SavedOpening:
    row.state, row.version, row.changed_at = state, row.version + 1, caller.at
    row.save(update_fields=["state", "version", "changed_at", "opened_at"])
    audit.record(caller, verb=verb, subject=("opening", row.slug), fields=["state"])
    beside.changed(caller, [row.pk])
    return SavedOpening(row.pk, row.slug, row.state, row.version)


def _insert(
    caller: access.Caller,
    rows: Sequence[drafts.OpeningDraft],
    profiles: dict[tuple[int, str], int],
    *,
    publish: bool,
) -> list[Opening]:
    state: dict[str, Any] = {"state": OpeningState.DRAFT, "opened_at": None}
    if publish:
        state = {"state": OpeningState.OPEN, "opened_at": caller.at}
    made = [
        Opening(
            slug=slug,
            organisation_id=draft.organisation,
            role_id=profiles[draft.organisation, draft.role],
            permits=list(draft.permits),
            changed_at=caller.at,
            **state,
            **{name: getattr(draft, name) for name in stored.PLAIN},
        )
        for slug, draft in zip(_free_slugs(rows), rows, strict=True)
    ]
    Opening.objects.bulk_create(made, batch_size=BATCH)
    _insert_parts(zip(made, rows, strict=True))
    return made


def _insert_parts(pairs: Iterable[tuple[Opening, drafts.OpeningDraft]]) -> None:
    needs: list[OpeningNeed] = []
    languages: list[OpeningLanguage] = []
    for row, draft in pairs:
        needs += [
            OpeningNeed(opening=row, competence_id=n.competence, level=n.level, importance=n.importance, task=n.task)
            for n in draft.needs
        ]
        languages += [OpeningLanguage(opening=row, code=one.code, cefr=one.cefr) for one in draft.languages]
    OpeningNeed.objects.bulk_create(needs, batch_size=BATCH)
    OpeningLanguage.objects.bulk_create(languages, batch_size=BATCH)


def _free_slugs(rows: Sequence[drafts.OpeningDraft]) -> list[str]:
    names = organisations.names({row.organisation for row in rows})
    bases = [slugify(f"{row.title[:60]} {names.get(row.organisation, '')[:40]}")[:110] or "opening" for row in rows]
    like = Q(slug__startswith=bases[0]) if len(rows) == 1 else Q()
    taken = set(Opening.objects.filter(like).values_list("slug", flat=True))
    chosen: list[str] = []
    last: dict[str, int] = {}
    for base in bases:
        slug, number = base, last.get(base, 1)
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        last[base] = number
        taken.add(slug)
        chosen.append(slug)
    return chosen


def _record(caller: access.Caller, rows: Sequence[drafts.OpeningDraft]) -> None:
    for organisation in sorted({row.organisation for row in rows}):
        audit.record(
            caller,
            verb="work.add_openings",
            subject=("organisation", str(organisation)),
            fields=[*stored.PLAIN, "needs"],
        )
