"""Reading the tables: pages with their date, how far behind they are, and waiting for them."""

import asyncio
from collections.abc import Callable, Collection
from datetime import date
from typing import Any, Final
from uuid import UUID

import msgspec

from projections.tables.balances import BALANCES
from projections.tables.caseload import CASELOAD
from projections.tables.checkpoint import State
from projections.tables.definition import CaseTable, Connections
from projections.tables.pages import (
    LIMIT_MAX,
    BalanceRow,
    CaseloadRow,
    Lag,
    Page,
    balance_of,
    decode_cursor,
    encode_cursor,
)

__all__ = ["BalanceRow", "CaseloadRow", "Lag", "Page", "TableReader"]

_LOOK_SECONDS: Final = 0.02
"""How often `wait_for` looks: a table is a few milliseconds behind as a rule."""

# The checkpoint and its rows in one statement, so that both are of one moment; a table without
# rows still answers with its checkpoint.
_PAGE: Final = """
SELECT p.position AS p_position, p.as_of AS p_as_of, p.state AS p_state,
    ({omitted}) AS p_omitted, t.*
FROM mingzhang.projections p
LEFT JOIN LATERAL (
    SELECT {columns} FROM mingzhang.{name} r
    WHERE r.organisation = p.organisation AND r.generation = p.generation
        AND {condition}
    ORDER BY {order} LIMIT $2
) t ON true
WHERE p.organisation = $1 AND p.name = '{name}' AND p.live
ORDER BY {outer_order}
"""

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


_ERASED: Final = """
    SELECT count(*) FROM mingzhang.caseload r
    WHERE r.organisation = p.organisation AND r.generation = p.generation AND r.erased
        AND {condition}
"""

_CHOSEN: Final = "($3::text IS NULL OR r.status = $3) AND ($4::text IS NULL OR r.adviser = $4)"


def _page_sql(table: CaseTable, condition: str, order: str, omitted: str = "0") -> str:
    return _PAGE.format(
        name=table.name,
        columns=", ".join(f"r.{column}" for column in table.columns),
        condition=condition,
        omitted=omitted,
        order=order.replace("t.", "r."),
        outer_order=order,
    )


_CASELOAD: Final = _page_sql(
    CASELOAD,
    f"{_CHOSEN} AND NOT r.erased"
    " AND ($5::date IS NULL OR (r.opened_on, r.case_id) < ($5, $6::uuid))",
    "t.opened_on DESC, t.case_id DESC",
    _ERASED.format(condition=_CHOSEN),
)

_BALANCES: Final = _page_sql(
    BALANCES,
    "($3::uuid IS NULL OR r.case_id = $3)"
    " AND ($4::uuid IS NULL OR (r.case_id, r.loan_id) > ($4, $5::uuid))",
    "t.case_id, t.loan_id",
)


class TableReader:
    """Pages of the live tables. Every method may raise LogUnavailable."""

    def __init__(self, connections: Connections) -> None:
        """Connections of one database."""
        self._connections = connections

    async def caseload(
        self,
        organisation: UUID,
        *,
        status: str | None = None,
        adviser: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[CaseloadRow]:
        """Cases, those opened last first; those of erased clients are counted only.

        Raises BadCursor; ValueError for a limit not 1 to 200.
        """
        opened_on, case_id = decode_cursor(cursor, tuple[date, UUID]) if cursor else (None, None)
        return await self._page(
            organisation,
            (_CASELOAD, status, adviser, opened_on, case_id),
            limit,
            lambda row: msgspec.convert(row, CaseloadRow),
            lambda item: (item.opened_on, item.case_id),
        )

    async def balances(
        self,
        organisation: UUID,
        *,
        case_id: UUID | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[BalanceRow]:
        """Loans by case id and loan id. Raises BadCursor; ValueError for a limit not 1 to 200."""
        after = decode_cursor(cursor, tuple[UUID, UUID]) if cursor else (None, None)
        return await self._page(
            organisation,
            (_BALANCES, case_id, *after),
            limit,
            balance_of,
            lambda item: (item.case_id, item.loan_id),
        )

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

    async def _page(
        self,
        organisation: UUID,
        query: tuple[Any, ...],
        limit: int,
        read: Callable[[dict[str, Any]], Any],
        key: Callable[[Any], object],
    ) -> Page[Any]:
        if not 1 <= limit <= LIMIT_MAX:
            raise ValueError(f"limit must be from 1 to {LIMIT_MAX}, not {limit}")
        statement, *arguments = query
        async with self._connections.acquire(organisation) as connection:
            # One more than asked for tells whether there is a page after this one.
            rows = await connection.fetch(statement, organisation, limit + 1, *arguments)
        if not rows:
            return Page(items=(), next_cursor=None, as_of=None, position=0, state="missing")
        items = tuple(read(_own(row)) for row in rows[:limit] if row["case_id"] is not None)
        return Page(
            items=items,
            next_cursor=encode_cursor(key(items[-1])) if len(rows) > limit else None,
            as_of=rows[0]["p_as_of"],
            position=rows[0]["p_position"],
            state=rows[0]["p_state"],
            omitted=rows[0]["p_omitted"],
        )


def _own(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not name.startswith("p_")}
