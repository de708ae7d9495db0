"""What do the forms of a placement ask, in which words?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valley.foundation import organisations
from valley.foundation.forms import Refusable, day_field
from valley.placement import drafts, queries
from valley.placement.models import ContractHeld, YearsBand
from valley.skills import queries as skills

CEFR = [(1, "A1"), (2, "A2"), (3, "B1"), (4, "B2"), (5, "C1"), (6, "C2")]


class AnnounceForm(Refusable):
    """How many jobs of which roles end, and when. Never whose."""

    organisation = forms.TypedChoiceField(label=gettext_lazy("Employer"), coerce=int)
    jobs = forms.IntegerField(label=gettext_lazy("How many jobs end?"), min_value=1, max_value=20_000)
    from_on = day_field(gettext_lazy("The first job ends on"))
    until_on = day_field(
        gettext_lazy("All have ended before"),
        gettext_lazy("This day is not included: for the first quarter, fill in 1 April."),
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Which roles?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=gettext_lazy("What should the programme office know?"),
        required=False,
        max_length=drafts.NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Do not name anybody here."),
    )

    def __init__(
        self,
        *args: Any,
        employers: Sequence[organisations.Partner],
        roles: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(one.id, one.name) for one in employers]
        self.fields["roles"].choices = list(roles)

    def draft(self) -> drafts.RedundancyDraft:
        """What is announced, for the action."""
        asked = self.cleaned_data
        return drafts.RedundancyDraft(**{**asked, "roles": tuple(asked["roles"])})


class JoinForm(Refusable):
    """What somebody who joins says of the job that ends, and the yes itself."""

    role = forms.ChoiceField(label=gettext_lazy("Which job ends?"))
    hours = forms.IntegerField(label=gettext_lazy("How many hours a week do you work?"), min_value=1, max_value=60)
    wage = forms.DecimalField(
        label=gettext_lazy("What do you earn, in euro an hour before tax?"),
        required=False,
        min_value=drafts.WAGE[0],
        max_value=drafts.WAGE[1],
        decimal_places=2,
        help_text=gettext_lazy("You may leave this empty. With it we can look for work in which you lose nothing."),
    )
    contract = forms.ChoiceField(label=gettext_lazy("Which contract do you have?"), choices=ContractHeld.choices)
    years = forms.ChoiceField(label=gettext_lazy("How long have you worked there?"), choices=YearsBand.choices)
    with_name = forms.BooleanField(
        label=gettext_lazy("The programme office may see my name too"),
        required=False,
        help_text=gettext_lazy("Without it you are a number to them."),
    )
    agree = forms.BooleanField(label=gettext_lazy("Yes, I want to take part and share what is listed above"))

    def __init__(self, *args: Any, roles: Sequence[queries.Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(one.key, one.label) for one in roles]
        if not roles:
            del self.fields["role"]

    def joining(self) -> drafts.Joining:
        """What was said, for the action."""
        asked = self.cleaned_data
        return drafts.Joining(
            hours=asked["hours"],
            contract=asked["contract"],
            years=asked["years"],
            role=asked.get("role", ""),
            wage=asked["wage"],
            with_name=asked["with_name"],
        )


class ScenarioForm(Refusable):
    """Under which conditions to plan."""

    name = forms.CharField(
        label=gettext_lazy("Name of this scenario"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("For yourself, to find it again. Left empty, it is named by its conditions."),
    )
    max_km = forms.IntegerField(
        label=gettext_lazy("As if everybody would travel this many kilometres, also who said less"),
        required=False,
        min_value=1,
        max_value=400,
        help_text=gettext_lazy(
            "Left empty, everybody's own limit counts. A number takes the place of all own limits, shorter and longer "
            "ones. You can compare such a plan, but not send it: nobody is sent further than they said they want."
        ),
    )
    courses = forms.MultipleChoiceField(
        label=gettext_lazy("Courses that may be opened"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, courses: Sequence[queries.CourseItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.every = tuple(one.key for one in courses)
        self.fields["courses"].choices = [(one.key, one.title) for one in courses]
        self.fields["courses"].initial = list(self.every)

    def scenario(self) -> drafts.Scenario:
        """The scenario, for the action; all courses ticked is the same as no choice made."""
        chosen = tuple(self.cleaned_data["courses"])
        courses = None if set(chosen) == set(self.every) else chosen
        return drafts.Scenario(self.cleaned_data["name"], self.cleaned_data["max_km"], courses)


class CourseForm(Refusable):
    """A course that could be opened for a group."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=drafts.TITLE)
    organisation = forms.TypedChoiceField(label=gettext_lazy("Who gives it?"), coerce=int)
    language = forms.ChoiceField(label=gettext_lazy("Which language does it teach?"), required=False)
    cefr = forms.TypedChoiceField(
        label=gettext_lazy("Up to which level?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "-"), *CEFR],
    )
    competence = forms.CharField(
        label=gettext_lazy("Or which competence does it give?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Write its name as it stands in the list of competences."),
    )
    level = forms.TypedChoiceField(label=gettext_lazy("Up to which level of four?"), required=False, coerce=int)
    weeks = forms.IntegerField(label=gettext_lazy("How many weeks?"), min_value=1, max_value=104)
    cost = forms.DecimalField(label=gettext_lazy("Euro to open it"), min_value=0, max_value=drafts.COST[1])
    cost_a_head = forms.DecimalField(
        label=gettext_lazy("Euro for each participant"), min_value=0, max_value=drafts.COST_A_HEAD, initial=0
    )
    least = forms.IntegerField(label=gettext_lazy("Participants, at least"), min_value=1, max_value=500)
    most = forms.IntegerField(label=gettext_lazy("Participants, at most"), min_value=1, max_value=500)
    taught_in = forms.ChoiceField(label=gettext_lazy("Taught in"))
    taught_cefr = forms.TypedChoiceField(
        label=gettext_lazy("What level of that language is needed to follow it?"), coerce=int, choices=CEFR, initial=2
    )
    starts_on = day_field(gettext_lazy("First day"))

    def __init__(self, *args: Any, providers: Sequence[organisations.Partner], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tongues = [(tongue.code, tongue.label) for tongue in skills.languages(language)]
        self.fields["organisation"].choices = [(one.id, one.name) for one in providers]
        self.fields["language"].choices = [("", _("none")), *tongues]
        self.fields["taught_in"].choices = tongues
        self.fields["level"].choices = [(one.number, f"{one.number} · {one.label}") for one in skills.levels(language)]

    def clean(self) -> dict[str, Any]:
        """A named competence must be known."""
        asked = super().clean() or {}
        asked["gives"] = ()
        if asked.get("competence"):
            found = skills.competence_named(asked["competence"])
            if found is None:
                self.add_error("competence", _("No competence has this name. Look it up in the list of competences."))
            else:
                asked["gives"] = ((found, asked.get("level") or 1),)
        return asked

    def draft(self) -> drafts.CourseDraft:
        """The course, for the action."""
        asked = {name: value for name, value in self.cleaned_data.items() if name not in ("competence", "level")}
        return drafts.CourseDraft(key="", **asked)
