"""Which tables hold what organisations offer: role profiles, openings and uploads waiting for a decision?"""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

IMPORTANCE = [(2, _("must have")), (1, _("nice to have"))]


class ContractKind(models.TextChoices):
    """The legal form of the job."""

    FIXED_TERM = "fixed-term", _("fixed term")
    PERMANENT = "permanent", _("permanent")
    WORK_BASED = "work-based-learning", _("work-based learning (bbl)")
    AGENCY = "agency", _("through an agency")


class RoleProfile(models.Model):
    """A role an organisation has (or, without organisation, one of the trade's shared roles)."""

    organisation = models.ForeignKey("foundation.Organisation", null=True, blank=True, on_delete=models.PROTECT)
    key = models.SlugField(max_length=80)
    title_nl = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    summary_nl = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    occupation_uri = models.CharField(max_length=120, blank=True)
    tool_classes = models.JSONField(default=list)
    moves_to = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_role_key_each", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.title_nl


class RoleNeed(models.Model):
    """A competence the role asks, and the task it is needed for."""

    role = models.ForeignKey(RoleProfile, on_delete=models.CASCADE, related_name="needs")
    competence = models.ForeignKey("skills.Competence", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])
    importance = models.PositiveSmallIntegerField(choices=IMPORTANCE)
    task_nl = models.CharField(max_length=200, blank=True)
    task_en = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["role", "competence"], name="one_role_need_each"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 4)), name="role_need_level_1_to_4"),
        ]


class OpeningState(models.TextChoices):
    """Where an opening stands. It closes itself on its closing day."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Opening(models.Model):
    """A job somebody can get: what it asks, what it gives, when and where. Every field here is asked for."""

    slug = models.SlugField(max_length=120, unique=True)
    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="openings")
    role = models.ForeignKey(RoleProfile, on_delete=models.PROTECT, related_name="openings")
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    reference = models.CharField(max_length=60, blank=True, help_text="The organisation's own number.")
    state = models.CharField(max_length=8, choices=OpeningState.choices, default=OpeningState.DRAFT)
    contract = models.CharField(max_length=24, choices=ContractKind.choices)
    months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Length; empty for permanent.")
    hours_min = models.PositiveSmallIntegerField(validators=[MaxValueValidator(48)])
    hours_max = models.PositiveSmallIntegerField(validators=[MaxValueValidator(48)])
    pay_min = models.DecimalField(max_digits=6, decimal_places=2, help_text="Euro per hour, gross.")
    pay_max = models.DecimalField(max_digits=6, decimal_places=2, help_text="Euro per hour, gross.")
    seats = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    place = models.CharField(max_length=60)
    home_work = models.BooleanField(default=False)
    evenings = models.BooleanField(default=False)
    weekends = models.BooleanField(default=False)
    nights = models.BooleanField(default=False)
    early = models.BooleanField(default=False)
    permits = models.JSONField(default=list)
    starts_from_on = models.DateField()
    starts_until_on = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "closes_on"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(hours_max__gte=models.F("hours_min")), name="opening_hours_order"
            ),
            models.CheckConstraint(condition=models.Q(pay_max__gte=models.F("pay_min")), name="opening_pay_order"),
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="opening_has_a_seat"),
            # The start lies in a half-open window, as core.profiles.Conditions asks: from a day until before another.
            models.CheckConstraint(
                condition=models.Q(starts_until_on__gt=models.F("starts_from_on")), name="opening_start_order"
            ),
            models.UniqueConstraint(
                fields=["organisation", "reference"], condition=~models.Q(reference=""), name="one_reference_each"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class OpeningNeed(models.Model):
    """A competence this opening asks, tied to a task."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="needs")
    competence = models.ForeignKey("skills.Competence", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])
    importance = models.PositiveSmallIntegerField(choices=IMPORTANCE)
    task = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["opening", "competence"], name="one_opening_need_each"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 4)), name="opening_need_level_1_to_4"),
        ]


class OpeningLanguage(models.Model):
    """A language this opening asks, with its CEFR level."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(max_length=3)
    cefr = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(6)])

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["opening", "code"], name="one_opening_language_each")
        ]


class Upload(models.Model):
    """A spreadsheet that was read and waits for a yes: its good rows, its errors, what it would do."""

    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.CASCADE)
    kind = models.CharField(max_length=16)
    file_name = models.CharField(max_length=160)
    fingerprint = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    uploaded_by = models.CharField(max_length=40)
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    made = models.JSONField(default=list, help_text="What applying it made or changed, with what was there before.")

    def __str__(self) -> str:
        return self.file_name
