"""A look succeeds if and only if the share is alive: whatever was given, withdrawn and waited before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests import factories

from valley.foundation import clock
from valley.foundation.problems import NotFound
from valley.people import actions, queries

PARTS = st.lists(st.sampled_from(["name", "competences", "languages", "wishes"]), min_size=1, unique=True)


def machine_for(scene) -> type[RuleBasedStateMachine]:  # noqa: C901 - one class, many small rules
    """A machine over one worker and one recruiter; a database savepoint cannot be per step, so keys only grow."""

    class Shares(RuleBasedStateMachine):
        keys = Bundle("keys")

        def __init__(self) -> None:
            super().__init__()
            self.days = 0
            self.model: dict[str, tuple[int, frozenset[str]]] = {}
            self.stopped: set[str] = set()
            self.seen = len(queries.looks(scene.worker, person=scene.person))
            for line in queries.shares(self._now(scene.worker), person=scene.person):
                if line.state == "alive":
                    actions.withdraw_share(self._now(scene.worker), person=scene.person, key=line.key)

        def _now(self, caller):
            return replace(caller, at=factories.AT + timedelta(days=self.days))

        def _alive(self, key: str) -> bool:
            return key not in self.stopped and self.days < self.model[key][0]

        @rule(target=keys, parts=PARTS, length=st.integers(1, 5))
        def give(self, parts: list[str], length: int) -> str:
            ends = clock.today(self._now(scene.worker).at) + timedelta(days=length)
            offer = scene.offer(parts=tuple(parts), ends_on=ends)
            key = actions.give_share(self._now(scene.worker), person=scene.person, offer=offer)
            self.model[key] = (self.days + length, frozenset(parts))
            return key

        @rule(key=keys)
        def look(self, key: str) -> None:
            if self._alive(key):
                found = actions.look_at_share(self._now(scene.recruiter), key=key)
                assert set(found.view.parts) == self.model[key][1]
                self.seen += 1
            else:
                with pytest.raises(NotFound):
                    actions.look_at_share(self._now(scene.recruiter), key=key)

        @rule(key=keys)
        def a_stranger_looks(self, key: str) -> None:
            with pytest.raises(NotFound):
                actions.look_at_share(self._now(scene.coach), key=key)

        @rule(key=keys)
        def withdraw(self, key: str) -> None:
            if key in self.stopped:
                with pytest.raises(NotFound):
                    actions.withdraw_share(self._now(scene.worker), person=scene.person, key=key)
            else:
                actions.withdraw_share(self._now(scene.worker), person=scene.person, key=key)
                self.stopped.add(key)

        @rule(days=st.integers(1, 3))
        def time_passes(self, days: int) -> None:
            self.days += days

        @invariant()
        def the_desk_lists_exactly_the_living(self) -> None:
            rows = queries.shared_with_me(self._now(scene.recruiter), organisation=scene.employer.id)
            assert {row.key for row in rows} == {key for key in self.model if self._alive(key)}

        @invariant()
        def the_person_sees_every_look(self) -> None:
            assert len(queries.looks(scene.worker, person=scene.person)) == self.seen

    return Shares


def test_a_look_succeeds_if_and_only_if_the_share_is_alive(scene) -> None:
    run_state_machine_as_test(
        machine_for(scene),
        settings=settings(
            max_examples=12,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
