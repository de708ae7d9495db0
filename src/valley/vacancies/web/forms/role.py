"""What does the form of a role profile ask, and how does its answer become a draft?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.vacancies.web.forms.parts import Parts
from valley.work import drafts, queries


class RoleForm(Parts):
    """A role profile of an organisation."""

    key = forms.CharField(label=_("Key"), help_text=_("A short word of your own, for spreadsheets."), max_length=80)
    title_nl = forms.CharField(label=_("Title in Dutch"), max_length=drafts.TITLE)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=drafts.TITLE)
    summary_nl = forms.CharField(label=_("A day, in Dutch"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    summary_en = forms.CharField(label=_("A day, in English"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, asked: Any, *, choices: queries.OpeningChoices, page: queries.RoleProfilePage, organisation: int | None
    ) -> None:
        needs = [
            {"competence": one.label, "level": one.level, "importance": one.importance, "task": one.task}
            for one in page.needs
        ]
        initial = {name: getattr(page, name) for name in ("title_nl", "title_en", "summary_nl", "summary_en")}
        super().__init__(
            asked,
            choices=choices,
            needs=needs,
            initial=initial | {"key": page.role.key, "version_read": page.role.version},
        )
        self.organisation, self.moves_to = organisation, page.moves_to

    def draft(self, finder: queries.Finder) -> drafts.RoleDraft | None:
        """The draft, or None when something could not be read."""
        if not self.is_valid():
            return None
        said: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "version_read"}
        draft = drafts.RoleDraft(
            organisation=self.organisation, needs=self.asked(finder), moves_to=self.moves_to, **said
        )
        return None if self.errors else draft
