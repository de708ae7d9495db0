"""Which tables hold what a person can do, wishes, shares and allows? All of them answer only inside an open scope."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from valley.foundation.access import PersonalManager
from valley.foundation.models import new_pseudonym

GRADES = [(1, _("I say so myself")), (2, _("seen at work")), (3, _("certificate"))]
# The purpose of the consent to be compared with every opening.
SECTOR_RUN = "sector-run"
CEFR = [(1, "A1"), (2, "A2"), (3, "B1"), (4, "B2"), (5, "C1"), (6, "C2")]


class Person(models.Model):
    """The owner of a passport. The name is sealed with the person's own key."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    pseudonym = models.CharField(max_length=32, unique=True, default=new_pseudonym, editable=False)
    name_sealed = models.BinaryField(default=bytes)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = PersonalManager(owner="id")

    def __str__(self) -> str:
        return self.pseudonym


class Claim(models.Model):
    """One competence the person says to have, at a level, with a grade of evidence."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claims")
    competence = models.ForeignKey("skills.Competence", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])
    grade = models.PositiveSmallIntegerField(choices=GRADES, default=1)
    said_on = models.DateField()
    note_sealed = models.BinaryField(default=bytes)
    version = models.PositiveIntegerField(default=1)

    objects = PersonalManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "competence"], name="one_claim_per_competence"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 4)), name="claim_level_1_to_4"),
            models.CheckConstraint(condition=models.Q(grade__range=(1, 3)), name="claim_grade_1_to_3"),
        ]


class SpokenLanguage(models.Model):
    """A language the person uses at work, with its CEFR level."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(max_length=3)
    cefr = models.PositiveSmallIntegerField(choices=CEFR)
    grade = models.PositiveSmallIntegerField(choices=GRADES, default=1)

    objects = PersonalManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "code"], name="one_level_per_language"),
            models.CheckConstraint(condition=models.Q(cefr__range=(1, 6)), name="cefr_a1_to_c2"),
        ]


class Wishes(models.Model):
    """What the person can and wants in practice. Empty means: no limit stated."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="wishes")
    hours_min = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(60)])
    hours_max = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(60)])
    place = models.CharField(max_length=60, blank=True)
    max_km = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(400)])
    evenings = models.BooleanField(default=True)
    weekends = models.BooleanField(default=True)
    nights = models.BooleanField(default=False)
    early = models.BooleanField(default=True)
    home_work = models.BooleanField(default=True)
    starts_on = models.DateField(null=True, blank=True)
    months_min = models.PositiveSmallIntegerField(null=True, blank=True)
    permits = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    objects = PersonalManager()


class Consent(models.Model):
    """A yes of the person to one purpose, from a moment until it was withdrawn."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    wording = models.CharField(max_length=20, help_text="Version of the text the person agreed to.")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_living_consent_per_purpose",
            )
        ]


class Share(models.Model):
    """Chosen parts of a passport, for one purpose, for one reader, until (not including) a day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="shares")
    reader = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    parts = models.JSONField(default=list)
    competences = models.JSONField(default=list, help_text="Chosen competence ids; empty means all.")
    key = models.CharField(max_length=32, unique=True, default=new_pseudonym, editable=False)
    message_sealed = models.BinaryField(default=bytes)
    given_at = models.DateTimeField()
    ends_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalManager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["reader", "given_at"])]


class ShareLook(models.Model):
    """Someone of the reading organisation looked at a share: the person sees this."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="looks")
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="looks")
    reader = models.CharField(max_length=40, help_text="Pseudonym of the account that looked.")
    desk = models.CharField(max_length=20)
    looked_at = models.DateTimeField()
    parts = models.JSONField(default=list)

    objects = PersonalManager()
