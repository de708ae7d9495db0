"""Which tables hold who applied for which opening with which share, and how procedures ended in numbers?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from valley.foundation.access import PersonalManager
from valley.foundation.models import new_pseudonym


class State(models.TextChoices):
    """Where an application stands. The last four are ends."""

    SENT = "sent", _("sent")
    IN_TALK = "in-talk", _("in talk")
    OFFERED = "offered", _("job offered")
    HIRED = "hired", _("hired")
    TURNED_DOWN = "turned-down", _("turned down")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CLOSED = "closed", _("procedure ended")


RUNNING = (State.SENT, State.IN_TALK, State.OFFERED)


class Application(models.Model):
    """One person, one opening, one share. The rows go four weeks after the procedure; the proof is in the audit."""

    key = models.CharField(max_length=32, unique=True, default=new_pseudonym, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="applications")
    # An opening may be taken away (an upload undone); who applied still reads for what.
    opening = models.ForeignKey("work.Opening", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=160)
    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    share_key = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.SENT)
    reason = models.CharField(max_length=24, blank=True)
    message_sealed = models.BinaryField(default=bytes)
    arrived_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    keep_longer_until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PersonalManager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["opening", "arrived_at"]),
            models.Index(fields=["ended_on"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "opening"],
                condition=~models.Q(state="withdrawn"),
                name="one_application_per_opening",
            )
        ]

    def __str__(self) -> str:
        return self.key


class ProcedureCount(models.Model):
    """How many applications with one employer ended one way, for one reason, in one quarter ("2026-Q4")."""

    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.CASCADE, related_name="+")
    quarter = models.CharField(max_length=7)
    outcome = models.CharField(max_length=12)
    reason = models.CharField(max_length=24, blank=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "quarter", "outcome", "reason"], name="one_count_each")
        ]

    def __str__(self) -> str:
        return f"{self.quarter} {self.outcome}"
