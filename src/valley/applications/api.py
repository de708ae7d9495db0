"""What may a program ask the room applications?"""

from __future__ import annotations

import ninja

router = ninja.Router()
