"""What do the forms of the field window ask, and how does their answer become a draft?

They check only that an answer can be read; what may be said is for the action, so that every door refuses alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.core.errors import ValleyError
from valley.field.actions import Agreement, ChangeDraft, NoteDraft
from valley.field.models import Change
from valley.field.queries import LookInPage
from valley.foundation import organisations, problems
from valley.foundation.forms import day_field
from valley.work import queries as work

MORE_LINES, MOST_LINES = 3, 40
ACCESS = timedelta(days=14)
"""What the form proposes: two weeks to look, to write it down and to ask again. The employer changes it."""
Partners = Iterable[organisations.Partner]


def _prose(label: Any, hint: Any = "", *, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}), **options)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class Answering(forms.Form):
    """A form that hands its answer to an action and shows what that refuses."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def sent(self, act: Callable[..., Any]) -> bool:
        """True when the answer could be read and ``act``, called with it, did not refuse."""
        if not self.is_valid():
            return False
        try:
            act(self.cleaned_data)
        except ValleyError as error:
            if error.status in (401, 403):
                raise  # no answer in this form would help: the page says which desk may
            field = str(error.facts.get("field", ""))
            self.add_error(field if field in self.fields else None, problems.sentence(error))
        return not self.errors


class PartnersForm(Answering):
    """A form that begins with the organisation when there is more than one to choose from."""

    organisation = forms.TypedChoiceField(label=_("Employer"), coerce=int)

    def __init__(self, asked: Any, *, partners: Partners, **options: Any) -> None:
        super().__init__(asked, **options)
        _offer(self, "organisation", partners)


def _offer(form: forms.Form, name: str, partners: Partners) -> None:
    found = [(one.id, one.name) for one in partners]
    form.fields[name].choices = found
    if len(found) == 1:
        form.fields[name].widget = forms.HiddenInput()
        form.initial[name] = found[0][0]


class ChangeForm(PartnersForm):
    """What an employer announces."""

    kind = forms.ChoiceField(label=_("What kind of change?"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("In one line"), max_length=160)
    text = _prose(_("What changes for the person who does the work?"), _("In plain words. No names of customers."))
    from_on = day_field(_("From which day?"))
    tasks = _prose(_("Which tasks does it touch?"), _("One task on each line."), rows=3, required=False)
    competences = _prose(
        _("Which competences?"), _("One on each line, as the vocabulary names them."), rows=2, required=False
    )
    open_to_partners = forms.BooleanField(label=_("Other employers may read it too"), required=False)

    def __init__(self, asked: Any, **options: Any) -> None:
        super().__init__(asked, **options)
        self.fields["kind"].choices = list(Change._meta.get_field("kind").flatchoices)

    def draft(self, find: work.Finder) -> ChangeDraft | None:
        """The draft, or None when something could not be read; an unknown competence names the nearest."""
        if not self.is_valid():
            return None
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        found = [competence_of(self, "competences", text, find) for text in _lines(said.pop("competences"))]
        said |= {"tasks": tuple(_lines(said["tasks"])), "competences": tuple(one for one in found if one is not None)}
        return None if self.errors else ChangeDraft(**said)


def competence_of(form: forms.Form, field: str | None, text: str, find: work.Finder) -> int | None:
    """The competence somebody named; an error with the nearest ones beside ``field`` when there is none."""
    found, near = find(text)
    if found is None:
        words = _("“%(text)s” is not in the vocabulary. Near to it: %(near)s.")
        form.add_error(field, words % {"text": text[:60], "near": ", ".join(near) or "-"})
    return found


class WithdrawForm(Answering):
    """Why the change does not come."""

    reason = forms.CharField(label=_("Why does it not come?"), max_length=300)


class StepForm(Answering):
    """Where the change stands in the programme."""

    step = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    target = forms.TypedChoiceField(
        label=_("Planned in which version?"), coerce=int, required=False, empty_value=None,
        help_text=_("Only when you plan it. Groups that run keep their own version."),
    )  # fmt: skip
    on = day_field(_("On which day?"))
    words = forms.CharField(label=_("Remark, or why it is set aside"), max_length=300, required=False)

    def __init__(self, asked: Any, *, steps: list[tuple[str, Any]], versions: list[tuple[int, str]], **o: Any) -> None:
        super().__init__(asked, **o)
        self.fields["step"].choices = steps
        self.fields["target"].choices = [("", _("choose")), *versions]


class AskForm(PartnersForm):
    """What a teacher wants to see."""

    school = forms.TypedChoiceField(label=_("School"), coerce=int)
    question = forms.CharField(label=_("What do you want to see or understand?"), max_length=300)
    wanted_on = day_field(_("Which day suits you?"), _("The employer may propose another day."))
    change = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, asked: Any, *, schools: Partners, **options: Any) -> None:
        super().__init__(asked, **options)
        _offer(self, "school", schools)
        self.order_fields(["school", "organisation"])


