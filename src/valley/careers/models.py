"""Which tables hold employments, what both sides say about them, and the dated rules of law?"""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from valley.foundation.access import PersonalManager

KINDS = [
    ("fixed-term", _("fixed term")),
    ("permanent", _("permanent")),
    ("work-based-learning", _("work-based learning (bbl)")),
    ("agency", _("through an agency")),
]


class RuleStatus(models.TextChoices):
    """How a rule binds."""

    LAW = "law", _("law")
    BILL = "bill", _("bill, not law yet")
    AGREEMENT = "agreement", _("collective agreement")
    POLICY = "policy", _("own policy")


class LawRule(models.Model):
    """One dated row of a rule. What it says never changes: a new row of its key and status replaces it from a day."""

    key = models.SlugField(max_length=80)
    status = models.CharField(max_length=12, choices=RuleStatus.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="First day it no longer holds.")
    title_nl = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    remark_nl = models.TextField(blank=True)
    remark_en = models.TextField(blank=True)
    source = models.CharField(max_length=200)
    article = models.CharField(max_length=200, blank=True)
    address = models.URLField(max_length=300, blank=True)
    source_on = models.DateField(help_text="The day the source was looked up.")
    again_on = models.DateField(null=True, blank=True, help_text="Day by which the source has to be read again.")
    numbers = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "status", "from_on"], name="one_rule_row_per_day"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gt=models.F("from_on")),
                name="rule_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.from_on}"


class Initiative(models.TextChoices):
    """Who arranged the move into this contract: it decides whether a row of contracts counts on."""

    UNKNOWN = "", _("not written down")
    WORKER = "worker", _("the worker")
    SCHOOL = "school", _("a school")
    EMPLOYER = "employer", _("the employers")


class Form(models.TextChoices):
    """The legal form of working at the organisation."""

    CONTRACT = "contract", _("contract with the employer")
    LENDING = "lending", _("lent out")


class State(models.TextChoices):
    """Where an employment stands. Only the person makes it confirmed."""

    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    ENDED = "ended", _("ended")


class EndReason(models.TextChoices):
    """Why an employment ended; nothing about health, ever."""

    TERM = "term", _("the contract came to its end")
    WORKER = "worker", _("the worker left for other work")
    ROUTE = "route", _("the next step of a route")
    STUDY = "study", _("the worker started or finished a study")
    EMPLOYER = "employer", _("the employer ended it")
    REDUNDANT = "redundant", _("the work disappeared")
    OTHER = "other", _("another reason")


class Employment(models.Model):
    """One contract of one person: days half-open, who arranged it, under which form. Pay is seen by both sides only."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="employments")
    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    opening = models.ForeignKey("work.Opening", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    role_key = models.SlugField(max_length=80)
    contract = models.CharField(max_length=24, choices=KINDS)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="First day after the contract; empty for open-ended.")
    hours = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(48)]
    )
    wage = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True, help_text="Euro an hour, gross.")
    agreement = models.SlugField(max_length=60, blank=True, help_text="Collective agreement, as in its rules.")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    initiative = models.CharField(max_length=8, choices=Initiative.choices, blank=True, default="")
    form = models.CharField(max_length=8, choices=Form.choices, default=Form.CONTRACT)
    practice_agreement = models.BooleanField(null=True, blank=True, help_text="Work-based learning: is there one.")
    admitted = models.BooleanField(null=True, blank=True, help_text="Lending: whether the lender is admitted.")
    exempt = models.BooleanField(null=True, blank=True, help_text="Lending in a group, or by colleagues for no profit.")
    share_key = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)
    end_reason = models.CharField(max_length=10, choices=EndReason.choices, blank=True, default="")
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalManager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "state"]),
            models.Index(fields=["role_key", "state"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="employment_days_in_order",
            )
        ]


class Side(models.TextChoices):
    """Whose words."""

    PERSON = "person", _("the worker")
    EMPLOYER = "employer", _("the employer")


class Moment(models.TextChoices):
    """When both sides are asked."""

    WEEKS = "6-weeks", _("after six weeks")
    QUARTER = "3-months", _("after three months")
    YEAR = "12-months", _("after twelve months")


class Reflection(models.Model):
    """Why it works or not, said by one side at one moment, in coded reasons. Shown in counts of groups only."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="reflections")
    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="reflections")
    side = models.CharField(max_length=8, choices=Side.choices)
    moment = models.CharField(max_length=9, choices=Moment.choices)
    works = models.BooleanField()
    reasons = models.JSONField(default=list)
    said_at = models.DateTimeField()

    objects = PersonalManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["employment", "side", "moment"], name="one_word_per_side_and_moment")
        ]
