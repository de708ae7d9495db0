"""How does an employer allow its name to be shown beside a competence?"""

from __future__ import annotations

from django.db import transaction

from valley.evidence import queries
from valley.evidence.models import SharingTerms
from valley.foundation import access, audit, organisations
from valley.reading import desks


def allow_names(caller: access.Caller, *, organisation: int, name_shown: bool) -> queries.Terms:
    """Say whether designers may read the employer's name beside a competence. Recruiter, steward or the office."""
    desks.require_terms(caller, organisation=organisation)
    organisations.partner(id=organisation)
    with transaction.atomic():
        SharingTerms.objects.update_or_create(
            organisation_id=organisation, defaults={"name_shown": name_shown, "changed_at": caller.at}
        )
        subject = ("organisation", str(organisation))
        audit.record(caller, verb="evidence.allow_names", subject=subject, fields=["name_shown"])
    return queries.terms(caller, organisation=organisation)
