"""The runner: keeps the tables of an organisation up with its journal, the calendar and the rules.

A batch is a page of the journal: the cases it touches are read up to the page's end and their
rows replaced, in one transaction with the checkpoint. What cannot be read or computed stops the
table just before it; nothing is skipped.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from domain.log import EventLog, LogUnavailable
from projections.tables import checkpoint
from projections.tables.books import BooksAt
from projections.tables.checkpoint import Checkpoint, State
from projections.tables.definition import CaseTable, Connections, Poison
from projections.tables.rebuild import Rebuild
from projections.tables.report import Notice, RebuildReport, ignore
from projections.tables.writing import TableWriter

LOG: Final = logging.getLogger("mingzhang")
BATCH_EVENTS: Final = 1000
CASES_AT_ONCE: Final = 200
POLL_SECONDS: Final = 1.0
PAUSE_SECONDS: Final = 1.0
"""How long to wait before a server that was lost is tried again."""


class TableRunner:
    """Keeps tables up to date; several at once, in several processes, do no harm."""

    def __init__(
        self,
        log: EventLog,
        connections: Connections,
        tables: Sequence[CaseTable],
        *,
        today: Callable[[], date],
        batch_events: int = BATCH_EVENTS,
        poll_seconds: float = POLL_SECONDS,
        pause_seconds: float = PAUSE_SECONDS,
    ) -> None:
        """`today` is the day in the zone that the tables are kept by."""
        self._log, self._connections, self._today = log, connections, today
        self._tables = {table.name: table for table in tables}
        self._books = BooksAt(log)
        self._writer = TableWriter(log, connections, self._tables, self._books)
        self._batch_events = batch_events
        self._poll_seconds, self._pause_seconds = poll_seconds, pause_seconds

    @property
    def names(self) -> tuple[str, ...]:
        """The tables that this runner keeps."""
        return tuple(self._tables)

    async def run(self, organisation: UUID) -> None:
        """Follow the journal until cancelled; outlives a lost server."""
        while True:
            try:
                today = self._today()
                running = await self._running(organisation)
                late = await self._late(organisation, running, today)
                if late:
                    await self.refresh(organisation, today, *late)
                if not await self._step(organisation, running):
                    await self._wait(organisation, running)
            except LogUnavailable as error:
                LOG.warning("tables of %s wait for the server: %s", organisation, error)
                await asyncio.sleep(self._pause_seconds)

    async def _late(
        self, organisation: UUID, running: Sequence[Checkpoint], today: date
    ) -> list[str]:
        """Tables with rows of an earlier day, or made by rules that are no longer in force."""
        late: list[str] = []
        for held in running:
            rules = await self._label(organisation, held)
            # By the tables' own days: one that was resumed may have missed several.
            if rules is not None and (held.as_of < today or held.rules != rules):
                late.append(held.name)
        return late

    async def _label(self, organisation: UUID, held: Checkpoint) -> str | None:
        """The rules in force where a table stands; None when they cannot be read: it is stopped."""
        try:
            books = await self._books.at(organisation, held.position)
        except Poison as poison:
            await self._writer.stop(organisation, held, str(poison))
            return None
        return self._tables[held.name].label(books)

    async def run_once(self, organisation: UUID) -> int:
        """Process one batch for each table; how many events the longest of them had.

        0: every table is at the journal's end, stopped, or was moved by another runner.
        """
        return await self._step(organisation, await self._running(organisation))

    async def _step(self, organisation: UUID, running: Sequence[Checkpoint]) -> int:
        groups: dict[int, list[Checkpoint]] = {}
        for held in running:
            groups.setdefault(held.position, []).append(held)
        moved = [0]
        # Tables at one position share the reading, which is most of the work.
        for group in groups.values():
            as_of = max(self._today(), *(held.as_of for held in group))
            moved.append(await self._writer.batch(organisation, group, as_of, self._batch_events))
        return max(moved)

    async def refresh(self, organisation: UUID, as_of: date, *names: str) -> int:
        """Compute the rows again that are older than `as_of`, or made by rules no longer in force.

        Gives how many times a case was. Figures move with the calendar and the rules though
        nothing was recorded. All tables unless named.
        """
        wanted = names or self.names
        running = [held for held in await self._running(organisation) if held.name in wanted]
        return sum([await self._refresh(organisation, held.name, as_of) for held in running])

    async def resume(self, organisation: UUID, name: str) -> bool:
        """Let a stopped table try again from where it stopped; False when it was not stopped.

        A table of another version stays as it is: it needs a rebuild. KeyError: no such table.
        """
        async with self._connections.acquire(organisation) as connection:
            return await checkpoint.resume(connection, organisation, self._tables[name])

    async def fault(self, organisation: UUID, name: str) -> str | None:
        """Why a table has stopped; None while it runs or was never made."""
        async with self._connections.acquire(organisation) as connection:
            held = (await checkpoint.live(connection, organisation, name)).get(name)
        return held.error if held is not None else None

    async def rebuild(
        self, organisation: UUID, name: str, progress: Notice = ignore
    ) -> RebuildReport:
        """Make a table anew beside the live one, compare, and put it in its place.

        The table then runs, from the position in the report on. Raises Poison when the journal
        cannot be read, RebuildSuperseded when another rebuild began meanwhile; the live table is
        then as it was. KeyError: no such table.
        """
        today = self._today()
        table = self._tables[name]
        rebuild = Rebuild(self._log, self._connections, table, organisation, today, self._books)
        report = await rebuild.run(progress)
        await self.refresh(organisation, today, name)
        return report

    async def _running(self, organisation: UUID) -> list[Checkpoint]:
        """The live checkpoints that may move; made where there are none yet."""
        async with self._connections.acquire(organisation) as connection:
            held = await checkpoint.live(connection, organisation, *self._tables)
            missing = [table for name, table in self._tables.items() if name not in held]
            for table in missing:
                await checkpoint.make_first(connection, organisation, table, self._today())
            if missing:
                held = await checkpoint.live(connection, organisation, *self._tables)
        running = [one for one in held.values() if one.state is State.RUNNING]
        return [one for one in running if await self._is_ours(organisation, one)]

    async def _is_ours(self, organisation: UUID, held: Checkpoint) -> bool:
        version = self._tables[held.name].version
        # Rows of a newer version are another release's to keep, which runs beside us.
        if held.version < version:
            reason = f"the rows are of version {held.version}, this release makes {version}"
            await self._writer.stop(organisation, held, f"{reason}: rebuild {held.name}")
        return held.version == version

    async def _refresh(self, organisation: UUID, name: str, as_of: date) -> int:
        done = 0
        while True:
            async with self._connections.acquire(organisation) as connection:
                held = (await checkpoint.live(connection, organisation, name))[name]
            if held.state is not State.RUNNING:
                return done
            rules = await self._label(organisation, held)
            if rules is None:
                return done
            stale = await self._stale(organisation, held, as_of, rules)
            if stale is None:
                return done
            if stale and await self._writer.again(organisation, held, stale, as_of):
                done += len(stale)

    async def _stale(
        self, organisation: UUID, held: Checkpoint, as_of: date, rules: str
    ) -> list[UUID] | None:
        """Some cases whose rows are stale; None once there are none and the checkpoint says so."""
        key = (organisation, held.generation)
        async with self._connections.acquire(organisation) as connection:
            found = await connection.fetch(
                self._tables[held.name].stale, *key, as_of, rules, CASES_AT_ONCE
            )
            if found:
                return [row["case_id"] for row in found]
            day = max(held.as_of, as_of)
            said = (held.as_of, held.rules) == (day, rules)
            if said or await checkpoint.date_rows(connection, organisation, held, day, rules):
                return None
        return []

    async def _wait(self, organisation: UUID, running: Sequence[Checkpoint]) -> None:
        """Until the journal grows beyond the tables, or for a moment: a hint may be lost."""
        if not running:
            await asyncio.sleep(self._poll_seconds)
            return
        end = min(held.position for held in running)
        await self._log.wait_for(organisation, end + 1, self._poll_seconds)
