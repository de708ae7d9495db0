"""Is this a text that can be read, and in which language is it?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import cast

from valley.core.skills.text.little import FUNCTION, OTHER_TONGUES
from valley.core.skills.text.pieces import words_of
from valley.core.skills.text.shapes import Language, UnreadableText

LANGUAGES: tuple[Language, ...] = ("nl", "en", "de")
LONGEST = 100_000
"""Characters: a job text has a few thousand; a whole qualification dossier fits."""

LEAST_SHARE = 0.08
"""Least share of function words by which a language is recognised: bare lists have 10 to 20 %, running text 40 %."""

MOST_BROKEN = 2
"""Signs of a wrong encoding that are forgiven: a text may quote one."""

_BROKEN = re.compile("\ufffd|Ã[\u0080-\u00bf]|Ã[ƒ‚„…†‡‰Š‹ŒŽ‘’“”•–—™š›œžŸ¡-¿]|â€[™œ\u009d¢“˜\u009c]|Â[\u00a0-\u00bf]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_FILES = {
    "%PDF-": "a PDF file",
    "PK\x03\x04": "a Word, Excel or zip file",
    "{\\rtf": "an RTF file",
    "\xd0\xcf\x11\xe0": "an old Office file",
}


def readable(text: str) -> None:
    """Refuse what cannot be read: empty, too long, a file instead of its text, or broken letters.

    Raises ``UnreadableText``.
    """
    if not text.strip():
        raise UnreadableText(expected="a text", found="nothing but white space", next_step="Paste the text itself.")
    if len(text) > LONGEST:
        raise UnreadableText(
            expected=f"a text of at most {LONGEST:,} characters",
            found=f"{len(text):,} characters",
            next_step="Split it into one text per job, and leave out what is not about the job.",
            longest=LONGEST,
            length=len(text),
        )
    opening = next((kind for signs, kind in _FILES.items() if text.startswith(signs)), None)
    if opening or _CONTROL.search(text):
        raise UnreadableText(
            expected="text",
            found=opening or "the raw bytes of a file",
            next_step="Open the file in its own program and copy the text, or save it as .docx or .txt.",
        )
    broken = _BROKEN.findall(text)
    if len(broken) > MOST_BROKEN:
        raise UnreadableText(
            expected="letters saved as UTF-8",
            found=f"{len(broken)} broken letters such as {broken[0]!r}",
            next_step="Save the file again with the encoding UTF-8, or copy the text from where it reads well.",
            broken=len(broken),
        )


def language_of(text: str) -> Language:
    """The language of a text by its function words: nl, en or de. Ties go to the earlier of these three.

    Raises ``UnreadableText`` when no language that is read here has enough of them, or another has more.

    >>> language_of("Je helpt klanten aan de telefoon"), language_of("Du berätst unsere Kunden am Telefon")
    ('nl', 'de')
    """
    return language_of_words([word.plain for word in words_of(text)])


def language_of_words(spoken: Sequence[str], known: Mapping[str, Collection[str]] | None = None) -> Language:
    """As ``language_of``, of plain words. Without function words the language that ``known`` has most words of wins."""
    counts = Counter(spoken)
    ours = {tongue: _share(counts, FUNCTION[tongue]) for tongue in LANGUAGES}
    others = {name: _share(counts, words) for name, words in OTHER_TONGUES.items()}
    best = max(LANGUAGES, key=lambda tongue: ours[tongue])
    foreign = max(others, key=lambda name: others[name])
    if ours[best] >= LEAST_SHARE and ours[best] >= others[foreign]:
        return best
    if known and others[foreign] < LEAST_SHARE:
        shares = {tongue: _share(counts, words) for tongue, words in known.items()}
        guess = max(sorted(shares), key=lambda tongue: shares[tongue])
        if shares[guess] >= 0.5:  # at least every other word is a word of labels in that language
            return cast("Language", guess)
    looks = others[foreign] >= LEAST_SHARE
    raise UnreadableText(
        expected="a text in Dutch, English or German",
        found=f"words that look like {foreign}" if looks else "words of no language that is read here",
        next_step="Say the language if it is one of these three, or translate the text first.",
    )


def _share(counts: Mapping[str, int], little: Collection[str]) -> float:
    """The share of the words that are in a list."""
    return sum(count for word, count in counts.items() if word in little) / max(sum(counts.values()), 1)
