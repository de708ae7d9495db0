"""Which tables hold what the nation asks: qualification dossiers, their parts, core tasks and work processes?"""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class PartKind(models.TextChoices):
    """The sort of part: everybody's base, a profile, or an elective."""

    BASE = "base", _("base part")
    PROFILE = "profile", _("profile part")
    ELECTIVE = "elective", _("elective part")


class Dossier(models.Model):
    """A qualification dossier as it holds from a day until a day. It is replaced, never changed."""

    code = models.SlugField(max_length=40)
    valid_from_on = models.DateField()
    valid_until_on = models.DateField(null=True, blank=True)
    name_nl = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Level of vocational education, 1 to 4.")
    nominal_months = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=64)
    imported_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code", "valid_from_on"], name="one_dossier_a_day"),
            models.CheckConstraint(
                condition=models.Q(valid_until_on__isnull=True)
                | models.Q(valid_until_on__gt=models.F("valid_from_on")),
                name="dossier_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from_on}"


class DossierPart(models.Model):
    """The base part, a profile or an elective of a dossier."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="parts")
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=PartKind.choices)
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dossier", "code"], name="one_part_code_each")
        ]


class CoreTask(models.Model):
    """A core task of a part, such as B1-K1."""

    part = models.ForeignKey(DossierPart, on_delete=models.CASCADE, related_name="core_tasks")
    code = models.CharField(max_length=20)
    name_nl = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["part", "code"], name="one_core_task_code_each")
        ]


class WorkProcess(models.Model):
    """A work process of a core task, such as B1-K1-W1: the unit to which evidence from practice is tied."""

    core_task = models.ForeignKey(CoreTask, on_delete=models.CASCADE, related_name="work_processes")
    code = models.CharField(max_length=20)
    name_nl = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["core_task", "code"], name="one_work_process_code_each")
        ]

    def __str__(self) -> str:
        return self.code


class WorkProcessCompetence(models.Model):
    """A competence that a work process needs, at a level; a reading of the dossier by people, with its source."""

    work_process = models.ForeignKey(WorkProcess, on_delete=models.CASCADE, related_name="competences")
    competence = models.ForeignKey("skills.Competence", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["work_process", "competence"], name="one_competence_a_work_process"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 4)), name="work_process_level_1_to_4"),
        ]
