"""Why may a link of a chain end, and in which words does each reader hear it?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy

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


def reason_words(code: str, *, own: bool) -> str:
    """Why something happened, for the learner (``own``) or for a school or partner; "" for no reason."""
    known = REASONS if own else {**REASONS, **_TOLD_REASONS}
    return str(known.get(code, ""))
