"""What does a room above keep beside an opening, and what does it say before one is shown to everyone?

This room knows openings. What can be practised in one, what it asks beside competences, and whether it asks what it may
not, is for a room above, which joins here when the application starts. Every way to make, change, open, copy, import
or restore an opening passes here, so that no door goes round what that room refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from valley.foundation.access import Caller
from valley.foundation.spreadsheets.reading import Cell
from valley.foundation.spreadsheets.tables import Column
from valley.work.drafts import Flaw, OpeningDraft

Said = dict[str, Any]
"""What stands beside one opening, as JSON can hold it; equal when it is the same."""
Row = tuple[OpeningDraft, Said]


class Beside(Protocol):
    """What the room above must answer. Every call is about many openings, and asks a few questions in all."""

    def columns(self) -> tuple[Column, ...]:
        """The optional columns of a sheet of openings."""
        ...

    def readers(self) -> Mapping[str, Callable[[Cell], Any]]:
        """How their cells are read, by the key of the column."""
        ...

    def said(self, fields: Mapping[str, Any], before: Said) -> Said:
        """What a row says: what stood there before, with the columns that were in the file."""
        ...

    def column(self, field: str) -> str:
        """The column that a field of a flaw stands in."""
        ...

    def cells(self, said: Said) -> dict[str, Any]:
        """The cells that would be read as this, by the key of the column."""
        ...

    def flaws(self, caller: Caller, rows: Sequence[Row]) -> list[tuple[Flaw, ...]]:
        """What is refused about each row, whether it is opened or not."""
        ...

    def challenged(self, caller: Caller, rows: Sequence[Row]) -> list[tuple[Flaw, ...]]:
        """What keeps each row from being opened."""
        ...

    def stored(self, openings: Iterable[int]) -> dict[int, Said]:
        """What stands beside these openings, each of them, by id."""
        ...

    def keep(self, said: Mapping[int, Said]) -> None:
        """Put this beside the openings in place of what stood there. Inside the caller's transaction."""
        ...


class _Nobody:
    """Nothing stands beside an opening."""

    def columns(self) -> tuple[Column, ...]:
        return ()

    def readers(self) -> Mapping[str, Callable[[Cell], Any]]:
        return {}

    def said(self, fields: Mapping[str, Any], before: Said) -> Said:
        return before

    def column(self, field: str) -> str:
        return field

    def cells(self, said: Said) -> dict[str, Any]:
        return {}

    def flaws(self, caller: Caller, rows: Sequence[Row]) -> list[tuple[Flaw, ...]]:
        return [()] * len(rows)

    def challenged(self, caller: Caller, rows: Sequence[Row]) -> list[tuple[Flaw, ...]]:
        return [()] * len(rows)

    def stored(self, openings: Iterable[int]) -> dict[int, Said]:
        return {one: {} for one in openings}

    def keep(self, said: Mapping[int, Said]) -> None:
        pass


_joined: list[Beside] = [_Nobody()]


def join(room: Beside) -> None:
    """Let a room keep something beside every opening. Once, when the application starts; the last one holds."""
    _joined[:] = [room]


def room() -> Beside:
    """The room that joined."""
    return _joined[0]


Watcher = Callable[[Caller, Collection[int]], None]
_watching: list[Watcher] = []


def watch(told: Watcher) -> None:
    """Let a room hear which openings changed, opened or closed. Once, when the application starts."""
    _watching.append(told)


def changed(caller: Caller, openings: Collection[int]) -> None:
    """Tell the rooms that watch. Inside the transaction that changed these openings, by id."""
    for told in _watching:
        told(caller, openings)


def challenged(caller: Caller, openings: Mapping[int, OpeningDraft]) -> dict[int, tuple[Flaw, ...]]:
    """What keeps these stored openings from being shown to everyone, by id; those without are left out."""
    kept = room().stored(openings)
    flaws = room().challenged(caller, [(draft, kept[pk]) for pk, draft in openings.items()])
    return {pk: found for pk, found in zip(openings, flaws, strict=True) if found}
