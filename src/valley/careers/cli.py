"""What may someone at the terminal ask the room careers: the rules, ways, flags of a person, moves, and loading?"""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from valley.careers import actions, drafts, queries
from valley.foundation import organisations, terminal
from valley.foundation.access import Caller
from valley.foundation.terminal import Terminal
from valley.people import queries as people

group = click.Group("careers", help="Employments, rules of law, and the ways from role to role.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(formats=["%Y-%m-%d"])
# How a line of a file says that something is so, is not so, or is not known.
ANSWERS = {"yes": True, "no": False, "": None}


@terminal.command(group, "law")
@click.option("--load", is_flag=True, help="Add the rules that ship with the product first.")
@click.option("--key", default="", help="Only the rows of one rule.")
def law(term: Terminal, caller: Caller, load: bool, key: str) -> None:
    """Every dated rule of law with its source."""
    if load:
        found = actions.load_starter_law(caller)
        term.say(f"{found.added} rows added, {found.known} were there, {found.mended} of those got another end or day.")
    table = queries.law_table(caller, key=key)
    gaps = "".join(f"\n{one.title}: {one.words}" for one in table.gaps)
    term.show(
        table,
        words=f"{len(table.rules)} rows on {table.on}. Not legal advice.{gaps}",
        columns=["Rule", "Status", "From", "Until", "Numbers", "Source", "Read again by"],
        rows=[
            (
                one.key,
                one.status,
                one.from_on,
                one.until_on,
                ", ".join(f"{name} {value}" for name, value in one.numbers.items()),
                f"{one.source}, {one.article}",
                one.again_on or "-",
            )
            for one in table.rules
        ],
    )


@terminal.command(group, "add-rule")
@click.argument("key")
@click.option("--from", "from_on", required=True, type=DAY, help="The day from which the row holds.")
@click.option("--number", "numbers", multiple=True, metavar="NAME=VALUE", help="Such as hour=14.99; more than once.")
@click.option("--source", required=True, help="Where it stands: a title a reader can find.")
@click.option("--source-on", required=True, type=DAY, help="The day somebody read it there.")
@click.option("--status", default="law", show_default=True, help="law, bill, agreement or policy.")
@click.option("--until", "until_on", type=DAY, help="First day it no longer holds, when that is known.")
@click.option("--again", "again_on", type=DAY, help="Day by which the source has to be read again.")
@click.option("--title-nl", default="", help="As the row before it, unless given.")
@click.option("--title-en", default="", help="As the row before it, unless given.")
@click.option("--remark-nl", default="")
@click.option("--remark-en", default="")
@click.option("--article", default="")
@click.option("--address", default="", help="Starts with https://.")
def add_rule(term: Terminal, caller: Caller, key: str, numbers: tuple[str, ...], **said: Any) -> None:
    """Add a dated row of the rule KEY, with its source; from its first day it replaces the row before it."""
    last = queries.last_row(caller, key=key, status=said["status"])
    for name in ("title_nl", "title_en"):
        said[name] = said[name] or (getattr(last, name) if last else "")
    days = ("from_on", "until_on", "source_on", "again_on")
    facts: dict[str, Any] = said | {name: said[name].date() if said[name] else None for name in days}
    pairs = [line.partition("=") for line in numbers]
    read = {name.strip(): value.strip() for name, _sign, value in pairs}
    draft = drafts.RuleDraft(key=key, numbers=read, **facts)
    actions.add_law_rule(caller, draft=draft)
    table = queries.law_table(caller, key=key)
    term.show(table, words=f"Added: {key} holds from {draft.from_on}. Rows of this rule: {len(table.rules)}.")


@terminal.command(group, "graph")
@click.argument("role")
@click.option("--steps", default=2, show_default=True, type=click.IntRange(1, 3))
@click.option("--person", default="", help="Pseudonym or e-mail: compare with this passport.")
def graph(term: Terminal, caller: Caller, role: str, steps: int, person: str) -> None:
    """Where ROLE leads: described ways, fits, and observed moves."""
    who = people.person_of(caller, who=person) if person else None
    found = queries.career_graph(caller, role=role, steps=steps, person=who)
    fits = "; ".join(f"{one.title} {one.percent} %" for one in found.fits) or "none"
    went = "; ".join(f"{one.goal_title} {one.people}" for one in found.went) or "too few to show"
    term.show(
        found,
        words=f"{found.role.title}\nWhere skills fit: {fits}\nWhere people went: {went}",
        columns=["From", "To", "Carries over", "Missing", "Months", "Pay", "Hours"],
        rows=[
            (
                one.start_title,
                one.goal_title,
                f"{one.percent} %",
                len(one.missing) + len(one.lower),
                one.months if one.months is not None else "-",
                f"{one.pay_min}-{one.pay_max}" if one.openings else "-",
                one.hours,
            )
            for one in found.steps
        ],
    )


@terminal.command(group, "flags")
@click.argument("person")
def flags(term: Terminal, caller: Caller, person: str) -> None:
    """Contracts of PERSON (pseudonym or e-mail), and what the rules say about them and a next one."""
    found = queries.my_employments(caller, person=people.person_of(caller, who=person))
    following = "\n".join(f"Next, {one.scenario}: {one.words}" for one in found.next)
    term.show(
        found,
        words=f"{len(found.items)} contracts.\n{following}",
        columns=["Severity", "Rule", "Scenario", "What", "Source"],
        rows=[
            (one.severity, one.key, one.scenario, one.words, one.source)
            for one in (*found.flags, *found.bill, *found.unknown)
        ],
    )


@terminal.command(group, "fill-in")
@click.argument("person")
@click.argument("employment", type=int)
@click.option("--hours", type=click.IntRange(1, 48))
@click.option("--wage", help="Euro an hour, such as 15.40.")
@click.option("--agreement", default="", help="Key of the collective agreement, or none.")
@click.option("--level", type=int)
@click.option("--initiative", default="", help="Who arranged the move: worker, school or employer.")
@click.option("--practice-agreement", type=bool, help="Work-based learning: is there a training agreement? yes or no.")
@click.option("--admitted", type=bool, help="Lending: is the lender admitted? yes or no.")
@click.option("--exempt", type=bool, help="Lending: is it exempt? yes or no.")
def fill_in(term: Terminal, caller: Caller, person: str, employment: int, wage: str | None, **said: Any) -> None:
    """Fill in what nobody knew about contract EMPLOYMENT of PERSON (pseudonym or e-mail); the rest stays."""
    who = people.person_of(caller, who=person)
    facts = said | {"wage": _money(wage) if wage else None}
    named = actions.fill_in(caller, employment=employment, person=who, facts=facts)
    found = queries.my_employments(caller, person=who)
    term.show(
        found, words=f"Filled in: {', '.join(named)}. Not known still: {len(found.unknown)} questions of the rules."
    )


def _money(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise drafts.EmploymentRefused(
            expected="euro an hour, such as 15.40", found=text[:20], next_step="Correct the wage.", field="wage"
        ) from None


@terminal.command(group, "moves")
def moves(term: Terminal, caller: Caller) -> None:
    """Where people went from role to role; moves of fewer than five people are not shown."""
    found = queries.moves(caller)
    term.show(
        found,
        words=f"{len(found.items)} moves of at least {found.threshold} people.",
        columns=["From", "To", "People", "Months"],
        rows=[(one.start_title, one.goal_title, one.people, one.months) for one in found.items],
    )


@terminal.command(group, "record")
@click.argument("file", type=FILE)
def record(term: Terminal, caller: Caller, file: Path) -> None:
    """Load employments that happened from FILE (CSV), all or none.

    Columns: person (pseudonym or e-mail), employer (its address), role, contract, starts_on, ends_on (first day after),
    hours, wage, initiative (worker, school, employer), form (contract, lending), agreement (key of the collective
    agreement, or none), level, practice_agreement, admitted, exempt (each yes or no), end_reason. From hours on they
    may be left out or empty, which says that it is not known.
    """
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [_past(caller, place, row) for place, row in enumerate(csv.DictReader(lines), start=2)]
    with term.progress("Employments") as report:
        found = actions.record_employments(caller, rows=rows, progress=report)
    term.show(found, words=f"{found.employments} employments of {found.persons} persons.")


def _past(caller: Caller, line: int, row: dict[str, str]) -> drafts.PastEmployment:
    try:
        draft = drafts.EmploymentDraft(
            role_key=row["role"],
            contract=row["contract"],
            starts_on=date.fromisoformat(row["starts_on"]),
            ends_on=date.fromisoformat(row["ends_on"]) if row.get("ends_on") else None,
            hours=int(row["hours"]) if row.get("hours") else None,
            wage=Decimal(row["wage"]) if row.get("wage") else None,
            initiative=row.get("initiative") or "",
            form=row.get("form") or "contract",
            agreement=row.get("agreement") or "",
            level=int(row["level"]) if row.get("level") else None,
            **{name: ANSWERS[row.get(name) or ""] for name in ("practice_agreement", "admitted", "exempt")},
        )
    except (KeyError, ValueError, InvalidOperation) as error:
        raise drafts.EmploymentRefused(
            expected="a readable line", found=f"line {line}: {error}", next_step="Correct the line.", field="rows"
        ) from error
    return drafts.PastEmployment(
        person=people.person_of(caller, who=row.get("person") or ""),
        organisation=organisations.partner(slug=row.get("employer") or "").id,
        draft=draft,
        end_reason=row.get("end_reason") or "",
    )
