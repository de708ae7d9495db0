"""Twelve invented employers that share eight competences, each with something of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests import factories

from valley.core.curriculum.thread import Policy
from valley.evidence import actions as evidence
from valley.evidence import queries as evidence_queries
from valley.foundation import organisations
from valley.foundation.access import Caller
from valley.foundation.models import Account
from valley.skills import actions as skills
from valley.skills import queries as vocabulary
from valley.thread import actions, queries
from valley.thread.queries import RunPage

QUICK = Policy(budget=8, bootstraps=60, nulls=39)
SHARED, EMPLOYERS, OWN = 8, 12, 5
NAMED = (0, 1, 2)  # these allow their name; so few that "fewer than five" says more than a number would


@dataclass
class ThreadRegion:
    """The employers, who sits where, and which competences were planted."""

    employers: list[organisations.Partner]
    shared: list[int]
    rare: int
    own: dict[int, list[int]]
    designer: Caller
    colleague: Caller
    office: Caller
    recruiter: Caller
    rival: Caller
    accounts: dict[str, Account]

    def run(self, policy: Policy = QUICK) -> RunPage:
        """A run by the designer."""
        return actions.compute_thread(self.designer, policy=policy)

    def more_evidence(self, employer: int = 0, on: date = date(2026, 11, 20)) -> None:
        """One more observation, so that earlier runs are stale."""
        _observe(self.employers[employer], {self.shared[0]: 3}, on=on, word="later")

    def other(self, competence: int) -> int:
        """A competence of the vocabulary that no employer asks."""
        used = {*self.shared, self.rare, competence, *(pk for own in self.own.values() for pk in own)}
        return next(pk for pk in sorted(vocabulary.ids_by_starter_key().values()) if pk not in used)


def secret(employer: int) -> str:
    """A word that stands in the sentences of one employer only."""
    return f"zebra-{employer:02d}"


def made() -> ThreadRegion:
    """The region, through the actions of the product."""
    skills.load_starter(factories.operator())
    ids = sorted(vocabulary.ids_by_starter_key().values())
    shared, rare, rest = ids[:SHARED], ids[SHARED], ids[SHARED + 1 :]
    employers = [factories.organisation(f"Contact Centre {number:02d}") for number in range(EMPLOYERS)]
    own: dict[int, list[int]] = {}
    for number, partner in enumerate(employers):
        own[number] = rest[number * OWN : (number + 1) * OWN]
        asked = [pk for place, pk in enumerate(shared) if (number + place) % 6]
        asked += [rare] if number < 3 else []
        _observe(partner, dict.fromkeys(asked, 3) | dict.fromkeys(own[number], 2), word=secret(number))
    for number in NAMED:
        evidence.allow_names(factories.operator(), organisation=employers[number].id, name_shown=True)
    return _seated(employers, shared, rare, own)


def _seated(
    employers: list[organisations.Partner], shared: list[int], rare: int, own: dict[int, list[int]]
) -> ThreadRegion:
    accounts = {
        "designer": factories.seated("designer")[0],
        "colleague": factories.seated("designer")[0],
        "office": factories.seated("office")[0],
        "recruiter": factories.seated("recruiter", employers[0])[0],
        "rival": factories.seated("team-lead", employers[5])[0],
        "coach": factories.seated("coach")[0],
    }
    callers = {name: factories.caller_of(account) for name, account in accounts.items() if name != "coach"}
    return ThreadRegion(employers=employers, shared=shared, rare=rare, own=own, accounts=accounts, **callers)


def _observe(partner: organisations.Partner, asked: dict[int, int], *, word: str, on: date = date(2026, 10, 1)) -> None:
    lines = [
        evidence.ObservationLine(f"Seen at work, {word}, number {pk}: the adviser does it well.", pk, level)
        for pk, level in asked.items()
    ]
    evidence.add_observation(
        factories.operator(), organisation=partner.id, title=f"Visit {word}", language="en", dated_on=on,
        work_process=None, lines=lines,
    )  # fmt: skip


def names_of(region: ThreadRegion, caller: Caller) -> dict[int, str]:
    """How this reader calls the employers."""
    return dict(evidence_queries.called(caller, [one.id for one in region.employers]))


def latest(region: ThreadRegion) -> RunPage:
    """The newest run with everybody."""
    return queries.latest(region.designer)
