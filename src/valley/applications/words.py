"""What are the states, reasons and terms of a procedure called, and how is a person told kindly?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Dutch Data Protection Authority (AP): delete applicant data at most four weeks after the procedure, up to a year
# later only with the applicant's yes.
AFTER = timedelta(weeks=4)
# Our own choice: an opening that closed this long ago without a decision has no procedure any more, so that a desk that
# forgets cannot keep data. It leaves room for two talks and a holiday.
PATIENCE = timedelta(weeks=8)

PURPOSE = "application"

# Why somebody is turned down. Coded, each about the work and never about the person's health, family, age or origin.
REASONS: Mapping[str, Any] = {
    "competences": gettext_lazy("other competences were needed for the tasks"),
    "language-level": gettext_lazy("the work asks another language level"),
    "hours": gettext_lazy("the hours or shifts did not match"),
    "start": gettext_lazy("the start date did not match"),
    "travel": gettext_lazy("the place or travel did not match"),
    "someone-else": gettext_lazy("another applicant was chosen for the place"),
    "no-contact": gettext_lazy("we could not reach you"),
}
# Why a procedure ends for everybody at once, or by itself.
ENDINGS: Mapping[str, Any] = {
    "filled": gettext_lazy("all places are taken"),
    "stopped": gettext_lazy("the employer stopped looking"),
}
BY_ITSELF: Mapping[str, Any] = {
    "no-decision": gettext_lazy("nobody decided in time"),
    "share-ended": gettext_lazy("the share ended on its day"),
    "opening-gone": gettext_lazy("the opening does not exist any more"),
}
EVERY_REASON: Mapping[str, Any] = {**REASONS, **ENDINGS, **BY_ITSELF}


def reason(code: str) -> str:
    """A coded reason in the active language; "" for none."""
    return str(EVERY_REASON[code]) if code in EVERY_REASON else ""


def kindly(state: str) -> str:
    """What a state means for the person, in friendly words."""
    return {
        "sent": _("Your application has arrived. The employer reads applications in order of arrival."),
        "in-talk": _("The employer wants to talk with you."),
        "offered": _("The employer offers you this job. Take your time to decide; ask what you want to know."),
        "hired": _("Congratulations: you got this job."),
        "turned-down": _(
            "This time it did not work out. It says something about this place, not about you as a person."
        ),
        "withdrawn": _("You stopped this application. The employer cannot see anything any more."),
        "closed": _("The procedure has ended. Thank you for your interest."),
    }[state]


def gone_on(*, ended_on: date | None, keep_until: date | None) -> date | None:
    """The day on which an application is removed: four weeks after its end, later only with the person's yes.

    >>> gone_on(ended_on=date(2026, 11, 2), keep_until=None)
    datetime.date(2026, 11, 30)
    """
    if ended_on is None:
        return None
    due = ended_on + AFTER
    return due if keep_until is None else max(due, keep_until)
