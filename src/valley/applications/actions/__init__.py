"""What may a person, a recruiter and the upkeep change about applications?"""

from valley.applications.actions.applying import (
    AlreadyApplied,
    ChosenView,
    OpeningNotOpen,
    apply_with_share,
    keep_longer,
    withdraw_application,
)
from valley.applications.actions.clearing import Cleared, clear_away
from valley.applications.actions.ending import plan_removal
from valley.applications.actions.procedure import (
    Move,
    OpenedApplication,
    StepRefused,
    end_procedure,
    look_at_application,
    move_application,
)

__all__ = [
    "AlreadyApplied",
    "ChosenView",
    "Cleared",
    "Move",
    "OpenedApplication",
    "OpeningNotOpen",
    "StepRefused",
    "apply_with_share",
    "clear_away",
    "end_procedure",
    "keep_longer",
    "look_at_application",
    "move_application",
    "plan_removal",
    "withdraw_application",
]
