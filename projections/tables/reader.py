"""Reading the tables: pages with their date, how far behind they are, and waiting for them."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID

from projections.tables.asked import (
    BY_DAY,
    BY_LOAN,
    NEWEST,
    NEXT,
    CaseOrder,
    CasesAsked,
    DeadlinesAsked,
)
from projections.tables.balances import BALANCES
from projections.tables.caseload import CASELOAD
from projections.tables.checkpoint import State
from projections.tables.deadlines import DEADLINES
from projections.tables.definition import CaseTable, Connections
from projections.tables.pages import (
    LIMIT_MAX,
    BalanceRow,
    CaseloadRow,
    DeadlineRow,
    Lag,
    Page,
    WorkloadRow,
    balance_of,
    case_of,
    deadline_of,
    decode_cursor,
    encode_cursor,
    workload_of,
)
from projections.tables.statements import Order, Where, omitted_of, page_of
from projections.tables.workload import WORKLOAD

__all__ = ["CaseOrder", "CasesAsked", "DeadlinesAsked", "Lag", "Page", "TableReader"]

ALL_CASES: Final = CasesAsked()
ALL_DEADLINES: Final = DeadlinesAsked()

R = TypeVar("R")

_LOOK_SECONDS: Final = 0.02
"""How often `wait_for` looks: a table is a few milliseconds behind as a rule."""

_LAG: Final = """
SELECT p.name, p.version, p.generation, p.position, p.as_of, p.state, p.error, p.updated_at,
    coalesce(h.position, 0) AS head
FROM mingzhang.projections p
LEFT JOIN mingzhang.journal_heads h ON h.organisation = p.organisation
WHERE p.organisation = $1 AND p.live
ORDER BY p.name
"""

_REACHED: Final = """
SELECT position, state FROM mingzhang.projections
WHERE organisation = $1 AND name = $2 AND live
"""

_OWNERS: Final = """
SELECT r.case_id, r.adviser
FROM mingzhang.projections p
JOIN mingzhang.caseload r ON r.organisation = p.organisation AND r.generation = p.generation
WHERE p.organisation = $1 AND p.name = 'caseload' AND p.live AND r.case_id = ANY($2::uuid[])
"""


class TableReader:
    """Pages of the live tables. Every method may raise LogUnavailable."""

    def __init__(self, connections: Connections) -> None:
        """Connections of one database."""
        self._connections = connections

    async def caseload(
        self,
        organisation: UUID,
        asked: CasesAsked = ALL_CASES,
        *,
        order: CaseOrder = CaseOrder.NEWEST,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[CaseloadRow]:
        """Cases, those opened last first or by next action; erased clients' are counted only.

        Raises BadCursor; ValueError for a limit not 1 to 200.
        """
        by = NEXT if order is CaseOrder.NEXT else NEWEST
        found = await self._listing(organisation, CASELOAD, asked.where(), by, cursor, limit)
        return _page(*found, case_of)

    async def deadlines(
        self,
        organisation: UUID,
        asked: DeadlinesAsked = ALL_DEADLINES,
        *,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[DeadlineRow]:
        """Deadlines by day; those without one last, those of erased clients counted only.

        Raises BadCursor; ValueError for a limit not 1 to 200.
        """
        found = await self._listing(organisation, DEADLINES, asked.where(), BY_DAY, cursor, limit)
        return _page(*found, deadline_of)

    async def balances(
        self,
        organisation: UUID,
        *,
        case_id: UUID | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[BalanceRow]:
        """Loans by case id and loan id. Raises BadCursor; ValueError for a limit not 1 to 200."""
        where = Where().given("r.case_id = {}", case_id)
        found = await self._listing(
            organisation, BALANCES, where, BY_LOAN, cursor, limit, hides_erased=False
        )
        return _page(*found, balance_of)

    async def workload(
        self, organisation: UUID, *, cursor: str | None = None, limit: int = 50
    ) -> Page[WorkloadRow]:
        """Open cases by member, those of nobody first; those of erased clients counted only.

        Raises BadCursor; ValueError for a limit not 1 to 200.
        """
        after = decode_cursor(cursor, tuple[str]) if cursor else (None,)
        rows = await self._fetch(organisation, limit, WORKLOAD, *after)
        return _page(rows, limit, ("who",), workload_of)

    async def owners(self, organisation: UUID, ids: Collection[UUID]) -> dict[UUID, str | None]:
        """Which of these ids are cases, and who is in charge of each as the table has it."""
        async with self._connections.acquire(organisation) as connection:
            rows = await connection.fetch(_OWNERS, organisation, list(ids))
        return {row["case_id"]: row["adviser"] for row in rows}

    async def lag(self, organisation: UUID) -> tuple[Lag, ...]:
        """How every live table fares, by name."""
        async with self._connections.acquire(organisation) as connection:
            rows = await connection.fetch(_LAG, organisation)
        return tuple(Lag(**row) for row in rows)

    async def wait_for(self, organisation: UUID, name: str, position: int, timeout: float) -> bool:
        """Wait until a table holds every event up to `position`.

        False after `timeout` seconds, or at once when the table has stopped before it.
        """
        clock = asyncio.get_running_loop().time
        deadline = clock() + timeout
        while True:
            async with self._connections.acquire(organisation) as connection:
                row = await connection.fetchrow(_REACHED, organisation, name)
            if row is not None and row["position"] >= position:
                return True
            has_stopped = row is not None and row["state"] == State.STOPPED
            if has_stopped or clock() + _LOOK_SECONDS > deadline:
                return False
            await asyncio.sleep(_LOOK_SECONDS)

    async def _listing(
        self,
        organisation: UUID,
        table: CaseTable,
        where: Where,
        order: Order,
        cursor: str | None,
        limit: int,
        *,
        hides_erased: bool = True,
    ) -> tuple[list[Any], int, tuple[str, ...]]:
        """The rows of a page and one more; its limit, and the columns that a cursor holds."""
        shown, omitted = where, "0"
        if hides_erased:
            shown, omitted = where.also("NOT r.erased"), omitted_of(table, where)
        if cursor is not None:
            shown = order.after(shown, decode_cursor(cursor, order.cursor))
        statement = page_of(table, shown, order, omitted)
        rows = await self._fetch(organisation, limit, statement, *shown.arguments)
        return rows, limit, order.columns

    async def _fetch(
        self, organisation: UUID, limit: int, statement: str, *arguments: Any
    ) -> list[Any]:
        if not 1 <= limit <= LIMIT_MAX:
            raise ValueError(f"limit must be from 1 to {LIMIT_MAX}, not {limit}")
        async with self._connections.acquire(organisation) as connection:
            # One more than asked for tells whether there is a page after this one.
            return list(await connection.fetch(statement, organisation, limit + 1, *arguments))


def _page(
    rows: Sequence[Any],
    limit: int,
    key: tuple[str, ...],
    read: Callable[[dict[str, Any]], R],
) -> Page[R]:
    if not rows:
        return Page(items=(), next_cursor=None, as_of=None, position=0, state="missing")
    first, shown = rows[0], [row for row in rows[:limit] if row[key[0]] is not None]
    more = len(rows) > limit
    return Page(
        items=tuple(read(_own(row)) for row in shown),
        next_cursor=encode_cursor([shown[-1][column] for column in key]) if more else None,
        as_of=first["p_as_of"],
        position=first["p_position"],
        rules=first["p_rules"] or None,
        state=first["p_state"],
        omitted=first["p_omitted"],
    )


def _own(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not name.startswith("p_")}
