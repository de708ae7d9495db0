"""How does a reader take in what blocks a chain, when it is ten conditions at once?"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from valley.chains.queries import words
from valley.chains.queries.shapes import ConflictLine
from valley.chains.queries.words import Names
from valley.core.mobility import routes as core

SHOWN = 3
"""As many are named in a sentence; the others stand folded below it."""
_TOGETHER = {
    "entry": gettext_lazy("jobs ask at their start competences that you did not show yet: %(list)s"),
    "language": gettext_lazy("the levels of languages that are asked: %(list)s"),
    "permit": gettext_lazy("the permits that are asked: %(list)s"),
    "shift": gettext_lazy("work in %(list)s, which you do not want"),
    "process": gettext_lazy("enough hours of several work processes: %(list)s"),
}


def conflict_lines(conditions: Iterable[core.Condition], names: Names) -> tuple[ConflictLine, ...]:
    """The conditions of one conflict, those of one kind together, in order of first mention."""
    by_kind: dict[str, list[core.Condition]] = {}
    for one in conditions:
        by_kind.setdefault(one.kind, []).append(one)
    return tuple(_line(kind, some, names) for kind, some in by_kind.items())


def _line(kind: str, some: list[core.Condition], names: Names) -> ConflictLine:
    if len(some) == 1 or kind not in _TOGETHER:
        return ConflictLine(kind, words.condition_words(some[0], names), ())
    subjects = tuple(words.subject_words(one, names) for one in some)
    said = str(_TOGETHER[kind]) % {"list": _listed(subjects)}
    return ConflictLine(kind, said, subjects if len(subjects) > SHOWN + 1 else ())


def _listed(subjects: tuple[str, ...]) -> str:
    """A, B and C; of five or more the first three and how many others."""
    if len(subjects) > SHOWN + 1:
        rest = len(subjects) - SHOWN
        more = ngettext("%(count)s other", "%(count)s others", rest) % {"count": rest}
        subjects = (*subjects[:SHOWN], more)
    return _("%(first)s and %(last)s") % {"first": ", ".join(subjects[:-1]), "last": subjects[-1]}
