"""What do the forms of the room ask, and how does their answer become a filter or a draft?

They check only that an answer can be read; what may be said is for the action, so that every door refuses alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.core.errors import ValleyError
from valley.foundation import problems
from valley.foundation.spreadsheets.cells import CellRefused, amount
from valley.work import drafts, queries

KM = ((5, "5 km"), (10, "10 km"), (20, "20 km"), (30, "30 km"), (50, "50 km"))
EXTRA_NEEDS, LANGUAGES = 3, 4
SHIFTS = ("home_work", "evenings", "weekends", "nights", "early")
STEPS = (
    (_("1. The job"), ("title", "text", "reference")),
    (_("2. Where and when"), ("place", *SHIFTS, "hours_min", "hours_max", "starts_from_on", "starts_until_on")),
    (_("3. What you offer"), ("contract", "months", "pay_min", "pay_max", "seats", "closes_on")),
    (_("4. What the work asks"), ("permits",)),
)


def _day(label: Any, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=hint, widget=widget, input_formats=["%Y-%m-%d", "%d-%m-%Y"])


def _pairs(choices: Iterable[queries.Choice], empty: Any = None) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [(one.key, one.label) for one in choices]
    return [("", empty), *found] if empty is not None else found


class Euro(forms.DecimalField):
    """An amount as people write it: comma or point, with or without a euro sign, in either language."""

    def to_python(self, value: Any) -> Decimal | None:
        try:
            return amount(value) if value else None
        except CellRefused as refused:
            raise forms.ValidationError(refused.next_step) from refused


class Filters(forms.Form):
    """What a visitor looks for. Fields that cannot be read are left out of the question."""

    use_required_attribute = False
    text = forms.CharField(label=_("Words"), required=False, max_length=100)
    place = forms.ChoiceField(label=_("Near"), required=False)
    km = forms.TypedChoiceField(label=_("Within"), required=False, coerce=int, empty_value=None)
    hours = forms.IntegerField(label=_("Hours a week"), required=False, min_value=1, max_value=48)
    language = forms.ChoiceField(label=_("Language of the work"), required=False)
    contract = forms.ChoiceField(label=_("Contract"), required=False)
    organisation = forms.ChoiceField(label=_("Employer"), required=False)
    role = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    home_work = forms.BooleanField(label=_("Partly from home"), required=False)
    without_evenings = forms.BooleanField(label=_("No evenings"), required=False)
    without_weekends = forms.BooleanField(label=_("No weekends"), required=False)
    without_nights = forms.BooleanField(label=_("No nights"), required=False)
    hide_optional = True

    def __init__(self, asked: Any, *, choices: queries.FilterChoices) -> None:
        super().__init__(asked)
        self.fields["place"].choices = _pairs(choices.places, _("everywhere"))
        self.fields["km"].choices = [("", _("any distance")), *KM]
        self.fields["language"].choices = _pairs(choices.languages, _("every language"))
        self.fields["contract"].choices = _pairs(choices.contracts, _("every contract"))
        self.fields["organisation"].choices = _pairs(choices.organisations, _("every employer"))

    def filters(self) -> queries.OpeningFilter:
        """The question, of the answers that could be read."""
        self.is_valid()
        return queries.OpeningFilter(**self.cleaned_data)

    def common(self) -> list[forms.BoundField]:
        """The fields that everybody sees first."""
        return [self[name] for name in ("text", "place", "km", "hours")]

    def more_asked(self) -> bool:
        """True when something under "more" was asked, so that it is shown unfolded."""
        return any(self.data.get(field.name) for field in self.rarer())

    def rarer(self) -> list[forms.BoundField]:
        """The fields under "more"."""
        shown = {field.name for field in self.common()}
        return [field for field in self.visible_fields() if field.name not in shown]


class NeedForm(forms.Form):
    """One competence of the work. An empty name leaves the line out."""

    competence = forms.CharField(label=_("Competence"), required=False, max_length=200)
    level = forms.ChoiceField(label=_("Level"), required=False)
    importance = forms.ChoiceField(
        label=_("Importance"), required=False, choices=[(2, _("must have")), (1, _("nice to have"))], initial=1
    )
    task = forms.CharField(label=_("For which task"), required=False, max_length=drafts.TASK)

    def __init__(self, *args: Any, levels: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["level"].choices = levels
        self.fields["competence"].widget.attrs["list"] = "competences"


class SpokenForm(forms.Form):
    """One language of the work with its level."""

    code = forms.ChoiceField(label=_("Language"), required=False)
    cefr = forms.ChoiceField(label=_("Level"), required=False, choices=list(enumerate(drafts.CEFR, 1)), initial=4)

    def __init__(self, *args: Any, languages: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = languages


class Parts(forms.Form):
    """A form with a list of needs under it; unreadable needs make the whole form wrong."""

    version_read = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, asked: Any, *, choices: queries.OpeningChoices, needs: list[dict[str, Any]], **options: Any
    ) -> None:
        super().__init__(asked, **options)
        made = forms.formset_factory(NeedForm, extra=EXTRA_NEEDS, max_num=drafts.MOST_NEEDS, absolute_max=60)
        self.needs = made(asked, prefix="need", initial=needs, form_kwargs={"levels": _pairs(choices.levels)})
        self.competences = choices.competences

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.needs.is_valid()])

    def version(self) -> int:
        """The version that was read when the form was shown; 0 is never a stored one."""
        return self.cleaned_data.get("version_read") or 0

    def asked(self, finder: queries.Finder) -> tuple[drafts.NeedDraft, ...]:
        """The needs that were filled in; an unknown competence becomes an error with the nearest ones."""
        found: list[drafts.NeedDraft] = []
        for form in self.needs:
            said = form.cleaned_data
            if said.get("competence"):
                competence, near = finder(said["competence"])
                if competence is None:
                    words = _("This competence is not in the vocabulary. Near to it: %(near)s.")
                    self.add_error(None, words % {"near": ", ".join(near) or "-"})
                    form.add_error("competence", _("Choose a competence of the list."))
                else:
                    level, importance = int(said["level"] or 2), int(said["importance"] or 1)
                    found.append(drafts.NeedDraft(competence, level, importance, said["task"]))
        return tuple(found)

    def refuse(self, error: ValleyError) -> None:
        """Put what the action refused beside the fields it is about."""
        flaws: Iterable[drafts.Flaw] = error.facts.get("flaws", ())  # type: ignore[assignment]
        for flaw in flaws:
            words = _("Expected %(expected)s, found %(found)s. %(next)s")
            text = words % {"expected": flaw.expected, "found": flaw.found, "next": flaw.next_step}
            self.add_error(flaw.field if flaw.field in self.fields else None, text)
        if not flaws:
            named = str(error.facts.get("field", ""))
            self.add_error(named if named in self.fields else None, problems.sentence(error))


class OpeningForm(Parts):
    """An opening in four short steps on one page."""

    title = forms.CharField(label=_("Title"), help_text=_("As the candidate reads it."), max_length=drafts.TITLE)
    text = forms.CharField(
        label=_("In your own words"), required=False, max_length=drafts.TEXT, widget=forms.Textarea(attrs={"rows": 5})
    )
    reference = forms.CharField(label=_("Your own number"), required=False, max_length=drafts.REFERENCE)
    place = forms.ChoiceField(label=_("Place"))
    home_work = forms.BooleanField(label=_("Partly from home"), required=False)
    evenings = forms.BooleanField(label=_("Evenings"), required=False)
    weekends = forms.BooleanField(label=_("Weekends"), required=False)
    nights = forms.BooleanField(label=_("Nights"), required=False)
    early = forms.BooleanField(label=_("Early shifts"), required=False)
    hours_min = forms.IntegerField(label=_("Hours a week, at least"))
    hours_max = forms.IntegerField(label=_("Hours a week, at most"))
    starts_from_on = _day(_("Starts from"))
    starts_until_on = _day(_("Starts before"), _("The last possible start is the day before."))
    contract = forms.ChoiceField(label=_("Contract"))
    months = forms.IntegerField(label=_("Months"), required=False, help_text=_("Leave empty for a permanent job."))
    pay_min = Euro(label=_("Euro per hour, at least"), localize=True)
    pay_max = Euro(label=_("Euro per hour, at most"), localize=True)
    seats = forms.IntegerField(label=_("How many people"))
    closes_on = _day(_("Closes on"), _("From that day the opening is not shown any more."))
    permits = forms.MultipleChoiceField(label=_("To be shown"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, asked: Any, *, choices: queries.OpeningChoices, edit: queries.OpeningEdit) -> None:
        kept = edit.draft
        needs = [
            {"competence": label, "level": need.level, "importance": need.importance, "task": need.task}
            for need, label in zip(kept.needs, edit.needs, strict=True)
        ]
        names = [name for _title, fields in STEPS for name in fields]
        initial = {name: getattr(kept, name) for name in names} | {"version_read": edit.version}
        initial |= {name: None for name in ("pay_min", "pay_max") if initial[name] == Decimal(0)}
        super().__init__(asked, choices=choices, needs=needs, initial=initial)
        self.role, self.organisation = kept.role, kept.organisation
        self.fields["place"].choices = _pairs(choices.places, _("choose"))
        self.fields["contract"].choices = _pairs(choices.contracts)
        self.fields["permits"].choices = _pairs(choices.permits)
        spoken = [{"code": one.code, "cefr": one.cefr} for one in kept.languages]
        made = forms.formset_factory(SpokenForm, extra=max(1, LANGUAGES - len(spoken)), max_num=8, absolute_max=10)
        languages = {"languages": _pairs(choices.languages, _("none"))}
        self.languages = made(asked, prefix="language", initial=spoken, form_kwargs=languages)

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.languages.is_valid()])

    def steps(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under the heading of their step."""
        return [(title, [self[name] for name in fields]) for title, fields in STEPS]

    def draft(self, finder: queries.Finder) -> drafts.OpeningDraft | None:
        """The draft, or None when something could not be read."""
        if not self.is_valid():
            return None
        said: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "version_read"}
        spoken = [form.cleaned_data for form in self.languages if form.cleaned_data.get("code")]
        draft = drafts.OpeningDraft(
            organisation=self.organisation,
            role=self.role,
            needs=self.asked(finder),
            languages=tuple(drafts.LanguageDraft(one["code"], int(one["cefr"] or 4)) for one in spoken),
            **(said | {"permits": tuple(said["permits"])}),  # type: ignore[arg-type]
        )
        return None if self.errors else draft


