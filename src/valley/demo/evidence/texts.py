"""What do the invented employers say, what was seen at work, and how do they rate it?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from valley.demo.evidence.stage import FILES, Stage, told
from valley.dossiers import queries as dossiers
from valley.evidence import actions, queries

DOSSIER = "commercie"
RATED = "beoordeling"
MOST = 500


@dataclass(frozen=True, slots=True)
class Text:
    """An invented job text; ``months`` is its age when the region is loaded."""

    employer: str
    reference: str
    title: str
    language: str
    months: int
    text: str


@cache
def texts() -> tuple[Text, ...]:
    """All job texts, by employer; one with variants is placed again for each of them, as employers do per shift."""
    found: list[Text] = []
    for file in sorted((FILES / "texts").iterdir(), key=lambda one: one.name):
        employer = file.name.removesuffix(".toml")
        for row in told(f"texts/{file.name}")["text"]:
            for words in row.get("variants", [row]):
                filled = {name: row[name].format(**words) for name in ("title", "text")} if words is not row else row
                found.append(
                    Text(
                        employer, words["reference"], filled["title"], row["language"], words["months"], filled["text"]
                    )
                )
    return tuple(found)


def bring_texts(stage: Stage) -> int:
    """Bring in the job texts that are not there yet; how many."""
    brought = 0
    for employer, group in groupby(texts(), key=lambda one: one.employer):
        organisation = stage.organisations.get(employer)
        if organisation is None:
            continue
        known = _known(stage, organisation, "job-text", "reference")
        for one in (one for one in group if one.reference not in known):
            draft = actions.TextDraft(
                organisation=organisation,
                title=one.title,
                text=one.text,
                language=one.language,
                dated_on=stage.ago(months=one.months),
                reference=one.reference,
            )
            actions.add_text(stage.operator, draft=draft)
            brought += 1
    return brought


def bring_observations(stage: Stage) -> int:
    """Bring in the forms of what was seen at work; how many."""
    processes = dossiers.work_process_ids(DOSSIER)
    brought = 0
    for form, lines in _forms("observations.csv", "form"):
        employer, title = lines[0]["employer"], f"Werkplekobservatie {int(form):02}"
        organisation = stage.organisations.get(employer)
        if organisation is None or title in _known(stage, organisation, "observation", "title"):
            continue
        actions.add_observation(
            stage.operator,
            organisation=organisation,
            title=title,
            language="",
            dated_on=stage.ago(months=int(lines[0]["months_ago"])),
            work_process=processes[lines[0]["work_process"]],
            lines=[_seen(stage, line) for line in lines],
        )
        brought += 1
    return brought


def bring_ratings(stage: Stage) -> int:
    """Bring in how employers rate competences; how many employers."""
    brought = 0
    for employer, lines in _forms("ratings.csv", "employer"):
        organisation = stage.organisations.get(employer)
        if organisation is None or RATED in _known(stage, organisation, "rating", "reference"):
            continue
        ratings = [
            actions.RatingLine(stage.competences[line["competence"]], int(line["importance"]), int(line["level"]))
            for line in lines
        ]
        on = stage.ago(months=int(lines[0]["months_ago"]))
        actions.add_ratings(stage.operator, organisation=organisation, dated_on=on, ratings=ratings, reference=RATED)
        brought += 1
    return brought


def _seen(stage: Stage, line: dict[str, str]) -> actions.ObservationLine:
    if not line["competence"]:
        return actions.ObservationLine(line["what"])
    return actions.ObservationLine(line["what"], stage.competences[line["competence"]], int(line["level"]))


def _known(stage: Stage, organisation: int, kind: str, field: str) -> set[str]:
    found = queries.pieces(stage.operator, organisation=organisation, kind=kind, limit=MOST)
    return {getattr(one, field) for one in found.items}


def _forms(name: str, key: str) -> Iterator[tuple[str, list[dict[str, str]]]]:
    rows = csv.DictReader((FILES / name).read_text(encoding="utf-8").splitlines())
    for found, lines in groupby(rows, key=lambda row: row[key]):
        yield found, list(lines)
