import asyncio
import hashlib
import os
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec
import pytest
from Crypto.Cipher import AES
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.personal import Personal
from domain.sealing import UnknownSubject, Vault, commitment
from ops.keys.data_key import DataKey, KeyDestroyed
from ops.keys.key_store import FileKeyStore
from ops.keys.sealing import AesVault, SealBroken, seal_value, unseal_value
from tests.ops.keys.processes import ROOT

pytestmark = pytest.mark.anyio

EVENT, SUBJECT = uuid4(), uuid4()
KEY = DataKey(os.urandom(32))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


class Address(msgspec.Struct, frozen=True):
    city: str
    since: date


class Item(msgspec.Struct, frozen=True):
    label: Personal[str]
    amount: int = 0


class Registered(msgspec.Struct, frozen=True):
    name: Personal[str]
    born: Personal[date] | None = None
    address: Personal[Address] | None = None
    income: Personal[Decimal] | None = None
    phones: tuple[Personal[str], ...] = ()
    items: tuple[Item, ...] = ()
    kind: str = "client"


def stored(fact):
    """As it comes back from the log: sealed, without values."""
    strip = {}
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        if isinstance(value, Personal):
            strip[name] = Personal(
                value.subject, ciphertext=value.ciphertext, commitment=value.commitment
            )
    return msgspec.structs.replace(fact, **strip)


async def test_seals_and_opens_every_kind_of_field(store, organisation):
    vault: Vault = AesVault(store)
    one, other = uuid4(), uuid4()
    await vault.admit(organisation, one)
    await vault.admit(organisation, other)
    await vault.admit(organisation, one)
    fact = Registered(
        Personal(one, "王小明"),
        born=Personal(one, date(1990, 2, 3)),
        address=Personal(one, Address("成都", date(2020, 1, 1))),
        income=Personal(one, Decimal("12.50")),
        phones=(Personal(one, "138"), Personal(other, "139")),
        items=(Item(Personal(other, "rice"), 3),),
    )
    sealed = await vault.seal(organisation, EVENT, fact)
    assert fact.name.ciphertext is None
    assert sealed.name.is_sealed
    assert sealed.items[0].label.is_sealed
    (opened,) = await vault.open(organisation, [(EVENT, stored(sealed))])
    assert opened == sealed
    assert opened.address.value == Address("成都", date(2020, 1, 1))
    assert opened.born.value == date(1990, 2, 3)
    assert opened.income.value == Decimal("12.50")
    assert opened.phones[1].value == "139"


async def test_sealed_values_stay_and_open_leaves_plain_ones(store, organisation):
    vault = AesVault(store)
    await vault.admit(organisation, SUBJECT)
    sealed = await vault.seal(organisation, EVENT, Item(Personal(SUBJECT, "x")))
    assert await vault.seal(organisation, uuid4(), sealed) is sealed
    plain = Item(Personal(SUBJECT, "x"))
    assert await vault.open(organisation, [(EVENT, plain)]) == [plain]
    assert await vault.open(organisation, []) == []


async def test_equal_values_seal_differently(store, organisation):
    vault = AesVault(store)
    await vault.admit(organisation, SUBJECT)
    fact = Registered(Personal(SUBJECT, "x"), phones=(Personal(SUBJECT, "x"),))
    sealed = await vault.seal(organisation, EVENT, fact)
    again = await vault.seal(organisation, EVENT, fact)
    all_three = [sealed.name, sealed.phones[0], again.name]
    assert len({p.ciphertext for p in all_three}) == len({p.commitment for p in all_three}) == 3


async def test_erased_unknown_and_draft(store, organisation):
    vault = AesVault(store)
    await vault.admit(organisation, SUBJECT)
    sealed = await vault.seal(organisation, EVENT, Item(Personal(SUBJECT, "x"), 5))
    await store.destroy(organisation, SUBJECT)
    (opened,) = await vault.open(organisation, [(EVENT, sealed)])
    assert opened.amount == 5
    assert opened.label.erased
    assert opened.label.value is None
    assert opened.label.ciphertext == sealed.label.ciphertext
    with pytest.raises(KeyError):
        await vault.admit(organisation, SUBJECT)
    with pytest.raises(KeyDestroyed):
        await vault.seal(organisation, EVENT, Item(Personal(SUBJECT, "x")))
    with pytest.raises(UnknownSubject):
        await vault.seal(organisation, EVENT, Item(Personal(uuid4(), "x")))
    with pytest.raises(UnknownSubject):
        await vault.open(uuid4(), [(EVENT, sealed)])
    with pytest.raises(ValueError, match="draft"):
        await vault.seal(organisation, EVENT, Item(Personal(None, "x")))


