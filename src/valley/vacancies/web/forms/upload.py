"""What does somebody give who brings openings in a spreadsheet?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.work import queries


class UploadForm(forms.Form):
    """A spreadsheet of an organisation."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    file = forms.FileField(label=_("Spreadsheet (.xlsx, .ods or .csv)"), help_text=_("At most 5 MB and 10,000 rows."))

    def __init__(self, *args: Any, own: Iterable[queries.OwnOrganisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.ids = {one.slug: one.id for one in own if one.may_change}
        self.fields["organisation"].choices = [(one.slug, one.name) for one in own if one.may_change]
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.ods,.csv"
