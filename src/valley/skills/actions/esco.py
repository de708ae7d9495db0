"""How does the official ESCO set come in: read, checked, compared, then written in one transaction or not at all?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from django.db import transaction

from valley.core.errors import ValleyError
from valley.foundation import access, audit
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.skills.actions import esco_labels, esco_rows
from valley.skills.actions.esco_set import EscoSet, Remark, digest, esco_set
from valley.skills.actions.sources import Source, esco_sources
from valley.skills.models import Release, ReleaseItem, Scheme
from valley.skills.queries import history

Progress = Callable[[float, str], None]
_VERSION = re.compile(r"^v?(\d{1,3}(?:\.\d{1,3}){1,3})$")
FIRST_LANGUAGE = "en"


class BadRelease(ValleyError):
    """A release is not named as ESCO names its releases, or a language is not one of the two."""

    code = "bad-release"


class ReleaseTooOld(ValleyError):
    """A newer release is loaded already."""

    code = "release-too-old"
    status = 409


class ReleaseDiffers(ValleyError):
    """This release is loaded already, from other files."""

    code = "release-differs"
    status = 409


class LanguageTooEarly(ValleyError):
    """Dutch was given for a release whose concepts are not loaded."""

    code = "language-too-early"
    status = 409


@dataclass(frozen=True, slots=True)
class Counts:
    """What the files hold. ``relations`` link occupations and skills; ``left_out`` of them are not stored."""

    occupations: int
    skills: int
    skill_groups: int
    isco_groups: int
    relations: int = 0
    skill_relations: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or with ``dry_run`` would do. Added to merged count concepts against the release before."""

    release: str
    language: str
    dry_run: bool
    written: bool
    counts: Counts
    added: int
    changed: int
    renamed: int
    retired: int
    merged: int
    unchanged: int
    dutch_labels: int
    warnings: tuple[Remark, ...]
    seconds: float


def silent(share: float, words: str) -> None:
    """The progress nobody watches."""


def import_esco(
    caller: Caller,
    *,
    path: Path | Sequence[Path],
    release: str,
    language: str = FIRST_LANGUAGE,
    dry_run: bool = False,
    progress: Progress = silent,
) -> ImportReport:
    """Import zips, folders or CSV files of one ESCO release; English first, then Dutch for the same release.

    Everything is read and checked before the first write, and all is written in one transaction. The same files twice
    write nothing. Costs about fifteen seconds and 300 MB for a whole release. Raises the errors of
    `esco_sources` and `esco_set`, `BadRelease`, `ReleaseTooOld`, `ReleaseDiffers` and `LanguageTooEarly`.
    """
    started = perf_counter()
    access.require_desk(caller, DeskRole.OFFICE, DeskRole.DESIGNER)
    version = _version(release)
    if language not in ("en", "nl"):
        raise BadRelease(expected="en or nl", found=language, next_step="Valley speaks Dutch and English.")
    progress(0.0, "looking for files")
    sources = esco_sources([path] if isinstance(path, Path) else list(path), language=language)
    progress(0.05, "reading and checking")
    work = _Import(caller, version, language, dry_run, progress, started)
    if language == FIRST_LANGUAGE:
        return work.concepts(sources, esco_set(sources))
    return work.labels(sources, esco_labels.labels(sources))


def _version(text: str) -> str:
    match = _VERSION.match(text.strip())
    if match is None:
        raise BadRelease(
            expected="a release such as 1.1.1 or 1.2.0", found=text[:40], next_step="Look at the zip's name."
        )
    return match[1]