async def test_moved_exchanged_or_changed_values_do_not_open(store, organisation):
    vault = AesVault(store)
    await vault.admit(organisation, SUBJECT)
    other = uuid4()
    await vault.admit(organisation, other)
    fact = Registered(Personal(SUBJECT, "secret 王"), phones=(Personal(SUBJECT, "138"),))
    sealed = await vault.seal(organisation, EVENT, fact)
    name, phone = sealed.name, sealed.phones[0]
    salt, _ = unseal_value(
        (await store.data_keys(organisation, [SUBJECT]))[SUBJECT], EVENT, "name", name
    )
    lying = commitment(EVENT, "name", salt, b'"another"')
    bad = [
        (uuid4(), sealed),
        (EVENT, Registered(phone)),
        (EVENT, Registered(Personal(other, **_form(name)))),
        (EVENT, Registered(Personal(SUBJECT, ciphertext=b"", commitment=name.commitment))),
        (EVENT, Registered(Personal(SUBJECT, ciphertext=name.ciphertext, commitment=lying))),
        (EVENT, Registered(Personal(SUBJECT, ciphertext=name.ciphertext))),
    ]
    for event_id, wrong in bad:
        with pytest.raises(SealBroken, match=str(event_id)) as broken:
            await vault.open(organisation, [(event_id, wrong)])
        assert "'name'" in str(broken.value)
        assert "secret" not in str(broken.value)
        assert broken.value.__suppress_context__ or broken.value.__context__ is None


async def test_a_value_of_another_kind_is_broken_and_not_quoted(store, organisation):
    class Was(msgspec.Struct):
        born: Personal[str]

    class Now(msgspec.Struct):
        born: Personal[date]

    vault = AesVault(store)
    await vault.admit(organisation, SUBJECT)
    was = await vault.seal(organisation, EVENT, Was(Personal(SUBJECT, "secret")))
    with pytest.raises(SealBroken) as broken:
        await vault.open(organisation, [(EVENT, Now(was.born))])
    assert "secret" not in str(broken.value)


def _form(personal):
    return {"ciphertext": personal.ciphertext, "commitment": personal.commitment}


def _sealed(value) -> Personal:
    plaintext = msgspec.json.encode(value)
    sealed = seal_value(KEY, EVENT, "note", SUBJECT, plaintext, os.urandom(44))
    return Personal(SUBJECT, ciphertext=sealed[0], commitment=sealed[1])


@given(value=values)
def test_any_json_value_comes_back(value):
    _, plaintext = unseal_value(KEY, EVENT, "note", _sealed(value))
    assert msgspec.json.decode(plaintext) == value


@given(value=st.text(max_size=40))
@settings(max_examples=30)
def test_every_single_bit_flip_and_cut_is_found(value):
    sealed = _sealed(value)
    forms = []
    for name, whole in _form(sealed).items():
        flips = [(i, bit) for i in range(len(whole)) for bit in (1, 128)]
        changed = [whole[:i] + bytes([whole[i] ^ bit]) + whole[i + 1 :] for i, bit in flips]
        changed += [whole[:-1], whole + b"\0"]
        forms += [{**_form(sealed), name: other} for other in changed]
    for form in forms:
        with pytest.raises(SealBroken):
            unseal_value(KEY, EVENT, "note", Personal(SUBJECT, **form))


def _vector() -> dict[str, str]:
    lines = (ROOT / "ops/docs/sealing.md").read_text().splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("| ")]
    return {row[0].strip(): row[1].strip().strip("`") for row in rows}


async def test_the_document_has_this_vector(tmp_path, outer):
    """A verifier in another language is written from ops/docs/sealing.md alone."""
    told = _vector()
    organisation, subject = uuid4(), UUID(told["subject"])
    entropy = bytes.fromhex(told["nonce"] + told["salt"])
    store = FileKeyStore(tmp_path / "keys", outer)
    store._refresh(organisation)
    key = DataKey(bytes.fromhex(told["data key"]))
    store._cache.put(organisation, {subject: key})
    vault = AesVault(store, entropy=lambda count: entropy[:count])
    fact = Registered(Personal(subject, "王小明"))
    sealed = await vault.seal(organisation, UUID(told["event id"]), fact)
    assert told["field"] == "name"
    assert msgspec.json.encode("王小明").hex() == told["plaintext"]
    assert sealed.name.ciphertext.hex() == told["ciphertext"]
    assert sealed.name.commitment.hex() == told["commitment"]


async def test_opening_a_caseload_does_not_hold_up_others(store, organisation):
    vault = AesVault(store)
    await vault.admit(organisation, SUBJECT)
    item = stored(await vault.seal(organisation, EVENT, Item(Personal(SUBJECT, "x"))))
    opening = asyncio.create_task(vault.open(organisation, [(EVENT, item)] * 12_000))
    turns = 0
    while not opening.done():
        await asyncio.sleep(0)
        turns += 1
    assert len(await opening) == 12_000
    assert turns > 12


def test_nothing_of_the_value_is_in_the_stored_form():
    sealed = _sealed("王小明 13800000000")
    for form in (sealed.ciphertext, sealed.commitment, repr(sealed).encode()):
        assert b"13800000000" not in form
        assert "小明".encode() not in form


def test_the_vector_holds_by_another_implementation():
    told = _vector()
    raw = {name: bytes.fromhex(told[name]) for name in ("data key", "plaintext", "nonce", "salt")}
    ids = [UUID(told[name]).bytes for name in ("event id", "subject")]
    bound = ids[0] + b"\0\0\0\4name" + ids[1]
    cipher = AES.new(raw["data key"], AES.MODE_GCM, nonce=raw["nonce"])
    cipher.update(bound)
    sealed, tag = cipher.encrypt_and_digest(raw["salt"] + raw["plaintext"])
    assert told["associated data"] == bound.hex()
    assert told["ciphertext"] == (raw["nonce"] + sealed + tag).hex()
    committed = b"\x02" + ids[0] + b"\0\0\0\4name" + raw["salt"] + raw["plaintext"]
    assert told["commitment"] == hashlib.sha256(committed).hexdigest()
