"""Which results of comparing people and openings are kept, and how does anyone see that they are stale?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from valley.foundation.access import PersonalManager


class SectorRun(models.Model):
    """One comparison of every person who consented with every open opening.

    ``inputs`` is the sum of the fingerprints of all persons, openings, vocabulary and rule, ``frame`` that of all but
    the persons; ``sources`` says the same as ``frame`` by versions, cheap enough to compare on every page.
    """

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    on = models.DateField()
    policy = models.CharField(max_length=64)
    inputs = models.CharField(max_length=64, help_text="Fingerprint of persons, openings, vocabulary and policy.")
    frame = models.CharField(max_length=64, help_text="The part of the inputs that is not persons.")
    sources = models.CharField(max_length=64, help_text="Fingerprint of openings, vocabulary and policy.")
    persons = models.PositiveIntegerField(default=0)
    compared = models.PositiveIntegerField(default=0)
    openings = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0.0)


class FitList(models.Model):
    """The best openings of one person in the latest run: for the person's own use.

    ``seen`` is what the run saw of the person, so that one change can be followed exactly without running everybody
    again; it goes when the person goes.
    """

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    run = models.ForeignKey(SectorRun, on_delete=models.CASCADE, related_name="lists")
    inputs = models.CharField(max_length=64)
    compared = models.BooleanField(default=False)
    entries = models.JSONField(default=list, help_text="Pairs of opening id and fit, best first.")
    seen = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    objects = PersonalManager()


class OpeningReach(models.Model):
    """How many consenting people an opening reaches: counts for groups, never names or an order of people."""

    run = models.ForeignKey(SectorRun, on_delete=models.CASCADE, related_name="reaches")
    opening = models.ForeignKey("work.Opening", on_delete=models.CASCADE, related_name="+")
    possible = models.PositiveIntegerField(default=0)
    bands = models.JSONField(default=list, help_text="People with all must-haves per tenth of fit.")
    blocks = models.JSONField(default=list, help_text="Kind, subject and level of each must-have, and whom it stops.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "opening"], name="one_reach_per_run")
        ]
