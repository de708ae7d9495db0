"""What may a door ask about redundancies, plans and proposals?"""

from valley.placement.queries.courses import CourseItem, course_offers, course_providers
from valley.placement.queries.events import EventItem, EventPage, Role, may_announce_for, redundancies, redundancy
from valley.placement.queries.lines import JoinedLine, JoinedList, PersonPlan, PlanBlock, joined_lines
from valley.placement.queries.mine import (
    InvitationPage,
    MyPlacement,
    ProposalItem,
    ProposalPage,
    invitation_page,
    my_placements,
    proposal_page,
)
from valley.placement.queries.runs import (
    TASK,
    Comparison,
    FlowLine,
    PlanProgress,
    PlanRunPage,
    RunItem,
    comparison,
    plan_progress,
    run_page,
    runs,
)

__all__ = [
    "TASK",
    "Comparison",
    "CourseItem",
    "EventItem",
    "EventPage",
    "FlowLine",
    "InvitationPage",
    "JoinedLine",
    "JoinedList",
    "MyPlacement",
    "PersonPlan",
    "PlanBlock",
    "PlanProgress",
    "PlanRunPage",
    "ProposalItem",
    "ProposalPage",
    "Role",
    "RunItem",
    "comparison",
    "course_offers",
    "course_providers",
    "invitation_page",
    "joined_lines",
    "may_announce_for",
    "my_placements",
    "plan_progress",
    "proposal_page",
    "redundancies",
    "redundancy",
    "run_page",
    "runs",
]
