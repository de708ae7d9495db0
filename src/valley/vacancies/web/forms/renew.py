"""On which days does a vacancy come again?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from valley.foundation.forms import Refusable, day_field
from valley.vacancies import actions


class RenewForm(Refusable):
    """The new window of a vacancy that comes again."""

    starts_from_on = day_field(_("Starts from"))
    starts_until_on = day_field(_("Starts before"), _("The last possible start is the day before."))
    closes_on = day_field(_("Closes on"), _("From that day the opening is not shown any more."))

    def window(self) -> actions.Window:
        """The window that was asked for."""
        return actions.Window(**self.cleaned_data)
