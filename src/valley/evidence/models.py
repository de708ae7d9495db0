"""Which tables hold what employers say and what was seen at work, and which competences people read in it?"""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LANGUAGES = [("nl", _("Dutch")), ("en", _("English")), ("de", _("German"))]
LEVEL = [MinValueValidator(1), MaxValueValidator(4)]


class PieceKind(models.TextChoices):
    """The sort of evidence."""

    JOB_TEXT = "job-text", _("job text")
    OBSERVATION = "observation", _("workplace observation")
    RATING = "rating", _("rating by the employer")


class Piece(models.Model):
    """One piece of evidence from one employer: a job text, an observation form, a list of ratings. Never changed."""

    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=PieceKind.choices)
    reference = models.CharField(max_length=60, blank=True, help_text="The employer's own number.")
    title = models.CharField(max_length=160)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    text = models.TextField()
    fingerprint = models.CharField(max_length=64, help_text="Of the words alone: the same text twice is seen.")
    dated_on = models.DateField(help_text="The day the text was written or the work was seen.")
    work_process = models.ForeignKey(
        "dossiers.WorkProcess", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=160, blank=True)
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    read_as = models.CharField(
        max_length=64, blank=True, help_text="Fingerprint of the words and rules it was read with."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "dated_on"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "fingerprint"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_piece_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class FindingState(models.TextChoices):
    """What a person decided about a competence that was read in a piece."""

    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    CHANGED = "changed", _("changed")
    REJECTED = "rejected", _("rejected")


class Cue(models.TextChoices):
    """The part of a text in which a sentence stands."""

    REQUIRED = "required", _("required")
    WISH = "wish", _("nice to have")
    TASK = "task", _("task")
    OTHER = "other", _("elsewhere")


class Finding(models.Model):
    """A competence read in a piece, with the sentence it rests on. What was proposed stays beside what was decided."""

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="findings")
    proposed = models.ForeignKey(
        "skills.Competence", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Empty when a person added it.",
    )  # fmt: skip
    competence = models.ForeignKey("skills.Competence", on_delete=models.PROTECT, related_name="+")
    sentence = models.TextField()
    starts = models.PositiveIntegerField(default=0, help_text="Place of the sentence in the text, in characters.")
    matched = models.CharField(max_length=300, blank=True, help_text="The words of the text it rests on.")
    label = models.CharField(max_length=300, blank=True, help_text="The label or phrase those words were held against.")
    why = models.CharField(max_length=12, blank=True)
    score = models.FloatField(default=0.0)
    cue = models.CharField(max_length=8, choices=Cue.choices, default=Cue.OTHER)
    level = models.PositiveSmallIntegerField(null=True, blank=True, validators=LEVEL)
    proposed_level = models.PositiveSmallIntegerField(null=True, blank=True, validators=LEVEL)
    importance = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=LEVEL, help_text="1 to 4, only where the employer rated it."
    )
    state = models.CharField(max_length=9, choices=FindingState.choices, default=FindingState.PROPOSED)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["piece", "competence", "starts"], name="one_finding_a_sentence"),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__range=(1, 4)), name="finding_level_1_to_4"
            ),
        ]


class Decision(models.Model):
    """What a person decided about a finding, and when. Only grows."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="decisions")
    state = models.CharField(max_length=9, choices=FindingState.choices)
    competence = models.ForeignKey("skills.Competence", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()


class Mention(models.Model):
    """A product or system named in a piece, turned into its tool class."""

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="mentions")
    name = models.CharField(max_length=120)
    tool_class = models.ForeignKey("skills.ToolClass", on_delete=models.PROTECT, related_name="+")
    sentence = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["piece", "name"], name="one_mention_each")
        ]


class MergeState(models.TextChoices):
    """Whether two near-equal competences count as one."""

    PROPOSED = "proposed", _("proposed")
    MERGED = "merged", _("counted as one")
    APART = "apart", _("kept apart")


class Merge(models.Model):
    """Two competences that say nearly the same. Merged, ``folded`` counts as ``kept``; the words stay as they are."""

    kept = models.ForeignKey("skills.Competence", on_delete=models.CASCADE, related_name="+")
    folded = models.ForeignKey("skills.Competence", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    why = models.CharField(max_length=12, help_text="relation, label or both")
    state = models.CharField(max_length=8, choices=MergeState.choices, default=MergeState.PROPOSED)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kept", "folded"], name="one_merge_each"),
            models.CheckConstraint(condition=~models.Q(kept=models.F("folded")), name="merge_of_two"),
        ]


class SharingTerms(models.Model):
    """What an employer allows with its evidence: may designers read its name beside a competence?"""

    organisation = models.OneToOneField("foundation.Organisation", on_delete=models.CASCADE, related_name="+")
    name_shown = models.BooleanField(default=False)
    changed_at = models.DateTimeField()


class Intake(models.Model):
    """A spreadsheet or file of evidence that was read and waits for a yes: its good rows and its problems."""

    kind = models.CharField(max_length=12, choices=PieceKind.choices)
    organisation = models.ForeignKey(
        "foundation.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+",
        help_text="Empty when the rows name their employer.",
    )  # fmt: skip
    file_name = models.CharField(max_length=160)
    fingerprint = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    uploaded_by = models.CharField(max_length=40)
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    made = models.JSONField(default=list)
