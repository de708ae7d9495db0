"""Which tables of the room ``vacancies`` hold personal data? None: they say what employers offer."""

from __future__ import annotations

from valley.foundation.privacy import NotPersonal, PersonalTable

_OFFER = "what an organisation offers; no person is named"

TABLES: tuple[PersonalTable | NotPersonal, ...] = (
    NotPersonal("vacancies.Recognition", _OFFER),
    NotPersonal("vacancies.OpeningPractice", _OFFER),
    NotPersonal("vacancies.OpeningPreview", _OFFER),
    NotPersonal("vacancies.OpeningRequirement", _OFFER),
)
