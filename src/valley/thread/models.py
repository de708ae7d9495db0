"""Which tables hold a computed red thread, and the edits people keep beside it?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ThreadRun(models.Model):
    """One computed red thread: what went in (by fingerprint), under which policy, and what came out. Never changed."""

    level = models.CharField(max_length=5, choices=[("leaf", _("competences")), ("group", _("groups"))])
    policy = models.JSONField()
    fingerprint = models.CharField(max_length=64, help_text="Of the evidence, merges and policy it was made from.")
    result = models.JSONField()
    refused = models.BooleanField()
    employers = models.PositiveIntegerField()
    items = models.PositiveIntegerField()
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    seconds = models.FloatField()

    def __str__(self) -> str:
        return f"run {self.pk}"


class Core(models.Model):
    """The core that a school works with: one run, and the edits beside it. ``version`` rises with every edit."""

    run = models.OneToOneField(ThreadRun, on_delete=models.PROTECT, related_name="core")
    organisation = models.ForeignKey("foundation.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()


class CoreEdit(models.Model):
    """Accept, drop or add one competence, with a reason. Only grows: the latest edit of a competence holds."""

    core = models.ForeignKey(Core, on_delete=models.CASCADE, related_name="edits")
    competence = models.ForeignKey("skills.Competence", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(
        max_length=8,
        choices=[("accept", _("accepted")), ("drop", _("dropped")), ("add", _("added")), ("undo", _("undone"))],
    )
    reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(help_text="The version of the core that this edit made.")
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(verdict__in=("drop", "add")) | ~models.Q(reason=""), name="core_edit_has_a_reason"
            )
        ]
