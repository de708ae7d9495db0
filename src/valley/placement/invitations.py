"""Which code works on a day, for which redundancy, and until when would a share for it live?"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from valley.foundation.problems import NotFound
from valley.placement.models import EventState, Invitation, Redundancy

# The text a person says yes to; a yes stays tied to the wording it was given under.
WORDING = "2026-1"
PARTS = ("competences", "languages", "wishes")
YES_PARTS = ("name", *PARTS)
"""What the employer of an opening sees after a yes; the page says so before it."""
# After the last job ended there is time to place, train and look back; then the share ends by itself.
AFTERWARDS = timedelta(days=120)
LONGEST = timedelta(days=366)
YES_SHARED_FOR = timedelta(days=90)


def invited_event(code: str, *, on: date) -> Redundancy:
    """The event of a code that works on a day; NotFound otherwise."""
    rows = Invitation.objects.select_related("event__organisation", "event__office").filter(
        code=code if code.isalnum() else "", closed_at__isnull=True, ends_on__gt=on
    )
    found = rows.exclude(event__state=EventState.DONE).first()
    if found is None:
        raise NotFound(
            expected=_("a code that works"),
            found=_("another"),
            next_step=_("Ask your employer or the programme office for the right code."),
        )
    return found.event


def share_ends(event: Redundancy, *, on: date) -> date:
    """The day on which a share for this event ends by itself."""
    return min(event.until_on + AFTERWARDS, on + LONGEST)
