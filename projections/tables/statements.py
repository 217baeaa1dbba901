"""Statements that read pages: only the conditions that were asked for, so that an index fits.

Every text in a statement comes from here or from a table's definition; what a caller says is an
argument.
"""

from typing import Any, Final

import msgspec

from projections.tables.definition import CaseTable

# The checkpoint and its rows in one statement, so that both are of one moment; a table without
# rows still answers with its checkpoint.
_PAGE: Final = """
SELECT p.position AS p_position, p.as_of AS p_as_of, p.rules AS p_rules, p.state AS p_state,
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

_OMITTED: Final = """
    SELECT count(*) FROM mingzhang.{name} r
    WHERE r.organisation = p.organisation AND r.generation = p.generation AND r.erased
        AND {condition}
"""

_FIRST_FREE: Final = 3
"""Number of the first argument after the organisation and the limit."""


class Where:
    """Conditions on a row `r`, all of which have to hold, and their arguments."""

    def __init__(self, *conditions: str) -> None:
        """Begin with conditions that need no argument."""
        self._conditions = conditions
        self.arguments: tuple[Any, ...] = ()

    def also(self, condition: str, *arguments: Any) -> "Where":
        """These conditions and another, with a `{}` for each of its arguments."""
        first = len(self.arguments) + _FIRST_FREE
        numbers = (f"${number}" for number in range(first, first + len(arguments)))
        after = Where(*self._conditions, condition.format(*numbers))
        after.arguments = (*self.arguments, *arguments)
        return after

    def given(self, condition: str, argument: Any) -> "Where":
        """The same, unless the argument is None: then it was not asked for."""
        return self if argument is None else self.also(condition, argument)

    def __str__(self) -> str:
        """As SQL."""
        return " AND ".join(self._conditions) or "true"


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """An order of rows, and what a cursor of it holds: the last row's values in it."""

    columns: tuple[str, ...]
    """Together they name one row."""
    cursor: Any
    """Type of the values."""
    is_falling: bool = False

    def by(self, row: str) -> str:
        """What comes after ORDER BY."""
        falling = " DESC" if self.is_falling else ""
        return ", ".join(f"{row}.{column}{falling}" for column in self.columns)

    def after(self, where: Where, values: tuple[Any, ...]) -> Where:
        """And that a row comes after the one with these values."""
        columns = ", ".join(f"r.{column}" for column in self.columns)
        places = ", ".join("{}" for _ in self.columns)
        sign = "<" if self.is_falling else ">"
        return where.also(f"({columns}) {sign} ({places})", *values)


def page_of(table: CaseTable, where: Where, order: Order, omitted: str = "0") -> str:
    """A page of a table's live rows in an order; $1 is the organisation, $2 the limit."""
    return _PAGE.format(
        name=table.name,
        columns=", ".join(f"r.{column}" for column in table.columns),
        condition=where,
        omitted=omitted,
        order=order.by("r"),
        outer_order=order.by("t"),
    )


def omitted_of(table: CaseTable, where: Where) -> str:
    """How many rows answer the question whose client is erased; `where` says nothing of that."""
    return _OMITTED.format(name=table.name, condition=where)
