"""What a table across cases is: columns, SQL, and rows that are pure functions of one case."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from domain.cases.history import History

Row = tuple[Any, ...]


class Connections(Protocol):
    """Where sessions come from. `ops.postgres.pool.Pool` is one."""

    def acquire(self, organisation: UUID) -> AbstractAsyncContextManager[Any]:
        """An asyncpg-like connection that acts as the organisation, for a short while.

        Raises domain.log.LogUnavailable when the server cannot be used now.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class CaseTable:
    """One table. `rows` gives a case's rows on a day, in the order of `columns`.

    `version` rises whenever the same history would give other rows: the rows on disk are then of
    the older version until a rebuild has replaced them. `columns` begin with `case_id` and hold
    `as_of`; before them every stored row has `organisation` and `generation`. Nothing personal
    may stand in a row.
    """

    name: str
    version: int
    columns: tuple[str, ...]
    rows: Callable[[History, date], list[Row]]

    @property
    def insert(self) -> str:
        """Insert one row: organisation, generation, then the columns."""
        columns = ("organisation", "generation", *self.columns)
        places = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
        return f"INSERT INTO mingzhang.{self.name} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608

    @property
    def delete_cases(self) -> str:
        """Delete the rows of cases ($3) in a generation ($2)."""
        return (
            f"DELETE FROM mingzhang.{self.name}"  # noqa: S608
            " WHERE organisation = $1 AND generation = $2 AND case_id = ANY($3::uuid[])"
        )

    @property
    def delete_others(self) -> str:
        """Delete every generation but one ($2)."""
        return (
            f"DELETE FROM mingzhang.{self.name}"  # noqa: S608
            " WHERE organisation = $1 AND generation <> $2"
        )

    @property
    def count(self) -> str:
        """How many rows a generation ($2) has."""
        return (
            f"SELECT count(*) FROM mingzhang.{self.name}"  # noqa: S608
            " WHERE organisation = $1 AND generation = $2"
        )

    @property
    def stale(self) -> str:
        """Some cases ($4 of them) of a generation ($2) whose rows are older than a day ($3)."""
        return (
            f"SELECT DISTINCT case_id FROM mingzhang.{self.name}"  # noqa: S608
            " WHERE organisation = $1 AND generation = $2 AND as_of < $3"
            " ORDER BY case_id LIMIT $4"
        )

    @property
    def days(self) -> str:
        """The day of the rows of cases ($3) in a generation ($2)."""
        return (
            f"SELECT case_id, max(as_of) AS as_of FROM mingzhang.{self.name}"  # noqa: S608
            " WHERE organisation = $1 AND generation = $2 AND case_id = ANY($3::uuid[])"
            " GROUP BY case_id"
        )

    @property
    def apart(self) -> str:
        """Cases whose rows are of another day in one generation ($2) than in another ($3)."""
        return (
            f"SELECT DISTINCT a.case_id FROM mingzhang.{self.name} a"  # noqa: S608
            f" JOIN mingzhang.{self.name} b USING (organisation, case_id)"
            " WHERE organisation = $1 AND a.generation = $2 AND b.generation = $3"
            " AND a.as_of <> b.as_of"
        )

    @property
    def differing(self) -> str:
        """Cases whose rows are not the same in two generations ($2, $3), column by column."""
        one = f"SELECT {', '.join(self.columns)} FROM mingzhang.{self.name}"  # noqa: S608
        a, b = (f"{one} WHERE organisation = $1 AND generation = ${n}" for n in (2, 3))
        return (
            f"SELECT DISTINCT case_id FROM (({a} EXCEPT ALL {b}) UNION ALL ({b} EXCEPT ALL {a})) d"  # noqa: S608
            " ORDER BY case_id"
        )
