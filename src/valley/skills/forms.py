"""What may be typed on the pages of the vocabulary?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.skills import actions, queries
from valley.skills.models import Cluster, CompetenceKind

KIND_CHOICES = [
    ("", _("everything")),
    ("competence", _("competences")),
    ("title", _("job titles")),
    ("occupation", _("occupations")),
]


class SearchForm(forms.Form):
    """What someone looks for. Unknown values count as no choice, because a search never needs an error page."""

    text = forms.CharField(label=_("Search"), max_length=200, required=False, strip=True)
    kind = forms.ChoiceField(label=_("In"), choices=KIND_CHOICES, required=False)


class DiffForm(forms.Form):
    """Two releases."""

    older = forms.ChoiceField(label=_("Older release"))
    newer = forms.ChoiceField(label=_("Newer release"))

    def __init__(self, *args: Any, versions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(version, version) for version in versions]
        self.fields["older"].choices = choices  # type: ignore[attr-defined]
        self.fields["newer"].choices = choices  # type: ignore[attr-defined]


class LocalConceptForm(forms.Form):
    """Everything a local concept must say."""

    label_nl = forms.CharField(label=_("Name in Dutch"), max_length=120)
    label_en = forms.CharField(label=_("Name in English"), max_length=120)
    parent = forms.CharField(
        label=_("Lies under"),
        max_length=200,
        help_text=_("The name or number of the competence it is a special case of."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=CompetenceKind.choices)
    cluster = forms.ChoiceField(label=_("Family"), choices=[("", "-"), *Cluster.choices], required=False)
    description_nl = forms.CharField(
        label=_("Explanation in Dutch"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    description_en = forms.CharField(
        label=_("Explanation in English"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    alternatives_nl = forms.CharField(
        label=_("Other words in Dutch"), max_length=1000, required=False, help_text=_("Separated by commas.")
    )
    alternatives_en = forms.CharField(
        label=_("Other words in English"), max_length=1000, required=False, help_text=_("Separated by commas.")
    )
    author = forms.CharField(
        label=_("Author"), max_length=120, help_text=_("The organisation that adds it, not a person.")
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where does this competence show: job texts, observations, a dossier?"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_parent(self) -> int:
        """The id behind a number or an exact name."""
        found = queries.competence_named(self.cleaned_data["parent"])
        if found is None:
            raise forms.ValidationError(_("No competence in use has this name. Search for it and copy its name."))
        return found

    def draft(self) -> actions.LocalConcept:
        """The concept this valid form describes."""
        given = dict(self.cleaned_data)
        given.pop("version")
        for name in ("alternatives_nl", "alternatives_en"):
            given[name] = tuple(word.strip() for word in given[name].split(",") if word.strip())
        return actions.LocalConcept(**given)
