"""What a sealed field holds once opened: `Personal[date]` opens as a date, not as its text."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from domain.personal import Personal


def decoder_of(fact: object, field: str) -> "msgspec.json.Decoder[Any]":
    """Decoder for the `Personal` at a path of `map_personal`, by the annotation of its struct.

    The values on the way decide, not the annotations: those may be unions of structs.
    """
    owner: type = type(fact)
    name = field
    if "/" not in field:
        return _decoder(owner, name)
    value: Any = fact
    for step in field.split("/"):
        if isinstance(value, msgspec.Struct):
            owner, name = type(value), step
            value = getattr(value, step)
        else:
            value = value[int(step)]
    return _decoder(owner, name)


@lru_cache(maxsize=4096)
def _decoder(owner: type, name: str) -> "msgspec.json.Decoder[Any]":
    hint = get_type_hints(owner).get(name, Any)
    held = set(_held(hint))
    # Two kinds in one field cannot be told apart by JSON; it then opens as plain JSON.
    return msgspec.json.Decoder(held.pop() if len(held) == 1 else Any)


def _held(hint: Any) -> Iterator[Any]:
    if get_origin(hint) is Personal:
        (held,) = get_args(hint)
        yield Any if isinstance(held, TypeVar) else held
        return
    for part in get_args(hint):
        yield from _held(part)
