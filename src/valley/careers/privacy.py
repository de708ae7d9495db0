"""Which tables of the room ``careers`` hold personal data, and which do not?"""

from __future__ import annotations

from valley.foundation.privacy import NotPersonal, PersonalTable

TABLES: tuple[PersonalTable | NotPersonal, ...] = (
    PersonalTable(
        model="careers.Employment",
        purpose="keeping the contracts of a person, with what the law says about a next one",
        basis="GDPR 6(1)(b): the person confirmed the employment for the own passport",
        kept="until the person erases the passport",
        owner="person__pseudonym",
    ),
    PersonalTable(
        model="careers.Reflection",
        purpose="learning from both sides why work fits or not, in counts of groups",
        basis="GDPR 6(1)(a): saying something is free, and who said it is never shown",
        kept="until the person erases the passport",
        owner="person__pseudonym",
        fields=("employment_id", "side", "moment", "works", "reasons", "said_at"),
    ),
    NotPersonal("careers.LawRule", "rules of law with their sources"),
)
