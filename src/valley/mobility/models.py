"""Which results of comparing people and openings are kept, and how does anyone see that they are stale?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from valley.foundation.access import PersonalManager


class SectorRun(models.Model):
    """One comparison of every person who consented with every open opening. Immutable but for its finish."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    policy = models.CharField(max_length=64)
    inputs = models.CharField(max_length=64, help_text="Fingerprint of persons, openings, vocabulary and policy.")
    persons = models.PositiveIntegerField(default=0)
    openings = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0.0)


class FitList(models.Model):
    """The best openings of one person in the latest run: for the person's own use."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    run = models.ForeignKey(SectorRun, on_delete=models.CASCADE, related_name="lists")
    inputs = models.CharField(max_length=64)
    entries = models.JSONField(default=list, help_text="Pairs of opening id and fit, best first.")
    made_at = models.DateTimeField()

    objects = PersonalManager()


class OpeningReach(models.Model):
    """How many consenting people an opening reaches: counts for groups, never names or an order of people."""

    run = models.ForeignKey(SectorRun, on_delete=models.CASCADE, related_name="reaches")
    opening = models.ForeignKey("work.Opening", on_delete=models.CASCADE, related_name="+")
    compared = models.PositiveIntegerField(default=0)
    possible = models.PositiveIntegerField(default=0)
    bands = models.JSONField(default=list, help_text="People with all must-haves per ten points of fit.")
    blocks = models.JSONField(default=dict, help_text="How many people each must-have stops.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "opening"], name="one_reach_per_run")
        ]
