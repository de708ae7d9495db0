"""How far is a plan, as one share over all its phases that never goes back?"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from valley.placement.queries import words

Report = Callable[[float, str], None]
READ, STORED = 0.02, 0.97
PHASES = {"field": (0.06, 0.12), "goal": (0.12, 0.55), "bottleneck": (0.55, STORED)}
"""From and to which share each phase of the planner runs: as processor time fell in bench/placement.py."""


class Told:
    """Reports one share of the whole that only rises. When all begins anew, that fills what was left."""

    def __init__(self, report: Report | None) -> None:
        self.report = report or (lambda share, words: None)
        self.done = self.base = 0.0

    def at(self, share: float, said: str) -> None:
        """So far, of this round."""
        self.done = max(self.done, self.base + (1 - self.base) * share)
        self.report(self.done, said)

    def planning(self, stage: str, place: int, of: int) -> None:
        """A stage of the planner, by place among as many: ``field``, ``goal:loss``, ``bottleneck:travel``."""
        phase, _colon, name = stage.partition(":")
        begin, end = PHASES[phase]
        said = {
            "field": _("looking who fits where"),
            "goal": _("goal %(place)s of %(of)s: %(goal)s") % {"place": place + 1, "of": of, "goal": words.goal(name)},
            "bottleneck": _("what holds people back: question %(place)s of %(of)s") % {"place": place + 1, "of": of},
        }
        self.at(begin + (end - begin) * place / max(of, 1), said[phase])

    def again(self) -> None:
        """Somebody left while the plan was made: it is made again, without anything of that person."""
        self.base = self.done
        self.at(0.0, _("somebody left: the plan is made again"))
