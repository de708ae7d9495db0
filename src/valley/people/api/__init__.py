"""How does a program read and change the caller's own passport, and open what was shared?"""

from valley.people.api import passport, shares
from valley.people.api.routes import router

__all__ = ["passport", "router", "shares"]
