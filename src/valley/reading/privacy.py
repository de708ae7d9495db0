"""Which tables of the room ``reading`` hold personal data? None: words and names of products."""

from __future__ import annotations

from valley.foundation.privacy import NotPersonal

TABLES = (
    NotPersonal("reading.SystemName", "names of products and systems"),
    NotPersonal("reading.Phrase", "ways to say a competence"),
)
