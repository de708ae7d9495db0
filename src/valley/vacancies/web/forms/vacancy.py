"""What does the guided form of a vacancy ask, in which steps, and how does its answer become a draft?

It has no field for an earlier wage, a photo, an age or a nationality, and no free field for "profile".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from valley.core.errors import ValleyError
from valley.foundation.forms import day_field
from valley.skills import queries as skills
from valley.vacancies import drafts, queries
from valley.vacancies.web.forms.fields import Euro, pairs, prose
from valley.vacancies.web.forms.parts import Parts
from valley.work import drafts as work

LANGUAGES, EXTRA_REQUIREMENTS = 4, 2
SHIFTS = ("early", "evenings", "weekends", "nights", "home_work")
PREVIEW = ("day", "training", "next_steps")


_PLAIN = (
    "title", "text", "reference", "place", "hours_min", "hours_max", "starts_from_on", "starts_until_on", "contract",
    "months", "pay_min", "pay_max", "seats", "closes_on", "home_work", "evenings", "weekends", "nights", "early",
    "permits",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the form: its heading, why it is asked, its fields, and the list that belongs to it ("" for none)."""

    key: str
    title: Any
    hint: Any
    fields: tuple[str, ...]
    part: str = ""


STEPS = (
    Step("job", _("The job"), _("What the candidate reads first."), ("title", "text", "reference")),
    Step(
        "when",
        _("Where and when"),
        _("Shifts are a reason to stay or to leave. Say them now."),
        ("place", "hours_min", "hours_max", "starts_from_on", "starts_until_on", *SHIFTS),
    ),
    Step(
        "offer",
        _("What you offer"),
        _("The range that you really pay. You ask nobody what they earned before."),
        ("contract", "months", "pay_min", "pay_max", "seats", "closes_on"),
    ),
    Step(
        "asks",
        _("What the work asks"),
        _("Each must-have belongs to a task. What no task needs keeps good people away."),
        ("permits",),
        "asks",
    ),
    Step(
        "real",
        _("What it is really like"),
        _("Who knows what a day holds can choose well. Write what is hard, too."),
        PREVIEW,
    ),
    Step(
        "learn",
        _("What can be learned"),
        _("For people who work towards a diploma: work processes that they practise in this job."),
        (),
        "learn",
    ),
)


