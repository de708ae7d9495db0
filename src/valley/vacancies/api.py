"""What may a program ask the room vacancies?"""

from __future__ import annotations

import ninja

router = ninja.Router()