def _order(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in version.split(".")]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class _Import:
    caller: Caller
    version: str
    language: str
    dry_run: bool
    progress: Progress
    started: float

    def concepts(self, sources: Mapping[str, Source], new: EscoSet) -> ImportReport:
        """Bring in a whole release."""
        with transaction.atomic():
            newest = _newest()
            self._refuse_older(newest)
            same = newest is not None and _order(newest.version) == _order(self.version)
            if same and newest is not None:
                self._refuse_other_files(newest, sources)
            items = _items(new)
            tally = _tally(items, list(newest.items.all()) if newest else [])
            if not same and not self.dry_run:
                esco_rows.store(new, progress=self.progress)
                self._keep_release(sources, new, items)
        return self._report(_counts(new), tally, new.remarks, dutch=0, written=not same and not self.dry_run)

    def labels(self, sources: Mapping[str, Source], given: esco_labels.Labels) -> ImportReport:
        """Add a language to the release that is loaded."""
        with transaction.atomic():
            newest = _newest()
            if newest is None or _order(newest.version) != _order(self.version):
                raise LanguageTooEarly(
                    expected=f"release {self.version} in English, loaded before its Dutch",
                    found=f"release {newest.version}" if newest else "no ESCO release",
                    next_step=f"Import the English files of {self.version} first (--language en).",
                )
            files = {source.name: source.sha256 for source in sources.values()}
            seen = files.items() <= newest.files.items()
            write = not seen and not self.dry_run
            tally, remarks = esco_labels.store(given, dry_run=not write, progress=self.progress)
            if write:
                self._keep_language(newest, files)
        counts = _numbers(given.number, left_out=sum(remark.count for remark in remarks))
        return self._report(counts, tally, remarks, dutch=given.number("skill"), written=write)

    def _keep_language(self, newest: Release, files: dict[str, str]) -> None:
        newest.languages = sorted({*newest.languages, self.language})
        newest.files = newest.files | files
        newest.fingerprint = _fingerprint(newest.files)
        newest.save(update_fields=["languages", "files", "fingerprint"])
        audit.record(self.caller, verb="skills.import_esco", subject=("vocabulary", f"{self.version}:nl"))

    def _refuse_older(self, newest: Release | None) -> None:
        if newest is not None and _order(newest.version) > _order(self.version):
            raise ReleaseTooOld(
                expected=f"release {newest.version}, which is loaded, or a newer one",
                found=f"release {self.version}",
                next_step="Nothing needs to be done: the newer release knows what became of the older concepts.",
                loaded=newest.version,
            )

    def _refuse_other_files(self, newest: Release, sources: Mapping[str, Source]) -> None:
        other = [source.name for source in sources.values() if newest.files.get(source.name) != source.sha256]
        if other:
            raise ReleaseDiffers(
                expected=f"the files from which release {self.version} was loaded",
                found=f"other contents in {', '.join(sorted(other))}",
                next_step="A release never changes. Give these files their own release number, such as the next one.",
            )

    def _keep_release(self, sources: Mapping[str, Source], new: EscoSet, items: list[ReleaseItem]) -> None:
        files = {source.name: source.sha256 for source in sources.values()}
        kept = Release.objects.create(
            scheme=Scheme.ESCO,
            version=self.version,
            languages=[FIRST_LANGUAGE],
            imported_at=self.caller.at,
            fingerprint=_fingerprint(files),
            files=files,
            counts=asdict(_counts(new)),
        )
        for item in items:
            item.release = kept
        self.progress(0.95, "keeping the release")
        ReleaseItem.objects.bulk_create(items, batch_size=1000)
        audit.record(self.caller, verb="skills.import_esco", subject=("vocabulary", self.version))

    def _report(
        self, counts: Counts, tally: Mapping[str, int], remarks: Sequence[Remark], *, dutch: int, written: bool
    ) -> ImportReport:
        self.progress(1.0, "done")
        return ImportReport(
            release=self.version,
            language=self.language,
            dry_run=self.dry_run,
            written=written,
            counts=counts,
            **{name: tally.get(name, 0) for name in _TALLIES},
            dutch_labels=dutch,
            warnings=tuple(remarks),
            seconds=round(perf_counter() - self.started, 2),
        )


_TALLIES = ("added", "changed", "renamed", "retired", "merged", "unchanged")


def _newest() -> Release | None:
    loaded = Release.objects.filter(scheme=Scheme.ESCO)
    return max(loaded, key=lambda release: _order(release.version), default=None)


def _fingerprint(files: Mapping[str, str]) -> str:
    return sha256(repr(sorted(files.items())).encode()).hexdigest()


def _items(new: EscoSet) -> list[ReleaseItem]:
    above: dict[str, list[str]] = {}
    for child, parent in new.broader:
        above.setdefault(child, []).append(parent)
    listed = [
        ReleaseItem(
            uri=uri,
            kind=concept.kind,
            label=concept.label,
            retired=concept.retired or uri in new.merged,
            digest=digest(concept, above.get(uri, ())),
            replaced_by=new.merged.get(uri, ""),
        )
        for uri, concept in new.concepts.items()
    ]
    gone = [
        ReleaseItem(uri=uri, kind="", label="", retired=True, digest="", replaced_by=into)
        for uri, into in new.merged.items()
        if uri not in new.concepts
    ]
    return listed + gone


def _tally(items: Sequence[ReleaseItem], before: Sequence[ReleaseItem]) -> dict[str, int]:
    difference = history.compared(before, items)
    return {name: len(getattr(difference, name)) for name in _TALLIES[:-1]} | {"unchanged": difference.unchanged}


def _counts(new: EscoSet) -> Counts:
    return _numbers(
        lambda kind: sum(1 for _ in new.of_kind(kind)),
        relations=new.relations_read,
        skill_relations=len(new.related),
        left_out=new.relations_read - len(new.asks),
    )


def _numbers(number: Callable[[str], int], **others: int) -> Counts:
    return Counts(number("occupation"), number("skill"), number("skill-group"), number("isco-group"), **others)
