"""Which labels can be searched, and where is the index kept that takes seconds to build?

Per process in memory, and as a file in the home folder, so that a terminal command or a fresh worker need not build it.
The file is made anew when the vocabulary or the product changed; losing it loses nothing.
"""

from __future__ import annotations

import os
import pickle
import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock

from django.conf import settings

from valley import __version__
from valley.core.skills.search import Label, LabelIndex
from valley.skills.models import Competence, Occupation, Status, Title

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
        _write(kind, state, made)
    return made


def _file(kind: str) -> Path:
    return Path(settings.VALLEY_HOME) / "cache" / f"labels-{kind}.pickle"


def _read(kind: str, state: str) -> LabelIndex | None:
    """The index on file when it is of this product version and state; a file that cannot be read is no file."""
    try:
        # Only the owner of the home folder can write there, and whoever can do that holds the keys as well.
        with _file(kind).open("rb") as stream:
            if pickle.load(stream) != (__version__, state):  # noqa: S301
                return None
            found = pickle.load(stream)  # noqa: S301
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError):
        return None
    return found if isinstance(found, LabelIndex) else None


def _write(kind: str, state: str, made: LabelIndex) -> None:
    """Write beside and rename, so that nobody ever reads half a file; a full disk only costs the file."""
    path = _file(kind)
    fresh = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            pickle.dump((__version__, state), stream)
            pickle.dump(made, stream, protocol=5)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)


_FIELDS = ("pk", "label_nl", "label_en", "alt_labels_nl", "alt_labels_en")


def _competence_labels() -> Iterator[Label]:
    rows = Competence.objects.filter(status=Status.CURRENT).order_by("pk")
    for pk, dutch, english, others_nl, others_en in rows.values_list(*_FIELDS):
        yield from _both(pk, dutch, english, others_nl, others_en)


def _occupation_labels() -> Iterator[Label]:
    rows = Occupation.objects.filter(status=Status.CURRENT, is_group=False).order_by("pk")
    for pk, dutch, english, others_nl, others_en in rows.values_list(*_FIELDS):
        yield from _both(pk, dutch, english, others_nl, others_en)


def _both(pk: int, dutch: str, english: str, others_nl: Sequence[str], others_en: Sequence[str]) -> Iterator[Label]:
    for language, preferred, others in (("nl", dutch, others_nl), ("en", english, others_en)):
        if preferred:
            yield Label(pk, preferred, language)
        for other in others:
            yield Label(pk, other, language, "alternative")


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
