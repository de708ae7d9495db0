"""Which tables hold what can be practised and learned in an opening, what else it asks, and who is recognised?"""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Recognition(models.Model):
    """An employer may train for a qualification (SBB: erkend leerbedrijf) from a day until a day.

    A row is replaced, never changed: whoever states it anew, ends it or checks it closes the row (``replaced_at``)
    and adds another, so that a learner's route can be explained with what was known that day. The days of the rows
    that stand never overlap for one organisation and dossier; the action holds that where writers queue.
    """

    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.CASCADE, related_name="+")
    dossier_code = models.SlugField(max_length=40)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The first day on which it is over.")
    source = models.CharField(max_length=300, help_text="Where it can be looked up.")
    checked_on = models.DateField(null=True, blank=True, help_text="The day the programme office looked it up.")
    stated_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["dossier_code", "organisation"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gt=models.F("from_on")),
                name="recognition_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["organisation", "dossier_code", "from_on"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_recognition_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_code} {self.from_on}"


class OpeningPractice(models.Model):
    """A work process that can be practised in an opening, with its hours over the whole length of the job."""

    opening = models.ForeignKey("work.Opening", on_delete=models.CASCADE, related_name="practices")
    dossier_code = models.SlugField(max_length=40)
    process_code = models.CharField(max_length=20)
    hours = models.PositiveIntegerField(validators=[MinValueValidator(1)])

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["opening", "dossier_code", "process_code"], name="one_practice_each"),
            models.CheckConstraint(condition=models.Q(hours__gte=1), name="practice_takes_an_hour"),
        ]


class OpeningPreview(models.Model):
    """What the work is really like, in the language of the opening's text. What is empty falls back on the role."""

    opening = models.OneToOneField("work.Opening", on_delete=models.CASCADE, related_name="preview")
    day = models.TextField(blank=True)
    training = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)


class RequirementKind(models.TextChoices):
    """What an opening asks beside competences and languages."""

    DIPLOMA = "diploma", _("diploma")
    EXPERIENCE = "experience-years", _("years of experience")
    OTHER = "other", _("something else")


class OpeningRequirement(models.Model):
    """Something an opening asks beside competences and languages, and the task it is needed for."""

    opening = models.ForeignKey("work.Opening", on_delete=models.CASCADE, related_name="requirements")
    kind = models.CharField(max_length=16, choices=RequirementKind.choices)
    words = models.CharField(max_length=160)
    task = models.CharField(max_length=200, blank=True)
