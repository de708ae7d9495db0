"""Which tables hold employments and the dated rules of law?"""

from __future__ import annotations
