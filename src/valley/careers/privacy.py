"""Which tables of the room ``careers`` hold personal data, and which do not?"""

from __future__ import annotations

from valley.foundation.privacy import NotPersonal, PersonalTable

TABLES: tuple[PersonalTable | NotPersonal, ...] = ()
