"""Does the room ``dossiers`` hold anything about persons? No: only what a qualification asks."""

from __future__ import annotations

from valley.foundation.privacy import NotPersonal

_ASKED = "what a qualification asks; nobody is named"

TABLES = (
    NotPersonal("dossiers.Dossier", _ASKED),
    NotPersonal("dossiers.DossierPart", _ASKED),
    NotPersonal("dossiers.CoreTask", _ASKED),
    NotPersonal("dossiers.WorkProcess", _ASKED),
    NotPersonal("dossiers.WorkProcessCompetence", _ASKED),
)
