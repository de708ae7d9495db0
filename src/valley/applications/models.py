"""Which tables hold who applied with which share, and what both sides said later?"""

from __future__ import annotations
