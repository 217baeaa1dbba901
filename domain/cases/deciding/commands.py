"""What a caseworker can ask of a case, and what the answer may rest on."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.cases.corrections import Correctable, Recordable
from domain.cases.deciding.acting import Allowed
from domain.figures.figure import Unknown
from domain.personal import Personal
from domain.rules.books import Books


class Record(msgspec.Struct, frozen=True):
    """Record that something happened. Personal values in `fact` are drafts."""

    fact: Recordable


class Correct(msgspec.Struct, frozen=True, kw_only=True):
    """Replace what an entry says by a whole fact of the same topic."""

    entry_id: UUID
    replacement: Correctable
    reason: Personal[str]


class Withdraw(msgspec.Struct, frozen=True, kw_only=True):
    """Say that an entry should never have been recorded."""

    entry_id: UUID
    reason: Personal[str]


Command = Record | Correct | Withdraw


class KnownClient(msgspec.Struct, frozen=True, kw_only=True):
    """Who the client is, opened for one decision and never kept."""

    name: str
    id_number: str | None = None
    allowed: tuple[Allowed, ...] = ()
    """What they consented to, and gave authority for."""


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision may look at beside the case: given, never fetched."""

    now: datetime
    """The moment of the request, in UTC."""
    today: date
    """The same moment's day in the case's zone."""
    zones: frozenset[str]
    """IANA time zone names that can be used."""
    books: Books | Unknown | None = None
    """Rule pack and reference data in force; None for a fact that rests on none (`needs.py`)."""
    client: KnownClient | None = None
    """Only for a fact that is compared with it (`needs.py`)."""
    actor: str | None = None
    """Who asks for it; None where nobody's own act is decided on."""
    future_seconds_max: int = 300
    """How far a client's clock may run ahead of ours."""
    due_years_max: int = 50
    text_chars_max: int = 200
    """Longest plain text, such as a lender's name."""
    personal_chars_max: int = 20_000
    """Longest personal text; more belongs into a file."""
    list_chars_max: int = 1_000_000
    """Longest list in a personal text: some 7,000 files of a case file."""
