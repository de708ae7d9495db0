"""How does the refusal of a text that cannot be read sound in the reader's language?

The arithmetic speaks plain English; its words are gathered here for the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from valley.core.skills.text import UnreadableText

WORDS = (
    gettext_noop("a text"), gettext_noop("nothing but white space"), gettext_noop("Paste the text itself."),
    gettext_noop("Split it into one text per job, and leave out what is not about the job."), gettext_noop("text"),
    gettext_noop("a PDF file"), gettext_noop("a Word, Excel or zip file"), gettext_noop("an RTF file"),
    gettext_noop("an old Office file"), gettext_noop("the raw bytes of a file"),
    gettext_noop("Open the file in its own program and copy the text, or save it as .docx or .txt."),
    gettext_noop("letters saved as UTF-8"), gettext_noop("signs without any letter"),
    gettext_noop("Save the file again with the encoding UTF-8, or copy the text from where it reads well."),
    gettext_noop("a text in Dutch, English or German"), gettext_noop("words of no language that is read here"),
    gettext_noop("Say the language if it is one of these three, or translate the text first."),
    gettext_noop("words that look like French"), gettext_noop("words that look like Spanish"),
    gettext_noop("words that look like Italian"), gettext_noop("words that look like Polish"),
    gettext_noop("words that look like Portuguese"), gettext_noop("words that look like Turkish"),
)  # fmt: skip


@contextmanager
def worded() -> Iterator[None]:
    """Inside the block a text that cannot be read is refused in the reader's language."""
    try:
        yield
    except UnreadableText as error:
        found = gettext(error.found)
        if "broken" in error.facts:
            found = _("%(count)s broken letters") % {"count": error.facts["broken"]}
        step = gettext(error.next_step)
        raise UnreadableText(expected=gettext(error.expected), found=found, next_step=step, **error.facts) from error
