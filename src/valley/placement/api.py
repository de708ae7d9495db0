"""What may a program ask the room placement?"""

from __future__ import annotations

import ninja

router = ninja.Router()
