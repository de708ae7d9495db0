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
    PlanMade,
    order_plan,
    plan_placement,
    send_proposals,
)
from valley.placement.actions.renewal import open_plan

__all__ = [
    "Announced",
    "Invited",
    "OpenedLine",
    "PlanMade",
    "add_course_offer",
    "add_course_offers",
    "announce_redundancy",
    "answer_proposal",
    "finish_event",
    "join_event",
    "join_many",
    "leave_event",
    "open_invitation",
    "open_line",
    "open_plan",
    "order_plan",
    "plan_placement",
    "remove_course_offer",
    "send_proposals",
]
