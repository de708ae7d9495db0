"""With which words are texts read: labels of the vocabulary, phrases of the trade, and names that are no competence?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from threading import Lock

from django.db.models import Count, Max

from valley.core.skills import text
from valley.foundation import kept
from valley.reading.models import Phrase, SystemName
from valley.skills import queries as skills
from valley.skills import snapshots as vocabulary

LEAST_FOR_A_FILE = 5_000
"""Under this number of labels building a reader is quicker than reading a file."""
_lock = Lock()
_held: tuple[str, text.Reader] | None = None


def reader() -> text.Reader:
    """The reader of this moment's words: in memory, else on file, else built (seconds with all of ESCO)."""
    global _held
    state = _state()
    with _lock:
        if _held is None or _held[0] != state:
            found = kept.read("text-reader", state=state)
            _held = (state, found if isinstance(found, text.Reader) else _built(state))
        return _held[1]


@lru_cache(maxsize=1)
def tool_class_competences() -> tuple[tuple[str, str], ...]:
    """Each tool class with the starter key of the competence of using such a tool."""
    file = resources.files("valley.reading").joinpath("starter/tool_class_competences.csv")
    rows = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))
    return tuple((row["tool_class"], row["competence_key"]) for row in rows)


def system_names() -> tuple[tuple[str, str], ...]:
    """Every known name of a product or system with the key of its tool class: the trade's list, then added ones."""
    added = SystemName.objects.order_by("pk").values_list("name", "tool_class__key")
    return (*vocabulary.tool_names(), *added)


def _state() -> str:
    phrases = Phrase.objects.aggregate(count=Count("pk"), last=Max("pk"))
    parts = (vocabulary.vocabulary_fingerprint(), sorted(phrases.items()), system_names(), tool_class_competences())
    return sha256(repr(parts).encode()).hexdigest()


def _built(state: str) -> text.Reader:
    entries = list(_entries())
    keys, uses = skills.ids_by_starter_key(), dict(tool_class_competences())
    systems = [text.System(name, sort, keys.get(uses.get(sort, ""))) for name, sort in system_names()]
    made = text.Reader(entries, systems)
    if len(entries) >= LEAST_FOR_A_FILE:
        kept.write("text-reader", made, state=state)
    return made


def _entries() -> Iterator[text.Entry]:
    for pk, language, words, source in vocabulary.label_lines():
        yield text.Entry(pk, words, language, source)
    for pk, language, words in Phrase.objects.order_by("pk").values_list("competence", "language", "text"):
        yield text.Entry(pk, words, language, "phrase")
