"""What does somebody fill in who states that an employer is a recognised training company, or says when that ends?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.core.errors import ValleyError
from valley.foundation import problems
from valley.foundation.forms import Refusable, day_field
from valley.vacancies import actions


class RecogniseForm(Refusable):
    """A recognition to state: for which dossier, on which days, and where that can be looked up."""

    dossier = forms.ChoiceField(label=_("Qualification"))
    from_on = day_field(_("From"))
    until_on = day_field(_("Until"), _("The first day on which it is over. Leave it empty when no end is known."))
    source = forms.CharField(
        label=_("Where it can be looked up"),
        help_text=_("The register and the day, such as “SBB register, 1 October”."),
    )

    def __init__(self, *args: Any, dossiers: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        lines = [(code, f"{name} ({code})") for code, name in dossiers]
        self.fields["dossier"].choices = [("", _("Choose a qualification")), *lines]
        self.fields["until_on"].required = False

    def draft(self, organisation: int) -> actions.RecognitionDraft:
        """The recognition that was stated."""
        return actions.RecognitionDraft(organisation, **self.cleaned_data)


class EndForm(forms.Form):
    """The day on which a recognition ends or ended. Each line of the page has one, so its fields have a prefix."""

    until_on = day_field(_("It ends on"), _("The first day on which it is over."))

    def day(self) -> date:
        """The day that was said."""
        return self.cleaned_data["until_on"]

    def refuse(self, error: ValleyError) -> None:
        """Put what the action refused beside the day, whatever it is about: the form asks nothing else."""
        self.add_error("until_on", problems.sentence(error))
