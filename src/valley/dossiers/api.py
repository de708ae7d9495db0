"""How does a program read dossiers?"""

from __future__ import annotations

from ninja import Router

router = Router()
