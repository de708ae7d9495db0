"""How does the operator, asked by a person, show, export and erase a passport at the terminal?"""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import terminal
from valley.foundation.access import Caller
from valley.foundation.terminal import Terminal
from valley.people import actions, queries

group = click.Group("people", help="Passports: list, show, export, erase. PERSON is a pseudonym or an e-mail address.")


class NotSaidYes(ValleyError):
    """Erasing at the terminal needs ``--yes``."""

    code = "erasure-not-confirmed"


@terminal.command(group, "list", help="Pseudonyms and counts; never a name.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--offset", type=click.IntRange(0, 10_000_000), default=0, show_default=True)
def list_persons(term: Terminal, caller: Caller, limit: int, offset: int) -> None:
    """One line per passport."""
    found = queries.persons(caller, limit=limit, offset=offset)
    term.show(
        found,
        words=_("%(total)s passports") % {"total": found.total},
        columns=[_("pseudonym"), _("competences"), _("languages"), _("compared"), _("changed")],
        rows=[
            (p.pseudonym, p.claims, p.languages, _("yes") if p.compared else _("no"), p.changed_at) for p in found.items
        ],
    )


@terminal.command(group, "show", help="A passport, when its person asks you to look. The look is in the log.")
@click.argument("person")
def show(term: Terminal, caller: Caller, person: str) -> None:
    """The passport as its owner sees it."""
    found = actions.consult_passport(caller, who=person)
    term.show(
        found,
        words=f"{found.name or found.pseudonym}: " + ", ".join(f"{x.label} {x.cefr_words}" for x in found.languages),
        columns=[_("Competence"), _("Level"), _("Evidence"), _("Since"), _("Note")],
        rows=[(x.label, f"{x.level} {x.level_words}", x.grade_words, x.said_on, x.note) for x in found.claims],
    )


@terminal.command(group, "export", help="Everything kept about a person, as one JSON document.")
@click.argument("person")
def export(term: Terminal, caller: Caller, person: str) -> None:
    """Always JSON: the document is for the person to take along."""
    found = actions.take_export(caller, person=queries.person_of(caller, who=person))
    Terminal(as_json=True).show(found)


@terminal.command(group, "erase", help="Erase a person and the account for good, when the person asks.")
@click.argument("person")
@click.option("--yes", is_flag=True, help="Needed: there is no way back.")
def erase(term: Terminal, caller: Caller, person: str, yes: bool) -> None:
    """Forget someone everywhere."""
    found = queries.person_of(caller, who=person)
    if not yes:
        raise NotSaidYes(expected="--yes", found=_("nothing"), next_step=_("Add --yes: there is no way back."))
    gone = actions.erase_person(caller, person=found, confirm=actions.CONFIRM_WORDS[0])
    term.show(
        gone,
        words=_("%(pseudonym)s is erased.") % {"pseudonym": gone.pseudonym},
        columns=[_("table"), _("rows")],
        rows=list(gone.rows.items()),
    )
