"""Does the challenge find what may not be asked, in three languages, and leave honest words alone?"""

from __future__ import annotations

from datetime import date

import pytest

from valley.core.vacancies import challenge, periods
from valley.core.vacancies.challenge import Asked, Vacancy
from valley.vacancies import phrases

RULES = phrases.rules()


def found(text: str = "", **parts: object) -> set[str]:
    return {one.rule for one in challenge.challenges(Vacancy({"text": text}, **parts), RULES)}  # type: ignore[arg-type]


ASKS = [
    ("age", "Je komt in een jong, enthousiast team."),
    ("age", "Ben jij tot 30 jaar en leergierig?"),
    ("age", "Wij zoeken iemand tussen 20 en 35 jaar."),
    ("age", "You are a digital native."),
    ("age", "Join our young and dynamic team."),
    ("age", "Applicants under 30 years of age."),
    ("age", "Ein junges Team erwartet dich, bis 35 Jahre."),
    ("pay-history", "Vermeld je laatstverdiende salaris."),
    ("pay-history", "Stuur je loonstrook mee."),
    ("pay-history", "Tell us your current salary."),
    ("pay-history", "Bitte das letzte Gehalt angeben."),
    ("photo", "Mail je cv met recente foto."),
    ("photo", "Send your CV with a photo."),
    ("photo", "Bewerbung mit Lichtbild."),
    ("nationality", "Je hebt de Nederlandse nationaliteit."),
    ("nationality", "EU citizens only."),
    ("nationality", "Deutsche Staatsangehörigkeit erforderlich."),
    ("sex", "Wij zoeken een vrouw voor de balie."),
    ("sex", "Female candidates preferred."),
    ("family", "Wat is je burgerlijke staat?"),
    ("health", "Je hebt een goede gezondheid."),
    ("native-speaker", "Duits op moedertaalniveau."),
    ("native-speaker", "You are a native German speaker."),
    ("native-speaker", "Du bist Muttersprachler."),
    ("diploma-in-text", "Je hebt minimaal mbo-4."),
    ("diploma-in-text", "Hbo werk- en denkniveau."),
    ("diploma-in-text", "Mbo-4 vereist."),
    ("years-in-text", "Je hebt minimaal 3 jaar ervaring."),
    ("years-in-text", "5+ years of relevant experience"),
    ("availability", "Je bent 24/7 beschikbaar."),
    ("gendered-title", "Wij zoeken een telefoniste."),
    ("hollow", "Je bent stressbestendig."),
]
HONEST = [
    "Je stuurt ons geen recente foto en we vragen niet naar je laatstverdiende salaris.",
    "We help young people find their first job.",
    "Klanten sturen foto's van hun schade; jij beoordeelt ze.",
    "Duits B1, Nederlands C1.",
    "Je kunt bij ons een mbo-4 diploma halen: 1.200 uur telt mee.",
    "Het contract duurt tot 24 maanden.",
    "Je helpt klanten met hun salarisstroomlijn en hun pensioen.",
    "Klantadviseur (m/v/x), avonden en weekenden volgens rooster.",
    "Je telefoneert met scholen over 30 leerlingen.",
    "Kinderen tot 18 jaar zijn meeverzekerd; dat leg je uit.",
    "Je helpt burgers met een Nederlands paspoort en je controleert pasfoto's.",
    "Je legt medewerkers uit wat er op hun loonstrook staat.",
    "Je plant medische keuringen en helpt patiënten met hun ziekteverleden.",
    "Je helpt klanten die zwanger zijn of hun burgerlijke staat wijzigen.",
    "You explain their current salary to employees.",
]


@pytest.mark.parametrize(("rule", "text"), ASKS)
def test_a_phrase_meets_its_rule(rule: str, text: str) -> None:
    assert rule in found(text)