class RoleForm(Parts):
    """A role profile of an organisation."""

    key = forms.CharField(label=_("Key"), help_text=_("A short word of your own, for spreadsheets."), max_length=80)
    title_nl = forms.CharField(label=_("Title in Dutch"), max_length=drafts.TITLE)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=drafts.TITLE)
    summary_nl = forms.CharField(label=_("A day, in Dutch"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    summary_en = forms.CharField(label=_("A day, in English"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, asked: Any, *, choices: queries.OpeningChoices, page: queries.RoleProfilePage, organisation: int | None
    ) -> None:
        needs = [
            {"competence": one.label, "level": one.level, "importance": one.importance, "task": one.task}
            for one in page.needs
        ]
        initial = {name: getattr(page, name) for name in ("title_nl", "title_en", "summary_nl", "summary_en")}
        super().__init__(
            asked,
            choices=choices,
            needs=needs,
            initial=initial | {"key": page.role.key, "version_read": page.role.version},
        )
        self.organisation, self.moves_to = organisation, page.moves_to

    def draft(self, finder: queries.Finder) -> drafts.RoleDraft | None:
        """The draft, or None when something could not be read."""
        if not self.is_valid():
            return None
        said: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "version_read"}
        draft = drafts.RoleDraft(
            organisation=self.organisation, needs=self.asked(finder), moves_to=self.moves_to, **said
        )
        return None if self.errors else draft


class UploadForm(forms.Form):
    """A spreadsheet of an organisation."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    file = forms.FileField(label=_("Spreadsheet (.xlsx, .ods or .csv)"), help_text=_("At most 5 MB and 10,000 rows."))

    def __init__(self, *args: Any, own: Iterable[queries.OwnOrganisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.ids = {one.slug: one.id for one in own if one.may_change}
        self.fields["organisation"].choices = [(one.slug, one.name) for one in own if one.may_change]
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.ods,.csv"
