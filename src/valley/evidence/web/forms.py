"""What do the forms of the evidence desk ask, and how does their answer become a draft?

They check only that an answer can be read; what may be said is for the action, so that every door refuses alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.evidence import drafts
from valley.evidence.models import LANGUAGES, PieceKind
from valley.foundation import organisations
from valley.foundation.forms import day_field
from valley.skills import queries as skills

RECOGNISE = ("", _("recognise it for me"))
LEVELS = ((1, "1"), (2, "2"), (3, "3"), (4, "4"))


class OfEmployer(forms.Form):
    """A form about one of the employers that the caller may bring evidence of."""

    organisation = forms.TypedChoiceField(label=_("Employer"), coerce=int)

    def __init__(self, *args: Any, choices: Iterable[organisations.Partner], **options: Any) -> None:
        super().__init__(*args, **options)
        found: list[tuple[Any, Any]] = [(one.id, one.name) for one in choices]
        field = self.fields["organisation"]
        field.choices = found if len(found) == 1 else [("", _("choose an employer")), *found]  # type: ignore[attr-defined]


class AboutText(OfEmployer):
    """What is asked of every text."""

    title = forms.CharField(
        label=_("Title"), max_length=drafts.TITLE, required=False, help_text=_("Left empty, the first line is taken.")
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=[RECOGNISE, *LANGUAGES], required=False)
    dated_on = day_field(_("Written on"), _("Left empty, today is taken."), required=False)
    reference = forms.CharField(label=_("Your own number"), max_length=drafts.REFERENCE, required=False)

    def draft(self, text: str, *, file_name: str = "") -> drafts.TextDraft:
        """The text as a draft."""
        said = self.cleaned_data
        return drafts.TextDraft(
            organisation=said["organisation"],
            title=said["title"],
            text=text,
            language=said["language"],
            dated_on=said["dated_on"],
            reference=said["reference"],
            file_name=file_name,
        )


class PasteForm(AboutText):
    """A text that is pasted."""

    text = forms.CharField(
        label=_("The text"),
        max_length=drafts.LONGEST,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("A job text, or what you wrote down at a workplace. Leave out names of people."),
    )
    field_order: ClassVar[list[str] | None] = ["organisation", "text", "title", "language", "dated_on", "reference"]


class FileForm(AboutText):
    """A text in a file."""

    file = forms.FileField(
        label=_("File (.docx or .txt)"),
        help_text=_("At most 5 MB. Of a PDF, copy the text and paste it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.txt"}),
    )
    field_order: ClassVar[list[str] | None] = ["organisation", "file", "title", "language", "dated_on", "reference"]


class SheetForm(OfEmployer):
    """Many rows at once."""

    kind = forms.ChoiceField(label=_("What is in it"), choices=PieceKind.choices)
    file = forms.FileField(
        label=_("Spreadsheet (.xlsx, .ods or .csv)"),
        help_text=_("At most 5 MB and 10,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )
    field_order: ClassVar[list[str] | None] = ["kind", "organisation", "file"]

    def __init__(self, *args: Any, everyone: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if everyone:
            field = self.fields["organisation"]
            field.required, field.empty_value = False, None  # type: ignore[attr-defined]
            named = [one for one in field.choices if one[0]]  # type: ignore[attr-defined]
            field.choices = [("", _("each row names its employer")), *named]  # type: ignore[attr-defined]


class AddedForm(forms.Form):
    """A competence that the reading overlooked."""

    sentence = forms.CharField(
        label=_("Sentence"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Copy it from the text above."),
    )
    competence = forms.CharField(
        label=_("Competence"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    level = forms.TypedChoiceField(label=_("Level"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["level"].choices = level_choices(language)  # type: ignore[attr-defined]


class SystemForm(forms.Form):
    """A name of a system, that can never be a competence."""

    name = forms.CharField(label=_("Name of the system"), max_length=120)
    tool_class = forms.ChoiceField(label=_("What kind of system it is"))
    organisation = forms.TypedChoiceField(label=_("Whose system it is"), required=False, coerce=int, empty_value=None)

    def __init__(
        self, *args: Any, choices: Iterable[organisations.Partner], everyone: bool, language: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["tool_class"].choices = [(one.key, one.label) for one in skills.tool_classes(language)]  # type: ignore[attr-defined]
        own: list[tuple[Any, Any]] = [(one.id, one.name) for one in choices]
        field = self.fields["organisation"]
        field.choices = [("", _("on the market, for everyone")), *own] if everyone else own  # type: ignore[attr-defined]
        field.required = not everyone


class TermsForm(forms.Form):
    """May designers read the name of the employer?"""

    name_shown = forms.TypedChoiceField(
        label=_("May designers read the name of your organisation beside a competence?"),
        choices=[("yes", _("Yes, show our name")), ("no", _("No, write “employer” with a number"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


def level_choices(language: str) -> list[tuple[Any, Any]]:
    """The levels in words, after "the text does not say"."""
    return [("", _("not said")), *((one.number, f"{one.number} {one.label}") for one in skills.levels(language))]
