"""Which tables hold a programme: its versions, units, outcomes, approvals and cohorts?"""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LEVEL = [MinValueValidator(1), MaxValueValidator(4)]


class VersionState(models.TextChoices):
    """Where a version of a programme stands."""

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("under review")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")


class Depth(models.TextChoices):
    """How deep an outcome goes."""

    KNOW = "know", _("know")
    APPLY = "apply", _("apply")
    MASTER = "master", _("master")


class Programme(models.Model):
    """A programme of a school: what its versions are versions of."""

    key = models.SlugField(max_length=60, unique=True)
    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    name_nl = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    dossier = models.ForeignKey("dossiers.Dossier", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class ProgrammeVersion(models.Model):
    """One version of a programme. Once published it never changes."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=VersionState.choices, default=VersionState.DRAFT)
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    core = models.ForeignKey("thread.Core", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True, help_text="What this version changes, and why.")
    from_on = models.DateField(null=True, blank=True, help_text="Cohorts that start on or after this day follow it.")
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Rises with every edit, so that two editors see it.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_programme_version_each"),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False, from_on__isnull=False),
                name="published_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}@{self.number}"


class Unit(models.Model):
    """A unit of a version: what is taught together, with its hours."""

    version = models.ForeignKey(ProgrammeVersion, on_delete=models.CASCADE, related_name="units")
    code = models.SlugField(max_length=40)
    title_nl = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    guided_hours = models.PositiveSmallIntegerField(default=0)
    practice_hours = models.PositiveSmallIntegerField(default=0)
    place = models.PositiveSmallIntegerField(default=0, help_text="Its place in the order of units.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "code"], name="one_unit_code_each")
        ]


class Outcome(models.Model):
    """What a learner can do after a unit."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="outcomes")
    code = models.SlugField(max_length=40)
    text_nl = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)
    depth = models.CharField(max_length=6, choices=Depth.choices)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "code"], name="one_outcome_code_each")
        ]


class OutcomeCompetence(models.Model):
    """An outcome teaches a competence up to a level."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="competences")
    competence = models.ForeignKey("skills.Competence", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(validators=LEVEL)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["outcome", "competence"], name="one_competence_an_outcome")
        ]


class OutcomeWorkProcess(models.Model):
    """An outcome serves a work process of the dossier."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="work_processes")
    work_process = models.ForeignKey("dossiers.WorkProcess", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["outcome", "work_process"], name="one_work_process_an_outcome")
        ]


class FocusArea(models.Model):
    """A named area in which the region wants its learners broader, as a set of competences."""

    key = models.SlugField(max_length=40, unique=True)
    name_nl = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    competences = models.ManyToManyField("skills.Competence", related_name="+")
    source = models.CharField(max_length=200)
    since_on = models.DateField()


class Approval(models.Model):
    """One step of the approval of a version: who is asked, by when, and what was answered."""

    version = models.ForeignKey(ProgrammeVersion, on_delete=models.CASCADE, related_name="approvals")
    step = models.CharField(
        max_length=8,
        choices=[("content", _("content")), ("practice", _("practice")), ("exam", _("examination"))],
    )
    desk = models.CharField(max_length=20, help_text="The desk that is asked.")
    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    verdict = models.CharField(max_length=8, blank=True, choices=[("yes", _("yes")), ("no", _("no"))])
    words = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "step", "asked_at"], name="one_approval_each")
        ]


class Cohort(models.Model):
    """A group of learners that started together; it keeps the version with which it started."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()
    version = models.ForeignKey(
        ProgrammeVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="cohorts",
        help_text="Empty until it starts: then the version in force on its first day.",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "name"], name="one_cohort_name_each"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="cohort_ends_after_it_starts"
            ),
        ]
