"""Which labels can be searched, and where is the index kept that takes seconds to build?

Per process in memory, and as a file in the home folder, so that a terminal command or a fresh worker need not build it.
The file is made anew when the vocabulary or the product changed; losing it loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock

from valley.core.skills.search import Label, LabelIndex
from valley.foundation import kept
from valley.skills import snapshots
from valley.skills.models import Occupation, Status, Title

# Under this number building is quicker than reading and writing a file.
LEAST_FOR_A_FILE = 5_000
_lock = Lock()
_kept: dict[str, tuple[str, LabelIndex | None]] = {}


def labels(kind: str, *, state: str) -> LabelIndex | None:
    """The index of a kind of concept as of ``state`` (a vocabulary fingerprint); None when there is nothing to find."""
    with _lock:
        if kind not in _kept or _kept[kind][0] != state:
            _kept[kind] = (state, _read(kind, state) or _built(kind, state))
        return _kept[kind][1]


def _built(kind: str, state: str) -> LabelIndex | None:
    found = list(_LABELS[kind]())
    if not found:
        return None
    made = LabelIndex(found)
    if len(found) >= LEAST_FOR_A_FILE:
        kept.write(f"labels-{kind}", made, state=state)
    return made


def _read(kind: str, state: str) -> LabelIndex | None:
    found = kept.read(f"labels-{kind}", state=state)
    return found if isinstance(found, LabelIndex) else None


def _competence_labels() -> Iterator[Label]:
    for pk, language, text, kind in snapshots.label_lines():
        yield Label(pk, text, language, kind)


def _occupation_labels() -> Iterator[Label]:
    rows = Occupation.objects.filter(status=Status.CURRENT, is_group=False).order_by("pk")
    for pk, language, text, kind in snapshots.labels_of(rows):
        yield Label(pk, text, language, kind)


def _title_labels() -> Iterator[Label]:
    """Each title once: the one that leads to the closest occupation."""
    seen: set[str] = set()
    for pk, text, language in Title.objects.order_by("closeness", "pk").values_list("pk", "text", "language"):
        if text.casefold() not in seen:
            seen.add(text.casefold())
            yield Label(pk, text, language, "title")


_LABELS: dict[str, Callable[[], Iterator[Label]]] = {
    "competence": _competence_labels,
    "title": _title_labels,
    "occupation": _occupation_labels,
}
