"""Which text does a file hold that someone sent: .txt or .docx, told apart by content, within bounds?"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation.spreadsheets.reading import MOST_BYTES, MOST_FILES, MOST_UNPACKED

LONGEST = 100_000
"""Characters; fifty pages. The longest real job texts have some 12,000."""
MOST_PARTS = MOST_UNPACKED // 4
"""A .docx of fifty pages unpacks to some 3 MB of XML; 20 MB is no job text."""
_BULLET = ("List", "Opsomming", "Lijst")


class DocumentRefused(ValleyError):
    """The file holds no text that can be read; says what to save it as."""

    code = "document-refused"


def read_file(file_name: str, content: bytes) -> str:
    """The text of a .txt (UTF-8, UTF-16 with a mark, or Windows) or .docx file, whatever its name says.

    Raises :class:`DocumentRefused`, with the name of the file among its facts.
    """
    try:
        return _text_of(content)
    except DocumentRefused as error:
        error.facts["file"] = file_name[-160:]
        raise


def _text_of(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise _refused(_("a file of at most 5 MB"), _("a larger one"), _("Paste the text itself."))
    if not content.strip(b"\0 \r\n\t"):
        raise _refused(_("a file with a text in it"), _("an empty file"), _("Choose the file again."))
    if content[:2] == b"PK":
        return _document(content)
    if content[:4] == b"%PDF":
        raise _kind(_("a PDF"))
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise _kind(_("an old or locked Word file"))
    return _plain(content)


def _refused(expected: str, found: str, next_step: str) -> DocumentRefused:
    return DocumentRefused(expected=expected, found=found, next_step=next_step)


def _kind(found: str) -> DocumentRefused:
    return _refused(_("a text (.txt or .docx)"), found, _("Save it as .docx or .txt, or paste the text."))


def _plain(content: bytes) -> str:
    """UTF-8 first; what is not UTF-8 is read as Windows, unless that gives signs no text has."""
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(sign < " " and sign not in "\n\r\t\f" for sign in words):
            return words.replace("\f", "\n")
        break
    raise _refused(
        _("a text in UTF-8"),
        _("signs that are no letters: another encoding, or no text"),
        _("Save the file as “plain text, UTF-8”, or paste the text."),
    )


def _document(content: bytes) -> str:
    """The paragraphs and tables of a .docx in their order; list items begin with a dash."""
    _require_bounds(content)
    from docx import Document

    try:
        words = "\n".join(_blocks(Document(io.BytesIO(content))))
    except Exception as error:  # python-docx raises whatever its parsers raise
        raise _kind(_("a damaged file, or no Word document")) from error
    if len(words) > LONGEST:
        raise _refused(
            _("a text of at most %(most)s characters") % {"most": LONGEST},
            _("a longer one"),
            _("Send each job text as a file of its own."),
        )
    return words


def _require_bounds(content: bytes) -> None:
    """Really unpack within bounds first: the package's own table of sizes may lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            left = MOST_PARTS if len(entries) <= MOST_FILES else 0
            for entry in entries:
                with package.open(entry) as stream:
                    left -= len(stream.read(left + 1))
                if left < 0:
                    raise _refused(
                        _("a file that unpacks to at most 20 MB"),
                        _("a file that unpacks to more"),
                        _("Copy the text into a new file."),
                    )
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise _kind(_("a damaged file")) from error


def _blocks(document: Any) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
                yield ": ".join(cell for cell in cells if cell)
        else:
            style = block.style.name if block.style is not None else ""
            listed = str(style).startswith(_BULLET) or (block._p.pPr is not None and block._p.pPr.numPr is not None)
            yield f"- {block.text}" if listed and block.text.strip() else block.text
