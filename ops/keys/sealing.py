"""Personal values sealed under each person's data key: the cipher behind `domain.sealing.Vault`.

    ciphertext = nonce (12) || AES-256-GCM(data key, salt (32) || plaintext)

with a random nonce (NIST SP 800-38D, 8.2.2: at most 2^32 values a person) and the associated data
and commitment of `domain.sealing`. The plaintext is the value as JSON. `ops/docs/sealing.md` has
the layout with a test vector.
"""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag

from domain.personal import Personal, map_personal
from domain.sealing import SALT_BYTES, associated_data, commitment
from ops.keys.data_key import DataKey, KeyDestroyed
from ops.keys.field_types import decoder_of
from ops.keys.key_store import KeyStore
from ops.keys.wrapping import NONCE_BYTES, TAG_BYTES

F = TypeVar("F")

_SHORTEST: Final = NONCE_BYTES + SALT_BYTES + TAG_BYTES
_VALUES_A_TURN: Final = 500
"""Opened without letting others run: about 3 ms."""


class SealBroken(ValueError):
    """A sealed value was changed, moved or cut. Names event and field, never a value."""

    def __init__(self, event_id: UUID, field: str) -> None:
        super().__init__(f"the sealed value {field!r} of event {event_id} does not open")
        self.event_id = event_id
        self.field = field


class _Place(NamedTuple):
    """A personal value of a fact, copied, so that it can be filled in."""

    event_id: UUID
    field: str
    subject: UUID
    personal: Personal[Any]
    fact: Any


def seal_value(
    key: DataKey, event_id: UUID, field: str, subject: UUID, plaintext: bytes, entropy: bytes
) -> tuple[bytes, bytes]:
    """Ciphertext and commitment of one value. `entropy`: nonce (12 bytes) and salt (32)."""
    nonce, salt = entropy[:NONCE_BYTES], entropy[NONCE_BYTES:]
    bound = associated_data(event_id, field, subject)
    sealed = nonce + key.cipher.encrypt(nonce, salt + plaintext, bound)
    return sealed, commitment(event_id, field, salt, plaintext)


def unseal_value(
    key: DataKey, event_id: UUID, field: str, personal: Personal[Any]
) -> tuple[bytes, bytes]:
    """Salt and plaintext of a sealed value, checked: what an export shows to an outsider.

    Raises SealBroken.
    """
    sealed, subject = personal.ciphertext, personal.subject
    if sealed is None or subject is None or len(sealed) < _SHORTEST:
        raise SealBroken(event_id, field)
    bound = associated_data(event_id, field, subject)
    try:
        opened = key.cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
    except InvalidTag:
        raise SealBroken(event_id, field) from None
    salt, plaintext = opened[:SALT_BYTES], opened[SALT_BYTES:]
    # AES-GCM does not commit to its key: without this one ciphertext could open in two ways.
    if commitment(event_id, field, salt, plaintext) != personal.commitment:
        raise SealBroken(event_id, field)
    return salt, plaintext


class AesVault:
    """Implements `domain.sealing.Vault` over a key store."""

    def __init__(self, key_store: KeyStore, entropy: Callable[[int], bytes] = os.urandom) -> None:
        """`entropy(n)` gives n random bytes; only a test vector has reason to replace it."""
        self._key_store = key_store
        self._entropy = entropy

    async def admit(self, organisation: UUID, subject: UUID) -> None:
        """See `Vault.admit`. Raises KeyDestroyed, a KeyError."""
        await self._key_store.create(organisation, subject)

    async def forget(self, organisation: UUID, subject: UUID) -> None:
        """See `Vault.forget`."""
        await self._key_store.destroy(organisation, subject)

    async def seal(self, organisation: UUID, event_id: UUID, fact: F) -> F:
        """See `Vault.seal`; the sealed fact still holds its plain values, for the answer.

        Raises UnknownSubject for a person not admitted, KeyDestroyed for one forgotten, and
        ValueError for a draft that has no subject yet.
        """
        places: list[_Place] = []
        copy: F = _copied(event_id, fact, places, sealed=False)
        keys = await self._keys(organisation, places)
        for place in places:
            self._seal(keys[place.subject], place)
        return copy

    async def open(self, organisation: UUID, facts: Sequence[tuple[UUID, F]]) -> list[F]:
        """See `Vault.open`. Raises SealBroken, UnknownSubject; a value not sealed yet stays.

        Whoever is forgotten has `erased` set and no value.
        """
        places: list[_Place] = []
        copies = [_copied(event_id, fact, places, sealed=True) for event_id, fact in facts]
        keys = await self._keys(organisation, places)
        for start in range(0, len(places), _VALUES_A_TURN):
            if start:
                await asyncio.sleep(0)
            for place in places[start : start + _VALUES_A_TURN]:
                _open(keys[place.subject], place)
        return copies

    async def _keys(
        self, organisation: UUID, places: Sequence[_Place]
    ) -> Mapping[UUID, DataKey | None]:
        subjects = {place.subject for place in places}
        return await self._key_store.data_keys(organisation, subjects) if subjects else {}

    def _seal(self, key: DataKey | None, place: _Place) -> None:
        event_id, field, subject, personal, _ = place
        if key is None:
            raise KeyDestroyed(f"the key of {subject} is destroyed")
        plaintext = msgspec.json.encode(personal.value)
        entropy = self._entropy(NONCE_BYTES + SALT_BYTES)
        sealed = seal_value(key, event_id, field, subject, plaintext, entropy)
        personal.put_seal(*sealed)


def _copied(event_id: UUID, fact: Any, places: list[_Place], *, sealed: bool) -> Any:
    """The fact with its sealed (or its plain) personal values copied and noted in `places`.

    One walk for both finding the keys and putting the results in: a caseload has 12,000 names.
    """

    def change(field: str, personal: Personal[Any]) -> Personal[Any]:
        subject, ciphertext = personal.subject, personal.ciphertext
        if (ciphertext is not None) is not sealed:
            return personal
        if subject is None:
            raise ValueError(f"{field!r} of event {event_id} is a draft without a subject")
        copy = Personal(
            subject, personal.value, ciphertext=ciphertext, commitment=personal.commitment
        )
        places.append(_Place(event_id, field, subject, copy, fact))
        return copy

    return map_personal(fact, change)


def _open(key: DataKey | None, place: _Place) -> None:
    event_id, field, _, personal, fact = place
    personal.value, personal.erased = None, key is None
    if key is None:
        return
    _, plaintext = unseal_value(key, event_id, field, personal)
    try:
        personal.value = decoder_of(fact, field).decode(plaintext)
    except msgspec.DecodeError:
        # Its message may quote the value.
        raise SealBroken(event_id, field) from None