@pytest.mark.parametrize("text", HONEST)
def test_honest_words_meet_no_rule(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(("rule", "text"), ASKS)
def test_the_very_words_are_named(rule: str, text: str) -> None:
    finds = [one for one in challenge.challenges(Vacancy({"title": text}), RULES) if one.rule == rule]
    assert finds
    assert all(one.found in text and one.field == "title" for one in finds)


def test_every_rule_says_why_and_what_instead_and_where_it_comes_from() -> None:
    for one in phrases.explained().values():
        assert all((one.why_nl, one.why_en, one.instead_nl, one.instead_en, one.source))
        assert one.written_on <= date(2026, 11, 23)
        assert one.rule.severity in (challenge.UNLAWFUL, challenge.UNNEEDED, challenge.ADVICE)
        assert one.rule.patterns or one.rule.key in challenge.REQUIREMENTS


def test_what_the_law_forbids_blocks_and_advice_does_not() -> None:
    severity = {one.key: one.severity for one in RULES}
    assert {key for key, one in severity.items() if one == challenge.UNLAWFUL} == {
        "age", "pay-history", "photo", "nationality", "sex", "family", "health",
    }  # fmt: skip
    advice = challenge.challenges(Vacancy({"text": "Je bent stressbestendig."}), RULES)
    assert advice
    assert not challenge.blocking(advice)


def test_a_requirement_without_a_task_is_challenged_and_with_its_task_it_is_not() -> None:
    tasks = (("Aangiften controleren", 3),)
    assert found(requirements=(Asked("diploma", "mbo-4", ""),), tasks=tasks) == {"no-task"}
    assert found(requirements=(Asked("diploma", "mbo-4", "  "),), tasks=tasks) == {"no-task"}
    assert found(requirements=(Asked("diploma", "hbo rechten", "aangiften  controleren."),), tasks=tasks) == set()
    assert found(requirements=(Asked("diploma", "hbo", "Iets anders"),), tasks=tasks) == {"task-unknown"}
    assert found(requirements=(Asked("other", "rijbewijs B", "Naar klanten rijden"),), tasks=tasks) == set()


def test_years_are_challenged_when_a_competence_says_it_already() -> None:
    tasks = (("Gesprekken voeren", 2),)
    assert found(requirements=(Asked("experience-years", "2 jaar", "Gesprekken voeren"),), tasks=tasks) == {
        "competence-says-it"
    }


def test_a_stated_diploma_with_its_task_settles_the_text() -> None:
    text = "Je hebt minimaal hbo."
    assert found(text) == {"diploma-in-text"}
    assert found(text, requirements=(Asked("diploma", "hbo", "t"),), tasks=(("t", 2),)) == set()


def test_full_availability_is_settled_when_every_shift_is_asked() -> None:
    assert found("Altijd beschikbaar.", every_shift=True) == set()


def test_findings_come_gravest_first_and_the_same_each_time() -> None:
    vacancy = Vacancy({"title": "Telefoniste", "text": "Stressbestendig, minimaal mbo-4, jong team."})
    first = challenge.challenges(vacancy, RULES)
    assert [one.severity for one in first] == ["unlawful", "unneeded", "advice", "advice"]
    assert first == challenge.challenges(vacancy, RULES)


def test_a_day_between_two_periods_is_a_gap_and_touching_is_none() -> None:
    job = {"starts_on": date(2027, 1, 1), "ends_on": date(2028, 1, 1)}
    touching = [(date(2026, 1, 1), date(2027, 6, 1)), (date(2027, 6, 1), None)]
    apart = [(date(2026, 1, 1), date(2027, 6, 1)), (date(2027, 6, 2), None)]
    assert periods.first_gap(touching, **job) is None
    assert periods.first_gap(apart, **job) == date(2027, 6, 1)
    assert periods.first_gap([], **job) == date(2027, 1, 1)
    assert periods.first_gap([(date(2020, 1, 1), date(2028, 1, 1))], **job) is None
    assert periods.first_gap([(date(2020, 1, 1), date(2027, 12, 31))], **job) == date(2027, 12, 31)


def test_periods_overlap_only_when_they_share_a_day() -> None:
    one = [(date(2026, 1, 1), date(2027, 1, 1))]
    assert periods.overlapping(one, begins=date(2027, 1, 1), ends=None) is None
    assert periods.overlapping(one, begins=date(2026, 12, 31), ends=None) == one[0]
    assert periods.overlapping(one, begins=date(2025, 1, 1), ends=date(2026, 1, 1)) is None
    assert periods.overlapping([(date(2026, 1, 1), None)], begins=date(2030, 1, 1), ends=date(2031, 1, 1))
