"""Which tables hold redundancies, plans and courses?"""

from __future__ import annotations
