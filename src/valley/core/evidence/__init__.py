"""What does a piece of evidence weigh, where do words stand in a text, and who speaks when many have sentences?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from valley.core.curriculum.thread.shapes import Line

Kind = Literal["job-text", "observation", "rating"]
CUE_WEIGHTS: Mapping[str, float] = {"required": 2.0, "task": 1.5, "other": 1.0, "wish": 0.5}
"""What a sentence of a job text counts by the part it stands in: a requirement is asked of everyone who is hired, a
task is done daily, a wish decides nothing. Chosen for this product; docs/how-to/bring-in-evidence.md shows them."""
OBSERVED = 1.5
"""What was seen at work counts as a task that is done."""

Found = tuple[int, int, Kind, date, int, str, int | None, int | None]
"""Employer, piece, kind, day, competence, part of the text, importance, level."""


def weight(kind: str, cue: str, importance: int | None) -> float:
    """What one finding counts: by its part of a job text, by being seen, or as half of a rating of 1 to 4.

    >>> weight("job-text", "required", None), weight("observation", "other", None), weight("rating", "other", 3)
    (2.0, 1.5, 1.5)
    """
    if kind == "rating":
        return (importance or 2) / 2
    return OBSERVED if kind == "observation" else CUE_WEIGHTS[cue]


def lines(found: Iterable[Found], moved: Mapping[int, int]) -> tuple[Line, ...]:
    """One line per employer, competence and piece, in that order: the heaviest weight and the highest level.

    ``moved`` gives the competence that counts for one that was merged away.

    >>> day = date(2026, 9, 1)
    >>> [(line.competence, line.weight, line.level) for line in lines(
    ...     [(7, 1, "job-text", day, 5, "task", None, 2), (7, 1, "job-text", day, 6, "wish", None, None)], {6: 5})]
    [(5, 1.5, 2)]
    """
    kept: dict[tuple[int, int, int], tuple[Kind, date, float, int]] = {}
    for employer, piece, kind, on, competence, cue, importance, level in found:
        key = (employer, moved.get(competence, competence), piece)
        _kind, _on, heaviest, highest = kept.get(key, (kind, on, 0.0, 0))
        kept[key] = (kind, on, max(heaviest, weight(kind, cue, importance)), max(highest, level or 0))
    return tuple(
        Line(employer, competence, kind, on, heavy, level, piece)
        for (employer, competence, piece), (kind, on, heavy, level) in sorted(kept.items())
    )


def turns(owners: Iterable[int]) -> tuple[int, ...]:
    """The places of a list reordered so that owners take turns: the first of each, then the second, and so on.

    Who has most does not crowd the others out.

    >>> turns([1, 1, 1, 2, 3, 2])
    (0, 3, 4, 1, 5, 2)
    """
    before: Counter[int] = Counter()
    order: list[tuple[int, int]] = []
    for place, owner in enumerate(owners):
        order.append((before[owner], place))
        before[owner] += 1
    return tuple(place for _turn, place in sorted(order))


def standing(text: str, words: str) -> tuple[int, int] | None:
    """Where words stand in a text, white space aside: first and last place, half-open; None when they do not.

    >>> standing("Je behandelt\\n  klachten.", "behandelt klachten")
    (3, 23)
    """
    letters = [(place, sign) for place, sign in enumerate(text) if not sign.isspace()]
    bare = "".join(words.split())
    found = "".join(sign for _place, sign in letters).find(bare) if bare else -1
    return None if found < 0 else (letters[found][0], letters[found + len(bare) - 1][0] + 1)


def counted(competence: int, folded: Mapping[int, int]) -> frozenset[int]:
    """The competence with everything that counts as it, through any number of steps; rings do no harm.

    >>> sorted(counted(1, {2: 1, 3: 2, 4: 9}))
    [1, 2, 3]
    """
    found = {competence}
    while more := {one for one, into in folded.items() if into in found} - found:
        found |= more
    return frozenset(found)