class PlacementForm(PartnersForm):
    """Where and when a teacher wants to work along."""

    school = forms.TypedChoiceField(label=_("School"), coerce=int)
    aim = forms.CharField(label=_("What do you want to learn there?"), max_length=300)
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Until"), _("The first day on which you are back at school."))

    def __init__(self, asked: Any, *, schools: Partners, **options: Any) -> None:
        super().__init__(asked, **options)
        _offer(self, "school", schools)
        self.order_fields(["school", "organisation"])


class AgreeForm(Answering):
    """What the employer agrees to."""

    agreed_on = day_field(_("Day of the visit"))
    access_until_on = day_field(_("The teacher may look until"), _("After this day only the notes you approve stay."))
    terms = _prose(_("What stays inside?"), rows=3)

    def __init__(self, asked: Any, *, initial: dict[str, Any], **options: Any) -> None:
        wanted: date = initial["wanted_on"]
        usual = _("Names of customers and colleagues, figures and screens stay with us. We read the notes first.")
        proposed = {"agreed_on": wanted, "access_until_on": wanted + ACCESS, "terms": str(usual)}
        super().__init__(asked, initial=proposed | initial, **options)

    def agreement(self) -> Agreement:
        """The agreement, once the form is valid."""
        return Agreement(**{name: self.cleaned_data[name] for name in ("agreed_on", "access_until_on", "terms")})


class ReasonForm(Answering):
    """Why not, or why not like this."""

    reason = forms.CharField(label=_("What is the reason?"), max_length=300)


class CancelForm(Answering):
    """Why it is called off."""

    reason = forms.CharField(label=_("What is the reason?"), max_length=300, required=False)


class OutcomeForm(Answering):
    """What working along changed."""

    outcome = _prose(_("What did it change in the programme?"), _("A unit, an outcome, a way of teaching, or nothing."))


class LineForm(forms.Form):
    """One line of what was seen. Empty lines are left out."""

    hide_optional = True
    work_process = forms.TypedChoiceField(label=_("Work process"), coerce=int, required=False, empty_value=None)
    seen = forms.CharField(
        label=_("What did you see?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    competence = forms.CharField(label=_("Competence"), required=False, max_length=200)
    level = forms.TypedChoiceField(
        label=_("Level"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "-"), *((n, n) for n in range(1, 5))],
    )

    def __init__(self, *args: Any, processes: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["work_process"].choices = [("", _("choose")), *processes]
        self.fields["competence"].widget.attrs["list"] = "competences"


def note_lines(asked: Any, page: LookInPage, processes: list[tuple[int, str]]) -> Any:
    """The lines of the form: those written before, and some empty ones."""
    before = [
        {"work_process": one.work_process, "seen": one.seen, "competence": one.competence_words, "level": one.level}
        for one in page.notes
    ]
    made = forms.formset_factory(LineForm, extra=MORE_LINES, max_num=MOST_LINES, absolute_max=60)
    return made(asked, prefix="line", initial=before, form_kwargs={"processes": processes})


class NotesForm(Answering):
    """The form around the lines."""

    def drafts(self, lines: Any, find: work.Finder) -> list[NoteDraft] | None:
        """The lines that were filled in, or None when one could not be read."""
        if not (self.is_valid() and lines.is_valid()):
            self.add_error(None, _("One of the lines could not be read."))
            return None
        found: list[NoteDraft] = []
        for form in lines:
            said = form.cleaned_data
            if said.get("seen") or said.get("competence"):
                named = said["competence"]
                competence = competence_of(self, None, named, find) if named else None
                found.append(NoteDraft(said["work_process"] or 0, said["seen"], competence, said["level"]))
        return None if self.errors else found
