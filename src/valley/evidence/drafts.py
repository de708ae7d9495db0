"""What must a text, an observation and a rating say before they are kept, and which words refuse them?

The same checks serve the form, the API, the terminal and every row of a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.core.skills import text as reading
from valley.core.skills.text.languages import readable
from valley.evidence.models import LANGUAGES, PieceKind
from valley.reading import queries as texts
from valley.reading.unreadable import worded

TITLE, REFERENCE, LINE = 160, 60, 1000
LONGEST = 100_000
"""Characters; fifty pages. The longest real job texts have some 12,000."""
EARLIEST = date(2000, 1, 1)
MOST_LINES = 200
CODES = tuple(code for code, _name in LANGUAGES)


class EvidenceRefused(ValleyError):
    """A text, an observation or a rating cannot be kept as it is."""

    code = "evidence-refused"


@dataclass(frozen=True, slots=True)
class TextDraft:
    """A text of an employer. ``language`` "" is recognised; ``dated_on`` None is today.

    ``work_process`` is the id of a work process of a dossier.
    """

    organisation: int
    title: str
    text: str
    language: str = ""
    dated_on: date | None = None
    reference: str = ""
    kind: str = PieceKind.JOB_TEXT
    work_process: int | None = None
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class ObservationLine:
    """What was seen at work; with the competence and its level (1 to 4) when the observer says so."""

    what: str
    competence: int | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class RatingLine:
    """How important an employer says a competence is (1 to 4), and at which level (1 to 4)."""

    competence: int
    importance: int
    level: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft that may be kept, with its language, its day and the fingerprint of its words."""

    draft: TextDraft
    language: str
    dated_on: date
    fingerprint: str


def ready(draft: TextDraft, *, today: date) -> Ready:
    """Check and tidy a draft. Raises :class:`EvidenceRefused`, or ``UnreadableText`` for words nobody can read."""
    words = texts.tidy(draft.text)
    _require_length(words)
    title = " ".join(draft.title.split()) or words.split("\n", 1)[0][:TITLE]
    _require_short(title, TITLE, _("title"))
    _require_short(draft.reference, REFERENCE, _("reference"))
    if draft.language and draft.language not in CODES:
        step = _("Choose Dutch, English or German, or let it be recognised.")
        raise EvidenceRefused(expected=", ".join(CODES), found=draft.language, next_step=step)
    with worded():
        readable(words)
        language = draft.language or reading.language_of(words)
    on = draft.dated_on or today
    _require_day(on, today)
    tidied = replace(draft, title=title, text=words, reference=draft.reference.strip(), language=language)
    return Ready(tidied, language, on, fingerprint(tidied, on))


def fingerprint(draft: TextDraft, on: date) -> str:
    """Of the words alone for a text; for what was seen or rated the day and the work process count too."""
    words = reading.fingerprint_of_words(draft.text)
    if draft.kind == PieceKind.JOB_TEXT:
        return words
    return sha256(f"{words}|{on.isoformat()}|{draft.work_process or ''}".encode()).hexdigest()


def lines_ready(lines: Sequence[ObservationLine]) -> tuple[ObservationLine, ...]:
    """Check and tidy the lines of an observation form: each on one line of text."""
    kept = tuple(replace(line, what=" ".join(line.what.split())) for line in lines if line.what.strip())
    if not 1 <= len(kept) <= MOST_LINES:
        raise EvidenceRefused(
            expected=_("1 to %(most)s lines that say what was seen") % {"most": MOST_LINES},
            found=len(kept),
            next_step=_("Write one line for each thing you saw."),
        )
    for line in kept:
        _require_short(line.what, LINE, _("line"))
        _require_range(line.level, _("a level from 1 to 4"))
    return kept


def ratings_ready(lines: Sequence[RatingLine]) -> tuple[RatingLine, ...]:
    """Check ratings: 1 to 4 each, every competence once."""
    if not 1 <= len(lines) <= MOST_LINES or len({line.competence for line in lines}) != len(lines):
        raise EvidenceRefused(
            expected=_("1 to %(most)s ratings, each competence once") % {"most": MOST_LINES},
            found=len(lines),
            next_step=_("Remove what is there twice."),
        )
    for line in lines:
        _require_range(line.importance, _("an importance from 1 to 4"))
        _require_range(line.level, _("a level from 1 to 4"))
    return tuple(lines)


def _require_length(words: str) -> None:
    if not words or len(words) > LONGEST:
        raise EvidenceRefused(
            expected=_("a text of 1 to %(most)s characters") % {"most": LONGEST},
            found=len(words) or _("nothing"),
            next_step=_("Paste the text itself, without attachments."),
        )


def _require_short(words: str, most: int, name: str) -> None:
    if len(words) > most or not words.isprintable():
        raise EvidenceRefused(
            expected=_("at most %(most)s readable characters (%(name)s)") % {"most": most, "name": name},
            found=len(words),
            next_step=_("Shorten it."),
        )


def _require_range(number: int | None, expected: str) -> None:
    if number is not None and not 1 <= number <= 4:
        raise EvidenceRefused(expected=expected, found=number, next_step=_("Choose 1, 2, 3 or 4."))


def _require_day(on: date, today: date) -> None:
    if not EARLIEST <= on <= today:
        raise EvidenceRefused(
            expected=_("a day from 2000 until today"),
            found=on.isoformat(),
            next_step=_("Give the day on which it was written or seen."),
        )
