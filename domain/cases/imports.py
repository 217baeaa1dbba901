"""Imports: a phone's log of calls or messages, taken in by chunks from a file in custody.

Nothing of an import counts before its `import-finished`, and nothing of a dropped one. A row then
is a contact of its own, with an id that never changes (`domain/cases/imported.py`).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.contacts import ContactLogged, ContactParty
from domain.facts import Fact, Observed
from domain.personal import Personal

CHUNK_ROWS_MAX: Final = 500
"""Most rows of one chunk: an event that holds more is slow to seal, to send and to read."""


class LogKind(StrEnum):
    """What a log lists."""

    CALLS = "calls"
    MESSAGES = "messages"


class RowDirection(StrEnum):
    """Which way a row went, seen from the phone that the log is from."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class ImportedNumber(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A number at the other end."""

    number: Personal[str]


class ImportedParty(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Who is at the other end of some numbers."""

    party: ContactParty
    numbers: tuple[ImportedNumber, ...] = ()
    company: str | None = None
    """Creditor for which they speak."""
    agency: str | None = None
    """Company that collects for the creditor, where another one does."""
    loan_ids: tuple[UUID, ...] = ()


class ImportStarted(Observed, frozen=True, kw_only=True, omit_defaults=True, tag="import-started"):
    """The import of a log began; its entry id is the import's id."""

    kind: LogKind
    item_id: UUID
    """The file, an item in custody."""
    contact_point_id: UUID
    """The phone that the log is from, of `contact-point-noted`."""
    zone: str = "Asia/Shanghai"
    """IANA name of the zone in which the file's times are."""
    parties: tuple[ImportedParty, ...] = ()
    rest: ImportedParty | None = None
    """Who is at the other end of every number that is not listed; None: such rows stay out."""
    digest_key: Personal[str]
    """Key of the rows' digests, one for a contact point; with it they are forgotten."""


class ImportedRow(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One row of a log, as far as it is its own; the rest stands in the import's beginning."""

    line: int
    """Row of the file, counted from one."""
    digest: str
    """HMAC-SHA256 over what the row says, its first 32 hex digits."""
    occurred_at: datetime
    direction: RowDirection
    party: int | None = None
    """Index into the import's `parties`; None: its `rest`."""
    number: int
    """Index into the chunk's `numbers`."""
    connected: bool | None = None
    duration_seconds: int | None = None
    summary: Personal[str] | None = None
    """Text of a message."""


class ImportChunk(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="import-chunk"):
    """Some rows of a log came in."""

    import_id: UUID
    sequence: int
    """From 1, without a gap."""
    numbers: tuple[ImportedNumber, ...]
    """Every number of the rows, once."""
    rows: tuple[ImportedRow, ...]


class ImportFinished(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="import-finished"):
    """The import is whole: from now on its rows count as contacts."""

    import_id: UUID
    imported_on: date
    chunks: int
    rows: int

    def happened(self) -> date:
        """The day it was finished."""
        return self.imported_on


class ImportDropped(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="import-dropped"):
    """An import was given up, half done or whole: its rows do not count, or not any more."""

    import_id: UUID
    reason: Personal[str]


class ImportRowCorrected(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="import-row-corrected"
):
    """What one row says is replaced; the row keeps its id. The last one recorded holds."""

    import_id: UUID
    row_id: UUID
    replacement: ContactLogged
    reason: Personal[str]


class ImportRowWithdrawn(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="import-row-withdrawn"
):
    """One row counts no more."""

    import_id: UUID
    row_id: UUID
    reason: Personal[str]


ImportFact = ImportRowCorrected | ImportRowWithdrawn

ImportFixed = ImportStarted | ImportChunk | ImportFinished | ImportDropped
"""The import itself: it can be dropped as a whole, and its rows corrected one by one."""
