"""What have the forms with competences in common: lines to fill in, a version, and refusals beside their fields?

They check only that an answer can be read; what may be said is for the action, so that every door refuses alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.core.errors import ValleyError
from valley.foundation import problems
from valley.vacancies.web.forms.fields import pairs
from valley.work import drafts, queries

EXTRA_NEEDS = 3


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
        self.needs = made(asked, prefix="need", initial=needs, form_kwargs={"levels": pairs(choices.levels)})
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
        self.put(error.facts.get("flaws", ()), error)  # type: ignore[arg-type]

    def put(self, flaws: Iterable[drafts.Flaw], error: ValleyError) -> None:
        """Put these flaws beside their fields; without any, what the error says as a whole."""
        for flaw in flaws:
            words = _("Expected %(expected)s, found %(found)s. %(next)s")
            text = words % {"expected": flaw.expected, "found": flaw.found, "next": flaw.next_step}
            self.add_error(flaw.field if flaw.field in self.fields else None, text)
        if not flaws:
            named = str(error.facts.get("field", ""))
            self.add_error(named if named in self.fields else None, problems.sentence(error))
