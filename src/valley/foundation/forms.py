"""What do the forms of every room ask and show alike: a day, and what an action refused beside its field?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from valley.core.errors import ValleyError
from valley.foundation import problems

WRITTEN = "%Y-%m-%d"
"""How a browser's own date field writes a day (HTML standard)."""
READ = (WRITTEN, "%d-%m-%Y")


def day_field(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    """A day, as a browser writes it or as people do: 2027-02-01 or 01-02-2027."""
    widget = forms.DateInput(format=WRITTEN, attrs={"type": "date"})
    return forms.DateField(label=label, help_text=hint, widget=widget, input_formats=READ, required=required)


class Refusable(forms.Form):
    """A form that can say what an action refused."""

    def refuse(self, error: ValleyError) -> None:
        """Beside the field that the error names, when the form has it; else above the form."""
        named = str(error.facts.get("field", ""))
        self.add_error(named if named in self.fields else None, problems.sentence(error))

    def attempt(self, change: Callable[[], Any]) -> Any:
        """What the change gave; None, with the refusal in the form, when it does not fit."""
        try:
            return change()
        except ValleyError as error:
            self.refuse(error)
            return None
