"""Does the room ``skills`` hold anything about persons? No: only words, and the organisation behind a local word."""

from __future__ import annotations

from valley.foundation.privacy import NotPersonal

_WORDS = "words of the trade; nobody is named"

TABLES = (
    NotPersonal("skills.Release", "when a vocabulary was read in, and from which files"),
    NotPersonal("skills.ReleaseItem", "fingerprints of concepts"),
    NotPersonal("skills.Competence", "words of the trade; the author of a local concept is an organisation or desk"),
    NotPersonal("skills.SkillGroup", _WORDS),
    NotPersonal("skills.Occupation", _WORDS),
    NotPersonal("skills.GroupLink", _WORDS),
    NotPersonal("skills.OccupationLink", _WORDS),
    NotPersonal("skills.CompetenceRelation", _WORDS),
    NotPersonal("skills.OccupationCompetence", _WORDS),
    NotPersonal("skills.Title", "everyday names of jobs; nobody is named"),
    NotPersonal("skills.ToolClass", "classes of tools and names of products"),
)
