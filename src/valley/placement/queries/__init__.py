"""What may a door ask about redundancies, plans and proposals?"""

from valley.placement.queries.courses import CourseItem, course_offers, course_providers
from valley.placement.queries.events import EventItem, EventPage, Role, may_announce_for, redundancies, redundancy
from valley.placement.queries.lines import Block, JoinedLine, JoinedList, PersonPlan, joined_lines
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
    Comparison,
    FlowLine,
    PlanProgress,
    RunItem,
    RunPage,
    comparison,
    plan_progress,
    run_page,
    runs,
)

__all__ = [
    "Block",
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
    "PlanProgress",
    "ProposalItem",
    "ProposalPage",
    "Role",
    "RunItem",
    "RunPage",
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
