"""What was a school or a partner told of days that came free, after it may read the route no more?"""

from __future__ import annotations

from typing import Any

from valley.chains import queries as chains
from valley.foundation.access import Caller
from valley.routes.models import PartnerNotice
from valley.routes.queries import desks, words
from valley.routes.queries.pages import NoticeLine

NOTICES_SHOWN = 20


def school_notices(caller: Caller) -> tuple[NoticeLine, ...]:
    """Which routes ended that were shared with a school where the caller is coach, newest first, without saying whose.

    The operator, who sits at no school, reads those of every organisation.
    """
    return tuple(line for scope in desks.scopes(caller, *desks.SCHOOL) for line in notices_of(scope.seat))


def notices_of(organisation: int | None) -> list[NoticeLine]:
    """What one organisation was told of days that came free, newest first; of all for the operator."""
    rows: Any = PartnerNotice.objects.all()
    rows = rows if organisation is None else rows.filter(organisation=organisation)
    return [
        NoticeLine(
            title=row.opening.title if row.opening else "",
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            why_words=str(words.WHAT.get(row.why, "")),
            reason_words=chains.reason_words(row.reason, own=False),
            at=row.at,
        )
        for row in rows.select_related("opening").order_by("-at", "-pk")[:NOTICES_SHOWN]
    ]
