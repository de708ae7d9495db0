"""What may a program ask and do in the room ``placement``?"""

from valley.placement.api import desk, own
from valley.placement.api.inputs import router

__all__ = ["desk", "own", "router"]
