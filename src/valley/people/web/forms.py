"""What do the forms of the passport ask, in which words?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.foundation.forms import Refusable, day_field
from valley.people import actions, queries
from valley.people.models import CEFR

_VERSION = {"required": False, "widget": forms.HiddenInput}


class SearchForm(forms.Form):
    """One line to search with."""

    q = forms.CharField(max_length=100, required=False, strip=True)

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = label
        self.hide_optional = True


class NameForm(Refusable):
    """The name on the passport."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        help_text=_("Only readers you share your name with see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    version = forms.IntegerField(**_VERSION)


class ClaimForm(Refusable):
    """One competence: level, date and note."""

    level = forms.TypedChoiceField(label=_("How well can you do this?"), coerce=int, widget=forms.RadioSelect)
    said_on = day_field(
        _("Since when, or when last?"), _("The day this was true. Leave it as it is for today."), required=False
    )
    note = forms.CharField(
        label=_("Your own note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example where you did this. A reader sees it only when you share your notes."),
    )
    version = forms.IntegerField(**_VERSION)

    def __init__(self, *args: Any, levels: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = levels

    def statement(self, competence: int) -> actions.Statement:
        """What the person says, for the action."""
        asked = self.cleaned_data
        return actions.Statement(
            competence,
            level=asked["level"],
            said_on=asked["said_on"],
            note=asked["note"],
            version=asked["version"] or 0,
        )


class SuggestionsForm(Refusable):
    """ "You probably can...": one choice per competence. "skip" leaves the passport as it is, "no" takes it out."""

    def __init__(
        self,
        *args: Any,
        suggestions: Sequence[queries.Suggestion],
        levels: Mapping[int, str],
        propose: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hide_optional = True
        self.suggestions = suggestions
        choices = [*((str(n), words) for n, words in levels.items()), ("no", _("No")), ("skip", _("Skip"))]
        for found in suggestions:
            chosen = str(found.level) if found.in_passport or propose else "skip"
            self.fields[f"c{found.competence}"] = forms.ChoiceField(
                label=found.label,
                help_text=found.description,
                choices=choices,
                initial=chosen,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "cluster"}),
            )

    def stated(self) -> tuple[actions.Statement, ...]:
        """What the person says to be able to do."""
        return tuple(
            actions.Statement(found.competence, level=int(self._choice(found)))
            for found in self.suggestions
            if self._choice(found).isdigit() and not (found.in_passport and int(self._choice(found)) == found.level)
        )

    def denied(self) -> tuple[int, ...]:
        """The competences in the passport that the person says no to."""
        return tuple(s.competence for s in self.suggestions if s.in_passport and self._choice(s) == "no")

    def _choice(self, found: queries.Suggestion) -> str:
        return str(self.cleaned_data[f"c{found.competence}"])


class LanguageForm(Refusable):
    """One language with its level."""

    code = forms.ChoiceField(label=_("Language"))
    cefr = forms.TypedChoiceField(
        label=_("Level"),
        coerce=int,
        choices=CEFR,
        initial=3,
        help_text=_("A1 and A2: simple words. B1 and B2: a normal conversation at work. C1 and C2: fluent."),
    )

    def __init__(self, *args: Any, languages: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = sorted(languages.items(), key=lambda pair: pair[1])


class WishesForm(Refusable):
    """When and where the person can work. Empty means: no limit."""

    hours_min = forms.IntegerField(
        label=_("At least how many hours a week?"), required=False, min_value=1, max_value=60
    )
    hours_max = forms.IntegerField(label=_("At most how many hours a week?"), required=False, min_value=1, max_value=60)
    place = forms.ChoiceField(
        label=_("Where do you travel from?"), required=False, help_text=_("A place is enough; we never ask an address.")
    )
    max_km = forms.IntegerField(
        label=_("How far at most, in kilometres one way?"), required=False, min_value=1, max_value=400
    )
    evenings = forms.BooleanField(label=_("I can work in the evening"), required=False)
    weekends = forms.BooleanField(label=_("I can work at the weekend"), required=False)
    nights = forms.BooleanField(label=_("I can work at night"), required=False)
    early = forms.BooleanField(label=_("I can start before 7:00"), required=False)
    home_work = forms.BooleanField(label=_("I can and want to work from home"), required=False)
    starts_on = day_field(_("From which day?"), required=False)
    months_min = forms.IntegerField(
        label=_("Shortest contract you want, in months"), required=False, min_value=1, max_value=60
    )
    permits = forms.MultipleChoiceField(
        label=_("What do you have?"),
        required=False,
        choices=list(queries.PERMIT_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(**_VERSION)

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hide_optional = True
        named = sorted(places.items(), key=lambda pair: pair[1])
        self.fields["place"].choices = [("", _("no place stated")), *named]

    def chosen(self) -> actions.WishesChosen:
        """The wishes, for the action."""
        asked = dict(self.cleaned_data)
        return actions.WishesChosen(
            **asked | {"permits": tuple(asked["permits"]), "version": asked["version"] or 0},
        )


class ShareForm(Refusable):
    """Who may see what, why and until when."""

    reader = forms.TypedChoiceField(label=_("Who may look?"), coerce=int)
    purpose = forms.ChoiceField(label=_("What is it for?"), widget=forms.RadioSelect)
    parts = forms.MultipleChoiceField(
        label=_("What may they see?"), choices=list(queries.PART_WORDS.items()), widget=forms.CheckboxSelectMultiple
    )
    competences = forms.TypedMultipleChoiceField(
        label=_("Which competences?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none to share all of them."),
    )
    ends_on = day_field(
        _("Until which day?"),
        _("From that day nobody can look any more. At most a year from now; you can stop earlier."),
    )
    message = forms.CharField(
        label=_("A message to the reader"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, readers: Sequence[tuple[int, str]], own: queries.Passport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader"].choices = [("", _("choose a partner")), *readers]
        self.fields["purpose"].choices = [
            (purpose, f"{words} ({queries.reader_words(purpose)})") for purpose, words in queries.PURPOSE_WORDS.items()
        ]
        self.fields["competences"].choices = [(line.competence, line.label) for line in own.claims]

    def offer(self) -> actions.ShareOffer:
        """What is offered, for the action."""
        asked = self.cleaned_data
        return actions.ShareOffer(
            reader=asked["reader"],
            purpose=asked["purpose"],
            parts=tuple(asked["parts"]),
            ends_on=asked["ends_on"],
            competences=tuple(asked["competences"]),
            message=asked["message"],
        )


class EraseForm(Refusable):
    """The word that shows that erasing is meant."""

    confirm = forms.CharField(
        max_length=20, required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"})
    )

    def __init__(self, *args: Any, word: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hide_optional = True
        self.fields["confirm"].label = _("Type %(word)s to confirm") % {"word": word}


def default_end(today: date) -> date:
    """Three months ahead, the end a new share proposes."""
    month = today.month + 3
    return date(today.year + (month > 12), (month - 1) % 12 + 1, min(today.day, 28))
