"""What may a person and a recruiter fill in on the pages of applications?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.applications import actions, queries, words
from valley.foundation.forms import Refusable, day_field
from valley.people import queries as people


class ApplyForm(Refusable):
    """What to show, until when, and a message."""

    parts = forms.MultipleChoiceField(
        label=_("What may the employer see?"),
        choices=list(people.PART_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    competences = forms.TypedMultipleChoiceField(
        label=_("Which competences?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("We ticked what this opening asks for. Tick none to show all of them."),
    )
    message = forms.CharField(
        label=_("A message to the employer"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example why you like this work, and when you can be reached."),
    )
    ends_on = day_field(
        _("Until which day may they look?"),
        _("From that day nobody can look any more. You can stop earlier, at any time."),
    )
    agree_to_keep = forms.BooleanField(
        label=_("They may keep my application until that day, also when the procedure ends earlier"),
        required=False,
        help_text=_("Without this tick everything is removed four weeks after the procedure."),
    )

    def __init__(self, *args: Any, own: people.Passport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["competences"].choices = [(line.competence, line.label) for line in own.claims]

    def view(self) -> actions.ChosenView:
        """What is shown, for the action."""
        asked = self.cleaned_data
        return actions.ChosenView(
            parts=tuple(asked["parts"]),
            ends_on=asked["ends_on"],
            competences=tuple(asked["competences"]),
            message=asked["message"],
            agree_to_keep=asked["agree_to_keep"],
        )


class TurnDownForm(forms.Form):
    """Why not, as a coded reason about the work."""

    reason = forms.ChoiceField(
        label=_("Why not?"),
        widget=forms.RadioSelect,
        choices=list(words.REASONS.items()),
        help_text=_("The person reads this reason in friendly words. It is about the work, never about the person."),
    )


class EndForm(forms.Form):
    """Why the procedure ends for everybody."""

    reason = forms.ChoiceField(
        label=_("Why does the procedure end?"), widget=forms.RadioSelect, choices=list(words.ENDINGS.items())
    )


def seen_print(view_parts: tuple[str, ...], competences: tuple[int, ...]) -> str:
    """The choice a preview was made of, as text: what is sent must have been on the page first."""
    return ",".join(sorted(view_parts)) + ":" + ",".join(str(one) for one in sorted(competences))


def first_values(page: queries.ApplyPage) -> dict[str, Any]:
    """What the form starts with."""
    return {"parts": list(page.parts), "competences": list(page.competences), "ends_on": page.ends_on}
