"""A journal on a real server, the tables that follow it, and cases to put into it."""

from collections.abc import Sequence
from contextlib import asynccontextmanager
from datetime import date
from uuid import UUID, uuid4, uuid5

from domain.figures.figure import Unknown
from domain.log import Append, EventLog, NewEvent, StreamAppend
from ops.postgres.event_log import PostgresEventLog
from ops.postgres.pool import Pool
from projections.tables.balances import BALANCES
from projections.tables.caseload import CASELOAD
from projections.tables.deadlines import DEADLINES
from projections.tables.definition import CaseTable
from projections.tables.reader import TableReader
from projections.tables.runner import TableRunner
from tests.histories import CaseFile

TODAY = date(2026, 4, 1)
NO_BOOKS = Unknown(reason="no pack is adopted", settled_by="adopting one")
TABLES = (CASELOAD, BALANCES, DEADLINES)


class Office:
    """One organisation's journal and tables; `today` is whatever the test says."""

    def __init__(self, pool: Pool, log: EventLog) -> None:
        self.pool, self.log = pool, log
        self.organisation = uuid4()
        self.today = TODAY
        self.reader = TableReader(pool)

    def runner(self, tables: Sequence[CaseTable] = TABLES, **options) -> TableRunner:
        return TableRunner(self.log, self.pool, tables, **({"today": lambda: self.today} | options))

    async def take_in(self, *cases: CaseFile, skip: int = 0) -> int:
        """Record what these cases hold (but the first `skip` events); the last position."""
        for case in cases:
            position = await self.append(case.case_id, skip, case.new_events()[skip:])
        return position

    async def append(self, stream: UUID, expected: int, events: Sequence[NewEvent]) -> int:
        appended = await self.log.append(
            Append(
                organisation=self.organisation,
                command_id=uuid4(),
                actor="li",
                writes=(
                    StreamAppend(stream=stream, expected_version=expected, events=tuple(events)),
                ),
            )
        )
        return appended.position

    async def poison(self, case: CaseFile, topic="payment-made", body=b'{"topic":"x","a":"Wang"}'):
        """Record something in a case's stream that this release cannot read."""
        version = len(case.events())
        event_id = uuid5(case.case_id, f"poison {topic}")
        bad = NewEvent(event_id=event_id, topic=topic, schema_version=1, body=body)
        return await self.append(case.case_id, version, [bad])

    async def caught_up(self, runner: TableRunner | None = None) -> None:
        runner = runner or self.runner()
        while await runner.run_once(self.organisation):
            pass

    async def fetch(self, statement: str, *arguments):
        async with self.pool.acquire(self.organisation) as connection:
            return await connection.fetch(statement, self.organisation, *arguments)

    async def rows(self, table: CaseTable):
        """The live rows, as stored."""
        return [
            tuple(row)
            for row in await self.fetch(
                f"SELECT {', '.join('t.' + c for c in table.columns)} FROM mingzhang.{table.name} t"
                " JOIN mingzhang.projections p USING (organisation, generation)"
                f" WHERE organisation = $1 AND p.live AND p.name = '{table.name}'"
                " ORDER BY t.case_id, 2"
            )
        ]

    async def wanted(self, table: CaseTable, *cases: CaseFile, as_of=None, books=NO_BOOKS):
        """What the rows should be but for the moments and positions that the log gave."""
        return [
            row for case in cases for row in table.rows(case.history(), as_of or self.today, books)
        ]

    async def lag(self):
        return {one.name: one for one in await self.reader.lag(self.organisation)}


@asynccontextmanager
async def office_on(dsn: str):
    async with Pool(dsn) as pool:
        log = PostgresEventLog(pool, poll_seconds=0.05)
        try:
            yield Office(pool, log)
        finally:
            await log.close()


def borrower(number: int, payments: int = 3) -> CaseFile:
    """A case with one loan, charges and payments; every `number` gives another one."""
    case = CaseFile(f"borrower {number}")
    loan = case.loan("2025-01-10", "10000.00", lender=f"Lender {number % 3}")
    case.disbursed("2025-01-10", loan, "9000.00", withheld="1000.00")
    for month in range(payments):
        case.charge(f"2025-{month % 12 + 1:02d}-20", loan, "150.00")
        case.payment(f"2025-{month % 12 + 1:02d}-25", loan, f"{300 + number}.00")
    return case


POSITION = CASELOAD.columns.index("position")
RECORDED = CASELOAD.columns.index("last_recorded_at")


def bare(rows):
    """Caseload rows without the position and moment that the log gave them."""
    return sorted((*row[:RECORDED], *row[RECORDED + 1 : POSITION]) for row in rows)


def bare_of_position(rows):
    """Rows of the other tables without the position that the log gave them."""
    return sorted((row[:-1] for row in rows), key=str)


async def assert_right(office, *cases, books=NO_BOOKS):
    wanted = {table: await office.wanted(table, *cases, books=books) for table in TABLES}
    found = {table: await office.rows(table) for table in TABLES}
    assert bare(found[CASELOAD]) == bare(wanted[CASELOAD])
    for table in (BALANCES, DEADLINES):
        assert bare_of_position(found[table]) == bare_of_position(wanted[table])
