"""One step of a table: rows computed first, then written in one transaction with the checkpoint.

Nothing here decides when to move; `runner.py` does.
"""

import logging
from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from domain.log import EventLog, LogUnavailable
from projections.tables import checkpoint
from projections.tables.books import BooksAt
from projections.tables.checkpoint import Checkpoint
from projections.tables.definition import CaseTable, Connections, Poison, Row
from projections.tables.folding import cases_in, histories, rows_of

LOG: Final = logging.getLogger("mingzhang")


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What some cases' rows are at a position, before anything is written."""

    case_ids: Sequence[UUID]
    position: int
    as_of: date
    rows: dict[str, list[Row]]
    """By table."""
    faults: dict[str, str]
    """Why a table could not make its rows; the other tables have theirs."""


class TableWriter:
    """Makes and writes rows, and stops a table that cannot go on."""

    def __init__(
        self,
        log: EventLog,
        connections: Connections,
        tables: dict[str, CaseTable],
        books: BooksAt,
    ) -> None:
        """`tables` by name."""
        self._log, self._connections, self._tables = log, connections, tables
        self._books = books

    async def batch(
        self,
        organisation: UUID,
        group: Sequence[Checkpoint],
        as_of: date,
        limit: int,
        up_to: int | None = None,
    ) -> int:
        """Move tables that stand at one position over a page; how many events it had."""
        after = group[0].position
        page = await self._log.read_journal(
            organisation, after_position=after, up_to_position=up_to, limit=limit
        )
        if not page:
            return 0
        end = page[-1].position
        try:
            work = await self.work(organisation, group, cases_in(page), end, as_of)
        except Poison as poison:
            if poison.position is not None and after + 1 < poison.position <= end:
                # All that comes before it is good.
                return await self.batch(organisation, group, as_of, limit, poison.position - 1)
            for held in group:
                await self.stop(organisation, held, str(poison))
            return 0
        moved = [await self.write(organisation, held, work) for held in group]
        return len(page) if any(moved) else 0

    async def again(
        self, organisation: UUID, held: Checkpoint, case_ids: Sequence[UUID], as_of: date
    ) -> bool:
        """Replace some cases' rows where the table stands; False when it has moved or stopped."""
        try:
            work = await self.work(organisation, [held], case_ids, held.position, as_of)
        except Poison as poison:
            await self.stop(organisation, held, str(poison))
            return False
        return await self.write(organisation, held, work)

    async def work(
        self,
        organisation: UUID,
        group: Sequence[Checkpoint],
        case_ids: Sequence[UUID],
        position: int,
        as_of: date,
    ) -> Work:
        """Each table's rows of some cases at a position. Raises Poison for an unreadable event."""
        rows: dict[str, list[Row]] = {held.name: [] for held in group}
        faults: dict[str, str] = {}
        books = await self._books.at(organisation, position)
        async for history in histories(self._log, organisation, case_ids, position):
            for name in rows.keys() - faults.keys():
                try:
                    rows[name] += rows_of(self._tables[name], history, as_of, books)
                except Poison as poison:
                    faults[name] = str(poison)
        return Work(case_ids=case_ids, position=position, as_of=as_of, rows=rows, faults=faults)

    async def write(self, organisation: UUID, held: Checkpoint, work: Work) -> bool:
        """Replace rows and move the checkpoint; False when it moved meanwhile, or had to stop."""
        fault = work.faults.get(held.name)
        if fault is None:
            try:
                return await self._write(organisation, held, work)
            except LogUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - a row that the table refuses stops it
                fault = f"rows at event {work.position} refused: {type(error).__name__}"
        await self.stop(organisation, held, fault)
        return False

    async def _write(self, organisation: UUID, held: Checkpoint, work: Work) -> bool:
        table = self._tables[held.name]
        async with (
            self._connections.acquire(organisation) as connection,
            connection.transaction(),
        ):
            # The checkpoint first: it is the lock, and whoever comes second finds it moved.
            to = (work.position, work.as_of)
            if not await checkpoint.advance(connection, organisation, held, *to):
                return False
            key = (organisation, held.generation)
            await connection.execute(table.delete_cases, *key, list(work.case_ids))
            await connection.executemany(
                table.insert, [(*key, *row) for row in work.rows[table.name]]
            )
        return True

    async def stop(self, organisation: UUID, held: Checkpoint, error: str) -> None:
        """Stop a table where it is, and say so. `error` must hold no personal data."""
        async with self._connections.acquire(organisation) as connection:
            stopped = await checkpoint.stop(connection, organisation, held, error)
        if stopped:
            where = f"table {held.name} of {organisation} stopped after event {held.position}"
            LOG.error("%s: %s", where, error)
