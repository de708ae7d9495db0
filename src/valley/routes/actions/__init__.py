"""What may change in the room ``routes``: settings, practice, a route with its signatures, and planning it again?"""

from valley.routes.actions.choosing import RouteChosen, propose_route
from valley.routes.actions.chosen import (
    PracticeSeen,
    RouteRefused,
    SettingsChosen,
    choose_settings,
    sign_practice,
)
from valley.routes.actions.consulting import consult_routes
from valley.routes.actions.following import Followed, Stopped, ask_to_replan, replan_all
from valley.routes.actions.leaving import accept_change, leave_link, withdraw_link, withdraw_route
from valley.routes.actions.noticing import plan_noticing
from valley.routes.actions.renewing import renew_shares
from valley.routes.actions.signing import (
    NotSignable,
    finish_link,
    sign_link,
    sign_training_part,
    sign_whole,
    start_link,
)

__all__ = [
    "Followed",
    "NotSignable",
    "PracticeSeen",
    "RouteChosen",
    "RouteRefused",
    "SettingsChosen",
    "Stopped",
    "accept_change",
    "ask_to_replan",
    "choose_settings",
    "consult_routes",
    "finish_link",
    "leave_link",
    "plan_noticing",
    "propose_route",
    "renew_shares",
    "replan_all",
    "sign_link",
    "sign_practice",
    "sign_training_part",
    "sign_whole",
    "start_link",
    "withdraw_link",
    "withdraw_route",
]
