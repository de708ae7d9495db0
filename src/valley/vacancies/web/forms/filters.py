"""What may a visitor look for, and how does that become a question and an address that can be shared?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.vacancies.queries import listing
from valley.vacancies.web.forms.fields import Euro, pairs
from valley.work import queries as work

KM = ((5, "5 km"), (10, "10 km"), (20, "20 km"), (30, "30 km"), (50, "50 km"))
COMMON = ("text", "place", "km", "language")
MOST_PAY = Decimal(999)


class Filters(forms.Form):
    """What a visitor looks for. Fields that cannot be read are left out of the question."""

    use_required_attribute = False
    hide_optional = True
    text = forms.CharField(label=_("Words"), required=False, max_length=100)
    place = forms.ChoiceField(label=_("Near"), required=False)
    km = forms.TypedChoiceField(label=_("Within"), required=False, coerce=int, empty_value=None)
    language = forms.ChoiceField(label=_("Language of the work"), required=False)
    hours = forms.IntegerField(label=_("Hours a week"), required=False, min_value=1, max_value=48)
    pay_from = Euro(
        label=_("Pays at least (€ an hour)"), required=False, min_value=0, max_value=MOST_PAY, localize=True
    )
    contract = forms.ChoiceField(label=_("Contract"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    organisation = forms.ChoiceField(label=_("Employer"), required=False)
    diploma = forms.ChoiceField(label=_("Counts for a diploma"), required=False)
    home_work = forms.BooleanField(label=_("Partly from home"), required=False)
    without_early = forms.BooleanField(label=_("No early shifts"), required=False)
    without_evenings = forms.BooleanField(label=_("No evenings"), required=False)
    without_weekends = forms.BooleanField(label=_("No weekends"), required=False)
    without_nights = forms.BooleanField(label=_("No nights"), required=False)

    def __init__(self, asked: Any, *, choices: listing.ListChoices) -> None:
        super().__init__(asked)
        self._choose("place", choices.opening.places, _("everywhere"))
        self.fields["km"].choices = [("", _("any distance")), *KM]
        self._choose("language", choices.opening.languages, _("every language"))
        self._choose("contract", choices.opening.contracts, _("every contract"))
        self._choose("organisation", choices.opening.organisations, _("every employer"))
        self._choose("role", choices.roles, _("every role"))
        self._choose("diploma", choices.diplomas, _("makes no difference"))
        if not choices.diplomas:
            del self.fields["diploma"]

    def _choose(self, name: str, choices: Iterable[work.Choice], empty: Any) -> None:
        self.fields[name].choices = pairs(choices, empty)  # type: ignore[attr-defined]

    def asked(self) -> listing.VacancyFilter:
        """The question, of the answers that could be read."""
        self.is_valid()
        said = dict(self.cleaned_data)
        diploma = said.pop("diploma", "")
        return listing.VacancyFilter(work.OpeningFilter(**said), diploma)

    def asks(self) -> bool:
        """True when anything was asked that could be read."""
        self.is_valid()
        return any(value not in (None, "", False) for value in self.cleaned_data.values())

    def common(self) -> list[forms.BoundField]:
        """The fields that everybody sees first."""
        return [self[name] for name in COMMON]

    def more_asked(self) -> bool:
        """True when something under "more" was asked, so that it is shown unfolded."""
        return any(self.data.get(field.name) for field in self.rarer())

    def rarer(self) -> list[forms.BoundField]:
        """The fields under "more"."""
        return [field for field in self.visible_fields() if field.name not in COMMON]

    def lines(self) -> list[forms.BoundField]:
        """The fields under "more" that take a line of their own."""
        return [field for field in self.rarer() if not isinstance(field.field, forms.BooleanField)]

    def ticks(self) -> list[forms.BoundField]:
        """The fields under "more" that are ticked."""
        return [field for field in self.rarer() if isinstance(field.field, forms.BooleanField)]
