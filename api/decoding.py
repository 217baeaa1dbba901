"""From JSON to a command's struct, with every mistake located.

Stricter than msgspec alone: no naive times, no NUL in texts (PostgreSQL cannot hold it), no name
twice in an object (two amounts under one name: which was meant?).
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, TypeVar

import msgspec

from api.problems import Problem, invalid
from domain.codec import edge_in
from domain.personal import Personal

T = TypeVar("T")

_PLACE: Final = re.compile(r" - at `(?:key in )?\$([^`]*)`")
_NAMED: Final = re.compile(r"(?:missing required|contains unknown) field `([^`]*)`")
_STEPS: Final = re.compile(r"\[(\d+|\.\.\.)\]")


def decode(body: bytes, kind: type[T], prefix: str = "") -> T:
    """Read a body as a struct; Problem `malformed-json` or a located `invalid-input`."""
    try:
        value = msgspec.json.decode(body, type=kind, dec_hook=_located_in)
        json.loads(body, object_pairs_hook=_no_twins)
    except msgspec.ValidationError as error:
        raise _invalid(str(error), prefix) from None
    except UnicodeDecodeError:
        raise invalid(_under(prefix, _undecodable(body)), "not UTF-8") from None
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise Problem("malformed-json", _plain(error), field=prefix or None) from None
    for path, leaf in leaves(value):
        _check_leaf(_under(prefix, path), leaf)
    return value


def _located_in(kind: Any, raw: Any) -> Any:
    """`edge_in`, keeping the place of what is wrong inside an amount.

    msgspec adds the place to a plain ValueError only, not to a ValidationError from within.
    """
    try:
        return edge_in(kind, raw)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for name, value in pairs:
        if name in names:
            raise invalid(name, "this name stands twice in one object")
        names[name] = value
    return names


def _invalid(message: str, prefix: str) -> Problem:
    # Outermost place last: "Expected `str`, got `float` - at `$.amount` - at `$.items[0]`".
    places = [_path(found) for found in reversed(_PLACE.findall(message))]
    said = _PLACE.sub("", message)
    named = _NAMED.search(said)
    path = [prefix, *places, named[1] if named else ""]
    return invalid("/".join(step for step in path if step) or "body", said)


def _path(place: str) -> str:
    return _STEPS.sub(r"/\1", place).replace(".", "/").strip("/")


def _plain(error: Exception) -> str:
    return (
        str(error) if isinstance(error, msgspec.DecodeError) else "too deeply nested, or not JSON"
    )


def _under(prefix: str, path: str) -> str:
    return f"{prefix}/{path}" if prefix and path else prefix or path


def _undecodable(body: bytes) -> str:
    """The path of the first text that is not UTF-8; `body` when it is not in a text."""
    try:
        loose = json.loads(body.decode(errors="surrogateescape"))
    except (ValueError, RecursionError):
        return "body"
    return next((path for path, text in _texts(loose) if not _encodable(text)), "body")


def _encodable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield path or "body", name
            yield from _texts(item, _under(path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, _under(path, str(index)))
    elif isinstance(value, str):
        yield path, value


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value in a struct that is none itself, with its path."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from leaves(getattr(value, name), _under(path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from leaves(item, _under(path, str(index)))
    else:
        yield path, value.value if isinstance(value, Personal) else value


def _check_leaf(path: str, leaf: Any) -> None:
    if isinstance(leaf, datetime) and leaf.tzinfo is None:
        raise invalid(path, "a moment needs its offset: 2026-03-01T21:59:00+08:00")
    if isinstance(leaf, str) and "\x00" in leaf:
        raise invalid(path, "a text cannot hold the character NUL")
