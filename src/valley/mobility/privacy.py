"""Which tables of the room ``mobility`` hold personal data, and which only count?"""

from valley.foundation.privacy import NotPersonal, PersonalTable

TABLES = (
    PersonalTable(
        model="mobility.FitList",
        purpose="showing the person which openings fit best",
        basis="GDPR 6(1)(a): the person said yes to the comparison, and may say no at any time",
        kept="until the next comparison, at once when the passport is erased",
        owner="person__pseudonym",
        fields=("entries", "seen", "compared", "made_at"),
    ),
    NotPersonal("mobility.SectorRun", "counts, moments and fingerprints of a whole comparison"),
    NotPersonal("mobility.OpeningReach", "counts per opening, shown only above the threshold"),
)
