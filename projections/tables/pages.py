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
    phase: str | None
    """The phase of work that the case is in; None before any began."""
    urgency: str | None
    """None where nobody has set one."""
    next_on: date | None
    """The last day of what is to be done next; None where it has none, or nothing is to be done."""
    next_code: str | None
    """What is to be done next: the kind of a deadline, or of a task."""
    next_kind: str | None
    """`deadline` or `task`."""
    next_key: str | None
    """The key of that deadline; it begins with the entry that it comes from."""
    missed: int | None
    """Deadlines of client and adviser that were missed. None in a row of an older version."""
    due_in_7: int | None
    """Deadlines of theirs that end within seven days after `as_of`."""
    due_in_14: int | None
    open_tasks: int | None
    last_contact_on: date | None
    """The last day on which client and adviser reached each other."""
    rules: str
    """The rule pack and the version of the data that its deadlines were made with."""
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


class DeadlineRow(msgspec.Struct, frozen=True, kw_only=True):
    """One deadline of one case; what it asks for in words is in the reading of that case."""

    case_id: UUID
    client_id: UUID
    key: str
    """Stable within the case while its entry stands."""
    code: str
    """What is to be done: `complaint-answer`, `instalment`, `task`."""
    adviser: str | None
    """The member who has to see to it: whom a task names, else who is in charge of the case."""
    status: str
    """Of the case."""
    obliged: str
    state: str
    due_on: date | None
    """The last day; None where it is not known, and `unknown` then says why."""
    starts_on: date
    provisional: bool
    """Whether the day may still move, because the calendar of its year is not published."""
    unknown: str | None
    rule_id: str | None
    """The rule of the pack that it follows; None where the parties or we set the date."""
    entry_id: UUID
    """The entry that set it off."""
    met_by: UUID | None
    """The entry that met or ended it."""
    days_late: int | None
    rules: str
    """The rule pack and the version of the data that it was made with."""
    as_of: date
    position: int
    """Of the case's last event in this row."""


class WorkloadRow(msgspec.Struct, frozen=True, kw_only=True):
    """The open cases of one member, and what is to be done in them.

    A count is None where a row of an older version does not tell.
    """

    adviser: str | None
    """Member id; None: cases that nobody is in charge of."""
    open_cases: int
    urgent: int
    emergency: int
    overdue: int
    """Cases in which something is in arrears."""
    with_missed: int | None
    """Cases with a missed deadline."""
    missed: int | None
    """Missed deadlines of client and adviser."""
    due_in_7: int | None
    """Deadlines of theirs that end within seven days."""
    due_in_14: int | None
    open_tasks: int | None
    without_action: int
    """Cases in which nothing is set to be done."""
    quiet: int
    """Cases without contact between client and adviser for thirty days, nor opened within them."""


class Page(msgspec.Struct, Generic[R], frozen=True, kw_only=True):
    """Some rows of a table, and how far the table has come."""

    items: tuple[R, ...]
    next_cursor: str | None
    """For the page after this one; None at the end."""
    as_of: date | None
    """Every row is at least as young as this day; None while the table was never made."""
    position: int
    """Every event up to here is in the rows."""
    rules: str | None = None
    """Every row was made by these rules, or since by those that came after; None before that is
    known."""
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


def case_of(row: dict[str, Any]) -> CaseloadRow:
    """A stored row of the caseload."""
    return msgspec.convert(row, CaseloadRow)


def deadline_of(row: dict[str, Any]) -> DeadlineRow:
    """A stored deadline."""
    return msgspec.convert(row, DeadlineRow)


def workload_of(row: dict[str, Any]) -> WorkloadRow:
    """The counts of one member."""
    return msgspec.convert({**row, "adviser": row["who"] or None}, WorkloadRow)


def balance_of(row: dict[str, Any]) -> BalanceRow:
    """A stored row with its minor units as money."""
    currency = row["currency"]
    for column in [name for name in row if name.endswith("_minor")]:
        minor = row.pop(column)
        amount = None if minor is None else Money(minor, currency)
        row[column.removesuffix("_minor")] = amount
    return BalanceRow(**row)
