"""What do the forms of the programmes ask, and how does their answer become values?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.core.curriculum import programme
from valley.curriculum import actions, queries
from valley.curriculum.models import Approval, Depth
from valley.curriculum.queries import files
from valley.foundation import organisations
from valley.foundation.access import Caller
from valley.foundation.forms import Refusable, day_field
from valley.foundation.models import DeskRole
from valley.foundation.spreadsheets.cells import CellRefused

Pairs = Iterable[tuple[Any, Any]]


class ProgrammeForm(Refusable):
    """A new programme."""

    organisation = forms.TypedChoiceField(label=_("School"), coerce=int)
    name_nl = forms.CharField(label=_("Name in Dutch"), max_length=160)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    key = forms.CharField(
        label=_("Key"), max_length=60, help_text=_("Small letters, digits and hyphens. It never changes.")
    )
    dossier = forms.ChoiceField(
        label=_("Qualification dossier"),
        required=False,
        help_text=_("What the nation asks; the delta is measured by it."),
    )

    def __init__(self, asked: Any, *, schools: Pairs, dossiers: Pairs) -> None:
        super().__init__(asked)
        self.fields["organisation"].choices = list(schools)
        self.fields["dossier"].choices = [("", _("none")), *dossiers]


class DraftForm(Refusable):
    """A new version."""

    begin = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("What changes, and why"), max_length=300, help_text=_("One sentence, for the history.")
    )

    def __init__(self, asked: Any, *, begins: Pairs, initial: Any) -> None:
        super().__init__(asked, initial=initial)
        self.fields["begin"].choices = list(begins)


class ImportForm(Refusable):
    """A version from a file."""

    file = forms.FileField(label=_("File"), help_text=_("TOML, CSV or .xlsx, as it is exported here."))
    why = forms.CharField(
        label=_("What changes, and why"), max_length=300, help_text=_("One sentence, for the history.")
    )


class CohortForm(Refusable):
    """A cohort to plan or move."""

    name = forms.CharField(label=_("Name"), max_length=80)
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Ends on"))


class ApprovalForm(forms.Form):
    """One step of the approval; without a desk it is not asked."""

    hide_optional = True

    step = forms.CharField(widget=forms.HiddenInput)
    desk = forms.ChoiceField(label=_("Desk"), required=False, choices=[("", _("not asked")), *DeskRole.choices])
    organisation = forms.TypedChoiceField(label=_("Organisation"), required=False, coerce=int, empty_value=None)
    due_on = day_field(_("Answer by"), required=False)

    def __init__(self, *args: Any, partners: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].choices = [("", "-"), *partners]
        self.words = Approval(step=self.initial.get("step", "")).get_step_display()

    def clean(self) -> dict[str, Any]:
        """A step that is asked says of whom and by when."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("desk") and not (said.get("organisation") and said.get("due_on")):
            raise forms.ValidationError(_("Say which organisation, and by which day."))
        return said

    def ask(self) -> actions.ApprovalAsk | None:
        """The question, or None for a step that is not asked."""
        said = self.cleaned_data
        if not said.get("desk"):
            return None
        return actions.ApprovalAsk(said["step"], said["desk"], said["organisation"], said["due_on"])


def approval_forms(asked: Any, *, partners: Iterable[organisations.Partner]) -> Any:
    """A form for each of the three steps."""
    made = forms.formset_factory(ApprovalForm, extra=0, max_num=3, absolute_max=3)
    names = [(one.id, one.name) for one in partners]
    return made(asked, prefix="step", initial=[{"step": step} for step in ("content", "practice", "exam")],
                form_kwargs={"partners": names})  # fmt: skip


