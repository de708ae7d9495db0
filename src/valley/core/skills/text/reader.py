"""Which competences does a text ask, and which systems does it name?"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass

from valley.core.skills.search import Hit, Label, LabelIndex, SearchPolicy
from valley.core.skills.text.cues import Cued, Sections, cued
from valley.core.skills.text.index import Found, Index
from valley.core.skills.text.languages import LANGUAGES, language_of_words, readable
from valley.core.skills.text.pieces import Piece, Word, pieces_of, words_of
from valley.core.skills.text.policy import ReadingPolicy
from valley.core.skills.text.shapes import Entry, Named, Proposal, Reading, System, UnreadableText, Why
from valley.core.skills.text.systems import Systems
from valley.core.skills.words import plain as plain_form

RULES = 2
"""Part of every fingerprint: raised when the same words would be read otherwise."""

STRENGTH: tuple[Why, ...] = ("exact", "stems", "compound", "words", "system")
FAINTEST = 0.1
"""Likeness from which ``rank`` shows a concept: a person who chooses by hand sees more than a search box shows."""

QUOTED = "en"
"""The language whose labels texts in another language quote: "ervaring met live chat", "First-Level-Support"."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its words, its cues and the systems in it."""

    starts: int
    ends: int
    words: list[Word]
    cued: Cued
    systems: list[tuple[int, int, System]]


class Reader:
    """Reads texts with one vocabulary; immutable, the same whatever the order of entries and systems; can be pickled.

    Cost: a full ESCO vocabulary in two languages takes some seconds to build, a job text a few milliseconds to read.

    >>> reader = Reader([Entry(1, "klachten behandelen", "nl"), Entry(2, "gebruik van een ticketsysteem", "nl")],
    ...                 [System("Zendesk", "ticketing", 2)])
    >>> reading = reader.read("Je behandelt klachten van klanten in Zendesk. Wij doen niet aan verkoop.")
    >>> [(proposal.concept, proposal.matched, proposal.why) for proposal in reading.proposals]
    [(1, 'behandelt klachten', 'words'), (2, 'Zendesk', 'system')]
    >>> [(named.name, named.tool_class) for named in reading.systems]
    [('Zendesk', 'ticketing')]
    """

    def __init__(
        self, entries: Iterable[Entry], systems: Iterable[System] = (), *, policy: ReadingPolicy | None = None
    ) -> None:
        """A label that equals the name of a system is left out: a brand is never a competence."""
        self.policy = policy or ReadingPolicy()
        given = sorted(set(entries), key=lambda entry: (entry.language, entry.concept, entry.text, entry.source))
        named = sorted(set(systems), key=lambda one: (one.name, one.tool_class, one.concept or 0))
        self.fingerprint = _fingerprint(given, named, self.policy)
        ordinary = {word for entry in given for word in plain_form(entry.text).split()}
        self._systems = Systems(named, ordinary)
        brands = self._systems.plain_names
        self._entries = tuple(entry for entry in given if plain_form(entry.text) not in brands)
        quoted = [entry for entry in self._entries if entry.language == QUOTED]
        self._indexes: dict[str, Index] = {}
        for language in LANGUAGES:
            own = [entry for entry in self._entries if entry.language == language]
            self._indexes[language] = Index(
                language, own, quoted if own and language != QUOTED else (), policy=self.policy
            )
        self._labels: LabelIndex | None = None

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_labels": None}

    def read(self, text: str, *, language: str = "") -> Reading:
        """Everything that a text asks, denies and names, in order of place; "" recognises the language.

        Raises ``UnreadableText`` for an empty or enormous text, a file, broken letters or a language not read here.
        Cost: linear in the length of the text.
        """
        readable(text)
        spoken = words_of(text)
        if not spoken:
            raise UnreadableText(
                expected="a text", found="signs without any letter", next_step="Paste the text itself."
            )
        tongue = _checked(language) if language else self._recognised(spoken)
        pieces = pieces_of(text)
        sentences = list(self._sentences(text, spoken, pieces, tongue))
        asked: list[Proposal] = []
        denied: list[Proposal] = []
        for sentence in sentences:
            for proposal, refused in self._proposals(text, sentence, self._indexes[tongue]):
                (denied if refused else asked).append(proposal)
        return Reading(tongue, tuple(asked), _named(text, sentences), tuple(denied), len(pieces))

    def rank(self, phrase: str, *, language: str | None = None, limit: int = 10) -> tuple[Hit, ...]:
        """The concepts a whole phrase may mean, best first: for choosing another one by hand.

        The index is built at the first call (some seconds for full ESCO). Raises ``UnusableQuery`` as ``find`` does.
        """
        if self._labels is None:
            labels = [
                Label(one.concept, one.text, one.language, "title" if one.source == "phrase" else one.source)
                for one in self._entries
            ]
            self._labels = LabelIndex(labels, policy=SearchPolicy(floor=FAINTEST))
        return self._labels.find(phrase, language=language, limit=limit)

    def _recognised(self, spoken: Sequence[Word]) -> str:
        known = {tongue: index.lexicon.known for tongue, index in self._indexes.items()}
        return language_of_words([word.plain for word in spoken], known)

    def _sentences(self, text: str, spoken: list[Word], pieces: list[Piece], language: str) -> Iterator[_Sentence]:
        """The sentences that ask something or name a system; headings only where they name one."""
        sections = Sections(text)
        at = 0
        for piece in pieces:
            section = sections.read(piece)
            while at < len(spoken) and spoken[at].starts < piece.starts:
                at += 1
            first = at
            while at < len(spoken) and spoken[at].ends <= piece.ends:
                at += 1
            for starts, ends, chosen in _bounded(piece, spoken[first:at], self.policy.longest_sentence):
                systems = self._systems.find(text, chosen)
                around = cued(text, chosen, section=section or "silent", language=language)
                yield _Sentence(starts, ends, chosen, around, systems)

    def _proposals(self, text: str, sentence: _Sentence, index: Index) -> Iterator[tuple[Proposal, bool]]:
        """What a sentence asks, each with whether it is denied."""
        if sentence.cued.silent:
            return
        masked = frozenset(place for begin, end, _ in sentence.systems for place in range(begin, end))
        found = _best(index.find(sentence.cued.plain, masked), self.policy)
        for one in found:
            yield (
                self._proposal(text, sentence, one, index.lexicon.function),
                sentence.cued.denies(one.places, one.label.plain),
            )
        known = {one.label.concept for one in found}
        for begin, end, system in sentence.systems:
            if system.concept is not None and system.concept not in known:
                known.add(system.concept)
                yield self._use_of(text, sentence, (begin, end), system)

    def _proposal(self, text: str, sentence: _Sentence, found: Found, little: frozenset[str]) -> Proposal:
        return Proposal(
            found.label.concept,
            text[sentence.starts : sentence.ends],
            sentence.starts,
            sentence.ends,
            _matched(text, sentence, found.places, little),
            found.label.text,
            found.why,
            round(found.score, 4),
            sentence.cued.cue(found.places),
            sentence.cued.level(found.places),
        )

    def _use_of(self, text: str, sentence: _Sentence, span: tuple[int, int], system: System) -> tuple[Proposal, bool]:
        """Naming a system asks for the use of its class."""
        places = range(*span)
        matched = text[sentence.words[span[0]].starts : sentence.words[span[1] - 1].ends]
        proposal = Proposal(
            system.concept or 0,
            text[sentence.starts : sentence.ends],
            sentence.starts,
            sentence.ends,
            matched,
            system.name,
            "system",
            self.policy.system,
            sentence.cued.cue(places),
            sentence.cued.level(places),
        )
        return proposal, sentence.cued.denies(places, "")


