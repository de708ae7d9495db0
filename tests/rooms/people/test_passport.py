"""What may a person state, change and take out, and what is refused?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests import factories
from tests.rooms.people.conftest import MESSAGE, NAME, NOTE

from valley.core.profiles import Grade, Limits
from valley.foundation import access, audit
from valley.foundation.access import Purpose, SignInNeeded
from valley.foundation.problems import Conflict, NotFound
from valley.people import actions, models, queries, snapshots
from valley.people.actions.claims import backed
from valley.people.queries import gate
from valley.skills.models import Competence, Status


def _passport(scene) -> queries.Passport:
    return queries.passport(scene.worker, person=scene.person)


def _claim(scene, word: str) -> queries.ClaimLine:
    return next(line for line in _passport(scene).claims if line.competence == scene.words[word])


def _state(scene, word: str, level: int, caller=None, **more: object) -> None:
    statement = actions.Statement(scene.words[word], level, **more)  # type: ignore[arg-type]
    actions.state_competence(caller or scene.worker, person=scene.person, statement=statement)


def test_a_passport_reads_as_it_was_stated(scene) -> None:
    found = _passport(scene)
    assert found.name == NAME
    assert [(line.label, line.level, line.note) for line in found.claims] == [
        ("listen actively", 3, NOTE),
        ("use a CRM", 2, ""),
    ]
    assert found.claims[0].said_on == date(2025, 5, 1) and found.claims[1].said_on == factories.ON
    assert [(line.code, line.cefr_words, line.grade) for line in found.languages] == [("de", "B2", 1)]
    assert (found.wishes.place, found.wishes.place_words, found.wishes.permits) == (
        "maastricht",
        "Maastricht",
        ("vog",),
    )
    assert found.compared and found.next_steps == ()


def test_words_come_in_the_callers_language(scene) -> None:
    dutch = queries.passport(scene.worker.speaking("nl"), person=scene.person)
    assert dutch.claims[0].label == "nl listen actively"
    assert dutch.claims[0].level_words != _passport(scene).claims[0].level_words


def test_only_someone_signed_in_starts_one_passport(scene) -> None:
    with pytest.raises(SignInNeeded):
        actions.start_passport(factories.visitor(), name="X")
    with pytest.raises(Conflict):
        actions.start_passport(scene.worker)
    assert queries.my_person(scene.worker) == scene.person
    assert queries.my_person(factories.visitor()) is None


CHANGES = {
    "state": lambda who, s: actions.state_competence(
        who, person=s.person, statement=actions.Statement(s.words["type fast"], 2)
    ),
    "drop": lambda who, s: actions.drop_competence(who, person=s.person, competence=s.words["use a CRM"]),
    "language": lambda who, s: actions.state_language(who, person=s.person, code="fr", cefr=2),
    "drop language": lambda who, s: actions.drop_language(who, person=s.person, code="de"),
    "wishes": lambda who, s: actions.state_wishes(who, person=s.person, wishes=actions.WishesChosen()),
    "rename": lambda who, s: actions.rename(who, person=s.person, name="Other"),
    "consent": lambda who, s: actions.withdraw_consent(who, person=s.person),
    "share": lambda who, s: actions.give_share(who, person=s.person, offer=s.offer()),
    "erase": lambda who, s: actions.erase_person(who, person=s.person, confirm="erase"),
    "export": lambda who, s: actions.take_export(who, person=s.person),
    "read": lambda who, s: queries.passport(who, person=s.person),
    "shares": lambda who, s: queries.shares(who, person=s.person),
    "looks": lambda who, s: queries.looks(who, person=s.person),
    "preview": lambda who, s: queries.share_preview(who, person=s.person, parts=("name",)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_else_reads_or_changes_a_passport(scene, change: str) -> None:
    scene.share()
    before = (_passport(scene), queries.shares(scene.worker, person=scene.person))
    strangers = [factories.caller_of(factories.account()), scene.recruiter, scene.coach, factories.caller("office")]
    for stranger in strangers:
        with pytest.raises(NotFound):
            CHANGES[change](stranger, scene)
    with pytest.raises(SignInNeeded):
        CHANGES[change](factories.visitor(), scene)
    assert (_passport(scene), queries.shares(scene.worker, person=scene.person)) == before


@pytest.mark.parametrize("change", sorted(set(CHANGES) - {"erase"}))
def test_every_change_writes_one_line_of_names_and_never_a_value(scene, change: str) -> None:
    before = len(audit.lines_about("person", _passport(scene).pseudonym))
    CHANGES[change](scene.worker, scene)
    lines = audit.lines_about("person", _passport(scene).pseudonym)
    reads = change in ("read", "shares", "looks", "preview")
    assert len(lines) - before == (0 if reads else 1)
    assert audit.verify().whole
    everything = repr(lines)
    assert not any(secret in everything for secret in (NAME, NOTE, MESSAGE, "maastricht", "Zofia"))


# --- what does not fit ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda s: _state(s, "type fast", 5), "level"),
        (lambda s: _state(s, "type fast", 0), "level"),
        (lambda s: _state(s, "type fast", 2, grade=2), "grade"),
        (lambda s: _state(s, "use a CRM", 2, grade=3), "grade"),
        (lambda s: _state(s, "type fast", 2, said_on=factories.ON + timedelta(days=1)), "said_on"),
        (lambda s: _state(s, "type fast", 2, said_on=date(1900, 1, 1)), "said_on"),
        (lambda s: _state(s, "type fast", 2, note="x" * 1001), "note"),
        (lambda s: _state(s, "type fast", 2, note="a\x00b"), "note"),
        (lambda s: _state(s, "type fast", 2, note="a\x1b[2Jb"), "note"),
        (lambda s: actions.rename(s.worker, person=s.person, name="n" * 121), "name"),
        (lambda s: actions.rename(s.worker, person=s.person, name="two\nlines"), "name"),
        (lambda s: actions.rename(s.worker, person=s.person, name="a\u202eb"), "name"),
        (lambda s: actions.state_language(s.worker, person=s.person, code="xx", cefr=2), "code"),
        (lambda s: actions.state_language(s.worker, person=s.person, code="en", cefr=7), "cefr"),
        (lambda s: _wish(s, hours_min=0), "hours_min"),
        (lambda s: _wish(s, hours_max=10**9), "hours_max"),
        (lambda s: _wish(s, hours_min=30, hours_max=20), "hours_max"),
        (lambda s: _wish(s, max_km=401), "max_km"),
        (lambda s: _wish(s, place="atlantis"), "place"),
        (lambda s: _wish(s, months_min=61), "months_min"),
        (lambda s: _wish(s, starts_on=date(2099, 1, 1)), "starts_on"),
        (lambda s: _wish(s, permits=("tank",)), "permits"),
        (lambda s: actions.give_consent(s.worker, person=s.person, purpose="marketing"), "purpose"),
        (lambda s: s.share(purpose="gossip"), "purpose"),
        (lambda s: s.share(parts=()), "parts"),
        (lambda s: s.share(parts=("notes",)), "parts"),
        (lambda s: s.share(parts=("salary",)), "parts"),
        (lambda s: s.share(ends_on=factories.ON), "ends_on"),
        (lambda s: s.share(ends_on=factories.ON + timedelta(days=367)), "ends_on"),
        (lambda s: s.share(reader=999), "reader"),
        (lambda s: s.share(reader=s.school.id), "reader"),
        (lambda s: s.share(competences=(s.words["type fast"],)), "competences"),
        (lambda s: s.share(message="m" * 1001), "message"),
    ],
)
def test_what_does_not_fit_is_refused_by_field_and_nothing_happens(scene, change, field: str) -> None:
    before = (_passport(scene), queries.shares(scene.worker, person=scene.person))
    with pytest.raises(actions.Refused) as caught:
        change(scene)
    assert caught.value.field == field
    assert (_passport(scene), queries.shares(scene.worker, person=scene.person)) == before


def _wish(scene, **changed: object) -> None:
    actions.state_wishes(scene.worker, person=scene.person, wishes=actions.WishesChosen(**changed))  # type: ignore[arg-type]


def test_an_unknown_or_double_competence_is_refused_and_nothing_of_the_batch_is_kept(scene) -> None:
    good = actions.Statement(scene.words["type fast"], 2)
    for bad in (actions.Statement(999_999, 2), good):
        with pytest.raises(actions.Refused):
            actions.state_competences(scene.worker, person=scene.person, statements=[good, bad])
    assert len(_passport(scene).claims) == 2


def test_a_passport_holds_at_most_400_competences(scene, monkeypatch) -> None:
    monkeypatch.setattr("valley.people.actions.checks.CLAIMS_MOST", 3)
    _state(scene, "type fast", 2)
    with pytest.raises(actions.Refused):
        _state(scene, "plan rosters", 2)
    _state(scene, "type fast", 3)


def test_dropping_what_is_not_there_says_so(scene) -> None:
    for change in (
        lambda: actions.drop_competence(scene.worker, person=scene.person, competence=scene.words["type fast"]),
        lambda: actions.drop_language(scene.worker, person=scene.person, code="fr"),
        lambda: actions.withdraw_share(scene.worker, person=scene.person, key="0" * 32),
    ):
        with pytest.raises(NotFound):
            change()
    actions.withdraw_consent(scene.worker, person=scene.person)
    with pytest.raises(NotFound):
        actions.withdraw_consent(scene.worker, person=scene.person)
    actions.give_consent(scene.worker, person=scene.person)
    with pytest.raises(Conflict):
        actions.give_consent(scene.worker, person=scene.person)
    assert [line.alive for line in _passport(scene).consents] == [True, False]


# --- two tabs ---------------------------------------------------------------------------------------------------------


def test_the_second_of_two_savers_learns_what_the_first_did(scene) -> None:
    _state(scene, "use a CRM", 4, version=1)
    with pytest.raises(Conflict) as caught:
        _state(scene, "use a CRM", 1, version=1)
    assert caught.value.facts == {"version": 2, "level": 4}
    with pytest.raises(Conflict):
        _state(scene, "use a CRM", 1, version=0)
    with pytest.raises(Conflict):
        actions.drop_competence(scene.worker, person=scene.person, competence=scene.words["use a CRM"], version=1)
    actions.drop_competence(scene.worker, person=scene.person, competence=scene.words["use a CRM"], version=2)
    with pytest.raises(Conflict):
        _state(scene, "use a CRM", 1, version=2)
    with pytest.raises(Conflict):
        actions.state_wishes(scene.worker, person=scene.person, wishes=actions.WishesChosen(version=0))
    with pytest.raises(Conflict):
        actions.rename(scene.worker, person=scene.person, name="X", version=1)


# --- grades -----------------------------------------------------------------------------------------------------------


def test_an_owner_keeps_a_confirmed_grade_up_to_its_level_and_loses_it_above(scene) -> None:
    _state(scene, "use a CRM", 2, caller=factories.operator(), grade=2, said_on=date(2026, 1, 5))
    for level in (2, 1):
        _state(scene, "use a CRM", level)
        line = _claim(scene, "use a CRM")
        assert (line.level, line.grade, line.said_on) == (level, 2, date(2026, 1, 5))
    _state(scene, "use a CRM", 3)
    line = _claim(scene, "use a CRM")
    assert (line.level, line.grade, line.said_on) == (3, 1, factories.ON)


def test_the_rule_of_grades_in_a_table() -> None:
    on = date(2026, 11, 23)
    seen = type("Row", (), {"grade": 2, "level": 3, "said_on": date(2020, 1, 1)})
    rule = {"said_on": on, "by_operator": False}
    assert backed(None, level=4, grade=1, **rule) == (1, on)
    assert backed(seen, level=3, grade=1, **rule) == (2, seen.said_on)
    assert backed(seen, level=4, grade=1, **rule) == (1, on)
    assert backed(seen, level=4, grade=2, **rule) == (1, on)
    with pytest.raises(actions.Refused):
        backed(seen, level=2, grade=3, **rule)
    assert backed(None, level=2, grade=3, said_on=on, by_operator=True) == (3, on)


# --- what the arithmetic sees -----------------------------------------------------------------------------------------


def test_a_profile_says_what_the_passport_says(scene) -> None:
    grant = gate.grant(scene.worker, purpose=Purpose.OWN, person=scene.person)
    found = snapshots.profile(grant)
    assert {held.competence: (held.level, held.grade) for held in found.has} == {
        scene.words["listen actively"]: (3, Grade.SELF),
        scene.words["use a CRM"]: (2, Grade.SELF),
    }
    assert [(tongue.code, tongue.cefr) for tongue in found.spoken] == [("de", 4)]
    assert (found.limits.hours_min, found.limits.hours_max, found.limits.max_km) == (16, 32, 30)
    assert found.limits.place == pytest.approx((50.85, 5.69), abs=0.01)
    assert found.permits == frozenset({"vog"})


def test_one_is_a_batch_of_one(scene) -> None:
    own = snapshots.profile(gate.grant(scene.worker, purpose=Purpose.OWN, person=scene.person))
    assert snapshots.profiles(gate.grant(factories.operator(), purpose=Purpose.SECTOR_RUN)) == (own,)


def test_a_competence_that_went_up_in_another_counts_as_that_other_once(scene) -> None:
    _state(scene, "use a CRM", 2, caller=factories.operator(), grade=3, said_on=date(2026, 1, 5))
    gone, stays = scene.words["use a CRM"], scene.words["listen actively"]
    Competence.objects.filter(pk=gone).update(status=Status.MERGED, merged_into=stays)
    grant = gate.grant(scene.worker, purpose=Purpose.OWN, person=scene.person)
    assert [(held.competence, held.level, held.grade) for held in snapshots.profile(grant).has] == [(stays, 3, 1)]
    Competence.objects.filter(pk=gone).update(merged_into=scene.words["type fast"])
    found = {held.competence: held.level for held in snapshots.profile(grant).has}
    assert found == {stays: 3, scene.words["type fast"]: 2}


def test_without_wishes_there_are_no_limits(words) -> None:
    who = factories.caller_of(factories.account())
    person = actions.start_passport(who)
    assert snapshots.profile(gate.grant(who, purpose=Purpose.OWN, person=person)).limits == Limits()


def test_the_fingerprint_changes_with_the_profile_and_with_nothing_else(scene) -> None:
    grant = gate.grant(scene.worker, purpose=Purpose.OWN, person=scene.person)
    start = snapshots.fingerprint(grant)
    key = scene.share()
    actions.look_at_share(scene.recruiter, key=key)
    assert snapshots.fingerprint(grant) == start
    _state(scene, "type fast", 2)
    assert snapshots.fingerprint(grant) != start


# --- shares -----------------------------------------------------------------------------------------------------------


def test_a_share_tells_its_giver_everything_and_its_reader_only_the_envelope_first(scene) -> None:
    key = scene.share(parts=("name", "competences"), competences=(scene.words["use a CRM"],))
    mine = queries.shares(scene.worker, person=scene.person)[0]
    assert (mine.reader_name, mine.message, mine.state, mine.looks) == ("Centre One", MESSAGE, "alive", 0)
    rows = queries.shared_with_me(scene.recruiter, organisation=scene.employer.id)
    assert [row.key for row in rows] == [key]
    assert not any(secret in repr(rows) for secret in (NAME, MESSAGE, "use a CRM"))
    seen = actions.look_at_share(replace(scene.recruiter, at=factories.AT + timedelta(hours=1)), key=key)
    assert [line.label for line in seen.view.claims] == ["use a CRM"]
    look = queries.looks(scene.worker, person=scene.person)[0]
    assert (look.organisation, look.desk, look.parts) == ("Centre One", "recruiter", ("name", "competences"))
    assert queries.shares(scene.worker, person=scene.person)[0].last_look_at == look.looked_at


def test_a_desk_lists_shares_in_order_of_arrival(scene) -> None:
    keys = []
    for hours in (3, 1, 2):
        later = replace(scene.worker, at=factories.AT + timedelta(hours=hours))
        keys.append((hours, actions.give_share(later, person=scene.person, offer=scene.offer())))
    rows = queries.shared_with_me(scene.recruiter, organisation=scene.employer.id)
    assert [row.key for row in rows] == [key for _hours, key in sorted(keys)]


def test_a_list_of_shares_needs_the_desk_and_the_second_factor(scene) -> None:
    scene.share()
    for caller in (
        scene.worker,
        scene.coach,
        factories.caller("recruiter"),
        factories.caller("steward", scene.employer),
    ):
        with pytest.raises(access.Forbidden):
            queries.shared_with_me(caller, organisation=scene.employer.id)
    with pytest.raises(access.SecondFactorNeeded):
        queries.shared_with_me(replace(scene.recruiter, strong=False), organisation=scene.employer.id)
    assert queries.shared_with_me(factories.caller("practical-trainer", scene.employer),
                                  organisation=scene.employer.id) == ()  # fmt: skip


def test_a_share_follows_the_passport_while_it_lives(scene) -> None:
    key = scene.share()
    actions.drop_competence(scene.worker, person=scene.person, competence=scene.words["use a CRM"])
    assert [line.label for line in actions.look_at_share(scene.recruiter, key=key).view.claims] == ["listen actively"]


def test_a_share_of_dropped_competences_shows_none_not_all(scene) -> None:
    key = scene.share(competences=(scene.words["use a CRM"],))
    actions.drop_competence(scene.worker, person=scene.person, competence=scene.words["use a CRM"])
    assert actions.look_at_share(scene.recruiter, key=key).view.claims == ()


def test_a_share_cannot_be_stopped_twice(scene) -> None:
    key = scene.share()
    actions.withdraw_share(scene.worker, person=scene.person, key=key)
    with pytest.raises(NotFound):
        actions.withdraw_share(scene.worker, person=scene.person, key=key)


def test_every_row_of_a_share_belongs_to_its_person(scene) -> None:
    actions.look_at_share(scene.recruiter, key=scene.share())
    with access.opened(gate.grant(scene.worker, purpose=Purpose.OWN, person=scene.person)):
        assert models.ShareLook.objects.get().reader == scene.recruiter.pseudonym
