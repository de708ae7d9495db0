"""Which releases were read in, and what differs between two of them?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.skills.models import Release, Scheme

COUNT_WORDS = {
    "occupations": gettext_lazy("occupations"),
    "skills": gettext_lazy("competences"),
    "competences": gettext_lazy("competences"),
    "skill_groups": gettext_lazy("groups of competences"),
    "groups": gettext_lazy("groups of competences"),
    "roles": gettext_lazy("roles"),
    "relations": gettext_lazy("links between occupations and competences"),
    "titles": gettext_lazy("job titles"),
}


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """One release, as it was read in."""

    scheme: str
    scheme_words: str
    version: str
    languages: tuple[str, ...]
    imported_at: datetime
    fingerprint: str
    counts: dict[str, int]
    holds: str


@dataclass(frozen=True, slots=True)
class Change:
    """One concept that differs. ``before`` and ``after`` are labels; ``replaced_by`` an identifier when merged."""

    uri: str
    kind: str
    before: str
    after: str
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseDiff:
    """Every concept in use in one of two releases stands in one of the lists, or is counted as unchanged."""

    older: str
    newer: str
    added: tuple[Change, ...]
    retired: tuple[Change, ...]
    merged: tuple[Change, ...]
    renamed: tuple[Change, ...]
    changed: tuple[Change, ...]
    unchanged: int


class Item(Protocol):
    """What a comparison needs to know of a concept in a release; rows of `ReleaseItem` do."""

    uri: Any
    kind: Any
    label: Any
    retired: Any
    digest: Any
    replaced_by: Any


def releases(caller: Caller) -> tuple[ReleaseLine, ...]:
    """All releases, the newest import first."""
    with override(caller.language):
        return tuple(
            ReleaseLine(
                row.scheme,
                str(Scheme(row.scheme).label),
                row.version,
                tuple(row.languages),
                row.imported_at,
                row.fingerprint,
                row.counts,
                _holds(row.counts),
            )
            for row in Release.objects.order_by("-imported_at", "-pk")
        )


def _holds(counts: dict[str, int]) -> str:
    """The counts in words, the ones that a reader knows."""
    return ", ".join(f"{counts[name]} {words}" for name, words in COUNT_WORDS.items() if counts.get(name))


def release_diff(caller: Caller, *, older: str, newer: str) -> ReleaseDiff:
    """What changed between two ESCO releases (versions as loaded). `NotFound` when one is not loaded."""
    first, second = _esco(older), _esco(newer)
    return compared(first.items.all(), second.items.all(), older=first.version, newer=second.version)


def _esco(version: str) -> Release:
    found = Release.objects.filter(scheme=Scheme.ESCO, version=version.strip().removeprefix("v")).first()
    if found is None:
        known = ", ".join(Release.objects.filter(scheme=Scheme.ESCO).values_list("version", flat=True)) or "-"
        raise NotFound(
            expected=_("an ESCO release that is loaded"),
            found=version[:40],
            next_step=_("Choose one of these: %(known)s.") % {"known": known},
        )
    return found


def compared(before: Iterable[Item], after: Iterable[Item], *, older: str = "", newer: str = "") -> ReleaseDiff:
    """The difference between two releases, sorted by label; equal inputs in any order give equal answers."""
    old = {item.uri: item for item in before}
    lists: dict[str, list[Change]] = {name: [] for name in ("added", "retired", "merged", "renamed", "changed")}
    unchanged, seen = 0, set[str]()
    for item in after:
        seen.add(item.uri)
        known = old.get(item.uri)
        what = _kind_of_change(known, item)
        if what:
            lists[what].append(_change(known, item))
        elif known is not None and not item.retired:
            unchanged += 1
    gone = (item for item in old.values() if item.uri not in seen and not item.retired)
    lists["retired"] += [Change(item.uri, item.kind, item.label, "") for item in gone]
    ordered = {
        name: tuple(sorted(found, key=lambda change: (change.before or change.after, change.uri)))
        for name, found in lists.items()
    }
    return ReleaseDiff(older=older, newer=newer, unchanged=unchanged, **ordered)


def _kind_of_change(known: Item | None, item: Item) -> str:
    if item.retired:
        fresh = known is not None and not known.retired
        return "" if not fresh else "merged" if item.replaced_by else "retired"
    if known is None or known.retired:
        return "added"
    if known.label != item.label:
        return "renamed"
    return "changed" if known.digest != item.digest else ""


def _change(known: Item | None, item: Item) -> Change:
    before = known.label if known else ""
    return Change(item.uri, item.kind or (known.kind if known else ""), before, item.label, item.replaced_by)
