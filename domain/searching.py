"""Finding people and loans by what is typed: Chinese and Latin names, numbers, companies. Pure.

Text is compared without width, case and spaces (Unicode NFKC and case folding), so that 王　小明
finds 王小明. A name is found by any part of it; a number by its digits.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum, StrEnum
from typing import Final
from uuid import UUID

import msgspec

QUERY_MAX: Final = 100
"""Characters of a question."""
DIGITS_MIN: Final = 4
"""Fewer digits would find half of all telephones."""
_SPACE: Final = re.compile(r"[\s·•・.\-_()（）]+")
_NUMBER: Final = re.compile(r"\+?[0-9]+x?")


class Field(StrEnum):
    """What was found."""

    NAME = "name"
    ID_NUMBER = "id-number"
    PHONE = "phone"
    LENDER = "lender"
    CONTRACT_NUMBER = "contract-number"


class Closeness(IntEnum):
    """How well it fits; the lower, the better."""

    WHOLE = 0
    START = 1
    PART = 2


class Entry(msgspec.Struct, frozen=True):
    """Something that can be found: one text of a client or of a loan, made plain."""

    client_id: UUID
    field: Field
    text: str
    """As `plain` gives it."""
    shown: str
    case_id: UUID | None = None
    loan_id: UUID | None = None


class Hit(msgspec.Struct, frozen=True):
    """An entry that answers a question."""

    entry: Entry
    closeness: Closeness


class TooShort(ValueError):
    """A question that would find nearly everything."""


def plain(text: str) -> str:
    """A text as it is compared."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).casefold())


def plain_phone(text: str) -> str:
    """A telephone number as it is compared: digits, without the country code of the mainland."""
    digits = "".join(letter for letter in plain(text) if letter.isdigit())
    digits = digits.removeprefix("00")
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


class Question(msgspec.Struct, frozen=True):
    """A question, made plain once."""

    text: str
    digits: str
    """Empty where it is no number."""


def question(text: str) -> Question:
    """What was typed. TooShort where it says nothing, or is a number of too few digits."""
    said = plain(text)
    if not said:
        raise TooShort("say at least one character of a name, or four digits of a number")
    if not _NUMBER.fullmatch(said):
        return Question(said, "")
    if len(said) < DIGITS_MIN:
        raise TooShort(f"a number is searched by at least {DIGITS_MIN} digits")
    return Question(said, plain_phone(said))


def find(entries: Iterable[Entry], asked: Question, limit: int) -> list[Hit]:
    """The best hits, those that fit best first, then by what is shown and by id."""
    hits = [
        Hit(entry, closeness)
        for entry in entries
        if (closeness := _closeness(entry, asked)) is not None
    ]
    hits.sort(key=lambda hit: (hit.closeness, hit.entry.shown, hit.entry.client_id.bytes))
    return hits[:limit]


def _closeness(entry: Entry, asked: Question) -> Closeness | None:
    if entry.field is Field.ID_NUMBER:
        # Whole or not at all: a part of it is a birthday or a county.
        return Closeness.WHOLE if entry.text == asked.text else None
    sought = asked.digits if entry.field is Field.PHONE else asked.text
    if not sought or sought not in entry.text:
        return None
    if entry.text == sought:
        return Closeness.WHOLE
    return Closeness.START if entry.text.startswith(sought) else Closeness.PART
