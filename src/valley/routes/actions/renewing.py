"""How does a learner share a running route again when a share came to its end?"""

from __future__ import annotations

from valley.foundation import clock
from valley.foundation.access import Caller
from valley.people import queries as people
from valley.routes.actions import beats
from valley.routes.actions.sharing import end_of, end_share, share_with
from valley.routes.models import LinkState
from valley.routes.queries import stored


def renew_shares(caller: Caller, *, person: int, route: str) -> int:
    """Give school and partners of a living route the same parts for longer, where a share ended or can last longer.

    Returns how many were given. A share that is replaced ends at once.
    """
    living = {line.key: line.ends_on for line in people.shares(caller, person=person) if line.state == "alive"}
    given = 0
    with beats.own(caller, person=person, key=route) as (row, grant):
        if row.stopped_at is not None:
            raise beats.no_route()
        links = stored.current_links(row)
        until = max([link.ends_on for link in links], default=clock.today(caller.at))
        wanted = [(row, "school_share", row.school_id, until)]
        standing = (LinkState.PLANNED, LinkState.RUNNING)
        wanted += [(link, "share", link.organisation_id, link.ends_on) for link in links if link.state in standing]
        for holder, name, reader, last in wanted:
            old = getattr(holder, name)
            if old in living and living[old] >= end_of(caller, last):
                continue
            setattr(holder, name, share_with(caller, person=person, reader=reader, parts=row.parts, until=last))
            holder.save(update_fields=[name])
            end_share(caller, person=person, key=old)
            given += 1
        beats.record(caller, grant, verb="renew_shares", route=row, fields=["share.ends_on"])
    return given
