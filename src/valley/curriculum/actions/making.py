"""How does a programme begin, how does a version begin, and how is a draft edited, read in or thrown away?"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from valley.core.curriculum import programme
from valley.curriculum import snapshots as stored
from valley.curriculum.actions import storing
from valley.curriculum.actions.storing import ProgrammeRefused
from valley.curriculum.models import Programme, ProgrammeVersion
from valley.curriculum.queries import files, rights
from valley.dossiers import queries as dossiers
from valley.foundation import audit, organisations
from valley.foundation.access import Caller
from valley.foundation.problems import Conflict, NotFound
from valley.skills import queries as skills
from valley.thread import queries as red_thread

RESERVED = frozenset({"new", "import"})
CLUSTERS = {
    "customer": ("De klant centraal", "The customer first"), "switching": ("Schakelen", "Switching"),
    "knowing": ("Weten en opzoeken", "Knowing and looking up"),
    "technology": ("Techniek en sociale media", "Technology and social media"),
    "transactions": ("Afhandelen", "Transactions"), "quality": ("Kwaliteit en planning", "Quality and planning"),
    "leading": ("Leiden en verbeteren", "Leading and improving"), "other": ("Overig", "Other"),
}  # fmt: skip
"""Titles of the units that are proposed, one per cluster of the vocabulary; a person renames them."""


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """A version as it was stored; ``version`` goes back with the next edit."""

    ref: str
    number: int
    state: str
    version: int


def saved(row: ProgrammeVersion) -> SavedVersion:
    """What a door tells about a version that was stored."""
    return SavedVersion(f"{row.programme.key}@{row.number}", row.number, row.state, row.version)


@dataclass(frozen=True, slots=True)
class SavedProgramme:
    """A programme as it was stored."""

    key: str
    name_nl: str


def make_programme(
    caller: Caller, *, organisation: int, key: str, name_nl: str, name_en: str = "", dossier: str = ""
) -> SavedProgramme:
    """Begin a programme of a school (its designer, or the programme office), perhaps against a dossier (its code)."""
    rights.require_writer(caller, organisation=organisation)
    owner = organisations.partner(id=organisation)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) or len(key) > 60 or key in RESERVED:
        raise ProgrammeRefused(
            expected=_("a key of small letters, digits and hyphens"), found=key[:60] or _("nothing"),
            next_step=_("Write it as kcc-adviseur."), field="key",
        )  # fmt: skip
    for name, field in ((name_nl, "name_nl"), (name_en, "name_en")):
        if (field == "name_nl" and not name.strip()) or len(name) > storing.TITLE or not name.isprintable():
            raise ProgrammeRefused(
                expected=_("a name of 1 to 160 readable characters"), found=name[:60] or _("nothing"),
                next_step=_("Write the name out."), field=field,
            )  # fmt: skip
    asked = dossiers.dossier(caller, code=dossier).id if dossier else None
    with transaction.atomic():
        if Programme.objects.filter(key=key).exists():
            raise Conflict(
                expected=_("a new key"), found=key, next_step=_("Open that programme, or choose another key.")
            )
        row = Programme.objects.create(
            key=key, organisation_id=owner.id, name_nl=name_nl.strip(), name_en=name_en.strip(), dossier_id=asked,
            made_at=caller.at,
        )  # fmt: skip
        audit.record(caller, verb="curriculum.make_programme", subject=("programme", key), fields=["name", "dossier"])
    return SavedProgramme(row.key, row.name_nl)


def draft_version(
    caller: Caller, *, programme: str, why: str, core: int | None = None, copy: bool = True
) -> SavedVersion:
    """A new draft: from a core (its run; one unit per cluster), else a copy of the last version, else empty."""
    with transaction.atomic():
        row = _new(caller, programme, why)
        last = row.programme.versions.exclude(pk=row.pk).order_by("-number").first()
        content = stored.programme.Version()
        if core is not None:
            row.core_id = red_thread.core_of(run=core)
            if row.core_id is None:
                raise NotFound(expected=_("a core"), found=core, next_step=_("Compute the red thread first."))
            content = _from_core(caller, row.core_id)
        elif copy and last is not None:
            row.based_on, content = last, stored.version(last.pk)
        storing.write(caller, row, content, verb="curriculum.draft_version")
    return saved(row)


def _new(caller: Caller, key: str, why: str) -> ProgrammeVersion:
    owner = rights.programme_row(key)
    rights.require_writer(caller, organisation=owner.organisation_id)
    if len(why) > storing.TEXT or not why.strip() or not why.isprintable():
        raise ProgrammeRefused(
            expected=_("in one line, what this version changes and why"), found=why[:60] or _("nothing"),
            next_step=_("Write a sentence."), field="why",
        )  # fmt: skip
    highest = owner.versions.aggregate(last=Max("number"))["last"] or 0
    return ProgrammeVersion.objects.create(
        programme=owner, number=highest + 1, why=why.strip(), made_by=caller.pseudonym, made_at=caller.at, version=0
    )


def _from_core(caller: Caller, core: int) -> programme.Version:
    """One unit per cluster, one outcome per item with the competence's own label, hours from the table of hours."""
    items = red_thread.core_items(caller, core=core)
    ids = [item.competence for item in items]
    clusters = {term.competence: term.cluster for term in skills.glossary(caller)}
    keys = {pk: key for key, pk in skills.ids_by_starter_key().items()}
    dutch, english, table = skills.labels(ids, "nl"), skills.labels(ids, "en"), red_thread.hours_of(ids)
    guided: defaultdict[str, int] = defaultdict(int)
    outcomes: list[programme.Outcome] = []
    for item in items:
        cluster, level = clusters.get(item.competence) or "other", item.level or 2
        guided[cluster] += table[item.competence][level - 1]
        outcomes.append(
            programme.Outcome(
                (keys.get(item.competence) or f"c{item.competence}")[:40], cluster,
                dutch[item.competence][: storing.TEXT], english[item.competence][: storing.TEXT],
                programme.depth_for(level), ((item.competence, level),),
            )
        )  # fmt: skip
    units = [
        programme.Unit(key, *CLUSTERS[key], guided[key], 0, place)
        for place, key in enumerate(CLUSTERS, start=1)
        if key in guided
    ]
    return programme.Version(tuple(units), tuple(outcomes))


