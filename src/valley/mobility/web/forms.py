"""What may a person fill in on the pages of the room ``mobility``?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valley.mobility import queries
from valley.skills import queries as skills
from valley.work import queries as work

KM = (5, 10, 15, 20, 25, 30, 40, 60)


class MineForm(forms.Form):
    """Filters above the person's own openings; all of them optional, sent by GET."""

    hide_optional = True
    text = forms.CharField(label=gettext_lazy("Word in the opening"), max_length=100, required=False)
    place = forms.ChoiceField(label=gettext_lazy("Near"), required=False)
    km = forms.TypedChoiceField(label=gettext_lazy("Within"), required=False, coerce=int, empty_value=None)
    hours = forms.IntegerField(label=gettext_lazy("Hours a week"), min_value=1, max_value=48, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the work"), required=False)
    without_clashes = forms.BooleanField(label=gettext_lazy("Leave out what clashes with my wishes"), required=False)
    part = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("Anywhere")), *((p.key, p.name) for p in skills.places())]
        self.fields["km"].choices = [("", _("Any distance")), *((km, f"{km} km") for km in KM)]
        tongues = ((tongue.code, tongue.label) for tongue in skills.languages(language))
        self.fields["language"].choices = [("", _("Any language")), *tongues]

    def filters(self) -> queries.FitFilter:
        """The filters as the query wants them; fields that did not fit ask nothing."""
        chosen = self.cleaned_data if self.is_valid() else {}
        names = ("text", "place", "km", "hours", "language")
        asked = {name: chosen[name] for name in names if chosen.get(name) not in (None, "")}
        return queries.FitFilter(work.OpeningFilter(**asked), without_clashes=bool(chosen.get("without_clashes")))


class WhatIfForm(forms.Form):
    """One question: with this learned, without that asked, or with another weight. Sent by GET; nothing is stored."""

    hide_optional = True
    add = forms.TypedChoiceField(label=gettext_lazy("If I learn"), required=False, coerce=int, empty_value=None)
    level = forms.TypedChoiceField(label=gettext_lazy("up to level"), required=False, coerce=int, empty_value=None)
    without = forms.TypedMultipleChoiceField(
        label=gettext_lazy("If this were not asked"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    weigh = forms.TypedChoiceField(
        label=gettext_lazy("If this weighed differently"), required=False, coerce=int, empty_value=None
    )
    weight = forms.FloatField(
        label=gettext_lazy("times as much (0.1 to 10)"), min_value=0.1, max_value=10, required=False
    )

    def __init__(self, *args: Any, lines: Iterable[queries.ExplainedLine], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs = [(line.competence, line.label) for line in lines]
        levels = [(level.number, f"{level.number} · {level.label}") for level in skills.levels(language)]
        self.fields["add"].choices = [("", "—"), *needs]
        self.fields["level"].choices = [("", "—"), *levels]
        self.fields["without"].choices = needs
        self.fields["weigh"].choices = [("", "—"), *needs]

    def clean(self) -> dict[str, Any]:
        """A competence needs its level and a weight its competence, both ways round."""
        chosen = super().clean() or {}
        for one, other, words in (("add", "level", _("Choose a level too.")), ("weigh", "weight", _("Give a number."))):
            if chosen.get(one) and not chosen.get(other) and other not in self.errors:
                self.add_error(other, words)
            if chosen.get(other) and not chosen.get(one) and one not in self.errors:
                self.add_error(one, _("Choose a competence too."))
        return chosen

    def change(self) -> dict[str, Any]:
        """The arguments of the what-if; empty when nothing was asked."""
        chosen = self.cleaned_data
        add = [(chosen["add"], chosen["level"])] if chosen.get("add") else []
        weights = {chosen["weigh"]: chosen["weight"]} if chosen.get("weigh") else {}
        asked = {"add": add, "without_needs": chosen.get("without") or [], "weights": weights}
        return asked if any(asked.values()) else {}