def _fingerprint(entries: Sequence[Entry], systems: Sequence[System], policy: ReadingPolicy) -> str:
    digest = hashlib.sha256(f"{RULES}\n{astuple(policy)}\n".encode())
    for one in (*entries, *systems):
        digest.update(f"{astuple(one)}\n".encode())
    return digest.hexdigest()


def _checked(language: str) -> str:
    if language not in LANGUAGES:
        raise UnreadableText(
            expected="a language out of " + ", ".join(LANGUAGES),
            found=language,
            next_step="Choose one of these, or leave the language empty to have it recognised.",
        )
    return language


def _bounded(piece: Piece, spoken: list[Word], longest: int) -> Iterator[tuple[int, int, list[Word]]]:
    """A sentence, or the parts of one that is too long to be one thought."""
    for first in range(0, len(spoken), longest):
        part = spoken[first : first + longest]
        starts = piece.starts if first == 0 else part[0].starts
        yield starts, piece.ends if first + longest >= len(spoken) else part[-1].ends, part


def _best(found: Iterable[Found], policy: ReadingPolicy) -> list[Found]:
    """Of what was found in a sentence: one per concept, nothing that lies inside a longer find, the surest ones."""
    order = sorted(
        (one for one in found if one.score >= policy.floor),
        key=lambda one: (-one.score, STRENGTH.index(one.why), one.places, one.label.concept, one.label.text),
    )
    best: dict[int, Found] = {}
    for one in order:
        held = best.get(one.label.concept)
        if held is None or set(held.places) < one.whole:
            best[one.label.concept] = one
    covered = [one.whole for one in best.values()]
    outer = [one for one in best.values() if not any(set(one.places) < other for other in covered)]
    rivals: defaultdict[frozenset[int], list[float]] = defaultdict(list)
    kept: list[Found] = []
    for one in sorted(outer, key=lambda one: (-one.score, one.label.concept)):
        before = rivals[frozenset(one.places)]
        if not before or (len(before) < policy.rivals and one.score >= before[0] - policy.near_best):
            before.append(one.score)
            kept.append(one)
    return sorted(kept[: policy.most_a_sentence], key=lambda one: (one.places, one.label.concept))


def _matched(text: str, sentence: _Sentence, places: Sequence[int], little: frozenset[str]) -> str:
    """The words found, as they stand in the text; of what lies between them only little words are kept."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and all(word in little for word in sentence.cued.plain[runs[-1][1] + 1 : place]):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return " … ".join(text[sentence.words[begin].starts : sentence.words[end].ends] for begin, end in runs)


def _named(text: str, sentences: Iterable[_Sentence]) -> tuple[Named, ...]:
    """Each system once, where the text names it first."""
    first: dict[str, Named] = {}
    for sentence in sentences:
        for begin, _, system in sentence.systems:
            place = sentence.words[begin].starts
            first.setdefault(
                system.name, Named(system.name, system.tool_class, text[sentence.starts : sentence.ends], place)
            )
    return tuple(first.values())
