"""Which tables hold what a chain towards a qualification reckons with?"""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class QualificationPlan(models.Model):
    """What a route to a qualification reckons with, from a day until a day: nominal months, and hours per process."""

    dossier_code = models.SlugField(max_length=40)
    part_code = models.CharField(max_length=20, blank=True, help_text="The chosen profile; empty for all of them.")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    nominal_months = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(96)])
    source = models.CharField(max_length=300)
    source_nl = models.CharField(max_length=300, blank=True, help_text="The same in Dutch; empty for one text in all.")
    source_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dossier_code", "part_code", "from_on"], name="one_route_plan_a_day"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gt=models.F("from_on")),
                name="route_plan_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_code} {self.part_code} {self.from_on}"


class PracticeHours(models.Model):
    """How many hours of practice a plan asks for one work process."""

    plan = models.ForeignKey(QualificationPlan, on_delete=models.CASCADE, related_name="hours")
    process_code = models.CharField(max_length=20)
    hours = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "process_code"], name="one_practice_line_a_process")
        ]