class PublishForm(Refusable):
    """From which day a version holds."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    from_on = day_field(_("Holds from"), _("Cohorts that start on or after this day follow it."))


def _prose(label: Any, most: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, widget=forms.Textarea(attrs={"rows": 4}))


class OutcomeForm(forms.Form):
    """An outcome of a unit. A row without a code is left out."""

    hide_optional = True
    code = forms.CharField(label=_("Code"), max_length=40, required=False)
    depth = forms.ChoiceField(label=_("Depth"), choices=Depth.choices, initial="apply")
    work_processes = forms.CharField(label=_("Work processes (codes)"), required=False, max_length=600)
    text_nl = _prose(_("What the learner can do, in Dutch"), 300)
    text_en = _prose(_("In English"), 300)
    competences = _prose(_("Competences, one on a line"), 2000)
    leave_out = forms.BooleanField(label=_("Take this outcome out"), required=False)


class UnitForm(Refusable):
    """A unit with its outcomes, saved together."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(label=_("Code of the unit"), max_length=40)
    title_nl = forms.CharField(label=_("Title in Dutch"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    guided_hours = forms.IntegerField(label=_("Guided hours"), min_value=0, max_value=9999, initial=0)
    practice_hours = forms.IntegerField(label=_("Hours of practice"), min_value=0, max_value=9999, initial=0)
    place = forms.IntegerField(label=_("Place in the order"), min_value=0, max_value=99, initial=0, required=False)

    def __init__(self, asked: Any, *, caller: Caller, unit: Any = None, version: int = 0) -> None:
        self.caller, self.unit = caller, unit
        code = unit.code if unit else ""
        names = ("code", "title_nl", "title_en", "guided_hours", "practice_hours", "place")
        initial = {name: getattr(unit, name) for name in names} if unit else {}
        super().__init__(asked, prefix=f"u-{code}", initial=initial | {"version": version, "was": code})
        rows = [
            {name: getattr(one, name) for name in ("code", "text_nl", "text_en", "depth")}
            | {
                "competences": "\n".join(f"{taught.label}: {taught.level}" for taught in one.competences),
                "work_processes": " ".join(process.code for process in one.work_processes),
            }
            for one in (unit.outcomes if unit else ())
        ]
        made = forms.formset_factory(OutcomeForm, extra=1, max_num=60, absolute_max=80)
        self.outcomes = made(asked, prefix=f"o-{code}", initial=rows)

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.outcomes.is_valid()])

    def content(self) -> tuple[programme.Unit, tuple[programme.Outcome, ...]] | None:
        """The unit and its outcomes, or None when something could not be read."""
        if not self.is_valid():
            return None
        said = {
            name: self.cleaned_data[name] for name in ("code", "title_nl", "title_en", "guided_hours", "practice_hours")
        }
        unit = programme.Unit(**said, place=self.cleaned_data["place"] or 0)
        found = tuple(filter(None, (self._outcome(form, unit.code) for form in self.outcomes)))
        return None if self.errors else (unit, found)

    def _outcome(self, form: OutcomeForm, unit: str) -> programme.Outcome | None:
        said = form.cleaned_data
        if not said.get("code") or said["leave_out"]:
            return None
        try:
            competences = files.competences_in(self.caller, said["competences"])
        except CellRefused as refused:
            words = _("Expected %(expected)s, found %(found)s. %(next)s")
            text = words % {"expected": refused.expected, "found": refused.found, "next": refused.next_step}
            form.add_error("competences", text)
            self.add_error(None, f"{said['code']}: {text}")
            return None
        texts = (" ".join(said["text_nl"].split()), " ".join(said["text_en"].split()), said["depth"])
        return programme.Outcome(said["code"], unit, *texts, competences, tuple(said["work_processes"].split()))


def editor(asked: Any, *, caller: Caller, page: queries.VersionPage) -> list[UnitForm]:
    """A form for each unit and one for a new unit; only the one that was sent is filled with what was sent."""
    sent = str(asked.get("sent", "")) if asked else None
    made = [
        UnitForm(asked if unit.code == sent else None, caller=caller, unit=unit, version=page.version)
        for unit in page.units
    ]
    return [*made, UnitForm(asked if sent == "" else None, caller=caller, version=page.version)]
