"""How does a learner share a running route again when a share came to its end?"""

from __future__ import annotations

from valley.foundation import clock
from valley.foundation.access import Caller
from valley.people import queries as people
from valley.routes.actions import beats
from valley.routes.actions.sharing import share_with
from valley.routes.models import LinkState
from valley.routes.queries import stored


def renew_shares(caller: Caller, *, person: int, route: str) -> int:
    """Give school and partners of a living route the same parts again where their share ended; returns how many."""
    today = clock.today(caller.at)
    living = {line.key for line in people.shares(caller, person=person) if line.state == "alive"}
    given = 0
    with beats.own(caller, person=person, key=route) as (row, grant):
        if row.stopped_at is not None:
            raise beats.no_route()
        links = stored.current_links(row)
        until = max([link.ends_on for link in links], default=today)
        if row.school_share not in living:
            row.school_share = share_with(caller, person=person, reader=row.school_id, parts=row.parts, until=until)
            row.save(update_fields=["school_share"])
            given += 1
        for link in links:
            if link.state in (LinkState.PLANNED, LinkState.RUNNING) and link.share not in living:
                link.share = share_with(
                    caller, person=person, reader=link.organisation_id, parts=row.parts, until=link.ends_on
                )
                link.save(update_fields=["share"])
                given += 1
        beats.record(caller, grant, verb="renew_shares", route=row, fields=["share.ends_on"])
    return given
