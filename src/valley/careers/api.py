"""What may a program ask the room careers?"""

from __future__ import annotations

import ninja

router = ninja.Router()
