"""Which tables of the room ``placement`` hold personal data, and which only count or plan?"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from valley.foundation.privacy import NotPersonal, PersonalTable
from valley.foundation.privacy.declarations import Follow
from valley.placement.actions import forgetting

# Half a year after the jobs ended a plan has served; what people said of their old job goes then.
_AFTER_END = timedelta(days=183)


def _table(
    name: str, purpose: str, *, fields: tuple[str, ...], event: str, before: Follow | None = None
) -> PersonalTable:
    """A table of somebody who takes part; ``event`` is the path to the redundancy, whose end ends it."""
    return PersonalTable(
        model=f"placement.{name}",
        purpose=purpose,
        basis="GDPR 6(1)(a): the person joined by own choice, and may leave at any time",
        kept="half a year after the jobs ended; at once when the passport is erased",
        owner="person__pseudonym",
        fields=fields,
        before_erase=before,
        expires=lambda at: Q(**{f"{event}__until_on__lt": (at - _AFTER_END).date()}),
    )


TABLES: tuple[PersonalTable | NotPersonal, ...] = (
    _table(
        "Participation",
        "finding work together after a redundancy",
        fields=("event_id", "number", "share_key", "wording", "role", "hours", "wage", "contract", "years", "joined_at",
                "withdrawn_at"),
        event="event",
        before=forgetting.before_participations,
    ),
    _table(
        "PlanProposal",
        "proposing an opening that the person may take or leave",
        fields=("run_id", "opening_id", "course_id", "state", "facts", "share_key", "answered_at"),
        event="run__event",
        before=forgetting.before_proposals,
    ),
    _table(
        "Unplaced",
        "telling the person what stands in the way, and what would help",
        fields=("run_id", "reason", "blocks"),
        event="run__event",
    ),
    _table(
        "CoursePlace",
        "reserving a place in a course after a yes",
        fields=("course_id", "reserved_at"),
        event="proposal__run__event",
        before=forgetting.before_places,
    ),
    NotPersonal("placement.Redundancy", "how many jobs of which roles end when; never whose"),
    NotPersonal("placement.Invitation", "a code that is handed out; who has it is not known"),
    NotPersonal("placement.CourseOffer", "courses that could be opened"),
    NotPersonal("placement.SeatsTaken", "a count per opening"),
    NotPersonal("placement.PlanRun", "counts of groups, protected before they are stored"),
)  # fmt: skip
