"""Which tables of the room ``routes`` hold personal data, why, and for how long?"""

from __future__ import annotations

from valley.foundation.privacy import NotPersonal, PersonalTable

_ASKED = "GDPR 6(1)(b): the person asked for a route and chose it"
_KEPT = "until the person erases the passport; school and partners see it only while the share lives"
_OWNER = "person__pseudonym"

TABLES: tuple[PersonalTable | NotPersonal, ...] = (
    PersonalTable(
        model="routes.RouteWish",
        purpose="computing routes as the person wants them",
        basis=_ASKED,
        kept="until the person removes it or erases the passport",
        owner=_OWNER,
        fields=("dossier_code", "part_code", "starts_on", "avoid", "gap_days", "version"),
    ),
    PersonalTable(
        model="routes.ProvenPractice",
        purpose="counting practice that a school signed for",
        basis=_ASKED,
        kept=_KEPT,
        owner=_OWNER,
        fields=("dossier_code", "process_code", "hours", "proven", "school_id", "source", "seen_on", "signed_at"),
    ),
    PersonalTable(
        model="routes.Route",
        purpose="agreeing on a chain of jobs towards a diploma",
        basis=_ASKED,
        kept=_KEPT,
        owner=_OWNER,
        fields=("key", "dossier_code", "part_code", "school_id", "state", "version", "facts", "made_at", "stopped_at"),
    ),
    PersonalTable(
        model="routes.RouteLink",
        purpose="agreeing on one job in the chain",
        basis=_ASKED,
        kept=_KEPT,
        owner=_OWNER,
        fields=("key", "organisation_id", "starts_on", "ends_on", "processes", "state", "since", "until", "reason"),
    ),
    PersonalTable(
        model="routes.RouteSignature",
        purpose="knowing who agreed to which version",
        basis=_ASKED,
        kept=_KEPT,
        owner=_OWNER,
        fields=("party", "organisation_id", "version", "signed_at"),
    ),
    PersonalTable(
        model="routes.RouteChange",
        purpose="telling what changed and why",
        basis=_ASKED,
        kept=_KEPT,
        owner=_OWNER,
        fields=("version", "what", "why", "diff", "chain", "told_to", "at", "answered_at"),
    ),
    NotPersonal("routes.PartnerNotice", "which days at an opening came free, without saying whose"),
    NotPersonal("routes.SeatLock", "a lock per opening, nothing else"),
)
