"""Rebuilding a table: a new generation beside the live one, compared with it, then in its place.

Interrupted anywhere, the live table is untouched; what is left over is swept by the next rebuild.
"""

import time
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.figures.figure import Unknown
from domain.log import PAGE_MAX, EventLog
from domain.rules.books import Books
from projections.tables import checkpoint, generations
from projections.tables.books import BooksAt
from projections.tables.checkpoint import Checkpoint
from projections.tables.definition import CaseTable, Connections, Row
from projections.tables.folding import cases_in, histories, rows_of
from projections.tables.report import Notice, Progress, RebuildReport

CASES_AT_ONCE: Final = 100

Made = tuple[date, str | None]
"""Day and rules that rows are to be made by; None: the rules in force."""


class Rebuild:
    """One rebuild of one table of one organisation."""

    def __init__(
        self,
        log: EventLog,
        connections: Connections,
        table: CaseTable,
        organisation: UUID,
        today: date,
        books: BooksAt,
    ) -> None:
        """`today` dates the rows where there is no live table."""
        self._log, self._connections, self._books = log, connections, books
        self._table, self._organisation, self._today = table, organisation, today
        self._cases: dict[UUID, None] = {}
        self._read_to = 0

    async def run(self, progress: Notice) -> RebuildReport:
        """Do it, and report. Raises Poison, RebuildSuperseded, LogUnavailable."""
        begun = time.monotonic()
        number, live = await self._begin()
        target = (await self._log.head(self._organisation)).position
        if live is not None and live.version == self._table.version:
            target = live.position
        case_ids = await self._scan(target)
        for start in range(0, len(case_ids), CASES_AT_ONCE):
            some = case_ids[start : start + CASES_AT_ONCE]
            await self._build(number, some, target)
            progress(
                Progress(
                    name=self._table.name,
                    cases=start + len(some),
                    of_cases=len(case_ids),
                    position=target,
                )
            )
        return await self._finish(number, target, begun)

    async def _begin(self) -> tuple[int, Checkpoint | None]:
        async with (
            self._connections.acquire(self._organisation) as connection,
            connection.transaction(),
        ):
            live = await self._live(connection, lock=True)
            number = await generations.begin(
                connection, self._organisation, self._table, live, self._today
            )
        return number, live

    async def _live(self, connection: Any, *, lock: bool = False) -> Checkpoint | None:
        name = self._table.name
        return (await checkpoint.live(connection, self._organisation, name, lock=lock)).get(name)

    async def _scan(self, up_to: int) -> list[UUID]:
        """The cases in the journal from where the last scan ended; Poison is not passed over."""
        found: dict[UUID, None] = {}
        while self._read_to < up_to:
            page = await self._log.read_journal(
                self._organisation,
                after_position=self._read_to,
                up_to_position=up_to,
                limit=PAGE_MAX,
            )
            found.update(dict.fromkeys(cases_in(page)))
            self._read_to = page[-1].position
        self._cases.update(found)
        return list(found)

    async def _build(self, number: int, case_ids: list[UUID], up_to: int) -> None:
        """Put these cases' rows into the new generation."""
        async with self._connections.acquire(self._organisation) as connection:
            made = await self._made(connection, case_ids)
        rows = await self._rows(made, up_to)
        async with (
            self._connections.acquire(self._organisation) as connection,
            connection.transaction(),
        ):
            await self._write(connection, number, case_ids, rows)

    async def _made(self, connection: Any, case_ids: list[UUID]) -> dict[UUID, Made]:
        """Day and rules of each case's live rows, so that the two can be compared."""
        live = await self._live(connection)
        if live is None:
            return dict.fromkeys(case_ids, (self._today, None))
        found = await connection.fetch(
            self._table.made, self._organisation, live.generation, case_ids
        )
        made: dict[UUID, Made] = {row["case_id"]: (row["as_of"], row["rules"]) for row in found}
        return {case_id: made.get(case_id, (live.as_of, None)) for case_id in case_ids}

    async def _rows(self, made: dict[UUID, Made], up_to: int) -> list[Row]:
        books = {rules: await self._books_of(rules, up_to) for _, rules in set(made.values())}
        rows: list[Row] = []
        async for history in histories(self._log, self._organisation, list(made), up_to):
            as_of, rules = made[history.case_id]
            rows += rows_of(self._table, history, as_of, books[rules])
        return rows

    async def _books_of(self, rules: str | None, up_to: int) -> Books | Unknown:
        """The newest books that rows with this label were made by, or those in force."""
        async for books in self._books.back_from(self._organisation, up_to):
            if rules in (None, self._table.label(books)):
                return books
        return await self._books.at(self._organisation, up_to)

    async def _write(
        self, connection: Any, number: int, case_ids: list[UUID], rows: list[Row]
    ) -> None:
        key = (self._organisation, number)
        await generations.still(connection, self._organisation, self._table, number)
        await connection.execute(self._table.delete_cases, *key, case_ids)
        await connection.executemany(self._table.insert, [(*key, *row) for row in rows])

    async def _finish(self, number: int, target: int, begun: float) -> RebuildReport:
        async with (
            self._connections.acquire(self._organisation) as connection,
            connection.transaction(),
        ):
            # From here on the live table stands still until ours has its place.
            live = await self._live(connection, lock=True)
            peer = live if live and live.version == self._table.version else None
            if peer is not None and peer.position < target:
                peer = None
            position = peer.position if peer else target
            await self._catch_up(connection, number, live, position)
            differing = await self._differing(connection, number, peer)
            as_of = live.as_of if live else self._today
            await generations.take_place(
                connection, self._organisation, self._table, number, position, as_of
            )
            rows = await connection.fetchval(self._table.count, self._organisation, number)
        return RebuildReport(
            name=self._table.name,
            version=self._table.version,
            generation=number,
            position=position,
            cases=len(self._cases),
            rows=rows,
            events=self._read_to,
            seconds=time.monotonic() - begun,
            is_compared=peer is not None,
            same=len(self._cases.keys() - set(differing)) if peer else 0,
            differing=differing,
        )

    async def _catch_up(
        self, connection: Any, number: int, live: Checkpoint | None, position: int
    ) -> None:
        """Take in what was recorded, and refreshed in the live table, while ours was built."""
        behind = dict.fromkeys(await self._scan(position))
        if live is not None:
            both = (self._organisation, number, live.generation)
            apart = await connection.fetch(self._table.apart, *both)
            behind.update(dict.fromkeys(row["case_id"] for row in apart))
        if behind:
            case_ids = list(behind)
            rows = await self._rows(await self._made(connection, case_ids), position)
            await self._write(connection, number, case_ids, rows)

    async def _differing(
        self, connection: Any, number: int, peer: Checkpoint | None
    ) -> tuple[UUID, ...]:
        if peer is None:
            return ()
        both = (self._organisation, peer.generation, number)
        rows = await connection.fetch(self._table.differing, *both)
        return tuple(row["case_id"] for row in rows)
