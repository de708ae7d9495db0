"""How do employers announce changes, and how do teachers come and look?"""

from __future__ import annotations

from ninja import Router

router = Router()
