"""How sure must a reader be before it proposes, and how much does each kind of likeness count?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingPolicy:
    """The weights of a reader; all shares are 0 to 1 and were set on the cases of ``bench/text.py``.

    ``floor`` is the score under which nothing is proposed. Words of a label may stand in any order, with at most
    ``gap`` other words of content between them. A sentence of more than ``longest_sentence`` words is read in
    pieces. ``alternative``, ``stems``, ``compound`` multiply the score of a label that is no preferred one, of
    words that are inflected, of words that are joined or split; words in another order get ``apart`` and up to
    ``together`` more the closer they stand; ``half`` multiplies it for each compound of which only a part counts.
    ``single`` multiplies the score of one word on its own, ``vague`` that of two words that say little, ``shared``
    that of a label which several concepts have, ``foreign`` that of an English label in another language. A word
    that occurs in more than ``common`` of all concepts (but in at least ``common_least``) says nothing on its own.
    Of concepts that the same words name, at most ``rivals`` are proposed, none more than ``near_best`` under the
    surest. ``system`` is the score of the concept of using a tool that is named.
    """

    floor: float = 0.5
    gap: int = 4
    longest_sentence: int = 60
    most_a_sentence: int = 8
    rivals: int = 2
    alternative: float = 0.95
    stems: float = 0.97
    compound: float = 0.92
    apart: float = 0.55
    together: float = 0.35
    half: float = 0.85
    single: float = 0.7
    vague: float = 0.85
    shared: float = 0.9
    foreign: float = 0.9
    common: float = 0.015
    common_least: int = 12
    near_best: float = 0.05
    system: float = 0.9
