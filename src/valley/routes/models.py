"""Which tables hold relay routes, their links and their signatures?"""

from __future__ import annotations
