"""Which tables of the room ``applications`` hold personal data, and which only count?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from valley.applications.words import AFTER
from valley.foundation.privacy import NotPersonal, PersonalTable

# ``applications.clear_away`` removes on the day itself, ends the share and writes the proof; this is the net below it
# for a valley in which no worker runs, a week later.
_NET = AFTER + timedelta(days=7)


def _past(at: datetime) -> Q:
    kept = Q(keep_longer_until__isnull=True) | Q(keep_longer_until__lt=at.date())
    return Q(ended_on__lt=(at - _NET).date()) & kept


TABLES = (
    PersonalTable(
        model="applications.Application",
        purpose="applying for a job with a chosen view of the passport",
        basis="GDPR 6(1)(b): the person asked to be considered for this job",
        kept="four weeks after the procedure ended; longer only with the person's own yes, at most a year",
        owner="person__pseudonym",
        fields=(
            "key",
            "title",
            "organisation_id",
            "share_key",
            "state",
            "reason",
            "arrived_at",
            "decided_at",
            "ended_on",
            "keep_longer_until",
        ),
        sealed=("message_sealed",),
        expires=_past,
    ),
    NotPersonal(
        "applications.ProcedureCount", "counts per employer, quarter and reason, shown only above the threshold"
    ),
)
