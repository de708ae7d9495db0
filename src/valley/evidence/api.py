"""How does a program bring evidence and decide about it?"""

from __future__ import annotations

from ninja import Router

router = Router()
