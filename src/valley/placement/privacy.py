"""Which tables of the room ``placement`` hold personal data, and which only count or plan?"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from valley.foundation.privacy import NotPersonal, PersonalTable

_CONSENT = "GDPR 6(1)(a): the person joined by own choice, and may leave at any time"
_OWNER = "person__pseudonym"
# Half a year after the jobs ended a plan has served; what people said of their old job goes then.
_AFTER_END = timedelta(days=183)
_KEPT = "half a year after the jobs ended; at once when the passport is erased"

TABLES: tuple[PersonalTable | NotPersonal, ...] = (
    PersonalTable(
        model="placement.Participation",
        purpose="finding work together after a redundancy",
        basis=_CONSENT,
        kept=_KEPT,
        owner=_OWNER,
        fields=(
            "event_id",
            "number",
            "share_key",
            "wording",
            "role",
            "hours",
            "wage",
            "contract",
            "years",
            "joined_at",
            "withdrawn_at",
        ),
        expires=lambda at: Q(event__until_on__lt=(at - _AFTER_END).date()),
    ),
    PersonalTable(
        model="placement.PlanProposal",
        purpose="proposing an opening that the person may take or leave",
        basis=_CONSENT,
        kept=_KEPT,
        owner=_OWNER,
        fields=("run_id", "opening_id", "course_id", "state", "facts", "share_key", "answered_at"),
        expires=lambda at: Q(run__event__until_on__lt=(at - _AFTER_END).date()),
    ),
    PersonalTable(
        model="placement.Unplaced",
        purpose="telling the person what stands in the way, and what would help",
        basis=_CONSENT,
        kept=_KEPT,
        owner=_OWNER,
        fields=("run_id", "reason", "blocks"),
        expires=lambda at: Q(run__event__until_on__lt=(at - _AFTER_END).date()),
    ),
    PersonalTable(
        model="placement.CoursePlace",
        purpose="reserving a place in a course after a yes",
        basis=_CONSENT,
        kept=_KEPT,
        owner=_OWNER,
        fields=("course_id", "reserved_at"),
        expires=lambda at: Q(proposal__run__event__until_on__lt=(at - _AFTER_END).date()),
    ),
    NotPersonal("placement.Redundancy", "how many jobs of which roles end when; never whose"),
    NotPersonal("placement.Invitation", "a code that is handed out; who has it is not known"),
    NotPersonal("placement.CourseOffer", "courses that could be opened"),
    NotPersonal("placement.SeatsTaken", "a count per opening"),
    NotPersonal("placement.PlanRun", "counts of groups, protected before they are stored"),
)
