"""Which roles has the trade, with what they ask in words, and which other occupations ask the same?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from valley.core.mobility import careers
from valley.core.profiles import Importance, Need
from valley.foundation.access import Caller
from valley.skills import queries as skills
from valley.skills import snapshots as words
from valley.work import queries as work

# A page of a competence names at most so many occupations (skills.queries.pages); one that more occupations ask tells
# nothing about where it leads.
FEW = 20
LEAST_SHARED = 2
MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An occupation outside the trade that asks some of the competences only few occupations ask."""

    occupation: int
    label: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trade:
    """The shared roles of the trade in their order, as arithmetic and in words of one language."""

    pages: tuple[work.RoleProfileItem, ...]
    roles: Mapping[str, careers.Role]
    labels: Mapping[int, str]

    def title(self, role: str) -> str:
        """The title of a role; its key when it is an organisation's own."""
        return next((page.title for page in self.pages if page.key == role), role)

    def label(self, competence: int) -> str:
        """The words of a competence."""
        return self.labels.get(competence, "")


_Key = tuple[object, ...]
# The last trade per language; roles change a few times a year, and reading them takes some eighty questions.
_kept: dict[str, tuple[_Key, Trade]] = {}
_near: dict[str, tuple[_Key, dict[str, tuple[Elsewhere, ...]]]] = {}


def trade(caller: Caller) -> Trade:
    """The trade's roles in the reader's language; kept until a role or the vocabulary changes."""
    pages = work.role_profiles(caller)
    key = _key(pages)
    kept = _kept.get(caller.language)
    if kept is None or kept[0] != key:
        kept = (key, _read(caller, pages))
        _kept[caller.language] = kept
    return kept[1]


def elsewhere(caller: Caller, found: Trade, role: str) -> tuple[Elsewhere, ...]:
    """Occupations outside the trade that share at least two rarely asked competences with a role, most first.

    Empty until the occupations of ESCO are loaded.
    """
    key = _key(found.pages)
    kept = _near.get(caller.language)
    if kept is None or kept[0] != key:
        kept = (key, {})
        _near[caller.language] = kept
    if role not in kept[1]:
        kept[1][role] = _elsewhere(caller, found, role)
    return kept[1][role]


def occupations_loaded(caller: Caller) -> bool:
    """Whether a release with occupations was read in. One question."""
    return any(release.counts.get("occupations") for release in skills.releases(caller))


def _key(pages: tuple[work.RoleProfileItem, ...]) -> _Key:
    return (tuple((page.id, page.version) for page in pages), words.vocabulary_fingerprint())


def _read(caller: Caller, pages: tuple[work.RoleProfileItem, ...]) -> Trade:
    roles: dict[str, careers.Role] = {}
    labels: dict[int, str] = {}
    for page in pages:
        full = work.role_profile(caller, id=page.id)
        labels |= {need.competence: need.label for need in full.needs}
        needs = tuple(Need(need.competence, need.level, Importance(need.importance)) for need in full.needs)
        roles[page.key] = careers.Role(page.key, needs, full.moves_to)
    return Trade(pages, roles, labels)


def _elsewhere(caller: Caller, found: Trade, role: str) -> tuple[Elsewhere, ...]:
    own = {one.occupation_uri for one in skills.starter_roles()}
    shared: dict[int, list[str]] = {}
    names: dict[int, str] = {}
    for need in found.roles[role].needs:
        page = skills.competence(caller, id=need.competence)
        if page.occupations_essential + page.occupations_optional > FEW:
            continue
        for line in page.occupations:
            if line.uri not in own:
                names[line.id] = line.label
                shared.setdefault(line.id, []).append(page.label)
    counts = Counter({occupation: len(labels) for occupation, labels in shared.items()})
    ordered = sorted(counts, key=lambda one: (-counts[one], names[one].casefold(), one))
    close = [one for one in ordered if counts[one] >= LEAST_SHARED][:MOST_SHOWN]
    return tuple(Elsewhere(one, names[one], tuple(sorted(shared[one], key=str.casefold))) for one in close)
