"""Do contracts and reflections leave with the person, and come along in the export?"""

from __future__ import annotations

from datetime import date

from tests import factories
from tests.rooms.careers.conftest import Scene, draft

from valley.careers import actions, queries
from valley.careers.models import Employment, Reflection
from valley.foundation import privacy
from valley.foundation.answers import plain
from valley.people import actions as passport
from valley.people import queries as people


def test_the_export_has_the_contracts(scene: Scene) -> None:
    scene.employed()
    found = str(plain(people.export_person(scene.worker, person=scene.person)))
    assert "adviser-1" in found and "15.10" in found


def test_erasing_the_passport_leaves_no_contract_and_no_word(scene: Scene) -> None:
    scene.recorded(draft(starts_on=date(2026, 10, 1), ends_on=None))
    (line,) = queries.my_employments(scene.worker, person=scene.person).items
    actions.say_why(scene.worker, employment=line.id, works=False, reasons=["pay"], person=scene.person)
    passport.erase_person(factories.operator(), person=scene.person, confirm=passport.CONFIRM_WORDS[0])
    assert not Employment._base_manager.exists() and not Reflection._base_manager.exists()


def test_every_table_of_the_room_is_declared() -> None:
    assert not [name for name in privacy.undeclared() if name.startswith("careers.")]
