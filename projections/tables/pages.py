"""What reading a table gives: rows as values, pages with their date and position, cursors."""

import base64
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

import msgspec

from domain.money import Money

LIMIT_MAX: Final = 200

R = TypeVar("R")
K = TypeVar("K")


class BadCursor(ValueError):
    """A cursor that no page of this listing gave out."""


class CaseloadRow(msgspec.Struct, frozen=True, kw_only=True):
    """One case in the list."""

    case_id: UUID
    client_id: UUID
    status: str
    adviser: str | None
    opened_on: date
    closed_on: date | None
    loans: int
    lenders: tuple[str, ...]
    currencies: tuple[str, ...]
    entries: int
    """Standing entries: withdrawn ones do not count."""
    contacts: int
    open_complaints: int
    """Every complaint filed; no answer to one is recorded yet."""
    last_occurred_on: date | None
    last_recorded_at: datetime
    next_due_on: date | None
    """The next instalment's day by plan or contract, `as_of` included."""
    overdue: bool | None
    """Whether anything is in arrears; None where the record does not say what was due when."""
    as_of: date
    position: int
    """Of the case's last event in this row."""


class BalanceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One loan; an amount that is None is unknown, and `unknown` says why."""

    case_id: UUID
    loan_id: UUID
    lender: str
    lender_class: str
    currency: str
    principal: Money | None
    interest: Money | None
    penalty: Money | None
    fees: Money | None
    owed: Money | None
    paid: Money | None
    pending: Money | None
    arrears: Money | None
    unknown: str | None
    rules: str
    as_of: date
    position: int


class Page(msgspec.Struct, Generic[R], frozen=True, kw_only=True):
    """Some rows of a table, and how far the table has come."""

    items: tuple[R, ...]
    next_cursor: str | None
    """For the page after this one; None at the end."""
    as_of: date | None
    """Every row is at least as young as this day; None while the table was never made."""
    position: int
    """Every event up to here is in the rows."""
    state: str
    """`running`, `stopped`, or `missing` while the table was never made."""
    omitted: int = 0
    """Rows that answer the question and are not shown, because the client is erased."""


class Lag(msgspec.Struct, frozen=True, kw_only=True):
    """How a table fares."""

    name: str
    version: int
    generation: int
    position: int
    head: int
    """Where the journal ends."""
    as_of: date
    state: str
    error: str | None
    """Why it stopped."""
    updated_at: datetime

    @property
    def behind(self) -> int:
        """Events that are not in the rows yet."""
        return self.head - self.position


def encode_cursor(key: object) -> str:
    """An opaque cursor for a key."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def decode_cursor(cursor: str, kind: type[K]) -> K:
    """The key in a cursor. Raises BadCursor."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        return msgspec.json.decode(base64.urlsafe_b64decode(padded), type=kind)
    except ValueError as error:
        raise BadCursor("not a cursor of this listing") from error


def balance_of(row: dict[str, Any]) -> BalanceRow:
    """A stored row with its minor units as money."""
    currency = row["currency"]
    for column in [name for name in row if name.endswith("_minor")]:
        minor = row.pop(column)
        amount = None if minor is None else Money(minor, currency)
        row[column.removesuffix("_minor")] = amount
    return BalanceRow(**row)
