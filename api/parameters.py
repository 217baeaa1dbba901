"""Query parameters: each known one by name and kind; anything else is refused."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec

from api.problems import invalid

POSITION_MAX: Final = 2**63 - 1
LIMIT_MAX: Final = 200
_DIGITS: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_FIELDS_MAX: Final = 20


class ParameterKind(StrEnum):
    """How a parameter is read."""

    DAY = "day"
    POSITION = "position"
    KNOWN_AT = "known-at"
    LIMIT = "limit"
    FLAG = "flag"
    TEXT = "text"
    UUID = "uuid"
    CHOICE = "choice"


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """One query parameter of a route."""

    name: str
    kind: ParameterKind
    description: str
    choices: tuple[str, ...] = ()
    example: Any = None
    is_required: bool = False


class Query:
    """The parameters of one request, checked against those that the route knows."""

    def __init__(self, raw: bytes, known: tuple[Parameter, ...]) -> None:
        """Problem for an unknown, repeated, missing or unreadable parameter."""
        self._known = {parameter.name: parameter for parameter in known}
        self._values: dict[str, Any] = {}
        for name, text in _pairs(raw):
            if name not in self._known:
                raise invalid(name[:80], f"unknown; known are: {', '.join(self._known) or 'none'}")
            if name in self._values:
                raise invalid(name, "given twice")
            self._values[name] = _read(self._known[name], text)
        for parameter in known:
            if parameter.is_required and parameter.name not in self._values:
                raise invalid(parameter.name, f"is needed: {parameter.description}")

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a parameter that the route knows, by its kind; else the default."""
        if name not in self._known:
            raise KeyError(name)
        return self._values.get(name, default)

    def has(self, name: str) -> bool:
        """Whether the route knows this parameter."""
        return name in self._known


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS_MAX
        )
    except (ValueError, UnicodeError):
        raise invalid("query", "not a query string in UTF-8, or too many parameters") from None


def _read(parameter: Parameter, text: str) -> Any:
    if "\x00" in text or len(text) > 2000:
        raise invalid(parameter.name, "not a text that can be meant")
    match parameter.kind:
        case ParameterKind.DAY:
            return _converted(parameter.name, text, date, 'a day like "2026-03-01"')
        case ParameterKind.POSITION:
            return _position(parameter.name, text)
        case ParameterKind.KNOWN_AT:
            return _known_at(parameter.name, text)
        case ParameterKind.LIMIT:
            return _limit(parameter.name, text)
        case ParameterKind.FLAG:
            return _flag(parameter.name, text)
        case ParameterKind.UUID:
            return _converted(parameter.name, text, UUID, "an id")
        case ParameterKind.CHOICE:
            if text not in parameter.choices:
                raise invalid(parameter.name, f"one of: {', '.join(parameter.choices)}")
    return text


def _converted(name: str, text: str, kind: Any, wanted: str) -> Any:
    try:
        return msgspec.convert(text, kind)
    except msgspec.ValidationError:
        raise invalid(name, f"not {wanted}: {text[:40]!r}") from None


def _position(name: str, text: str) -> int:
    if not _DIGITS.fullmatch(text) or int(text) > POSITION_MAX:
        raise invalid(name, "not a position: a whole number from 0")
    return int(text)


def _known_at(name: str, text: str) -> int | datetime:
    if text.isascii() and text.isdecimal():
        return _position(name, text)
    # An unescaped `+` reaches us as a space; so is what it stands for.
    wanted = 'a position or an instant like "2026-03-01T21:59:00+08:00" (`+` is `%2B` in a query)'
    moment: datetime = _converted(name, text.replace(" ", "+"), datetime, wanted)
    try:
        return moment.astimezone(UTC) if moment.tzinfo else _naive(name)
    except OverflowError:
        raise invalid(name, "out of range") from None


def _naive(name: str) -> datetime:
    raise invalid(name, "an instant needs its offset: 2026-03-01T21:59:00+08:00")


def _limit(name: str, text: str) -> int:
    if not _DIGITS.fullmatch(text) or not 1 <= int(text) <= LIMIT_MAX:
        raise invalid(name, f"a whole number from 1 to {LIMIT_MAX}")
    return int(text)


def _flag(name: str, text: str) -> bool:
    if text not in {"true", "false"}:
        raise invalid(name, "`true` or `false`")
    return text == "true"