class SpokenForm(forms.Form):
    """One language of the work with its level."""

    code = forms.ChoiceField(label=_("Language"), required=False)
    cefr = forms.ChoiceField(label=_("Level"), required=False, initial=4)

    def __init__(self, *args: Any, languages: Any, levels: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = languages
        self.fields["cefr"].choices = levels


class AskedForm(forms.Form):
    """Something else that is asked, with the task it is needed for. Empty words leave the line out."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    words = forms.CharField(label=_("What you ask"), required=False, max_length=drafts.WORDS)
    task = forms.CharField(label=_("For which task"), required=False, max_length=drafts.TASK)

    def __init__(self, *args: Any, kinds: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = kinds


class PracticeForm(forms.Form):
    """Hours for every work process of every dossier; an empty field leaves the work process out."""

    use_required_attribute = False

    def __init__(
        self, asked: Any, *, dossiers: Sequence[queries.DossierChoice], kept: Iterable[drafts.PracticeDraft]
    ) -> None:
        initial = {f"{one.dossier}__{one.process}": one.hours for one in kept}
        super().__init__(asked, prefix="practice", initial=initial)
        self.dossiers = dossiers
        for process in (process for dossier in dossiers for process in dossier.processes):
            field = forms.IntegerField(label=process.name, required=False, min_value=0, max_value=drafts.HOURS[1])
            self.fields[f"{process.dossier}__{process.process}"] = field

    def groups(self) -> list[dict[str, Any]]:
        """The fields by dossier; a dossier is unfolded when the employer is recognised for it or hours stand there."""
        found = []
        for dossier in self.dossiers:
            rows = [(one.process, self[f"{one.dossier}__{one.process}"]) for one in dossier.processes]
            filled = any(field.value() for _code, field in rows)
            found.append({"dossier": dossier, "rows": rows, "open": dossier.recognised or filled})
        return found

    def practices(self) -> tuple[drafts.PracticeDraft, ...]:
        """The work processes that have hours."""
        said = ((name.split("__", 1), hours) for name, hours in self.cleaned_data.items() if hours)
        return tuple(drafts.PracticeDraft(code, process, hours) for (code, process), hours in said)


class VacancyForm(Parts):
    """A vacancy in six short steps on one page."""

    title = forms.CharField(label=_("Title"), help_text=_("As the candidate reads it."), max_length=work.TITLE)
    text = prose(_("In your own words"), _("Three or four sentences about the team and the customers."), most=work.TEXT)
    reference = forms.CharField(label=_("Your own number"), required=False, max_length=work.REFERENCE)
    place = forms.ChoiceField(label=_("Place"))
    home_work = forms.BooleanField(label=_("Partly from home"), required=False)
    evenings = forms.BooleanField(label=_("Evenings"), required=False)
    weekends = forms.BooleanField(label=_("Weekends"), required=False)
    nights = forms.BooleanField(label=_("Nights"), required=False)
    early = forms.BooleanField(label=_("Early shifts"), required=False)
    hours_min = forms.IntegerField(label=_("Hours a week, at least"))
    hours_max = forms.IntegerField(label=_("Hours a week, at most"))
    starts_from_on = day_field(_("Starts from"))
    starts_until_on = day_field(_("Starts before"), _("The last possible start is the day before."))
    contract = forms.ChoiceField(label=_("Contract"))
    months = forms.IntegerField(label=_("Months"), required=False, help_text=_("Leave empty for a permanent job."))
    pay_min = Euro(label=_("Euro per hour, at least"), localize=True)
    pay_max = Euro(label=_("Euro per hour, at most"), localize=True, help_text=_("What someone with experience gets."))
    seats = forms.IntegerField(label=_("How many people"))
    closes_on = day_field(_("Closes on"), _("From that day the opening is not shown any more."))
    permits = forms.MultipleChoiceField(label=_("To be shown"), required=False, widget=forms.CheckboxSelectMultiple)
    day = prose(
        _("What a day holds"),
        _("How it starts, how many contacts, what is quiet and what is busy. Empty: what the role says is shown."),
        most=drafts.PROSE,
    )
    training = prose(
        _("The first weeks"), _("Who trains, how long, paid or not, and what comes after."), most=drafts.PROSE
    )
    next_steps = prose(
        _("How you choose"),
        _("Each step on a line, with the days it takes: “Talk with the team, within five working days”."),
        most=drafts.PROSE,
    )

    def __init__(self, asked: Any, *, choices: queries.VacancyChoices, edit: queries.VacancyEdit) -> None:
        kept, opening = edit.draft, edit.draft.opening
        needs = [
            {"competence": label, "level": need.level, "importance": need.importance, "task": need.task}
            for need, label in zip(opening.needs, edit.edit.needs, strict=True)
        ]
        super().__init__(asked, choices=choices.opening, needs=needs, initial=_initial(edit))
        self.role, self.organisation = opening.role, opening.organisation
        for name, found in (("place", choices.opening.places), ("contract", choices.opening.contracts)):
            self.fields[name].choices = pairs(found, _("choose") if name == "place" else None)  # type: ignore[attr-defined]
        self.fields["permits"].choices = pairs(choices.opening.permits)  # type: ignore[attr-defined]
        self.fields["pay_min"].help_text = _usual_pay(opening.role)
        self.languages = _languages(asked, opening.languages, choices)
        self.required = _required(asked, kept.requirements, choices)
        self.practice = PracticeForm(asked, dossiers=choices.dossiers, kept=kept.practices)
        self.challenged: tuple[queries.ChallengeLine, ...] = ()

    def is_valid(self) -> bool:
        parts = (self.languages, self.required, self.practice)
        return all([super().is_valid(), *(part.is_valid() for part in parts)])

    def steps(self) -> list[dict[str, Any]]:
        """The steps with their fields; what is challenged stands beside the field it was found in."""
        return [
            {
                "number": number,
                "step": step,
                "fields": [(self[name], self.said_of(name)) for name in step.fields if name not in SHIFTS],
                "ticks": [self[name] for name in step.fields if name in SHIFTS],
            }
            for number, step in enumerate(STEPS, start=1)
        ]

    def said_of(self, name: str) -> list[queries.ChallengeLine]:
        """What is challenged in a field of the form."""
        wanted = f"preview.{name}" if name in PREVIEW else name
        return [one for one in self.challenged if one.field == wanted]

    def said_of_tasks(self) -> list[queries.ChallengeLine]:
        """What is challenged in the tasks of the competences."""
        return [one for one in self.challenged if one.field.startswith("needs")]

    def said_of_requirements(self) -> list[queries.ChallengeLine]:
        """What is challenged in what else is asked."""
        return [one for one in self.challenged if one.field.startswith("requirements")]

    def refuse(self, error: ValleyError) -> None:
        """As every form; what stands beside the opening has names of its own."""
        flaws = error.facts.get("flaws", ())
        named = tuple(replace(flaw, field=flaw.field.removeprefix("preview.")) for flaw in flaws)  # type: ignore[attr-defined]
        self.put(named, error)

    def differing(self, stored: queries.VacancyEdit, mine: drafts.VacancyDraft) -> list[dict[str, Any]]:
        """The fields in which what somebody else stored differs from what was typed here."""
        theirs = {name: getattr(stored.draft.opening, name) for name in _PLAIN}
        theirs |= {name: getattr(stored.draft.preview, name) for name in PREVIEW}
        ours = {name: getattr(mine.opening, name) for name in _PLAIN}
        ours |= {name: getattr(mine.preview, name) for name in PREVIEW}
        lines = [
            {"label": self[name].label, "now": theirs[name], "yours": ours[name]}
            for name in ours
            if ours[name] != theirs[name]
        ]
        parts = (
            (_("Languages of the work"), stored.draft.opening.languages, mine.opening.languages),
            (_("Competences"), stored.draft.opening.needs, mine.opening.needs),
            (_("Also asked"), stored.draft.requirements, mine.requirements),
            (_("What can be learned"), stored.draft.practices, mine.practices),
        )
        return lines + [
            {"label": label, "now": len(now), "yours": len(yours)} for label, now, yours in parts if now != yours
        ]

    def read_anew(self, version: int) -> None:
        """Show what was typed once more, over the version that is stored now: a second yes replaces it."""
        self.data = self.data.copy()
        self.data["version_read"] = str(version)

    def draft(self, finder: Any) -> drafts.VacancyDraft | None:
        """The draft, or None when something could not be read."""
        if not self.is_valid():
            if not self.errors:
                self.add_error(None, _("A line in one of the lists cannot be read. It says so beside it."))
            return None
        left = {"version_read", *PREVIEW}
        said: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name not in left}
        spoken = [form.cleaned_data for form in self.languages if form.cleaned_data.get("code")]
        opening = work.OpeningDraft(
            organisation=self.organisation,
            role=self.role,
            needs=self.asked(finder),
            languages=tuple(work.LanguageDraft(one["code"], int(one["cefr"] or 4)) for one in spoken),
            **(said | {"permits": tuple(said["permits"])}),  # type: ignore[arg-type]
        )
        required = [form.cleaned_data for form in self.required if form.cleaned_data.get("words", "").strip()]
        draft = drafts.VacancyDraft(
            opening=opening,
            practices=self.practice.practices(),
            preview=drafts.PreviewDraft(**{name: self.cleaned_data[name] for name in PREVIEW}),
            requirements=tuple(
                drafts.RequirementDraft(one["kind"] or "other", one["words"].strip(), one["task"].strip())
                for one in required
            ),
        )
        return None if self.errors else draft


def _initial(edit: queries.VacancyEdit) -> dict[str, Any]:
    opening, preview = edit.draft.opening, edit.draft.preview
    names = [name for step in STEPS for name in step.fields if name not in PREVIEW]
    initial = {name: getattr(opening, name) for name in names}
    initial |= {name: getattr(preview, name) for name in PREVIEW}
    initial |= {name: None for name in ("pay_min", "pay_max") if initial[name] == Decimal(0)}
    return initial | {"version_read": edit.edit.version}


def _languages(asked: Any, kept: Sequence[work.LanguageDraft], choices: queries.VacancyChoices) -> Any:
    spoken = [{"code": one.code, "cefr": one.cefr} for one in kept]
    made = forms.formset_factory(SpokenForm, extra=max(1, LANGUAGES - len(spoken)), max_num=8, absolute_max=10)
    levels = [(one.number, f"{one.code}: {one.phone}") for one in skills.language_levels(_language())]
    options = {"languages": pairs(choices.opening.languages, _("none")), "levels": levels}
    return made(asked, prefix="language", initial=spoken, form_kwargs=options)


def _required(asked: Any, kept: Sequence[drafts.RequirementDraft], choices: queries.VacancyChoices) -> Any:
    initial = [{"kind": one.kind, "words": one.words, "task": one.task} for one in kept]
    most = drafts.MOST_REQUIREMENTS
    made = forms.formset_factory(AskedForm, extra=EXTRA_REQUIREMENTS, max_num=most, absolute_max=most + 5)
    return made(asked, prefix="asked", initial=initial, form_kwargs={"kinds": pairs(choices.requirement_kinds)})


def _usual_pay(role: str) -> Any:
    """What the model of the trade says of this role; the law and the collective agreement set the floor."""
    floor = _("Gross. Never below the legal minimum wage or your collective agreement.")
    usual = next((one for one in skills.starter_roles() if one.key == role), None)
    if usual is None:
        return floor
    words = _("The model of the trade has € %(low)s to € %(high)s for this role; nobody measured it.")
    amounts = {"low": number_format(usual.pay_min, 2), "high": number_format(usual.pay_max, 2)}
    return f"{floor} {words % amounts}"


def _language() -> str:
    return "en" if (get_language() or "")[:2] == "en" else "nl"
