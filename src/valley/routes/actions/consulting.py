"""How does the operator look at somebody's chains at the terminal, so that the person can see that it was done?"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from valley.chains import queries as chains
from valley.foundation import access, audit
from valley.foundation.access import Caller, Purpose
from valley.people import queries as people
from valley.routes.queries import computing
from valley.routes.queries.shapes import RelayRoutes


def consult_routes(caller: Caller, *, person: int, question: chains.RouteQuestion) -> RelayRoutes:
    """The chains of somebody else, for the operator; which inputs were used stands in the audit of that person."""
    if not caller.operator:
        raise access.Forbidden(
            expected=_("the operator at the terminal"), found=_("an account"), next_step=_("Open your own page.")
        )
    found = computing.relay_routes(caller, person=person, question=question)
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with transaction.atomic():
        audit.record(
            caller,
            verb="routes.consult_routes",
            subject=("person", people.pseudonym_of(grant)),
            fields=["claims", "languages", "wishes"],
            purpose=f"i:{found.fingerprint[:16]}",
        )
    return found
