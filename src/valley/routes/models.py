"""Which tables hold relay routes, their links and signatures, and what a person chose and proved?

A route is one object of three parties. Its versions are never overwritten: a link belongs to versions from ``since``
until (not including) ``until``, and a signature names the version it was put under.
"""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from valley.foundation.access import PersonalManager
from valley.foundation.models import new_pseudonym


class RouteWish(models.Model):
    """What a person chose for the routes to one qualification; travel, hours and shifts stand in the passport."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    dossier_code = models.SlugField(max_length=40)
    part_code = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    avoid = models.JSONField(default=list, help_text="Ids of organisations.")
    gap_days = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(366)])
    version = models.PositiveIntegerField(default=1)

    objects = PersonalManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "dossier_code"], name="one_route_wish_a_qualification")
        ]


class ProvenPractice(models.Model):
    """Hours of practice in one work process that a school signed for, and whether that proves the whole process."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    dossier_code = models.SlugField(max_length=40)
    process_code = models.CharField(max_length=20)
    hours = models.PositiveSmallIntegerField()
    proven = models.BooleanField(default=False)
    school = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    signed_by = models.CharField(max_length=40, help_text="Pseudonym of the account that signed.")
    source = models.CharField(max_length=200)
    seen_on = models.DateField()
    signed_at = models.DateTimeField()

    objects = PersonalManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "dossier_code", "process_code"], name="one_proven_line_a_work_process"
            )
        ]


class RouteState(models.TextChoices):
    """Where a route stands."""

    PROPOSED = "proposed", _("proposed")
    SIGNED = "signed", _("signed by all")
    RUNNING = "running", _("under way")
    BROKEN = "broken", _("broken")
    DONE = "done", _("done")


class Route(models.Model):
    """A chain of jobs towards a qualification, of the learner, the school and the partners together."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=32, unique=True, default=new_pseudonym, editable=False)
    dossier_code = models.SlugField(max_length=40)
    part_code = models.CharField(max_length=20, blank=True)
    school = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    school_share = models.CharField(max_length=32)
    parts = models.JSONField(default=list, help_text="Parts of the passport that school and partners may see.")
    state = models.CharField(max_length=8, choices=RouteState.choices, default=RouteState.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    fingerprint = models.CharField(max_length=64, help_text="Of what the current version was computed from.")
    facts = models.JSONField(default=dict, help_text="What was shown when the current version was chosen.")
    stopped_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = PersonalManager()

    def __str__(self) -> str:
        return self.key


class LinkState(models.TextChoices):
    """Where one link of a route stands."""

    PLANNED = "planned", _("planned")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    WITHDRAWN = "withdrawn", _("withdrawn")


class RouteLink(models.Model):
    """One job in a route: from a day until (not including) a day, at one partner."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="links")
    key = models.CharField(max_length=32, unique=True, default=new_pseudonym, editable=False)
    order = models.PositiveSmallIntegerField()
    opening = models.ForeignKey("work.Opening", null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    share = models.CharField(max_length=32)
    starts_on = models.DateField()
    ends_on = models.DateField()
    processes = models.JSONField(default=dict, help_text="Hours per work process.")
    facts = models.JSONField(default=dict, help_text="What the opening said when the link was chosen.")
    state = models.CharField(max_length=9, choices=LinkState.choices, default=LinkState.PLANNED)
    since = models.PositiveIntegerField(default=1)
    until = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=30, blank=True)

    objects = PersonalManager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "state"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="route_link_ends_after_it_starts"
            )
        ]


class RouteSignature(models.Model):
    """One party signed one version: the learner the whole, the school the training part, a partner its link."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="signatures")
    party = models.CharField(max_length=8, choices=[("learner", _("learner")), ("school", _("school")),
                                                    ("partner", _("partner"))])  # fmt: skip
    link = models.ForeignKey(RouteLink, null=True, blank=True, on_delete=models.CASCADE, related_name="signatures")
    organisation = models.ForeignKey("foundation.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    signed_by = models.CharField(max_length=40, help_text="Pseudonym of the account that signed.")
    signed_at = models.DateTimeField()

    objects = PersonalManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["route", "party", "version"], condition=models.Q(link__isnull=True), name="one_signature_each"
            ),
            models.UniqueConstraint(
                fields=["link"], condition=models.Q(link__isnull=False), name="one_signature_a_link"
            ),
        ]


class RouteChange(models.Model):
    """Something that happened to a route: what, why, the new chain it led to or why there is none, and who was told."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField(help_text="The version it happened to.")
    what = models.CharField(max_length=30)
    why = models.CharField(max_length=30, blank=True)
    link = models.ForeignKey(RouteLink, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    diff = models.JSONField(default=dict, help_text="Stayed, went, came; hours and end before and after.")
    chain = models.JSONField(default=list, help_text="The links proposed instead, until answered.")
    told_to = models.JSONField(default=list, help_text="Parties this was shown to.")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalManager()


class PartnerNotice(models.Model):
    """A partner is told that days it had in a route are free again, a school that a route ended: never whose."""

    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.CASCADE, related_name="+")
    opening = models.ForeignKey("work.Opening", null=True, on_delete=models.SET_NULL, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    why = models.CharField(max_length=30)
    reason = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()


class SeatLock(models.Model):
    """One row per opening, locked while a seat is signed away: two clicks at one moment cannot give one seat twice."""

    opening = models.OneToOneField("work.Opening", on_delete=models.CASCADE, related_name="+")
