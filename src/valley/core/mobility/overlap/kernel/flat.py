"""How do a sector and its persons look as flat arrays of numbers, so that compiled code can read them?

A *tie* says that a competence held counts for every needed competence of a *family* with one similarity. A family is
a narrow or broad group, or one needed competence by itself. So relatives are followed, never written out.
"""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from valley.core.mobility.overlap.kernel.crowd import Crowd
from valley.core.mobility.overlap.kernel.index import Reals, Whole
from valley.core.mobility.overlap.kernel.tally import Setting


class Openings(NamedTuple):
    """All openings. Starts have one number more than what they start: the end of the last.

    ``members`` are needed competences by place, the keys (competence, level asked) of a place follow each other, and so
    do the postings (opening, weight) of a key. ``wanted`` is the level asked - 1 per key, ``scale`` the parts that a
    full coverage counts (0: nothing asked). A gate has a key, or a subject with the level asked; the other is -1.
    """

    family_starts: Whole
    members: Whole
    key_starts: Whole
    wanted: Whole
    post_starts: Whole
    post_opening: NDArray[np.int32]
    post_weight: Reals
    scale: Reals
    gate_starts: Whole
    gates: Whole
    gate_key: Whole
    gate_subject: Whole
    gate_asked: Whole
    ids: Whole


class People(NamedTuple):
    """Persons and their claims, in order. ``row`` is the competence of a claim, by which its ties are found.

    ``level`` is the level held - 1, ``weight`` what the claim weighs in use, ``fresh`` how far its evidence counts;
    ``speaks`` (persons x subjects) the level a person has of a language, permit or shift.
    """

    starts: Whole
    row: Whole
    level: Whole
    weight: Reals
    fresh: Whole
    tie_starts: Whole
    tie_family: Whole
    tie_parts: Whole
    speaks: Whole
    compared: NDArray[np.bool_]


def openings_of(setting: Setting) -> Openings:
    """The sector as flat arrays. Cost: one copy of the postings."""
    index, gates = setting.index, setting.gates
    family_starts, members = index.families()
    return Openings(
        family_starts=_whole(family_starts),
        members=_whole(members),
        key_starts=_whole(index.key_starts),
        wanted=_whole(index.wanted),
        post_starts=_whole(index.weights.indptr),
        post_opening=np.ascontiguousarray(index.weights.indices, dtype=np.int32),
        post_weight=np.array(index.weights.data, dtype=np.float64),
        scale=index.asked * setting.unit,
        gate_starts=_whole(gates.starts),
        gates=_whole(gates.flat),
        gate_key=_whole(gates.key),
        gate_subject=_whole(gates.subject),
        gate_asked=_whole(gates.asked),
        ids=_whole(setting.openings),
    )


def people_of(setting: Setting, crowd: Crowd) -> People:
    """A crowd as flat arrays. Cost: about a microsecond per claim and three per new competence."""
    ties = [setting.index.ties(competence) for competence in crowd.competences]
    sizes = np.fromiter(map(len, ties), np.int64, len(ties))
    starts = np.zeros(len(ties) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    pairs = np.fromiter(chain.from_iterable(chain.from_iterable(ties)), np.int64, 2 * int(starts[-1])).reshape(-1, 2)
    return People(
        starts=_whole(crowd.starts),
        row=_whole(crowd.held[crowd.thing]),
        level=_whole(crowd.level[crowd.thing]),
        weight=crowd.weights(setting.vocabulary, setting.policy)[crowd.thing],
        fresh=setting.freshness(crowd.people),
        tie_starts=starts,
        tie_family=_whole(pairs[:, 0]),
        tie_parts=_whole(pairs[:, 1]),
        speaks=setting.gates.levels(crowd.people),
        compared=crowd.compared(setting.policy),
    )


def _whole(numbers: NDArray[np.integer]) -> Whole:
    """A copy of its own, contiguous and writable: compiled code knows one layout only."""
    return np.array(numbers, dtype=np.int64)
