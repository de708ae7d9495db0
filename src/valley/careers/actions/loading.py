"""How does the operator load employments that happened: for the demo region, or from a register both sides know?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from valley.careers import drafts, moments, snapshots
from valley.careers.actions.employments import stored
from valley.careers.actions.reflections import MOST_REASONS
from valley.careers.models import Employment, EndReason, Reflection, Side, State
from valley.foundation import access, audit, clock
from valley.foundation.access import Caller, Purpose
from valley.people import queries as people
from valley.work import queries as work

Report = Callable[[float, str], None]
_BATCH = 500
_Days = dict[tuple[int, int], list[tuple[date, date | None]]]


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many employments were written down, of how many persons."""

    employments: int
    persons: int


def record_employments(
    caller: Caller, *, rows: Sequence[drafts.PastEmployment], progress: Report | None = None
) -> Recorded:
    """Load employments, all or none. Operator only; they count as confirmed, and as ended when their end is past.

    Every row is checked as a proposal is, also against overlap; one audit line per 500 rows. 10,000 rows take some
    seconds. Raises EmploymentRefused naming row and field.
    """
    grant = people.grant(caller, purpose=Purpose.UPKEEP)
    today = clock.today(caller.at)
    with transaction.atomic(), access.opened(grant):
        _require(caller, rows, on=today)
        made = [_row(caller, one, on=today) for one in rows]
        for start in range(0, len(made), _BATCH):
            stop = start + _BATCH
            kept = Employment.objects.bulk_create(made[start:stop])
            said = [word for row, one in zip(kept, rows[start:stop], strict=True) for word in _words(caller, row, one)]
            Reflection.objects.bulk_create(said)
            audit.record(
                caller, verb="careers.record_employments", subject=("employments", f"batch-{start // _BATCH + 1}"),
                fields=["employment", "reflection"] if said else ["employment"], purpose=str(grant.purpose),
            )  # fmt: skip
            if progress:
                progress(min(start + _BATCH, len(made)) / len(made), _("employments"))
    return Recorded(len(made), len({one.person for one in rows}))


def _require(caller: Caller, rows: Sequence[drafts.PastEmployment], *, on: date) -> None:
    shared = drafts.Known({role.key for role in work.role_profiles(caller)}, snapshots.agreements())
    own: dict[int, drafts.Known] = {}
    days: _Days = defaultdict(list)
    pairs = Employment.objects.all()
    if len(rows) <= _BATCH:
        # For more, reading the whole column is faster than thousands of numbers in one question.
        pairs = pairs.filter(person__in={row.person for row in rows})
    for person, organisation, starts_on, ends_on in pairs.values_list(
        "person_id", "organisation_id", "starts_on", "ends_on"
    ):
        days[person, organisation].append((starts_on, ends_on))
    for place, row in enumerate(rows):
        known = shared
        if row.draft.role_key not in shared.roles:
            if row.organisation not in own:
                found = work.role_profiles(caller, organisation=row.organisation)
                own[row.organisation] = replace(shared, roles={role.key for role in found})
            known = own[row.organisation]
        _require_one(place, row, known, days, on)


def _require_one(place: int, row: drafts.PastEmployment, known: drafts.Known, days: _Days, on: date) -> None:
    try:
        drafts.require_employment(row.draft, on=on, known=known)
        drafts.require_no_overlap(row.draft, days[row.person, row.organisation])
        if row.end_reason and row.end_reason not in EndReason.values:
            raise drafts.EmploymentRefused(
                expected=_("a reason of the list"), found=row.end_reason[:40],
                next_step=_("Choose one from the list."), field="end_reason",
            )  # fmt: skip
        _require_words(row, on)
    except drafts.EmploymentRefused as error:
        raise drafts.EmploymentRefused(
            expected=error.expected,
            found=error.found,
            next_step=error.next_step,
            field=f"rows.{place}.{error.facts['field']}",
        ) from error
    days[row.person, row.organisation].append((row.draft.starts_on, row.draft.ends_on))


def _require_words(row: drafts.PastEmployment, on: date) -> None:
    """Once per side and moment, at a moment that came by ``on``, with one to four reasons of the list."""
    came = {one.moment for one in moments.windows(row.draft.starts_on, row.draft.ends_on) if one.from_on <= on}
    places = [(word.side, word.moment) for word in row.said]
    for word in row.said:
        known = set(word.reasons) <= set(moments.REASONS) and 1 <= len(word.reasons) <= MOST_REASONS
        once = places.count((word.side, word.moment)) == 1
        if not (known and once and word.side in Side.values and word.moment in came):
            raise drafts.EmploymentRefused(
                expected=_("once per side, a moment that came, with one to four reasons of the list"),
                found=f"{word.side} {word.moment}: {', '.join(word.reasons)}"[:80],
                next_step=_("Choose one from the list."), field="said",
            )  # fmt: skip


def _words(caller: Caller, row: Employment, past: drafts.PastEmployment) -> Iterator[Reflection]:
    for word in past.said:
        yield Reflection(
            person_id=past.person, employment=row, side=word.side, moment=word.moment, works=word.works,
            reasons=list(word.reasons), said_at=caller.at,
        )  # fmt: skip


def _row(caller: Caller, row: drafts.PastEmployment, *, on: date) -> Employment:
    over = row.draft.ends_on is not None and row.draft.ends_on <= on
    return Employment(
        person_id=row.person,
        organisation_id=row.organisation,
        state=State.ENDED if over else State.CONFIRMED,
        end_reason=row.end_reason if over else "",
        proposed_at=caller.at,
        confirmed_at=caller.at,
        ended_at=caller.at if over else None,
        **stored(row.draft),
    )
