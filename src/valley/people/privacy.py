"""Which tables of the room ``people`` hold personal data, why, and for how long? All of them, for the person."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from valley.foundation.privacy import PersonalTable

_ASKED = "GDPR 6(1)(b): the person asked for a passport"
_CONSENT = "GDPR 6(1)(a): the person said yes, and may say no at any time"
_LIFE = "until the person removes it or erases the passport"
_OWNER = "person__pseudonym"
# A share that ended is kept for a year, so that the person can still see who read what.
_AFTER_SHARE = timedelta(days=365)

TABLES = (
    PersonalTable(
        model="people.Person",
        purpose="keeping a passport",
        basis=_ASKED,
        kept="until the person erases the passport",
        owner="pseudonym",
        fields=("pseudonym", "started_at", "changed_at", "version"),
        sealed=("name_sealed",),
    ),
    PersonalTable(
        model="people.Claim",
        purpose="saying what the person can do",
        basis=_ASKED,
        kept=_LIFE,
        owner=_OWNER,
        fields=("competence_id", "level", "grade", "said_on", "version"),
        sealed=("note_sealed",),
    ),
    PersonalTable(
        model="people.SpokenLanguage",
        purpose="saying which languages the person uses",
        basis=_ASKED,
        kept=_LIFE,
        owner=_OWNER,
        fields=("code", "cefr", "grade"),
    ),
    PersonalTable(
        model="people.Wishes",
        purpose="saying when and where the person can work",
        basis=_ASKED,
        kept=_LIFE,
        owner=_OWNER,
    ),
    PersonalTable(
        model="people.Consent",
        purpose="knowing what the person allowed, since when",
        basis=_CONSENT,
        kept="as long as the passport, as proof of the yes and of the no",
        owner=_OWNER,
        fields=("purpose", "wording", "given_at", "withdrawn_at"),
    ),
    PersonalTable(
        model="people.Share",
        purpose="letting a chosen reader see chosen parts",
        basis=_CONSENT,
        kept="a year after its end, so that the person can look back",
        owner=_OWNER,
        fields=("key", "reader_id", "purpose", "parts", "competences", "given_at", "ends_on", "withdrawn_at"),
        sealed=("message_sealed",),
        expires=lambda at: Q(ends_on__lt=(at - _AFTER_SHARE).date()),
    ),
    PersonalTable(
        model="people.ShareLook",
        purpose="showing the person who looked",
        basis=_CONSENT,
        kept="as long as the share",
        owner=_OWNER,
        fields=("share_id", "desk", "looked_at", "parts"),
    ),
)
