"""Which files of the official ESCO set lie in these zips and folders, and can they be trusted to be read?

Nothing is ever unpacked to disk. Sizes are checked before a byte is read; a file that is cut off shows itself here,
because every byte is read once for its SHA-256 before anything is interpreted.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from valley.core.errors import ValleyError

# The complete official English set of ESCO 1.1.1 is 43 MB unpacked, at most ten times its packed size.
LARGEST_SET = 600 * 1024 * 1024
LARGEST_RATIO = 200

CONCEPT_FILES = ("occupations", "skills", "skillGroups", "ISCOGroups", "skillsHierarchy")
RELATION_FILES = (
    "broaderRelationsSkillPillar",
    "broaderRelationsOccPillar",
    "occupationSkillRelations",
    "skillSkillRelations",
)
LABEL_FILE = "skill_labels"
MERGES_FILE = "merges"
_KINDS = {kind.lower(): kind for kind in (*CONCEPT_FILES, *RELATION_FILES)}
_OFFICIAL = re.compile(r"^(?P<kind>[A-Za-z]+?)(?:_(?P<language>[a-z]{2}))?\.csv$", re.IGNORECASE)
_NEXT = "Download the CSV set anew from the ESCO portal and give the zip as it is."


class PathMissing(ValleyError):
    """A path that was given does not exist."""

    code = "path-missing"


class NotEsco(ValleyError):
    """Nothing in the given paths is a file of the official ESCO set, or one that is needed is not there."""

    code = "not-esco"


class UnreadableArchive(ValleyError):
    """A zip is cut off, damaged or encrypted."""

    code = "unreadable-archive"


class ArchiveTooLarge(ValleyError):
    """A zip would unpack to more than any ESCO set can be."""

    code = "archive-too-large"


class FileTwice(ValleyError):
    """The same file was given twice, with different contents."""

    code = "file-twice"


@dataclass(frozen=True, slots=True)
class Source:
    """One CSV file: what it is, in which language (empty where the file has none), where it lies."""

    kind: str
    language: str
    name: str
    path: Path
    inner: str = ""
    sha256: str = ""

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The bytes of the file. Raises `UnreadableArchive` when the zip around it turns out to be damaged."""
        try:
            if not self.inner:
                with self.path.open("rb") as stream:
                    yield stream
                return
            with zipfile.ZipFile(self.path) as archive, archive.open(self.inner) as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise UnreadableArchive(
                expected="a complete zip", found=f"{self.path.name}, damaged at {self.inner}: {error}", next_step=_NEXT
            ) from error


def esco_sources(paths: Sequence[Path], *, language: str) -> dict[str, Source]:
    """The files to read for ``language``, by kind, each with its SHA-256.

    Folders are searched with everything below them, zips inside folders included. Files in another language, and the
    collections that ESCO adds (digital, green...), are left aside. A file that lies there twice counts once.
    """
    found: dict[str, Source] = {}
    for source in (source for path in paths for source in _sources_in(path, given=True)):
        if source.language not in ("", language):
            continue
        read = _digested(source)
        known = found.setdefault(read.kind, read)
        if known.sha256 != read.sha256:
            raise FileTwice(
                expected=f"one file with {read.kind}",
                found=f"{known.path / known.inner} and {read.path / read.inner}, which differ",
                next_step="Give only the files of one release.",
            )
    if not found:
        names = ", ".join(path.name for path in paths) or "nothing"
        raise NotEsco(
            expected=f"official ESCO CSV files in {language!r}, such as skills_{language}.csv",
            found=f"none in {names}",
            next_step=_NEXT,
        )
    return found


def _digested(source: Source) -> Source:
    digest = hashlib.sha256()
    with source.opened() as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return replace(source, sha256=digest.hexdigest())


def _sources_in(path: Path, *, given: bool = False) -> Iterator[Source]:
    if path.is_dir():
        for below in sorted(path.iterdir()):
            if below.is_dir() or below.suffix.lower() in (".zip", ".csv"):
                yield from _sources_in(below)
    elif path.suffix.lower() == ".csv" and path.exists():
        yield from _named(path, (path.name,), inner=False, given=given)
    elif path.exists():
        yield from _named(path, _zip_members(path), inner=True)
    else:
        raise PathMissing(expected="a zip, a CSV file or a folder", found=path, next_step="Check the path.")


def _named(path: Path, members: Iterable[str], *, inner: bool, given: bool = False) -> Iterator[Source]:
    for member in members:
        name = member.rsplit("/", 1)[-1]
        match = _OFFICIAL.match(name)
        kind = _KINDS.get(match["kind"].lower(), "") if match else ""
        language = (match["language"] or "").lower() if match else ""
        if name.startswith(LABEL_FILE) and name.endswith(".csv"):
            kind, language = LABEL_FILE, "nl"
        elif not kind and given and not inner:
            kind, language = MERGES_FILE, ""
        if kind:
            language = "" if kind in RELATION_FILES else language
            yield Source(kind, language, name, path, member if inner else "")


def _zip_members(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.filename.startswith("__MACOSX/")]
    except (zipfile.BadZipFile, EOFError, ValueError) as error:
        raise UnreadableArchive(expected="a complete zip", found=f"{path.name}: {error}", next_step=_NEXT) from error
    # The sizes in the directory of a zip can lie, but reading stops at the stated size, so checking them is enough.
    size = sum(info.file_size for info in members)
    worst = max((info.file_size / max(info.compress_size, 1) for info in members), default=0.0)
    if size > LARGEST_SET or worst > LARGEST_RATIO:
        raise ArchiveTooLarge(
            expected=f"at most {LARGEST_SET >> 20} MB unpacked, at most {LARGEST_RATIO} times as large as packed",
            found=f"{path.name} with {size >> 20} MB, one file {worst:.0f} times as large",
            next_step="Do not open this file; " + _NEXT[0].lower() + _NEXT[1:],
        )
    return [info.filename for info in members]
