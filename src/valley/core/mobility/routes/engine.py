"""Which chains of jobs carry this diploma for this learner, and what changed since the last time?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from valley.core.mobility.law import Rule
from valley.core.mobility.routes.board import Board, plain
from valley.core.mobility.routes.choosing import search_on
from valley.core.mobility.routes.ground import Ground
from valley.core.mobility.routes.refusing import refuse
from valley.core.mobility.routes.shapes import Learner, Link, Offer, Qualification, RoutePolicy, Routes
from valley.core.mobility.routes.telling import chain


def routes(
    offers: Iterable[Offer],
    learner: Learner,
    qualification: Qualification,
    *,
    rules: Iterable[Rule] = (),
    policy: RoutePolicy = RoutePolicy(),  # noqa: B008 - frozen
) -> Routes:
    """The best k chains for one learner, or a refusal. For many learners make one `Board` and ask `routes_on` it.

    Raises `InvalidRoute`. Exact: no chain that meets every condition comes before the first one told, by covered work
    processes, idle days, robustness, travel and ids. A chain ends with the link that completes it.

    >>> from datetime import date
    >>> from valley.core.profiles import Conditions, Demand, Limits, Profile
    >>> def job(id: int, employer: int, first: date, process: str) -> Offer:
    ...     window = Conditions(starts_from=first, starts_until=first.replace(day=15), months=6)
    ...     always = ((date(2020, 1, 1), None),)
    ...     return Offer(Demand(id, (), conditions=window), employer, recognised=always, practises={process: 400})
    >>> jobs = [job(1, 7, date(2027, 2, 1), "W1"), job(2, 8, date(2027, 8, 1), "W2")]
    >>> anna = Learner(Profile(1, (), limits=Limits(starts_on=date(2027, 2, 1))))
    >>> [chain.offers for chain in routes(jobs, anna, Qualification({"W1": 400, "W2": 400}, months=12)).chains]
    [(1, 2)]
    """
    return routes_on(Board(offers, qualification, rules=rules, policy=policy), learner)


def routes_on(board: Board, learner: Learner, *, refusal: bool = True) -> Routes:
    """The same on a board that is ready; ``refusal=False`` leaves out why there is none, which costs most."""
    search = search_on(Ground(board, learner))
    found = tuple(chain(label, search) for label in search.chains())
    why = refuse(board, learner) if refusal and not found else None
    return Routes(learner.id, board.qualification.key, found, why, board.policy, fingerprint(board, learner))


def fingerprint(board: Board, learner: Learner) -> str:
    """Changes when something changes that the routes follow from."""
    told = (plain(board.qualification), sorted(map(plain, board.rules)), plain(board.policy), plain(learner))
    return sha256(repr((board.print, *told)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Replanned:
    """What a new plan keeps of an old one, loses and adds; links are the same when opening and days are.

    ``routes`` is the new plan; its best chain is compared. With a refusal, everything not done went.
    """

    routes: Routes
    stayed: tuple[Link, ...]
    went: tuple[Link, ...]
    came: tuple[Link, ...]


def replan(old: Sequence[Link], board: Board, learner: Learner, *, refusal: bool = True) -> Replanned:
    """Plan again around ``learner.done`` and tell the difference with the links planned before.

    Leave withdrawn openings out of the board; links worked or running go into ``learner.done``.

    >>> from datetime import date
    >>> from valley.core.profiles import Limits, Profile
    >>> anna = Learner(Profile(1, (), limits=Limits(starts_on=date(2027, 2, 1))))
    >>> again = replan((), Board([], Qualification({"W1": 1}, months=1)), anna)
    >>> again.routes.chains, again.stayed, again.came
    ((), (), ())
    """
    found = routes_on(board, learner, refusal=refusal)
    best = found.chains[0] if found.chains else None
    kept = {(link.employer, link.starts_on, link.ends_on) for link in learner.done}
    done = [link for link in old if (link.employer, link.starts_on, link.ends_on) in kept]
    stayed, went, came = difference(old, best.links if best else done)
    return Replanned(found, stayed, went, came)


def difference(old: Sequence[Link], new: Sequence[Link]) -> tuple[tuple[Link, ...], tuple[Link, ...], tuple[Link, ...]]:
    """The links that stayed, went and came, each in order of time.

    >>> difference((), ())
    ((), (), ())
    """
    before, after = {_same(link) for link in old}, {_same(link) for link in new}
    return (
        tuple(link for link in new if _same(link) in before),
        tuple(link for link in old if _same(link) not in after),
        tuple(link for link in new if _same(link) not in before),
    )


def _same(link: Link) -> tuple[object, ...]:
    return (link.offer, link.employer, link.starts_on, link.ends_on)
