"""How do programs reach the thread, the programmes and the field window?"""

from __future__ import annotations

from ninja import Router

from valley.curriculum.api import field, programmes, thread

router = Router()
router.add_router("", thread.router)
router.add_router("", programmes.router)
router.add_router("", field.router)
