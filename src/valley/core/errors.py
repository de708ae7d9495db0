"""How does Valley say that something cannot be done: what was expected, what was found, what to do next?

An error is a fact for three readers: a form, an ``application/problem+json`` answer and a line in a terminal. It
therefore carries its parts apart; the doors put them into words. Subclasses live beside the function that raises them.
"""

from __future__ import annotations

from typing import ClassVar


class ValleyError(Exception):
    """Base of every error that a person may read.

    ``expected``, ``found`` and ``next_step`` are plain sentences or fragments; ``facts`` are machine-readable values
    that a door may show as fields. ``code`` is stable: clients may depend on it.

    >>> error = ValleyError(expected="a level from 1 to 4", found="7", next_step="Choose 1, 2, 3 or 4.")
    >>> str(error)
    'Expected a level from 1 to 4, found 7. Choose 1, 2, 3 or 4.'
    """

    code: ClassVar[str] = "invalid"
    status: ClassVar[int] = 422

    def __init__(self, *, expected: str, found: object, next_step: str, **facts: object) -> None:
        self.expected = expected
        self.found = str(found)
        self.next_step = next_step
        self.facts = facts
        super().__init__(f"Expected {expected}, found {self.found}. {next_step}")
