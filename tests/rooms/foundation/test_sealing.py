"""Is sealed text readable with its owner's key only, and gone for good when the key is?"""

import sqlite3
from pathlib import Path

import pytest
from django.db import connections
from tests.factories import AT

from valley.foundation import sealing
from valley.foundation.models import DataKey, ErasedOwner

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def test_what_was_sealed_opens_again():
    sealed = sealing.seal("a", "Sára Ĵanssen ☎", at=AT)
    assert b"anssen" not in sealed
    assert sealing.unseal("a", sealed) == "Sára Ĵanssen ☎"
    assert sealing.unseal("a", memoryview(sealed)) == "Sára Ĵanssen ☎"


def test_nothing_is_nothing():
    assert sealing.seal("a", "", at=AT) == b""
    assert sealing.unseal("a", b"") == ""
    assert not DataKey.objects.exists()


def test_the_same_text_never_looks_the_same_twice():
    assert sealing.seal("a", "text", at=AT) != sealing.seal("a", "text", at=AT)


def test_another_owners_key_does_not_open_it():
    sealed = sealing.seal("a", "text", at=AT)
    sealing.make_keys(["b"], at=AT)
    with pytest.raises(sealing.Unreadable):
        sealing.unseal("b", sealed)


@pytest.mark.parametrize("damage", [lambda s: s[:-1], lambda s: s[:-1] + bytes([s[-1] ^ 1]), lambda s: b"\x07" + s[1:]])
def test_damaged_text_says_so(damage):
    sealed = sealing.seal("a", "text", at=AT)
    with pytest.raises(sealing.Unreadable):
        sealing.unseal("a", damage(sealed))


def test_many_texts_ask_the_vault_once_per_500_owners(django_assert_num_queries):
    pairs = [(f"o{number:04}", f"text {number}" if number % 3 else "") for number in range(1001)]
    sealed = sealing.seal_many(pairs, at=AT)
    closed = [(owner, blob) for (owner, _), blob in zip(pairs, sealed, strict=True)]
    with django_assert_num_queries(2, connection=connections["vault"]):
        assert sealing.unseal_many(closed) == [text for _, text in pairs]


def test_keys_are_made_once():
    assert sealing.make_keys(["a", "b", "a"], at=AT) == 2
    before = dict(DataKey.objects.values_list("owner", "wrapped"))
    assert sealing.make_keys(["a", "b", "c"], at=AT) == 1
    assert {owner: dict(DataKey.objects.values_list("owner", "wrapped"))[owner] for owner in before} == before


def test_after_shredding_nothing_opens_and_nothing_new_is_sealed():
    sealed = sealing.seal("a", "text", at=AT)
    other = sealing.seal("b", "kept", at=AT)
    sealing.shred("a", at=AT)
    sealing.shred("a", at=AT)
    with pytest.raises(sealing.Unreadable, match="no key"):
        sealing.unseal("a", sealed)
    with pytest.raises(sealing.OwnerForgotten):
        sealing.seal("a", "again", at=AT)
    assert sealing.unseal("b", other) == "kept"
    assert sealing.forgotten() == {"a"}
    assert ErasedOwner.objects.get().erased_at == AT


def test_keys_lie_wrapped_and_only_this_master_key_unwraps_them(settings):
    sealed = sealing.seal("a", "text", at=AT)
    assert sealing.check_master_key() == 1
    settings.VALLEY_MASTER_KEY = "another"
    with pytest.raises(sealing.MasterKeyWrong):
        sealing.unseal("a", sealed)
    with pytest.raises(sealing.MasterKeyWrong):
        sealing.check_master_key()


def test_no_opened_key_outlives_its_call():
    """Another process may shred at any moment: a second reading asks the vault again."""
    sealed = sealing.seal("a", "text", at=AT)
    assert sealing.unseal("a", sealed) == "text"
    DataKey.objects.all().delete()
    with pytest.raises(sealing.Unreadable):
        sealing.unseal("a", sealed)


def test_the_vault_file_holds_no_byte_of_a_shredded_key(valley_process):
    """In a real vault file: the wrapped key is in it before, and in no page or log of it after."""
    wrapped = valley_process(
        """
        from valley.foundation import clock, sealing
        from valley.foundation.models import DataKey
        for number in range(50):
            sealing.seal(f"o{number}", "text", at=clock.now())
        print(bytes(DataKey.objects.get(owner="o7").wrapped).hex())
        """
    ).stdout.strip()
    assert bytes.fromhex(wrapped) in vault_bytes(valley_process.home)
    valley_process("from valley.foundation import clock, sealing; sealing.shred('o7', at=clock.now())")
    assert bytes.fromhex(wrapped) not in vault_bytes(valley_process.home)
    with sqlite3.connect(valley_process.home / "vault.sqlite3") as vault:
        assert vault.execute("SELECT count(*) FROM foundation_datakey").fetchone() == (49,)


def vault_bytes(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.glob("vault.sqlite3*")))
