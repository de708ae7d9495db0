"""What may a program ask the room routes?"""

from __future__ import annotations

import ninja

router = ninja.Router()
