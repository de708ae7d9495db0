"""How does a form tell what an action refused?"""

from __future__ import annotations

from collections.abc import Callable

from django import forms

from valley.core.errors import ValleyError
from valley.foundation import problems

# Names of fields of an action that a form asks by another name.
ASKED_AS = {"ends_on": "last_on"}


def attempt(form: forms.Form, change: Callable[[], object]) -> bool:
    """Whether the change was made; otherwise the form has the error at its field, or above all fields."""
    try:
        change()
    except ValleyError as error:
        field = str(error.facts.get("field", ""))
        field = ASKED_AS.get(field, field)
        form.add_error(field if field in form.fields else None, problems.sentence(error))
        return False
    return True
