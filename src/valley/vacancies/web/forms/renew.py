"""On which days does a vacancy come again?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from valley.core.errors import ValleyError
from valley.foundation import problems
from valley.vacancies import actions
from valley.vacancies.web.forms.fields import on_day


class RenewForm(forms.Form):
    """The new window of a vacancy that comes again."""

    starts_from_on = on_day(_("Starts from"))
    starts_until_on = on_day(_("Starts before"), _("The last possible start is the day before."))
    closes_on = on_day(_("Closes on"), _("From that day the opening is not shown any more."))

    def window(self) -> actions.Window:
        """The window that was asked for."""
        return actions.Window(**self.cleaned_data)

    def refuse(self, error: ValleyError) -> None:
        """Put what the action refused beside its field, as far as it is one of these."""
        named = str(error.facts.get("field", ""))
        self.add_error(named if named in self.fields else None, problems.sentence(error))
