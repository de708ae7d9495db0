"""What may be filled in on the pages of the room ``routes``?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valley.chains import queries as chains
from valley.foundation import organisations
from valley.foundation.access import Caller
from valley.foundation.forms import Refusable
from valley.foundation.models import OrganisationKind
from valley.people import queries as people
from valley.routes import actions, queries

CEFR = [(1, "A1"), (2, "A2"), (3, "B1"), (4, "B2"), (5, "C1"), (6, "C2")]
KM = (5, 10, 15, 20, 25, 30, 40, 60, 80)


def _partners(kind: OrganisationKind) -> list[tuple[int, str]]:
    return [(one.id, one.name) for one in organisations.partners(kind=kind)]


class QuestionForm(forms.Form):
    """Which chains somebody asks for, and a what-if. Sent by GET; nothing is stored."""

    hide_optional = True
    qualification = forms.ChoiceField(label=gettext_lazy("Qualification"))
    max_km = forms.TypedChoiceField(
        label=gettext_lazy("If I travelled at most"), required=False, coerce=int, empty_value=None
    )
    without = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Without these employers"),
        required=False,
        coerce=int,
        empty_value=[],  # type: ignore[arg-type]
    )
    gap_days = forms.TypedChoiceField(
        label=gettext_lazy("If days may lie between two jobs"), required=False, coerce=int, empty_value=None
    )
    starts_on = forms.DateField(
        label=gettext_lazy("If I started on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    language = forms.ChoiceField(label=gettext_lazy("If I spoke"), required=False)
    cefr = forms.TypedChoiceField(
        label=gettext_lazy("at level"), required=False, coerce=int, empty_value=None, choices=[("", "—"), *CEFR]
    )

    def __init__(self, *args: Any, who: Caller, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qualification"].choices = [(one.key, one.name) for one in chains.qualifications(who)]
        self.fields["max_km"].choices = [("", _("As my passport says")), *((km, f"{km} km") for km in KM)]
        gaps = ((0, _("no day")), (7, _("a week")), (31, _("a month")), (62, _("two months")))
        self.fields["gap_days"].choices = [("", _("As I set it")), *gaps]
        self.fields["without"].choices = _partners(OrganisationKind.EMPLOYER)
        tongues = sorted(people.language_words(who.language).items(), key=lambda pair: str(pair[1]).casefold())
        self.fields["language"].choices = [("", "—"), *((code, str(label)) for code, label in tongues)]

    def clean(self) -> dict[str, Any]:
        """A language needs its level, and the other way round."""
        chosen = super().clean() or {}
        if bool(chosen.get("language")) != bool(chosen.get("cefr")):
            self.add_error("cefr", _("Choose a language and its level together."))
        return chosen

    def question(self) -> queries.RouteQuestion:
        """The question that was asked."""
        chosen = self.cleaned_data
        return queries.RouteQuestion(
            qualification=chosen["qualification"],
            without=tuple(chosen.get("without") or ()),
            max_km=chosen.get("max_km"),
            gap_days=chosen.get("gap_days"),
            starts_on=chosen.get("starts_on"),
            language=(chosen["language"], chosen["cefr"]) if chosen.get("language") else None,
        )


class SettingsForm(forms.Form):
    """What every route to a qualification must respect for this person."""

    qualification = forms.CharField(widget=forms.HiddenInput, max_length=61)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    starts_on = forms.DateField(
        label=gettext_lazy("First day I can start"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    gap_days = forms.IntegerField(
        label=gettext_lazy("Most days between two jobs"),
        min_value=0,
        max_value=366,
        initial=0,
        help_text=gettext_lazy("0: the next job starts on the very day. A gap is always shown as a gap."),
    )
    avoid = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Employers I want to avoid"),
        required=False,
        coerce=int,
        empty_value=[],  # type: ignore[arg-type]
        help_text=gettext_lazy("Nobody but you sees this."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["avoid"].choices = _partners(OrganisationKind.EMPLOYER)

    def chosen(self) -> actions.SettingsChosen:
        """The settings as the action wants them."""
        given = self.cleaned_data
        return actions.SettingsChosen(
            starts_on=given["starts_on"],
            avoid=tuple(given["avoid"]),
            gap_days=given["gap_days"],
            version=given["version"],
        )


class ChooseForm(forms.Form):
    """Which school is asked, and what school and partners may see."""

    chain = forms.CharField(widget=forms.HiddenInput, max_length=32)
    school = forms.TypedChoiceField(label=gettext_lazy("My school"), coerce=int)
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("What school and partners may see of my passport"),
        widget=forms.CheckboxSelectMultiple,
        initial=["name", "competences", "languages"],
        help_text=gettext_lazy(
            "The school sees the whole route. Each partner sees only its own job, the days around it, and these parts."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = _partners(OrganisationKind.SCHOOL)
        self.fields["school"].choices = [("", "—"), *schools] if len(schools) > 1 else schools
        self.fields["parts"].choices = [(part, str(words)) for part, words in people.PART_WORDS.items()]


class ReasonForm(forms.Form):
    """Why somebody leaves or withdraws: a reason from a list, never free words."""

    why = forms.ChoiceField(label=gettext_lazy("Reason"))

    def __init__(self, *args: Any, partner: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = chains.PARTNER_REASONS if partner else chains.LEARNER_REASONS
        self.fields["why"].choices = [(code, str(words)) for code, words in known.items()]


class StoppedForm(Refusable):
    """Which employer stops taking part, and a reason about the work."""

    employer = forms.TypedChoiceField(label=gettext_lazy("Employer"), coerce=int)
    why = forms.ChoiceField(label=gettext_lazy("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employer"].choices = [("", "—"), *_partners(OrganisationKind.EMPLOYER)]
        self.fields["why"].choices = [
            ("", "—"),
            *((code, str(words)) for code, words in chains.PARTNER_REASONS.items()),
        ]

    def stopped(self) -> actions.Stopped:
        """The employer and reason as the action wants them."""
        return actions.Stopped(self.cleaned_data["employer"], self.cleaned_data["why"])


class PracticeForm(forms.Form):
    """Practice in one work process that a school saw."""

    process = forms.ChoiceField(label=gettext_lazy("Work process"))
    hours = forms.IntegerField(label=gettext_lazy("Hours of practice"), min_value=0, max_value=5000)
    proven = forms.BooleanField(label=gettext_lazy("The whole work process is shown"), required=False)
    source = forms.CharField(label=gettext_lazy("Where it can be looked up"), max_length=200)
    seen_on = forms.DateField(label=gettext_lazy("Seen on"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, page: queries.RoutePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["process"].choices = [(one.code, f"{one.code} {one.name}") for one in page.plan.processes]

    def seen(self) -> actions.PracticeSeen:
        """The practice as the action wants it."""
        return actions.PracticeSeen(**self.cleaned_data)
