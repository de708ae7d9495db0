"""Which words exist: dated releases, competences, groups, occupations, titles, and how they hang together?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scheme(models.TextChoices):
    """Where a word comes from."""

    ESCO = "esco", "ESCO"
    STARTER = "starter", _("starter vocabulary")
    LOCAL = "local", _("local concept")
    TITLES = "titles", _("everyday job titles")


class Status(models.TextChoices):
    """Whether a word is in use."""

    CURRENT = "current", _("current")
    RETIRED = "retired", _("retired")
    MERGED = "merged", _("merged into another")


class Release(models.Model):
    """One dated state of a vocabulary, as it was read in. Its concepts never change; a language may be added."""

    scheme = models.CharField(max_length=8, choices=Scheme.choices)
    version = models.CharField(max_length=20)
    languages = models.JSONField(default=list)
    imported_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    files = models.JSONField(default=dict, help_text="Name of each file that was read, with its SHA-256.")
    counts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scheme", "version"], name="one_release_each")
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.version}"


class ReleaseItem(models.Model):
    """The fingerprint of one concept in one release, so that two releases can be compared years later."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="items")
    uri = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    label = models.CharField(max_length=300)
    retired = models.BooleanField(default=False, help_text="Still listed by this release, but as no longer in use.")
    digest = models.CharField(max_length=32)
    replaced_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["release", "uri"], name="one_item_each")
        ]

    def __str__(self) -> str:
        return self.uri


class Concept(models.Model):
    """What competences, groups and occupations share: an identifier, two languages, a life."""

    uri = models.CharField(max_length=120, unique=True)
    scheme = models.CharField(max_length=8, choices=Scheme.choices)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.CURRENT)
    label_en = models.CharField(max_length=300)
    label_nl = models.CharField(max_length=300, blank=True)
    label_nl_source = models.CharField(max_length=120, blank=True)
    description_en = models.TextField(blank=True)
    description_nl = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label_en


class CompetenceKind(models.TextChoices):
    """What sort of ability it is; evidence of each sort ages at its own pace."""

    SKILL = "skill", _("skill")
    KNOWLEDGE = "knowledge", _("knowledge")
    ATTITUDE = "attitude", _("attitude")
    TOOL = "tool", _("tool")


class Cluster(models.TextChoices):
    """The families in which the trade speaks about its competences."""

    CUSTOMER = "customer", _("customer focus")
    SWITCHING = "switching", _("switching")
    KNOWING = "knowing", _("knowing")
    TECHNOLOGY = "technology", _("technology and social media")
    TRANSACTIONS = "transactions", _("transactions")
    QUALITY = "quality", _("quality and planning")
    LEADING = "leading", _("leading and improving")


class Competence(Concept):
    """Something a person can do or know. Local concepts say their parent, author, date and evidence."""

    kind = models.CharField(max_length=10, choices=CompetenceKind.choices)
    reuse_level = models.CharField(max_length=24, blank=True)
    cluster = models.CharField(max_length=14, choices=Cluster.choices, blank=True)
    starter_key = models.CharField(max_length=60, blank=True, db_index=True)
    alt_labels_en = models.JSONField(default=list)
    alt_labels_nl = models.JSONField(default=list)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="narrower")
    author = models.CharField(max_length=120, blank=True)
    authored_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True, blank=True, help_text="Last change of a local concept.")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["scheme", "changed_at"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(scheme=Scheme.LOCAL)
                | (models.Q(authored_on__isnull=False) & ~models.Q(author="") & ~models.Q(evidence="")),
                name="a_local_concept_says_who_when_why",
            )
        ]


class SkillGroup(Concept):
    """A group of competences (ESCO skill group or the starter vocabulary's own)."""

    code = models.CharField(max_length=20, blank=True)


class Occupation(Concept):
    """An occupation or an ISCO group of occupations."""

    code = models.CharField(max_length=20, blank=True)
    isco_group = models.CharField(max_length=8, blank=True)
    is_group = models.BooleanField(default=False)
    alt_labels_en = models.JSONField(default=list)
    alt_labels_nl = models.JSONField(default=list)


class GroupLink(models.Model):
    """A competence or a group lies under a group."""

    competence = models.ForeignKey(
        Competence, null=True, blank=True, on_delete=models.CASCADE, related_name="group_links"
    )
    child_group = models.ForeignKey(
        SkillGroup, null=True, blank=True, on_delete=models.CASCADE, related_name="broader_links"
    )
    group = models.ForeignKey(SkillGroup, on_delete=models.CASCADE, related_name="links")
    scheme = models.CharField(max_length=8, choices=Scheme.choices)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(competence__isnull=True, child_group__isnull=False)
                | models.Q(competence__isnull=False, child_group__isnull=True),
                name="one_child_per_link",
            )
        ]


class OccupationLink(models.Model):
    """An occupation lies under an ISCO group or a broader occupation."""

    child = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="broader_links")
    broader = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="narrower_links")


class CompetenceRelation(models.Model):
    """Two competences are related (ESCO skill-skill relation, or the starter vocabulary's own with a reason)."""

    original = models.ForeignKey(Competence, on_delete=models.CASCADE, related_name="relations_out")
    related = models.ForeignKey(Competence, on_delete=models.CASCADE, related_name="relations_in")
    essential = models.BooleanField(default=False)
    broader = models.BooleanField(default=False, help_text="The related competence is the broader one.")
    scheme = models.CharField(max_length=8, choices=Scheme.choices)
    reason = models.CharField(max_length=200, blank=True)


class OccupationCompetence(models.Model):
    """An occupation asks a competence, essentially or optionally."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="competence_links")
    competence = models.ForeignKey(Competence, on_delete=models.CASCADE, related_name="occupation_links")
    essential = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["occupation", "competence", "essential"], name="one_ask_each")
        ]


class Title(models.Model):
    """An everyday job title and what it leads to: an occupation, or competences a person with it probably has."""

    text = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    occupation = models.ForeignKey(Occupation, null=True, on_delete=models.CASCADE, related_name="titles")
    role_key = models.CharField(max_length=60, blank=True)
    probable = models.JSONField(default=list, help_text="Pairs of competence id and level.")
    source = models.CharField(max_length=40)
    closeness = models.PositiveSmallIntegerField(default=1, help_text="1 means the same job, 4 a broader one.")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["language", "text"])]

    def __str__(self) -> str:
        return self.text


class ToolClass(models.Model):
    """A class of tools (CRM, telephony). Brand names belong to a class and never become competences."""

    key = models.CharField(max_length=40, unique=True)
    label_nl = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    description_nl = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    products = models.JSONField(default=list, help_text="Pairs of product name and the day it was seen.")

    def __str__(self) -> str:
        return self.key
