"""What may change in the room ``mobility``: a sector run, following one change exactly, looks that are written down."""

from valley.mobility.actions.ask import ask_for_run, show_explanation, show_openings
from valley.mobility.actions.refresh import Refreshed, RunNeeded, refresh_opening, refresh_person
from valley.mobility.actions.run import RunOutcome, run_sector

__all__ = [
    "Refreshed",
    "RunNeeded",
    "RunOutcome",
    "ask_for_run",
    "refresh_opening",
    "refresh_person",
    "run_sector",
    "show_explanation",
    "show_openings",
]
