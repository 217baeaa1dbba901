"""Judging a file in a thread of its own, so that nobody waits for two hundred thousand rows."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import islice
from typing import Any, Final, TypeVar
from uuid import UUID

from api.call import Call
from api.imports_form import LogMetadata, numbers_of, unreadable, zone_of
from api.imports_table import read_table
from domain.cases.history import History
from domain.cases.imported import known_digests
from domain.cases.imports import ImportedParty, ImportStarted, LogKind
from domain.casework import case_zone
from domain.importing.columns import Found
from domain.importing.rows import Judge, Judged, Setting
from domain.importing.verdicts import Unreadable

T = TypeVar("T")

BATCH_ROWS: Final = 500
"""Rows that are judged at a time."""


class Judging:
    """A file on its way through a judge."""

    def __init__(self, columns: Found, sheet: str | None, rows: Iterator[Judged]) -> None:
        """`rows` can be walked once."""
        self.columns, self.sheet = columns, sheet
        self._rows = rows

    async def batches(self) -> AsyncIterator[list[Judged]]:
        """Rows in the order of the file; Problem where it cannot be read on."""
        while batch := await _away(self._next):
            yield batch

    def _next(self) -> list[Judged]:
        return list(islice(self._rows, BATCH_ROWS))


async def judging(data: bytes, setting: Setting) -> Judging:
    """Find the columns; Problem for a file that is no log."""
    return await _away(_begun, data, setting)


def _begun(data: bytes, setting: Setting) -> Judging:
    table = read_table(data, setting.kind)
    judge = Judge(table.columns, setting)
    rows = (judged for line in table.lines if (judged := judge.judge(line)) is not None)
    return Judging(table.columns, table.sheet, rows)


async def _away(work: Callable[..., T], *given: Any) -> T:
    try:
        return await asyncio.to_thread(work, *given)
    except Unreadable as told:
        raise unreadable(told) from None


async def setting_for(call: Call, history: History, metadata: LogMetadata) -> Setting:
    """What the rows of a form are judged by."""
    return _setting(
        call,
        kind=metadata.kind,
        zone=metadata.zone or case_zone(history),
        parties=metadata.parties,
        has_rest=metadata.rest is not None,
        key=await key_of(call, history, metadata.contact_point_id),
        known=known_digests(history, metadata.contact_point_id),
    )


def setting_of(call: Call, history: History, start: ImportStarted) -> Setting:
    """The same for an import that has begun, with its personal values open."""
    return _setting(
        call,
        kind=start.kind,
        zone=start.zone,
        parties=start.parties,
        has_rest=start.rest is not None,
        key=start.digest_key.value or "",
        known=known_digests(history, start.contact_point_id),
    )


def _setting(
    call: Call,
    *,
    kind: LogKind,
    zone: str,
    parties: tuple[ImportedParty, ...],
    has_rest: bool,
    key: str,
    known: set[str],
) -> Setting:
    return Setting(
        kind=kind,
        zone=zone_of(zone),
        now=call.services.clock(),
        parties=numbers_of(parties),
        has_rest=has_rest,
        key=key.encode(),
        known=known,
    )


async def key_of(call: Call, history: History, contact_point_id: UUID) -> str:
    """The key of a phone's digests: that of its first import, else a new one."""
    for entry in history.entries.values():
        fact = entry.fact
        if isinstance(fact, ImportStarted) and fact.contact_point_id == contact_point_id:
            start = await opened_start(call, entry.entry_id, fact)
            return start.digest_key.value or ""
    return secrets.token_hex(32)


async def opened_start(call: Call, import_id: UUID, start: ImportStarted) -> ImportStarted:
    """An import's beginning with its numbers and key open, which go no further than here."""
    casework = call.services.casework
    [opened] = await casework.vault.open(call.organisation, [(import_id, start)])
    return opened
