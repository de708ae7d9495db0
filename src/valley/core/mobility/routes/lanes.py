"""How are many small numbers compared at once?

Hours per work process, and months, lie side by side in one integer: sixteen bits each, the highest of them free. A
sum, a cap or a comparison of all lanes is then a handful of operations on whole integers.
"""

from __future__ import annotations

from collections.abc import Iterable

BITS = 16
MOST = (1 << (BITS - 1)) - 1


class Lanes:
    """Arithmetic over a fixed number of lanes; values in a lane stay under 2**15.

    >>> lanes = Lanes(3)
    >>> low, high = lanes.pack([5, 0, 7]), lanes.pack([4, 9, 7])
    >>> lanes.unpack(lanes.higher(low, high)), lanes.unpack(lanes.capped(low + high, high)), lanes.reaches(low, high)
    ([5, 9, 7], [4, 9, 7], False)
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.guard = sum(1 << (BITS * lane + BITS - 1) for lane in range(count))
        self.full = self.guard - (self.guard >> (BITS - 1)) if count else 0

    def pack(self, values: Iterable[int]) -> int:
        """One integer of the values, the first in the lowest lane."""
        return sum(value << (BITS * lane) for lane, value in enumerate(values))

    def unpack(self, packed: int) -> list[int]:
        """The values again."""
        return [packed >> (BITS * lane) & MOST for lane in range(self.count)]

    def reaches(self, packed: int, asked: int) -> bool:
        """Whether every lane is at least what is asked."""
        return ((packed | self.guard) - asked) & self.guard == self.guard

    def reached(self, packed: int, asked: int) -> int:
        """How many lanes are at least what is asked."""
        return (((packed | self.guard) - asked) & self.guard).bit_count()

    def capped(self, packed: int, most: int) -> int:
        """Every lane at most as high as in ``most``."""
        over = ((packed | self.guard) - most) & self.guard
        mask = over - (over >> (BITS - 1))
        return (packed & (self.full ^ mask)) | (most & mask)

    def higher(self, one: int, other: int) -> int:
        """The higher of two in every lane."""
        over = ((one | self.guard) - other) & self.guard
        mask = over - (over >> (BITS - 1))
        return (one & mask) | (other & (self.full ^ mask))
