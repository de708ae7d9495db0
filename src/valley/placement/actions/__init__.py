"""What may be changed in the room ``placement``: announce, invite, join, leave, plan, send, answer?"""

from valley.placement.actions.answers import answer_proposal
from valley.placement.actions.courses import add_course_offer, add_course_offers, remove_course_offer
from valley.placement.actions.events import (
    Announced,
    Invited,
    announce_redundancy,
    finish_event,
    open_invitation,
)
from valley.placement.actions.joining import join_event, join_many, leave_event
from valley.placement.actions.lines import OpenedLine, open_line
from valley.placement.actions.plan import (
    TASK,
    PlanMade,
    compare_scenarios,
    order_plan,
    plan_placement,
    send_proposals,
)

__all__ = [
    "TASK",
    "Announced",
    "Invited",
    "OpenedLine",
    "PlanMade",
    "add_course_offer",
    "add_course_offers",
    "announce_redundancy",
    "answer_proposal",
    "compare_scenarios",
    "finish_event",
    "join_event",
    "join_many",
    "leave_event",
    "open_invitation",
    "open_line",
    "order_plan",
    "plan_placement",
    "remove_course_offer",
    "send_proposals",
]
