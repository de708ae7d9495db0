"""Where do mails go when no mail server is set up: which file is each, and who can read them in a demo?

Every mail becomes a file in ``VALLEY_HOME/outbox``, readable by its owner only; the newest two hundred are kept.
"""

from __future__ import annotations

import email
import email.policy
import itertools
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage as ParsedMail
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import cast

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from valley.foundation import clock

KEPT = 200
_serial = itertools.count()


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in the outbox, as a reader of the demo sees it."""

    file: str
    to: tuple[str, ...]
    subject: str
    text: str
    sent_at: datetime | None


def folder() -> Path:
    """The outbox folder, made on first use."""
    path = Path(settings.VALLEY_HOME) / "outbox"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


class OutboxBackend(BaseEmailBackend):
    """Django's e-mail backend of a valley without a mail server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            put(message.message().as_bytes(linesep="\n"))
        _trim()
        return len(email_messages)


def put(content: bytes, *, name: str = "") -> Path:
    """Store one mail (its bytes) under a name that sorts by time; returns the file."""
    stamp = clock.now().strftime("%Y%m%dT%H%M%S%f")
    path = folder() / (name or f"{stamp}-{os.getpid()}-{next(_serial)}.eml")
    partial = path.with_suffix(".part")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    partial.replace(path)
    return path


def mails(*, to: str = "", limit: int = 50) -> tuple[Mail, ...]:
    """The newest mails first; those to one address when ``to`` is given."""
    found = []
    for path in files():
        mail = _read(path)
        if not to or to.lower() in mail.to:
            found.append(mail)
        if len(found) == limit:
            break
    return tuple(found)


def files() -> list[Path]:
    """All mail files, newest first."""
    return sorted(folder().glob("*.eml"), reverse=True)


def forget(address: str) -> int:
    """Remove every mail that names this address anywhere; returns how many."""
    needle, gone = address.lower(), 0
    for path in files():
        mail = _parsed(path)
        if needle in _addresses(mail) or needle in _text(mail).lower() or needle in str(mail["subject"] or "").lower():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _parsed(path: Path) -> ParsedMail:
    return cast(ParsedMail, email.message_from_bytes(path.read_bytes(), policy=email.policy.default))


def _addresses(mail: ParsedMail) -> tuple[str, ...]:
    headers = [str(value) for name in ("to", "cc", "bcc", "reply-to") for value in mail.get_all(name, [])]
    return tuple(address.lower() for _name, address in getaddresses(headers) if address)


def _text(mail: ParsedMail) -> str:
    body = mail.get_body(preferencelist=("plain", "html"))
    return str(body.get_content()) if body else ""


def _read(path: Path) -> Mail:
    mail = _parsed(path)
    sent = parsedate_to_datetime(str(mail["date"])) if mail["date"] else None
    return Mail(path.name, _addresses(mail), str(mail["subject"] or ""), _text(mail), sent)


def _trim() -> None:
    for path in files()[KEPT:]:
        path.unlink(missing_ok=True)
