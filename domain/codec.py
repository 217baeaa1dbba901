"""How facts become bytes and come back: one codec for the store, one for the edge.

The store's body is JSON: money as `{"minor", "currency"}`, a personal value as `{"subject",
"ciphertext", "commitment"}`. The exact bytes are hashed and kept, so no canonical form is needed.
The edge (HTTP, command line) writes money as `{"amount", "currency"}` and personal values open.
"""

import base64
from typing import Any, Final, get_origin

import msgspec

from domain.facts import FACTS, Fact
from domain.money import Money
from domain.personal import Personal


class PlainPersonal(ValueError):
    """A personal value was about to be stored in clear. A fault; nothing was written."""


class UnknownTopic(LookupError):
    """A stored topic that this release does not know: it was written by a newer one."""


class StoredMoney(msgspec.Struct, frozen=True):
    """Money as stored."""

    minor: int
    currency: str


class Amount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Money at the edge: a decimal string and an ISO 4217 currency."""

    amount: str
    currency: str


def _store_out(value: Any) -> Any:
    if isinstance(value, Money):
        return StoredMoney(value.minor, value.currency)
    if isinstance(value, Personal):
        if value.ciphertext is None or value.commitment is None:
            raise PlainPersonal(f"unsealed personal value of {value.subject}")
        return {
            "subject": value.subject,
            "ciphertext": base64.b64encode(value.ciphertext).decode(),
            "commitment": value.commitment.hex(),
        }
    raise NotImplementedError(type(value).__name__)


def _store_in(kind: Any, raw: Any) -> Any:
    if kind is Money:
        return Money(raw["minor"], raw["currency"])
    if getattr(kind, "__origin__", None) is Personal:
        return Personal.from_store(raw)
    raise NotImplementedError(str(kind))


def edge_out(value: Any) -> Any:
    """Encoder hook of the edge: money as a decimal string, personal values opened.

    A value that was not opened is `{"sealed": true}`, an erased one `{"erased": true}`: neither
    ever looks like a text.
    """
    if isinstance(value, Money):
        return Amount(value.text(), value.currency)
    if isinstance(value, Personal):
        if value.erased:
            return {"erased": True}
        return {"sealed": True} if value.value is None else value.value
    raise NotImplementedError(type(value).__name__)


def edge_in(kind: Any, raw: Any) -> Any:
    """Decoder hook of the edge; raises ValueError, which msgspec turns into a located error."""
    if kind is Money:
        amount = msgspec.convert(raw, Amount)
        return Money.parse(amount.amount, amount.currency)
    if get_origin(kind) is Personal:
        if not isinstance(raw, str):
            raise ValueError(f"Expected `str`, got `{type(raw).__name__}`")
        return Personal(None, raw)
    raise NotImplementedError(str(kind))


_body_encoder: Final = msgspec.json.Encoder(enc_hook=_store_out)
_decoders: Final[dict[str, msgspec.json.Decoder[Any]]] = {}
_older: Final = msgspec.json.Decoder(dict[str, Any])


def encode_body(fact: Fact) -> bytes:
    """The body bytes of a sealed fact; PlainPersonal when something was not sealed."""
    body = _body_encoder.encode(fact)
    if fact.class_version == 1:
        return body
    # The library's convention: the schema version travels in the state from version 2 on.
    return body[:-1] + f',"class_version":{fact.class_version}}}'.encode()


def decode_body(topic: str, schema_version: int, body: bytes) -> Fact:
    """The fact in a stored body, personal values sealed; older versions are upcast.

    Raises UnknownTopic, or msgspec.ValidationError for a body that does not fit its topic.
    """
    decoder = _decoders.get(topic)
    if decoder is None:
        decoder = _decoders[topic] = msgspec.json.Decoder(_class_of(topic), dec_hook=_store_in)
    if schema_version == 1 and decoder.type.class_version == 1:
        return decoder.decode(body)  # type: ignore[no-any-return]
    return _upcast(decoder.type, schema_version, body)


def _class_of(topic: str) -> type[Fact]:
    try:
        return FACTS[topic]
    except KeyError:
        raise UnknownTopic(topic) from None


def _upcast(fact: type[Fact], version: int, body: bytes) -> Fact:
    if version > fact.class_version:
        raise UnknownTopic(f"{fact.TOPIC} of schema version {version}")
    state = _older.decode(body)
    state.pop("class_version", None)
    while version < fact.class_version:
        getattr(fact, f"upcast_v{version}_v{version + 1}")(state)
        version += 1
    return msgspec.convert(state, fact, dec_hook=_store_in)