def revise_version(caller: Caller, *, ref: str, version: int, content: programme.Version) -> SavedVersion:
    """Put this content in place of a draft's. ``version`` is the one that was read; raises :class:`Conflict`."""
    with transaction.atomic():
        row = storing.locked(caller, ref=ref)
        storing.require_same(row, version, content)
        storing.write(caller, row, content, verb="curriculum.revise_version")
    return saved(row)


def save_unit(
    caller: Caller,
    *,
    ref: str,
    version: int,
    unit: programme.Unit,
    outcomes: tuple[programme.Outcome, ...],
    was: str = "",
) -> SavedVersion:
    """Add a unit, or put it in place of the one whose code ``was``; at ``place`` from 1, 0 keeps it there or last."""
    now = _read(caller, ref, version)
    order = [one for one in now.units if one.code != was]
    had = next((place for place, one in enumerate(now.units, start=1) if one.code == was), len(now.units) + 1)
    order.insert((unit.place or had) - 1, unit)
    units = tuple(replace(one, place=place) for place, one in enumerate(order, start=1))
    others = tuple(one for one in now.outcomes if one.unit != was)
    content = programme.Version(units, (*others, *(replace(one, unit=unit.code) for one in outcomes)))
    return revise_version(caller, ref=ref, version=version, content=content)


def _read(caller: Caller, ref: str, version: int) -> programme.Version:
    """The content that the editor saw; who saved in between is told before anything else."""
    row = rights.readable_version(caller, ref=ref)
    storing.require_same(row, version)
    return stored.version(row.pk)


def remove_unit(caller: Caller, *, ref: str, version: int, code: str) -> SavedVersion:
    """Take a unit out of a draft, with its outcomes."""
    now = _read(caller, ref, version)
    if code not in {one.code for one in now.units}:
        raise NotFound(expected=_("a unit of this version"), found=code[:40], next_step=_("Choose one from the list."))
    units = tuple(one for one in now.units if one.code != code)
    content = programme.Version(units, tuple(one for one in now.outcomes if one.unit != code))
    return revise_version(caller, ref=ref, version=version, content=content)


def discard_draft(caller: Caller, *, ref: str, version: int) -> None:
    """Throw a draft away that was never under review; the trail of approvals keeps every other one."""
    with transaction.atomic():
        row = storing.locked(caller, ref=ref)
        storing.require_same(row, version)
        if row.approvals.exists() or ProgrammeVersion.objects.filter(based_on=row).exists():
            raise ProgrammeRefused(
                expected=_("a draft that nobody was asked about and nothing is based on"), found=ref,
                next_step=_("Edit it, or make a new version."),
            )  # fmt: skip
        audit.record(caller, verb="curriculum.discard_draft", subject=("programme-version", str(row.pk)))
        row.delete()


@dataclass(frozen=True, slots=True)
class ImportedVersion:
    """What reading a file did: a new draft, or only problems and nothing stored."""

    ref: str
    problems: tuple[files.Problem, ...]


def import_version(caller: Caller, *, programme: str, file_name: str, content: bytes, why: str) -> ImportedVersion:
    """A new draft from a file; with a problem that stops, nothing is stored and every problem is told."""
    rights.require_writer(caller, organisation=rights.programme_row(programme).organisation_id)
    read = files.read_file(caller, file_name=file_name, content=content)
    if read.version is None:
        return ImportedVersion("", read.problems)
    with transaction.atomic():
        row = _new(caller, programme, why)
        row.based_on = row.programme.versions.exclude(pk=row.pk).order_by("-number").first()
        storing.write(caller, row, read.version, verb="curriculum.import_version")
    return ImportedVersion(saved(row).ref, read.problems)
