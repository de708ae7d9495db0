"""What does a designer fill in: the choices of a run, and what to do with every item of its core?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valley.core.errors import ValleyError
from valley.foundation import problems
from valley.foundation.access import Caller
from valley.skills import queries as skills
from valley.thread.actions import CoreEditDraft, ThreadAsked
from valley.thread.queries import Row, RunPage

OFFERED = 30
"""Candidates that can be added in the table itself; any competence can be added by its name."""


class ThreadForm(forms.Form):
    """The choices of a run; all of them are shown beside its result."""

    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        choices=[("leaf", gettext_lazy("competences")), ("group", gettext_lazy("groups of competences"))],
    )
    budget = forms.IntegerField(label=gettext_lazy("Room in the core"), min_value=1, max_value=2000, initial=15)
    unit = forms.ChoiceField(
        label=gettext_lazy("Counted in"),
        choices=[("count", gettext_lazy("competences")), ("hours", gettext_lazy("guided hours"))],
    )
    support = forms.IntegerField(
        label=gettext_lazy("Employers behind every item, at least"), min_value=2, max_value=50, initial=3
    )
    weighting = forms.ChoiceField(
        label=gettext_lazy("How employers count"),
        choices=[
            ("equal", gettext_lazy("every employer counts the same")),
            ("jobs", gettext_lazy("employers count by their number of jobs")),
            ("texts", gettext_lazy("employers count by their number of texts")),
        ],
        help_text=gettext_lazy("The other two are shown beside it."),
    )

    def asked(self) -> ThreadAsked:
        """The choices, once valid."""
        return ThreadAsked(**self.cleaned_data)


class EditForm(forms.Form):
    """Every item of the core with what to do and why, the candidates that may be added, and one by its name."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Another competence"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Its exact name in Dutch or English."),
    )
    why = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=300)

    def __init__(self, asked: Any, *, page: RunPage) -> None:
        super().__init__(asked, initial={"version": page.version})
        self.page, self.offered = page, page.candidates[:OFFERED]
        computed = [("", _("as computed")), ("accept", _("accept")), ("drop", _("drop"))]
        for row in page.rows:
            added = row.state == "added"
            choices = [("", _("keep")), ("undo", _("take out"))] if added else computed
            now = {"accepted": "accept", "dropped": "drop"}.get(row.state, "")
            self._add(f"do{row.competence}", forms.ChoiceField(choices=choices, required=False), row, now)
            self._add(f"why{row.competence}", forms.CharField(required=False, max_length=300), row, row.reason)
        for row in self.offered:
            self._add(f"add{row.competence}", forms.BooleanField(required=False), row, False)
            self._add(f"why{row.competence}", forms.CharField(required=False, max_length=300), row, "")

    def _add(self, name: str, field: forms.Field, row: Row, initial: Any) -> None:
        # The words stand in the table for the eye; a label of its own tells a screen reader which row it is.
        said = _("reason for %(label)s") if name.startswith("why") else _("what to do with %(label)s")
        field.label, field.initial = said % {"label": row.label}, initial
        field.widget.attrs["aria-label"] = field.label
        # What the page showed travels along: somebody else may save before this form comes back.
        field.show_hidden_initial = True
        self.fields[name] = field

    def lines(self) -> Iterator[tuple[Row, forms.BoundField, forms.BoundField]]:
        """Rows of the core with their two fields."""
        return ((row, self[f"do{row.competence}"], self[f"why{row.competence}"]) for row in self.page.rows)

    def offers(self) -> Iterator[tuple[Row, forms.BoundField, forms.BoundField]]:
        """Candidates with their two fields."""
        return ((row, self[f"add{row.competence}"], self[f"why{row.competence}"]) for row in self.offered)

    def edits(self, caller: Caller) -> tuple[CoreEditDraft, ...]:
        """What differs from the page, once valid; a name that is not known becomes an error of its field."""
        found = [edit for row in self.page.rows if (edit := self._edit(row))]
        said = self.cleaned_data
        for row in self.offered:
            if said[f"add{row.competence}"]:
                found.append(CoreEditDraft(row.competence, "add", said[f"why{row.competence}"]))
        if said["name"]:
            found.extend(self._named(caller, said["name"], said["why"]))
        return tuple(found)

    def rebased(self) -> Any:
        """What was sent, with what others chose meanwhile in every field of the core that the sender left alone."""
        mine = self.data.copy()
        mine["version"] = str(self.page.version)
        names = (f"{part}{row.competence}" for row in self.page.rows for part in ("do", "why"))
        for name in names:
            if not self._touched(name):
                mine[name] = self.fields[name].initial
        return mine

    def _touched(self, name: str) -> bool:
        """True when the sender changed this field of the page they saw, which may be older than the core is now."""
        said = self.data.get(name)
        return said is not None and said != self.data.get(self.add_initial_prefix(name))

    def _edit(self, row: Row) -> CoreEditDraft | None:
        if not any(self._touched(f"{part}{row.competence}") for part in ("do", "why")):
            return None
        verdict, why = (self.cleaned_data[f"{part}{row.competence}"] for part in ("do", "why"))
        if row.state == "added":
            verdict = verdict or "add"
        now = {"accepted": "accept", "dropped": "drop", "added": "add"}.get(row.state, "")
        if verdict == now and (why == row.reason or not verdict):
            return None
        return CoreEditDraft(row.competence, verdict or "undo", why)

    def _named(self, caller: Caller, name: str, why: str) -> Iterator[CoreEditDraft]:
        found = skills.competence_named(name)
        if found is None:
            hits = skills.search(caller, text=name[:100], kinds=("competence",), limit=3)
            near = ", ".join(hit.label for hit in hits) or "–"
            self.add_error("name", _("There is no such competence. Nearest: %(near)s") % {"near": near})
        else:
            yield CoreEditDraft(found, "add", why)

    def refuse(self, error: ValleyError) -> None:
        """The refusal of the action, above the form."""
        self.add_error(None, problems.sentence(error))


class WithoutForm(forms.Form):
    """Which employers to leave out together."""

    without = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Leave out together"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, asked: Any, *, choices: list[tuple[int, str]]) -> None:
        super().__init__(asked)
        self.fields["without"].choices = choices  # type: ignore[attr-defined]
