"""In which words does a reader hear why somebody leaves, what happened to a route, and whose it is?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from valley.chains import queries as chains
from valley.foundation import clock
from valley.people import queries as people

# Why a partner may take back a link: about the work, never about the person, and never health.
PARTNER_REASONS = {
    "no-work": gettext_lazy("there is less work than expected"),
    "no-trainer": gettext_lazy("there is no practical trainer in that time"),
    "recognition": gettext_lazy("the recognition as training company ends"),
    "moved": gettext_lazy("the workplace moves"),
    "other-work": gettext_lazy("the work changed, and no longer teaches this"),
}
LEARNER_REASONS = {
    "other-choice": gettext_lazy("I chose something else"),
    "travel": gettext_lazy("the way to work is too long"),
    "hours": gettext_lazy("the hours do not suit me any more"),
    "content": gettext_lazy("the work is not what I expected"),
}
# The same, as a school or a partner reads it.
_TOLD_REASONS = {
    "other-choice": gettext_lazy("the learner chose something else"),
    "hours": gettext_lazy("the hours do not suit the learner any more"),
    "content": gettext_lazy("the work is not what the learner expected"),
}
OPENING_REASONS = {
    "opening-closed": gettext_lazy("the opening was closed before it was signed"),
    "opening-changed": gettext_lazy("the opening changed"),
    "status-ends": gettext_lazy("the employer is not a recognised training company for all these days"),
}
REASONS = {**PARTNER_REASONS, **LEARNER_REASONS, **OPENING_REASONS}
_SHARED_PARTS = {
    "name": gettext_lazy("the learner's name"),
    "competences": gettext_lazy("competences with level"),
    "notes": gettext_lazy("the learner's notes with the competences"),
    "languages": gettext_lazy("languages"),
    "wishes": gettext_lazy("wishes: hours, travel, shifts"),
}
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


def reason_words(code: str, *, own: bool) -> str:
    """Why something happened, for the learner (``own``) or for a school or partner; "" for no reason."""
    known = REASONS if own else {**REASONS, **_TOLD_REASONS}
    return str(known.get(code, ""))


def parts_words(parts: Iterable[str], *, own: bool) -> tuple[str, ...]:
    """Which parts of the passport are shared: "my name" for the learner, "the learner's name" for anybody else."""
    return tuple(str((people.PART_WORDS if own else _SHARED_PARTS)[part]) for part in parts)
