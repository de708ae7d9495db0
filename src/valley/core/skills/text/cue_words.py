"""By which words does a text say what it asks, wishes, offers, denies, and how well one must be able to do it?

All patterns are held against plain words (lower case, no accents, single spaces; "we'll" is "well",
"pré" is "pre").
Headings are looked for in all three languages at once, because Dutch texts have English headings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Section = Literal["required", "wish", "task", "silent", "none"]


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(patterns) + r")\b")


HEADINGS: Mapping[Section, re.Pattern[str]] = {
    "silent": _any(
        # What the employer gives, who it is, how to apply: nothing of it is asked of the reader.
        "(?:wij|we|jou|je) bieden", "bieden (?:wij|we)", "krijg (?:je|jij)", "(?:je|jij) krijgt",
        "(?:arbeids)?voorwaarden",
        "ons aanbod", "geboden", "voordelen", "beloning", "salaris", "wat heb jij eraan", "je ontvangt", "dit bieden",
        "we offer", "our offer", "benefits", "perks", "what you get", "what youll get", "in it for you",
        "compensation",
        "rewards", "you can expect from us", "wir bieten", "bieten wir", "(?:dir|ihnen) bieten", "vorteile",
        "unser angebot",
        "bekommst du", "du bekommst", "freu dich", "freuen", "leistungen",
        "over ons", "over het bedrijf", "wie (?:zijn )?(?:wij|we)(?: zijn)?", "bedrijfsprofiel", "onze organisatie",
        "about us", "who we are", "about the company", "our company", "about our",
        "uber uns", "wer (?:sind )?wir(?: sind)?", "das unternehmen", "unser unternehmen",
        "solliciteer", "solliciteren", "sollicitatie", "sollicitatieprocedure", "interesse", "geinteresseerd",
        "contact",
        "procedure", "meer informatie", "meer weten", "how to apply", "apply", "interested", "next steps",
        "contact us",
        "bewerbung", "bewirb", "bewerben", "interessiert", "kontakt", "ansprechpartner",
    ),
    "wish": _any(
        "(?:een )?pre", "pluspunt(?:en)?", "mooi meegenomen", "bonus", "extra punten", "wensen", "nice to haves?",
        "bonus points", "a plus", "preferred", "desirable", "von vorteil", "wunschenswert", "pluspunkte",
        "idealerweise",
    ),
    "required": _any(
        "(?:wij|we) vragen", "vragen (?:wij|we)", "\\w*eisen", "gevraagd", "profiel", "functieprofiel",
        "(?:breng|neem) (?:je|jij) mee",
        "jij hebt", "je hebt", "wie ben (?:je|jij)", "jij bent", "je bent", "dit ben (?:je|jij)",
        "ben (?:je|jij) dit", "verwachten",
        "vereisten", "heb (?:je|jij)(?: in huis| nodig)?", "kwaliteiten", "competenties", "wie zoeken (?:wij|we)",
        "(?:wij|we) zoeken",
        "zoeken (?:wij|we)", "herken (?:je|jij)", "jouw talent", "over jou", "kwalificaties", "past bij",
        "wat (?:je|jij) kunt", "zo ben (?:je|jij)", "required", "das brauchst",
        "kun (?:je|jij)", "(?:je|jij) kunt", "what you can",
        "brauchst du", "du brauchst", "was du kannst", "kannst du", "du kannst",
        "requirements?", "qualifications?", "you have", "you bring", "who you are", "you are", "your profile",
        "profile",
        "looking for", "must haves?", "skills", "what you need", "we ask", "about you", "we expect",
        "essentials?", "need from you",
        "\\w*profil", "anforderungen", "bringst du mit", "du bringst", "das bringst", "mitbringen",
        "voraussetzungen?",
        "wir suchen", "suchen wir", "qualifikation(?:en)?", "wir erwarten", "erwarten wir", "zeichne[tn] dich",
        "du hast", "du bist",
        "dich aus",
    ),
    "task": _any(
        "\\w*taken", "takenpakket", "werkzaamheden", "(?:ga|doe) (?:je|jij)", "(?:je|jij) (?:gaat|doet)",
        "(?:de|jouw|je) functie",
        "functieomschrijving", "functie inhoud", "(?:de|jouw|je) rol", "(?:de|jouw|je) baan",
        "(?:jouw|je|het) werk", "(?:jouw|je) (?:werk)?dag",
        "verantwoordelijkheden", "resultaatgebieden", "wat (?:je|jij) doet",
        "over de (?:functie|rol|baan|vacature)",
        "responsibilit(?:y|ies)", "duties", "tasks", "(?:you|youll) (?:will )?(?:be )?do(?:ing)?", "the role",
        "the job", "your role", "your job",
        "day to day", "job description", "your (?:working )?day", "you will", "youll", "what you do",
        "\\w*aufgaben", "aufgabengebiet", "tatigkeiten", "tatigkeit", "du machst", "deine rolle", "dein job",
        "stellenbeschreibung",
        "erwartet dich", "dich erwartet", "dein tag", "verantwortung", "deine arbeit", "zu deinen",
    ),
}  # fmt: skip

WEAK_HEADING = re.compile(
    r"(?:je|jij|you|du)(?: \w+)?|\w+ (?:je|jij|wij|we|du|wir)(?: mee)?|(?:wij|we|wir|youll) ?\w*|contact|interesse"
    r"|apply|bonus|procedure|skills|required|preferred|desirable|freuen|leistungen|a plus|(?:een )?pre|pluspunt"
    r"|mooi meegenomen|von vorteil|wunschenswert|idealerweise|nice to haves?|kontakt|interested|perks|kwaliteiten"
    r"|competenties|verantwoordelijkheden|verantwortung|past bij"
)
"""Cues that begin sentences too: without a colon or question mark they are a heading only when nothing else is said."""

OFFER = _any(
    "(?:wij|we) bieden(?: jou| je)?", "bieden (?:wij|we)",
    "(?:wij|we) (?:leren|trainen|begeleiden|helpen) (?:je|jou)",
    "(?:je|jij) (?:krijgt|ontvangt)(?: \\w+){0,6} (?:salaris|contract|training(?:en)?|opleiding(?:en)?"
    "|cursus(?:sen)?|vergoeding|korting"
    "|laptop|begeleiding|coaching|pensioen|reiskosten|vakantiedagen|kans(?:en)?|inwerk\\w*|bonus|buddy)",
    "(?:krijg|ontvang) (?:je|jij)(?: \\w+){0,6} (?:salaris|contract|training(?:en)?|opleiding(?:en)?"
    "|cursus(?:sen)?|vergoeding|korting"
    "|laptop|begeleiding|coaching|pensioen|reiskosten|vakantiedagen|kans(?:en)?|inwerk\\w*|bonus|buddy)",
    "we (?:offer|provide|give you|pay|(?:will )?(?:train|teach|coach) you)", "well (?:train|teach|coach) you",
    "you (?:will )?(?:get|receive)",
    "youll (?:get|receive)", "training is provided", "(?:paid|full) training",
    "wir (?:bieten|zahlen|schulen dich|bilden dich|arbeiten dich|bringen dir|zeigen dir)", "bieten wir",
    "(?:du )?bekommst(?: du)?",
    "du erhaltst", "erhaltst du", "(?:betaalde|volledige|interne|gratis) (?:opleiding|training)",
    "bezahlte (?:einarbeitung|schulung|ausbildung)",
)  # fmt: skip
"""In a sentence: what follows is given, not asked."""

NOT_AN_OFFER = _any(
    "(?:bieden|offer|bieten) (?:\\w+ ){0,3}(?:klanten|klant|customers|clients|kunden)",
    "(?:krijgt|krijg je) (?:\\w+ )?(?:te maken|aan de lijn)",
)  # fmt: skip

WISH = _any(
    "(?:een|is|als) pre", "pluspunt", "(?:is|als) (?:een )?plus(?:je)?", "mooi meegenomen", "meegenomen",
    "bij voorkeur", "liefst", "bonus",
    "nice to have", "(?:is |as )?an? (?:\\w+ )?(?:plus|advantage|asset|bonus)", "preferably", "ideally",
    "desirable", "preferred",
    "would be (?:great|nice)", "von vorteil", "wunschenswert", "idealerweise", "gern gesehen", "ein plus",
    "vorteilhaft",
    "is(?: \\w+)? handig", "is(?: \\w+)? fijn", "niet verplicht maar",
)  # fmt: skip

LISTS = re.compile(r"\b(?:en|of|and|or|und|oder)\b")
POINTS_BACK = re.compile(
    r"^(?:(?:dat|dit|wat|deze|that|this|which|das|dies|zijn|is|are|ist|sind|vinden we|ook|also|auch) ?)*$"
)
"""What may stand before a wish that speaks of the clauses before it: "Frans spreken, dat is een pre"."""

REQUIRED = _any(
    "(?:wij|we) vragen", "vereist(?:e)?", "verplicht", "noodzakelijk", "onmisbaar", "een must",
    "je beschikt over", "beschik je over",
    "(?:wij|we) verwachten", "(?:moet|dien) je", "je (?:moet|dient)", "is nodig", "heb je nodig", "een eis",
    "minimaal", "aantoonbare?",
    "(?:is |are )?required", "you must", "must have", "a must", "essential", "mandatory",
    "we (?:expect|require|ask)", "you (?:will )?need",
    "(?:zwingend )?erforderlich", "voraussetzung", "notwendig", "du bringst", "bringst du", "wir erwarten",
    "erwarten wir", "zwingend",
    "setzen wir voraus", "du (?:musst|verfugst)", "unabdingbar",
)  # fmt: skip

WEAK_REQUIRED = _any(
    "(?:je|jij) (?:hebt|bent|kunt|kan|spreekt|beheerst|kent|schrijft|houdt van)",
    "(?:ben|heb|kun|spreek|beheers) (?:je|jij)", "ervaring (?:met|als|in)",
    "kennis van", "you (?:have|are|can|know|speak|enjoy)", "youre", "youve", "experience (?:with|in|of|as)",
    "knowledge of", "ability to",
    "du (?:hast|bist|kannst|sprichst|beherrschst|kennst)", "(?:hast|bist|kannst|sprichst) du",
    "erfahrung(?:en)? (?:mit|in|als|im)", "kenntnisse",
)  # fmt: skip
"""Words that ask something when no heading says otherwise: under "your tasks" they tell about the work."""

TASK = _any(
    "(?:je|jij) (?:gaat|zorgt|beantwoordt|helpt|behandelt|bent verantwoordelijk)",
    "(?:ga|zorg|beantwoord|help|behandel) (?:je|jij)",
    "bent (?:je|jij) verantwoordelijk", "(?:jouw|je) (?:taken|taak|werk)",
    "als \\w+ (?:help|beantwoord|zorg|ben|ga) (?:je|jij)",
    "you will", "youll", "your (?:tasks|work|job)",
    "you (?:handle|answer|help|support|take|solve|are responsible)", "responsible for",
    "du (?:wirst|bearbeitest|beantwortest|hilfst|berat(?:st|est)?|kummerst|nimmst|betreust|unterstutzt"
    "|bist verantwortlich)",
    "(?:bearbeitest|beantwortest|hilfst|kummerst|nimmst|betreust|unterstutzt|beratst) du",
    "(?:zu )?deine[nr]? aufgaben", "verantwortlich fur",
)  # fmt: skip

NEGATIONS: Mapping[str, re.Pattern[str]] = {
    "nl": _any("geen", "niets?", "zonder", "nooit", "noch"),
    "en": _any("no", "not", "nothing", "without", "never", "dont", "doesnt", "wont", "neither", "nor"),
    "de": _any("kein(?:e|en|er|em|es)?", "nichts?", "ohne", "nie", "niemals", "weder"),
}
NO_NEGATION = _any(
    "(?:niet|not|nicht) (?:alleen|enkel|slechts|only|just|nur)", "(?:geen|kein|no) (?:enkel )?proble+m\\w*",
    "no (?:worries|doubt)",
    "(?:niet|nicht|not) (?:bang|vies|afraid|shy|scheu)\\w*", "keine (?:angst|scheu)",
    "geen (?:angst|moeite|dag|twee)", "no (?:two|day)",
    "kein tag", "(?:niet|niets) te (?:gek|veel)", "geen \\w+ is jou te \\w+", "(?:aarzel|schroom|twijfel) niet",
    "(?:dont|do not) hesitate",
    "zogere? nicht", "(?:niet|not|nicht) (?:zomaar|simply|einfach)", "without (?:hesitation|delay)", "no later",
    "niet vergeten", "niets (?:is|vind) \\w+ te \\w+", "nothing is too", "nichts ist \\w+ zu",
    "voor niets", "nichts aus",
    "zonder (?:moeite|fouten|problemen)", "ohne (?:probleme|muhe|fehler)", "without (?:problems|mistakes|errors)",
    "verlies(?:t)? (?:\\w+ )?niet",
    "ook (?:als|wanneer) (?:\\w+ ){0,3}niet", "nicht aus der ruhe", "niet (?:gek|van (?:je|de wijs|slag))",
)  # fmt: skip
"""Words of denial that deny nothing: "not only", "no problem", "not afraid to call"."""

DENIED_AFTER = _any(
    "(?:is|zijn|hoeft|hoeven)? ?(?:niet|geen) (?:vereist|nodig|noodzakelijk|verplicht|must|vereiste|eis"
    "|voorwaarde)",
    "(?:is |are )?not (?:required|needed|necessary|essential|a must|part)",
    "(?:nicht|kein\\w*) (?:erforderlich|notwendig|notig|voraussetzung|muss|bedingung)",
    "hoeft niet", "hoort (?:er )?niet bij", "gehort nicht dazu", "komt niet voor", "doe je niet", "hoef je niet",
)  # fmt: skip
"""Denies everything that stands before it in its clause."""

NEGATION_REACH = 7
"""Words after a denial that it covers, within its clause: "geen verkoop of acquisitie aan de telefoon"."""

LEVELS: Mapping[int, re.Pattern[str]] = {
    4: _any(
        "expert", "experte", "expertin", "meesterlijk",
        "(?:anderen|collegas|nieuwe \\w+|medewerkers) (?:leren|opleiden|coachen|inwerken|begeleiden)",
        "(?:coacht?|train(?:t)?|begeleid(?:t)?|leer(?:t)?) (?:je )?(?:anderen|collegas|nieuwe \\w+|medewerkers)",
        "vraagbaak",
        "(?:teach|train|coach|guide)(?:ing)? (?:others|(?:new |your )?colleagues|new \\w+)", "subject matter",
        "(?:kollegen|kolleginnen|andere|neue \\w+) (?:\\w+ )?(?:schulen|anleiten|coachen|einarbeiten)",
        "(?:schulst|coachst) (?:du )?(?:andere|kollegen|neue)",
    ),
    3: _any(
        "ervaren", "(?:ruime|veel|jarenlange|aantoonbare|meerdere jaren) ervaring", "uitstekende?", "grondige?",
        "zeer (?:goede?|sterke?)",
        "gedegen", "diepgaande?", "vloeiend", "perfecte?", "uitmuntende?", "experienced", "extensive",
        "excellent", "thorough", "strong", "proven",
        "in depth", "fluent(?:ly)?", "advanced", "several years", "fundierte?[nr]?", "sehr gute?[nr]?",
        "ausgezeichnete?[nr]?", "hervorragende?[nr]?",
        "fliessende?[nr]?", "mehrjahrige?[nr]?", "umfangreiche?[nr]?", "verhandlungssicher\\w*",
        "erfahrene?[nr]?", "grundliche?[nr]?",
    ),
    1: _any(
        "basis ?kennis", "(?:enige|een beetje|eerste|wat) (?:ervaring|kennis)", "met hulp", "onder begeleiding",
        "onder toezicht", "basis(?:niveau)?",
        "basic", "basics", "some (?:experience|knowledge)", "first experience", "under supervision",
        "with (?:help|support|guidance)",
        "grundkenntnisse", "erste (?:erfahrung(?:en)?|kenntnisse)", "unter anleitung", "mit unterstutzung",
        "basiskenntnisse", "grundlegende?[nr]?",
    ),
    2: _any(
        "zelfstandige?", "op eigen kracht", "goede (?:kennis|beheersing)", "independent(?:ly)?", "on your own",
        "good (?:knowledge|command)",
        "working knowledge", "selbststandige?[nrs]?", "selbstandige?[nrs]?", "eigenstandige?[nr]?",
        "gute (?:kenntnisse|\\w+kenntnisse)",
        "eigenverantwortlich\\w*",
    ),
}  # fmt: skip
"""Held in this order: 4 able to teach it, 3 experienced, 1 with help, 2 on one's own, as the starter's levels are."""
