"""How do vacancies of the invented region say what can be practised, and at which recognised training companies?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from importlib import resources

from valley.careers import actions as careers
from valley.chains import actions as chains
from valley.chains import queries as known_plans
from valley.demo import region as invented
from valley.dossiers import actions as dossiers
from valley.foundation.access import Caller
from valley.routes import queries as known_routes
from valley.vacancies import actions as vacancies
from valley.vacancies import drafts as whole
from valley.vacancies import queries as known
from valley.work import drafts

Report = Callable[[float, str], None]
EXAMPLE = "commercie-2015.toml"
SOURCE = "Register of recognised training companies, as invented for this region"
DAY = {
    "adviser": "Je begint met een kort overleg. Daarna neem je vragen aan, zoek je het antwoord op en schrijf je een "
    "kort verslag. Halverwege de dag bespreek je twee gesprekken met je begeleider.",
    "writing": "Je leest wat er vannacht binnenkwam en beantwoordt het belangrijkste eerst. Je houdt drie chats "
    "tegelijk bij, en na de lunch schrijf je met het team aan vaste antwoorden.",
    "selling": "Je bereidt twintig gesprekken voor, belt in blokken van een uur en houdt bij wat klanten zeggen. Aan "
    "het eind van de dag kijk je met je team wat werkte.",
}
DAYS = {"chat-adviser": "writing", "webcare": "writing", "sales-retention": "selling"}
TRAINING = "Twee weken training, daarna vier weken met een vaste begeleider naast je."
STEPS = "Binnen een week hoor je iets. Je komt een uur meeluisteren, daarna is er één gesprek."


def reckon(caller: Caller) -> None:
    """The dossier, the dated rules of law, and the hours that routes reckon with; each only once."""
    example = resources.files("valley.dossiers") / "examples" / EXAMPLE
    dossiers.import_dossier(caller, file_name=EXAMPLE, content=example.read_bytes())
    careers.load_starter_law(caller)
    chains.load_starter_plans(caller)


def recognise(caller: Caller, region: invented.Region, ids: Mapping[str, int]) -> int:
    """Every line of the invented register that is not there yet; how many were added."""
    there = {(one.organisation, one.from_on) for one in known.training_companies(caller)}
    made = 0
    for one in region.recognised:
        if (ids[one.employer], one.from_on) not in there:
            draft = vacancies.RecognitionDraft(
                ids[one.employer], region.practice.dossier, one.from_on, one.until_on, SOURCE
            )
            vacancies.recognise(caller, draft=draft)
            made += 1
    return made


def open_vacancies(
    caller: Caller, region: invented.Region, ids: Mapping[str, int], competences: Mapping[str, int], report: Report
) -> int:
    """All vacancies of the region in one transaction; how many."""
    taught = {one.employer for one in region.recognised}
    rows = [_vacancy(one, region, ids, competences, teaches=one.employer in taught) for one in region.openings]
    return len(vacancies.keep_vacancies(caller, rows=rows, publish=True, progress=report))


def _vacancy(
    one: invented.Opening, region: invented.Region, ids: Mapping[str, int], keys: Mapping[str, int], *, teaches: bool
) -> whole.VacancyDraft:
    hours = region.practice.hours(one) if teaches else {}
    return whole.VacancyDraft(
        opening=_opening(one, ids, keys),
        practices=tuple(whole.PracticeDraft(region.practice.dossier, code, hours[code]) for code in sorted(hours)),
        preview=whole.PreviewDraft(DAY[DAYS.get(one.role, "adviser")], TRAINING, STEPS)
        if one.role in region.practice.roles
        else whole.PreviewDraft(next_steps=STEPS),
    )


def _opening(one: invented.Opening, ids: Mapping[str, int], keys: Mapping[str, int]) -> drafts.OpeningDraft:
    return drafts.OpeningDraft(
        organisation=ids[one.employer],
        role=one.role,
        title=one.title,
        contract=one.contract,
        hours_min=one.hours[0],
        hours_max=one.hours[1],
        pay_min=Decimal(one.pay[0]),
        pay_max=Decimal(one.pay[1]),
        place=one.place,
        starts_from_on=one.starts_from_on,
        starts_until_on=one.starts_until_on,
        closes_on=one.closes_on,
        months=one.months,
        seats=one.seats,
        text=one.text,
        reference=one.reference,
        home_work=one.home_work,
        evenings="evenings" in one.shifts,
        weekends="weekends" in one.shifts,
        nights="nights" in one.shifts,
        early="early" in one.shifts,
        permits=one.permits,
        languages=tuple(drafts.LanguageDraft(code, cefr) for code, cefr in one.languages),
        needs=tuple(
            drafts.NeedDraft(keys[n.competence], n.level, drafts.MUST if n.must else drafts.WISH, n.task)
            for n in one.needs
        ),
    )


def first_route(caller: Caller, *, person: int) -> int:
    """How many chains the first person has. On a machine where the compiled search never ran it is compiled now, about
    forty seconds once, so that nobody waits for it on a page."""
    question = known_routes.RouteQuestion(known_plans.qualifications(caller)[0].key)
    return len(known_routes.relay_routes(caller, person=person, question=question).chains)
