"""What does a vacancy ask that it may not ask, or that no task of the work needs?

Deterministic and explained: every finding names its rule, the field and the very words. Rules with patterns read texts;
the others (``REQUIREMENTS``) weigh a stated requirement against the tasks of the work. Which words and which laws, is
for the caller's dated table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

UNLAWFUL, UNNEEDED, ADVICE = "unlawful", "unneeded", "advice"
BLOCKING = frozenset({UNLAWFUL, UNNEEDED})
REQUIREMENTS = ("no-task", "task-unknown", "competence-says-it")
DIPLOMA, EXPERIENCE = "diploma", "experience-years"
NEGATION = re.compile(r"\b(geen|niet|nooit|zonder|no|not|never|without|kein\w*|nicht|nie|ohne)\b", re.IGNORECASE)
WORDS_BEFORE = 4
"""How far before a phrase a "no" still turns it round ("je stuurt ons geen recente foto"), or someone else is meant."""
MOST_FINDS = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """``patterns`` are regular expressions over one text; without them the key is one of ``REQUIREMENTS``.

    ``settled_by`` names what makes the rule silent: a kind of requirement that is stated with its task, or "shifts"
    when the vacancy asks evenings, weekends and nights. ``others`` are patterns of words that, standing before, say
    that the phrase is about whom the work is for ("children up to 18 years"), not about who does it.
    """

    key: str
    severity: str
    patterns: tuple[str, ...] = ()
    settled_by: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement beside the competences: its kind, its words, the task it is for ("" when none was named)."""

    kind: str
    words: str
    task: str


@dataclass(frozen=True, slots=True)
class Vacancy:
    """What is read: texts by field, requirements, the tasks of the competences (with the highest level), all shifts.

    ``tasks`` holds each task of a must-have competence with the highest level (1-4) asked for it.
    """

    texts: Mapping[str, str]
    requirements: tuple[Asked, ...] = ()
    tasks: tuple[tuple[str, int], ...] = ()
    every_shift: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that was met: in which field of the draft, and which words."""

    rule: str
    severity: str
    field: str
    found: str

    @property
    def blocks(self) -> bool:
        """True when a vacancy with this cannot be opened."""
        return self.severity in BLOCKING


def challenges(vacancy: Vacancy, rules: Sequence[Rule]) -> tuple[Finding, ...]:
    """Every finding: by severity (unlawful, unneeded, advice), then by field and place in the text. Cost: linear.

    >>> rules = (Rule("age", UNLAWFUL, (r"jong team",)), Rule("no-task", UNNEEDED))
    >>> vacancy = Vacancy({"text": "Een jong team."}, (Asked("diploma", "mbo-4", ""),))
    >>> [(one.rule, one.field, one.found) for one in challenges(vacancy, rules)]
    [('age', 'text', 'jong team'), ('no-task', 'requirements.1', 'mbo-4')]
    """
    order = {UNLAWFUL: 0, UNNEEDED: 1, ADVICE: 2}
    found = [*_in_texts(vacancy, rules), *_in_requirements(vacancy, rules)]
    return tuple(sorted(found, key=lambda one: order[one.severity]))


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that keep a vacancy from being opened."""
    return tuple(one for one in findings if one.blocks)


def _in_texts(vacancy: Vacancy, rules: Sequence[Rule]) -> Iterator[Finding]:
    stated = {one.kind for one in vacancy.requirements if one.task.strip()}
    settled = stated | {"shifts"} if vacancy.every_shift else stated
    speaking = [rule for rule in rules if rule.patterns and rule.settled_by not in settled]
    for field, text in vacancy.texts.items():
        stated_here = field.startswith("requirements.")
        for rule in speaking if text else ():
            if stated_here and rule.settled_by in (DIPLOMA, EXPERIENCE):
                continue  # a requirement that is stated as one is weighed below
            for words in _said(text, rule.patterns, rule.others):
                yield Finding(rule.key, rule.severity, field, words)


@lru_cache(maxsize=20_000)
def _said(text: str, patterns: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """The words that a pattern finds and no word before turns round, each once, as they are written.

    Remembered: the tasks of a role come back in each of its openings.
    """
    found: dict[str, str] = {}
    for match in _compiled(patterns).finditer(text):
        before = re.split(r"[.!?;:\n]", text[: match.start()])[-1]
        close = " ".join(before.split()[-WORDS_BEFORE:])
        if not NEGATION.search(close) and not (others and _compiled(others).search(close)):
            found.setdefault(match[0].casefold(), match[0].strip())
    return tuple(found.values())[:MOST_FINDS]


@lru_cache(maxsize=256)
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    between = "(?:[^a-zà-ÿ0-9.!?]+)"
    whole = "|".join(f"(?:{pattern.replace(' ', between)})" for pattern in patterns)
    return re.compile(rf"(?<![a-zà-ÿ0-9])(?:{whole})(?![a-zà-ÿ0-9])", re.IGNORECASE)


def _in_requirements(vacancy: Vacancy, rules: Sequence[Rule]) -> Iterator[Finding]:
    severity = {rule.key: rule.severity for rule in rules}
    for number, asked in enumerate(vacancy.requirements, start=1):
        key = _weighed(asked, vacancy)
        if key in severity:
            yield Finding(key, severity[key], f"requirements.{number}", asked.words)


def _weighed(asked: Asked, vacancy: Vacancy) -> str:
    """The rule a requirement meets, or "". A diploma needs a task of the work; years say less than a competence."""
    if not asked.task.strip():
        return "no-task"
    levels = dict[str, int]()
    for task, level in vacancy.tasks:
        levels[_plain(task)] = max(level, levels.get(_plain(task), 0))
    same = levels.get(_plain(asked.task))
    if asked.kind == EXPERIENCE and same is not None:
        return "competence-says-it"
    return "task-unknown" if asked.kind == DIPLOMA and same is None else ""


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))
