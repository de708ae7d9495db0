"""Which tables hold the words that texts are read with: phrases of the trade, and names that are no competence?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

LANGUAGES = [("nl", _("Dutch")), ("en", _("English")), ("de", _("German"))]


class SystemName(models.Model):
    """A name of a system that is no competence: of everyone, or one employer's own. Dated, and tied to a tool class."""

    organisation = models.ForeignKey(
        "foundation.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=120)
    tool_class = models.ForeignKey("skills.ToolClass", on_delete=models.PROTECT, related_name="+")
    seen_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_system_name_each", nulls_distinct=False)
        ]


class Phrase(models.Model):
    """A way in which texts say a competence or name the use of a tool class, in one language."""

    competence = models.ForeignKey("skills.Competence", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    text = models.CharField(max_length=200)
    source = models.CharField(max_length=80)
    added_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["competence", "language", "text"], name="one_phrase_each")
        ]
