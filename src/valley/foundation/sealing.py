"""How is sensitive text kept so that forgetting a person also reaches every copy that was ever made?

Each owner (a person's or account's pseudonym) has a key of their own in the vault, a database that no backup holds. The
text is sealed with that key; destroying the key makes every copy unreadable, wherever it lies. Keys lie wrapped under
the master key of the settings. No opened key outlives the call that needed it, so that no process can read on after
another has shredded.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connections, transaction
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation.models import DataKey, ErasedOwner

VAULT = "vault"
_VERSION = b"\x01"
# NIST SP 800-38D, 8.2: a 96-bit nonce; drawn at random it is safe far beyond the 2^32 texts one person will not write.
_NONCE = 12
_BATCH = 500


class Unreadable(ValleyError):
    """The sealed text cannot be opened: its key is gone, another owner's, or the text was damaged."""

    code = "sealed-text-unreadable"
    status = 410


class OwnerForgotten(ValleyError):
    """Someone wants to seal for an owner who asked to be forgotten."""

    code = "owner-forgotten"
    status = 410


class MasterKeyWrong(ValleyError):
    """The keys in the vault were wrapped under another master key."""

    code = "master-key-wrong"
    status = 500


def seal(owner: str, text: str, *, at: datetime) -> bytes:
    """Seal one text for its owner, making the owner's key when there is none. Empty text gives empty bytes."""
    return seal_many([(owner, text)], at=at)[0]


def seal_many(pairs: Iterable[tuple[str, str]], *, at: datetime) -> list[bytes]:
    """Seal texts for their owners, in order; one question to the vault per 500 owners.

    Raises :class:`OwnerForgotten` when an owner was erased: nothing is sealed then.
    """
    listed = list(pairs)
    owners = {owner for owner, text in listed if text}
    make_keys(owners, at=at)
    keys = _keys(owners)
    return [_closed(keys[owner], owner, text) if text else b"" for owner, text in listed]


def unseal(owner: str, sealed: bytes | memoryview) -> str:
    """Open one sealed text; raises :class:`Unreadable` when its key is gone or does not fit."""
    return unseal_many([(owner, sealed)])[0]


def unseal_many(pairs: Iterable[tuple[str, bytes | memoryview]]) -> list[str]:
    """Open sealed texts, in order; one question to the vault per 500 owners. Empty bytes give empty text."""
    listed = [(owner, bytes(sealed)) for owner, sealed in pairs]
    keys = _keys({owner for owner, sealed in listed if sealed})
    return [_opened(keys, owner, sealed) if sealed else "" for owner, sealed in listed]


def make_keys(owners: Iterable[str], *, at: datetime) -> int:
    """Make the keys that are missing among ``owners``; returns how many. Raises :class:`OwnerForgotten`."""
    made = 0
    for batch in _batches(sorted(set(owners))):
        if ErasedOwner.objects.filter(owner__in=batch).exists():
            raise OwnerForgotten(
                expected=_("an owner who is known"),
                found=_("one who asked to be forgotten"),
                next_step=_("Start with a new account."),
            )
        there = set(DataKey.objects.filter(owner__in=batch).values_list("owner", flat=True))
        wrapper = _wrapper()
        fresh = [
            DataKey(owner=owner, wrapped=_wrapped(wrapper, owner, AESGCM.generate_key(256)), made_at=at)
            for owner in batch
            if owner not in there
        ]
        # Two processes may make the first key of one owner at the same moment: the first one stays.
        if fresh:
            DataKey.objects.bulk_create(fresh, ignore_conflicts=True)
            made += len(fresh)
    return made


def has_key(owners: Iterable[str]) -> set[str]:
    """Which of these owners have a key."""
    found: set[str] = set()
    for batch in _batches(sorted(set(owners))):
        found.update(DataKey.objects.filter(owner__in=batch).values_list("owner", flat=True))
    return found


def forgotten() -> frozenset[str]:
    """Every pseudonym that was shredded."""
    return frozenset(ErasedOwner.objects.values_list("owner", flat=True))


def shred(owner: str, *, at: datetime) -> None:
    """Destroy the key of an owner for good and remember that the owner is to be forgotten. Twice is harmless.

    The vault is rewritten afterwards, so that the wrapped key is in no page and no log of its file.
    """
    with transaction.atomic(using=VAULT):
        ErasedOwner.objects.get_or_create(owner=owner, defaults={"erased_at": at})
        DataKey.objects.filter(owner=owner).delete()
        transaction.on_commit(_rewrite_vault, using=VAULT)


def _rewrite_vault() -> None:
    connection = connections[VAULT]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def check_master_key() -> int:
    """Open one wrapped key to prove that the master key fits; returns how many keys there are."""
    first = DataKey.objects.order_by("owner").first()
    if first is not None:
        _unwrapped(_wrapper(), first.owner, bytes(first.wrapped))
    return DataKey.objects.count()


# --- the arithmetic ---------------------------------------------------------------------------------------------------


def _wrapper() -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"valley data keys 1")
    return AESGCM(derived.derive(settings.VALLEY_MASTER_KEY.encode()))


def _wrapped(wrapper: AESGCM, owner: str, key: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + wrapper.encrypt(nonce, key, owner.encode())


def _unwrapped(wrapper: AESGCM, owner: str, wrapped: bytes) -> bytes:
    try:
        return wrapper.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], owner.encode())
    except InvalidTag as error:
        raise MasterKeyWrong(
            expected=_("the master key that wrapped these keys"),
            found=_("another one"),
            next_step=_("Put back master.key (or VALLEY_MASTER_KEY) that belongs to this vault."),
        ) from error


def _keys(owners: Iterable[str]) -> dict[str, AESGCM]:
    wrapper = _wrapper()
    keys: dict[str, AESGCM] = {}
    for batch in _batches(sorted(set(owners))):
        rows: Any = DataKey.objects.filter(owner__in=batch).values_list("owner", "wrapped")
        keys.update({owner: AESGCM(_unwrapped(wrapper, owner, bytes(wrapped))) for owner, wrapped in rows})
    return keys


def _closed(key: AESGCM, owner: str, text: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + key.encrypt(nonce, text.encode(), owner.encode())


def _opened(keys: Mapping[str, AESGCM], owner: str, sealed: bytes) -> str:
    if owner not in keys:
        raise Unreadable(
            expected=_("the key of this owner"),
            found=_("no key"),
            next_step=_("The owner was forgotten; leave it closed."),
        )
    if sealed[:1] != _VERSION:
        raise Unreadable(
            expected=_("sealed text of version 1"), found=_("other bytes"), next_step=_("Restore it from a backup.")
        )
    try:
        return keys[owner].decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], owner.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable(
            expected=_("sealed text of this owner"),
            found=_("damaged or foreign bytes"),
            next_step=_("Restore it from a backup."),
        ) from error


def _batches(owners: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(owners)
    while batch := list(islice(rest, _BATCH)):
        yield batch
