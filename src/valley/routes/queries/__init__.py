"""What may a door ask of relay routes: chains for a person, routes under way, what school and partner are asked?"""

from valley.chains import queries as chains
from valley.routes.queries.chosen import PracticeLine, RouteSettings, practice, route_settings
from valley.routes.queries.computing import MOST_CHAINS, missing_settings, relay_routes
from valley.routes.queries.notices import school_notices
from valley.routes.queries.office import ReplanPreview, ReplanProgress, replan_preview, replan_progress
from valley.routes.queries.pages import (
    NoticeLine,
    PartnerInbox,
    PartnerLink,
    PartnerRow,
    RouteChangeLine,
    RoutePage,
    RouteRow,
)
from valley.routes.queries.partner import partner_inbox, partner_link
from valley.routes.queries.shapes import RelayRoutes
from valley.routes.queries.stored import my_routes, route, school_route, school_routes

RouteQuestion = chains.RouteQuestion
"""What somebody asks of chains, as a door passes it on."""

__all__ = [
    "MOST_CHAINS",
    "NoticeLine",
    "PartnerInbox",
    "PartnerLink",
    "PartnerRow",
    "PracticeLine",
    "RelayRoutes",
    "ReplanPreview",
    "ReplanProgress",
    "RouteChangeLine",
    "RoutePage",
    "RouteQuestion",
    "RouteRow",
    "RouteSettings",
    "missing_settings",
    "my_routes",
    "partner_inbox",
    "partner_link",
    "practice",
    "relay_routes",
    "replan_preview",
    "replan_progress",
    "route",
    "route_settings",
    "school_notices",
    "school_route",
    "school_routes",
]
