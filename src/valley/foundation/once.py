"""What if a program sends the same write twice? With an ``Idempotency-Key`` it is done once and answered twice alike.

The key belongs to the caller and is kept for 24 hours (``privacy.retention`` removes it).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from valley.core.errors import ValleyError
from valley.foundation import clock, doors, problems
from valley.foundation.models import IdempotentReply

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# What a key may be: visible ASCII, as RFC 9110 writes field values; 100 fit beside the pseudonym in the table.
KEY = r"^[\x21-\x7e]{1,100}$"
# An answer in this state is being made by another request.
PENDING = 0


class KeyUnreadable(ValleyError):
    """An Idempotency-Key that is too long or holds other characters: shortened, it could be taken for another."""

    code = "idempotency-key-unreadable"
    status = 400


class KeyReused(ValleyError):
    """One Idempotency-Key came with two different requests."""

    code = "idempotency-key-reused"
    status = 422


class OnceMiddleware:
    """Keeps the first answer to a write of the API that carries an ``Idempotency-Key`` and repeats it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get("Idempotency-Key")
        if key is None or request.method not in WRITES or not request.path.startswith("/api/"):
            return self.get_response(request)
        try:
            return self._once(request, f"{doors.caller(request).pseudonym}:{_known(key)}")
        except ValleyError as error:
            return problems.answer_to(error, request)

    def _once(self, request: HttpRequest, key: str) -> HttpResponse:
        fingerprint = hashlib.sha256(
            f"{request.method} {request.get_full_path()}\n".encode() + request.body
        ).hexdigest()
        try:
            with transaction.atomic():
                kept = IdempotentReply.objects.create(
                    key=key, fingerprint=fingerprint, status=PENDING, body="", at=clock.now()
                )
        except IntegrityError:
            return _again(key, fingerprint)
        return self._first(request, kept)

    def _first(self, request: HttpRequest, kept: IdempotentReply) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= 400:
            kept.delete()
            return response
        kept.status, kept.body = response.status_code, response.content.decode()
        kept.save(update_fields=["status", "body"])
        return response


def _known(key: str) -> str:
    if not re.fullmatch(KEY, key):
        raise KeyUnreadable(
            expected="1 to 100 visible ASCII characters", found=f"{len(key)} characters", next_step="Send a UUID."
        )
    return key


def _again(key: str, fingerprint: str) -> HttpResponse:
    kept = IdempotentReply.objects.get(key=key)
    if kept.fingerprint != fingerprint:
        raise KeyReused(expected="the same request as before", found="another", next_step="Use a new Idempotency-Key.")
    if kept.status == PENDING:
        raise problems.Conflict(
            expected="one request at a time per key", found="the first is still running", next_step="Wait a moment."
        )
    return HttpResponse(kept.body, status=kept.status, content_type="application/json")
