"""What may someone fill in about contracts, their end, why work fits, and a rule of law?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.careers import drafts, moments
from valley.careers.models import KINDS, EndReason, Form, Initiative, RuleStatus
from valley.core.mobility.careers import MOST_STEPS
from valley.core.mobility.law import NO_AGREEMENT
from valley.foundation.forms import day_field


class GraphForm(forms.Form):
    """From which role, how far, and whose skills; sent by GET."""

    hide_optional = True
    role = forms.ChoiceField(label=_("Role you start from"), required=False)
    steps = forms.TypedChoiceField(
        label=_("Steps"), choices=[(n, str(n)) for n in range(1, MOST_STEPS + 1)], coerce=int, required=False
    )
    mine = forms.BooleanField(label=_("Compare with my own passport"), required=False)

    def __init__(self, *args: Any, roles: Iterable[tuple[str, str]], signed_in: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = [("", _("choose a role")), *roles]  # type: ignore[attr-defined]
        if not signed_in:
            del self.fields["mine"]


class RoleFilter(forms.Form):
    """A word in the title or summary of a role."""

    text = forms.CharField(label=_("Word in the role"), max_length=60, required=False)


class EndForm(forms.Form):
    """When and why a contract ends."""

    last_on = day_field(_("Last day of the contract"))
    reason = forms.ChoiceField(
        label=_("Why"), choices=EndReason.choices, help_text=_("There is no reason about health: nobody asks for it.")
    )

    def ends_on(self) -> date:
        """The first day after the contract."""
        return self.cleaned_data["last_on"] + timedelta(days=1)


class GroupedChecks(forms.CheckboxSelectMultiple):
    """Boxes to tick, each group of choices under its own legend."""

    template_name = "careers/checks.html"


class WhyForm(forms.Form):
    """Whether the work fits, and one to four coded reasons."""

    works = forms.TypedChoiceField(
        label=_("Does the work fit?"),
        choices=[("yes", _("yes, it fits")), ("no", _("no, it does not fit"))],
        coerce="yes".__eq__,
        widget=forms.RadioSelect,
    )
    reasons = forms.MultipleChoiceField(
        label=_("Why? Choose one to four reasons"),
        choices=[(_("What works"), list(moments.GOOD.items())), (_("What does not work"), list(moments.BAD.items()))],
        widget=GroupedChecks,
        help_text=_("Only counts of five people or more are ever shown. There are no reasons about health."),
    )


def known_field(label: Any, hint: Any) -> forms.TypedChoiceField:
    """A fact that is so, is not so, or is not known: True, False or None."""
    return forms.TypedChoiceField(
        label=label, help_text=hint, choices=[("", _("I do not know")), ("yes", _("yes")), ("no", _("no"))],
        coerce="yes".__eq__, empty_value=None, required=False,
    )  # fmt: skip


class FactsForm(forms.Form):
    """What may be blank because nobody knows it; with ``only``, the facts that are blank still."""

    hours = forms.IntegerField(label=_("Hours a week"), min_value=1, max_value=48, required=False)
    wage = forms.DecimalField(
        label=_("Wage per hour, gross, in euro"), min_value=Decimal(1), max_value=Decimal(250), decimal_places=2,
        required=False, help_text=_("Only the person and the desk of this employer see it."),
    )  # fmt: skip
    agreement = forms.ChoiceField(
        label=_("Collective agreement"), required=False,
        help_text=_("It decides which lowest wage holds. Those with amounts in the table are in the list."),
    )  # fmt: skip
    level = forms.IntegerField(
        label=_("Level in the collective agreement"), min_value=1, max_value=drafts.MOST_LEVEL, required=False,
        help_text=_("A number, such as 2. Leave it empty when you do not know it: then the lowest level is looked at."),
    )  # fmt: skip
    initiative = forms.ChoiceField(
        label=_("Who arranged the move to this employer?"), required=False,
        choices=[("", _("I do not know")), *Initiative.choices[1:]],
        help_text=_(
            "The worker: found this job. A school: sent a student on. The employers: one took the worker over, or they "
            "agreed on the move together. It decides whether contracts with an earlier employer count on."
        ),
    )  # fmt: skip
    practice_agreement = known_field(
        _("For bbl: is there a training agreement?"),
        _("The agreement of school, student and company. Without it a bbl contract counts in the row of contracts."),
    )
    admitted = known_field(
        _("For lending or an agency: is the lender admitted?"),
        _("Only a lender in the public register may lend people, from the day in the rules. Look it up there."),
    )
    exempt = known_field(
        _("For lending: is it exempt?"),
        _("Inside one group of companies, or between colleague companies without any profit."),
    )

    def __init__(
        self, *args: Any, agreements: Iterable[tuple[str, str]], only: Iterable[str] = drafts.FACTS, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["agreement"].choices = [  # type: ignore[attr-defined]
            ("", _("I do not know")), (NO_AGREEMENT, _("no collective agreement")), *agreements,
        ]  # fmt: skip
        kept = set(only)
        for name in [name for name in drafts.FACTS if name not in kept]:
            del self.fields[name]


class ProposeForm(FactsForm):
    """The facts of a contract that an employer proposes."""

    share = forms.ChoiceField(label=_("For whom (the share you received)"))
    role_key = forms.ChoiceField(label=_("Role"))
    contract = forms.ChoiceField(label=_("Kind of contract"), choices=KINDS)
    starts_on = day_field(_("First day"))
    last_on = day_field(_("Last day"), _("Leave it empty for an open-ended contract."), required=False)
    form = forms.ChoiceField(
        label=_("Legal form"), choices=Form.choices,
        help_text=_("Lent out: you pay the wage, and the work is under the direction of another organisation."),
    )  # fmt: skip
    field_order: ClassVar[list[str]] = [
        "share", "role_key", "contract", "starts_on", "last_on", "hours", "wage", "agreement", "level", "initiative",
        "form",
    ]  # fmt: skip

    def __init__(
        self, *args: Any, shares: Iterable[tuple[str, str]], roles: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["share"].choices = [("", _("choose a share")), *shares]  # type: ignore[attr-defined]
        self.fields["role_key"].choices = [("", _("choose a role")), *roles]  # type: ignore[attr-defined]

    def draft(self) -> drafts.EmploymentDraft:
        """The contract that was filled in."""
        said = dict(self.cleaned_data)
        said.pop("share")
        last_on = said.pop("last_on")
        return drafts.EmploymentDraft(ends_on=last_on + timedelta(days=1) if last_on else None, **said)


class RowBefore(forms.Form):
    """Which rule a new row is of; sent by GET."""

    key = forms.SlugField(max_length=80)  # type: ignore[call-arg]
    status = forms.ChoiceField(choices=RuleStatus.choices)


class RuleForm(forms.Form):
    """A new dated row of a rule, with its source."""

    key = forms.SlugField(
        label=_("Key of the rule"),
        max_length=80,  # type: ignore[call-arg]
        help_text=_("As in the table, such as chain-rule."),
    )
    status = forms.ChoiceField(label=_("How it binds"), choices=RuleStatus.choices)
    from_on = day_field(_("Holds from"))
    until_on = day_field(_("First day it no longer holds"), required=False)
    title_nl = forms.CharField(label=_("Title in Dutch"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    remark_nl = forms.CharField(
        label=_("Remark in Dutch"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    remark_en = forms.CharField(
        label=_("Remark in English"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    numbers = forms.CharField(
        label=_("Numbers"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line: name = number, such as months = 36."),
    )  # fmt: skip
    source = forms.CharField(label=_("Source"), max_length=200)
    article = forms.CharField(label=_("Article"), max_length=200, required=False)
    address = forms.URLField(
        label=_("Address of the source"),
        max_length=300,
        required=False,
        assume_scheme="https",  # type: ignore[call-arg]
    )
    source_on = day_field(_("Day you looked it up"))
    again_on = day_field(
        _("To be read again by"), _("Only when you could not read everything: say in the remark what."), required=False
    )

    @classmethod
    def after(cls, last: drafts.RuleDraft) -> RuleForm:
        """The form filled in as the row before it, so that only what changed has to be written."""
        numbers = "\n".join(f"{name} = {value}" for name, value in last.numbers.items())
        return cls(initial=asdict(last) | {"numbers": numbers})

    def clean_numbers(self) -> dict[str, str]:
        """Names with their numbers."""
        lines = [line for line in self.cleaned_data["numbers"].splitlines() if line.strip()]
        pairs = [line.partition("=") for line in lines]
        if any(not sign or not name.strip() for name, sign, _value in pairs):
            raise forms.ValidationError(_("One on each line: name = number, such as months = 36."))
        return {name.strip(): value.strip() for name, _sign, value in pairs}

    def draft(self) -> drafts.RuleDraft:
        """The row that was filled in."""
        return drafts.RuleDraft(**self.cleaned_data)
