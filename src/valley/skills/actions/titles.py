"""How do everyday job titles come in: the national mapping of UWV's titles to ESCO's occupations?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from valley.core.errors import ValleyError
from valley.foundation import access, audit
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.skills.actions import rows
from valley.skills.actions.esco_set import SAMPLES, Remark
from valley.skills.actions.sources import PathMissing, Source
from valley.skills.models import Occupation, Release, Scheme, Status, Title

SOURCE = "UWV"
COLUMNS = ("Classification 1 URI", "Classification 2 PrefLabel", "Mapping relation")
CLOSENESS = {"skos:exactMatch": 1, "skos:closeMatch": 2, "skos:narrowMatch": 3, "skos:broadMatch": 4}


class OccupationsFirst(ValleyError):
    """Titles lead to occupations of ESCO, and none is loaded."""

    code = "occupations-first"
    status = 409


@dataclass(frozen=True, slots=True)
class TitlesReport:
    """What importing titles did: rows read, different titles, links kept, and what was left out."""

    rows: int
    titles: int
    links: int
    written: bool
    warnings: tuple[Remark, ...]


def import_titles(caller: Caller, *, path: Path, dry_run: bool = False) -> TitlesReport:
    """Replace UWV's titles by those of the file, in one transaction; the same file twice writes nothing.

    Raises the errors of `rows`, `PathMissing` and `OccupationsFirst`.
    """
    access.require_desk(caller, DeskRole.OFFICE, DeskRole.DESIGNER)
    if not path.is_file():
        raise PathMissing(expected="a CSV file with titles", found=path, next_step="Check the path.")
    source = Source("titles", "nl", path.name, path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    links = _links(source)
    with transaction.atomic():
        occupations = dict(Occupation.objects.filter(status=Status.CURRENT).values_list("uri", "pk"))
        if not occupations:
            raise OccupationsFirst(
                expected="the occupations of ESCO",
                found="none loaded",
                next_step="Import ESCO first: valley skills import-esco PATH --release 1.1.1",
            )
        fresh = not Release.objects.filter(scheme=Scheme.TITLES, fingerprint=digest).exists()
        made = [
            Title(text=text, language="nl", occupation_id=occupations[uri], closeness=closeness, source=SOURCE)
            for text, uri, closeness in links
            if uri in occupations
        ]
        if fresh and not dry_run:
            _store(caller, made, digest)
    unknown = sorted({uri for _text, uri, _closeness in links if uri not in occupations})
    return TitlesReport(
        rows=len(links),
        titles=len({row.text for row in made}),
        links=len(made),
        written=fresh and not dry_run,
        warnings=_remarks(len(links) - len(made), unknown),
    )


def _links(source: Source) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []
    for line, row in rows.rows(source, needed=COLUMNS, wanted={}, above=True):
        text = rows.checked_label(source, line, row["Classification 2 PrefLabel"])[:200]
        uri = rows.esco_uri(source, line, row["Classification 1 URI"])
        relation = rows.one_of(source, line, row["Mapping relation"], tuple(CLOSENESS))
        found.append((text, uri, CLOSENESS[relation]))
    return sorted(set(found), key=lambda link: (link[0].casefold(), link[2], link[1]))


def _store(caller: Caller, made: list[Title], digest: str) -> None:
    Title.objects.filter(source=SOURCE).delete()
    Title.objects.bulk_create(made, batch_size=2000)
    Release.objects.create(
        scheme=Scheme.TITLES,
        version=digest[:12],
        languages=["nl"],
        imported_at=caller.at,
        fingerprint=digest,
        counts={"titles": len({row.text for row in made}), "links": len(made)},
    )
    audit.record(caller, verb="skills.import_titles", subject=("vocabulary", digest[:12]))


def _remarks(number: int, unknown: list[str]) -> tuple[Remark, ...]:
    if not number:
        return ()
    words = "titles lead to an occupation that the loaded release does not have"
    return (Remark("unknown-occupation", words, number, tuple(unknown[:SAMPLES])),)
