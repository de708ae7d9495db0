"""Which tables hold what the field announces, what teachers go and see, and how long it takes to reach a classroom?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """A change that an employer announces: a system, a channel, a rule or the work itself, from a day on."""

    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=8,
        choices=[
            ("system", _("system")), ("channel", _("channel")), ("rule", _("rule or law")), ("work", _("the work")),
        ],
    )  # fmt: skip
    title = models.CharField(max_length=160)
    text = models.TextField(help_text="In plain words: what changes for the person who does the work?")
    from_on = models.DateField()
    tasks = models.JSONField(default=list, help_text="Affected tasks, in the employer's words.")
    competences = models.ManyToManyField("skills.Competence", blank=True, related_name="+")
    open_to_partners = models.BooleanField(default=False, help_text="Other employers may read it too.")
    announced_by = models.CharField(max_length=40)
    announced_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title


class Waits(models.TextChoices):
    """Who was waited for before a step was taken."""

    EMPLOYER = "employer", _("the employer")
    SCHOOL = "school", _("the school")
    REGULATOR = "regulator", _("the regulator")


class ChangeStep(models.Model):
    """A step of an announced change on its way into the classroom. Only grows; each says who was waited for."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(
        max_length=12,
        choices=[
            ("announced", _("announced")), ("changed", _("changed by the employer")), ("withdrawn", _("withdrawn")),
            ("look-in", _("look-in asked")), ("agreed", _("look-in agreed")), ("refused", _("look-in refused")),
            ("cancelled", _("look-in cancelled")), ("seen", _("seen at work")), ("returned", _("notes returned")),
            ("approved", _("notes approved")), ("evidence", _("added to the evidence")),
            ("planned", _("planned in a programme")), ("sent", _("sent to the regulator")),
            ("allowed", _("allowed by the regulator")), ("published", _("published")), ("taught", _("first lesson")),
            ("set-aside", _("set aside")),
        ],
    )  # fmt: skip
    on = models.DateField()
    waited_for = models.CharField(max_length=9, choices=Waits.choices, blank=True)
    version = models.ForeignKey(
        "curriculum.ProgrammeVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict, blank=True, help_text="The words as they stood before they were changed.")
    by = models.CharField(max_length=40)
    at = models.DateTimeField()


class LookInState(models.TextChoices):
    """Where a look-in stands."""

    ASKED = "asked", _("asked")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("refused")
    NOTED = "noted", _("notes waiting for the employer")
    APPROVED = "approved", _("notes approved")
    RETURNED = "returned", _("notes returned")
    CANCELLED = "cancelled", _("cancelled")


class LookIn(models.Model):
    """A teacher looks at the work of an employer: asked, agreed with terms, noted on a form, approved by its desk."""

    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    change = models.ForeignKey(Change, null=True, blank=True, on_delete=models.SET_NULL, related_name="look_ins")
    question = models.CharField(max_length=300)
    wanted_on = models.DateField()
    agreed_on = models.DateField(null=True, blank=True, help_text="The day of the visit.")
    access_until_on = models.DateField(null=True, blank=True)
    terms = models.TextField(blank=True, help_text="What stays inside: agreed before the visit.")
    state = models.CharField(max_length=9, choices=LookInState.choices, default=LookInState.ASKED)
    notes = models.JSONField(default=list, help_text="Lines of the form: work process, what was seen, level.")
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    pieces = models.JSONField(default=list, help_text="The pieces of evidence that the approved notes became.")
    version = models.PositiveIntegerField(default=1)


class TeacherPlacement(models.Model):
    """A teacher works along at an employer for some days, and says afterwards what it changed in the programme."""

    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    teacher = models.CharField(max_length=40, help_text="Pseudonym of the teacher's account.")
    aim = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(
        max_length=8,
        choices=[("asked", _("asked")), ("agreed", _("agreed")), ("refused", _("refused")), ("done", _("done"))],
        default="asked",
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was refused.")
    outcome = models.TextField(blank=True, help_text="What it changed in the programme.")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="placement_ends_after_it_starts"
            )
        ]
