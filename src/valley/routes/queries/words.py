"""In which words does a reader hear what happened to a route, and whose it is?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from valley.chains import queries as chains
from valley.foundation import clock

WHAT = {
    "proposed": gettext_lazy("The route was proposed."),
    "link-withdrawn": gettext_lazy("A partner withdrew from its link."),
    "employer-stopped": gettext_lazy("A partner stopped taking part; the programme office said so."),
    "link-left": gettext_lazy("The learner left a link."),
    "opening-changed": gettext_lazy("An opening in the route changed."),
    "accepted": gettext_lazy("The learner chose the new chain."),
    "stopped": gettext_lazy("The learner stopped the route."),
    "started": gettext_lazy("A link began."),
    "finished": gettext_lazy("A link was finished."),
}
PARTIES = {
    "learner": gettext_lazy("the learner"),
    "school": gettext_lazy("the school"),
    "partner": gettext_lazy("the partner of this link"),
    "partners": gettext_lazy("the other partners"),
}


def party_words(parties: Iterable[str], *, own: bool) -> tuple[str, ...]:
    """Whose a signature is, or who was told; the learner (``own``) reads "you"."""
    parties = list(parties)
    told = {**PARTIES, **({"learner": gettext_lazy("you")} if own else {})}
    told |= {} if "partner" in parties else {"partners": gettext_lazy("the partners")}
    return tuple(str(told[party]) for party in parties)


def happened(change: Any) -> str:
    """What happened to a route, and on which day; "" when nothing did."""
    return "" if change is None else f"{WHAT[change.what]} ({chains.day(clock.today(change.at))})"
