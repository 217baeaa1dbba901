"""What a table across cases is: columns, SQL, and rows that are pure functions of one case."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from domain.cases.history import History
from domain.figures.figure import Unknown
from domain.rules.books import Books

Row = tuple[Any, ...]


class Connections(Protocol):
    """Where sessions come from. `ops.postgres.pool.Pool` is one."""

    def acquire(self, organisation: UUID) -> AbstractAsyncContextManager[Any]:
        """An asyncpg-like connection that acts as the organisation, for a short while.

        Raises domain.log.LogUnavailable when the server cannot be used now.
        """
        ...


class Poison(Exception):
    """An event or a case that a table cannot take. The message holds no personal data."""

    def __init__(self, case_id: UUID, reason: str, position: int | None = None) -> None:
        """`position` is the event's; None when the case as a whole is the trouble."""
        where = f"event {position} of stream {case_id}" if position else f"case {case_id}"
        super().__init__(f"{where}: {reason}")
        self.case_id, self.position = case_id, position


@dataclass(frozen=True, kw_only=True)
class CaseTable:
    """One table. `rows` gives a case's rows on a day by some books, in the order of `columns`.

    `version` rises whenever the same history would give other rows: the rows on disk are then of
    the older version until a rebuild has replaced them. `columns` begin with `case_id` and hold
    `as_of` and `rules`; before them every stored row has `organisation` and `generation`. Nothing
    personal may stand in a row.
    """

    name: str
    version: int
    columns: tuple[str, ...]
    rows: Callable[[History, date, Books | Unknown], list[Row]]
    label: Callable[[Books | Unknown], str]
    """What `rules` says in rows made by these books. Rows that say otherwise are stale."""
    each: str = "true"
    """Condition on columns that one row of every case meets at least: it answers for the rest."""

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
        """Some cases ($5 of them) of a generation ($2) with rows older than a day ($3).

        Or made by other rules than those in force ($4).
        """
        return (
            f"SELECT DISTINCT case_id FROM mingzhang.{self.name}"  # noqa: S608
            f" WHERE organisation = $1 AND generation = $2 AND {self.each}"
            " AND (as_of < $3 OR rules <> $4) ORDER BY case_id LIMIT $5"
        )

    @property
    def made(self) -> str:
        """Day and rules of the rows of cases ($3) in a generation ($2)."""
        return (
            "SELECT case_id, max(as_of) AS as_of, max(rules) AS rules"  # noqa: S608
            f" FROM mingzhang.{self.name} WHERE organisation = $1 AND generation = $2"
            f" AND case_id = ANY($3::uuid[]) AND {self.each} GROUP BY case_id"
        )

    @property
    def apart(self) -> str:
        """Cases whose rows are of another day or by other rules in one generation than in another.

        The generations are $2 and $3.
        """
        one = (
            "SELECT case_id, max(as_of) AS as_of, max(rules) AS rules"  # noqa: S608
            f" FROM mingzhang.{self.name} WHERE organisation = $1 AND {self.each}"
        )
        a, b = (f"{one} AND generation = ${n} GROUP BY case_id" for n in (2, 3))
        return (
            f"SELECT case_id FROM ({a}) a JOIN ({b}) b USING (case_id)"  # noqa: S608
            " WHERE (a.as_of, a.rules) <> (b.as_of, b.rules)"
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
