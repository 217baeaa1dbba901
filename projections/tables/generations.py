"""Generations: beginning a new one beside the live one, and putting it in its place."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from projections.tables.checkpoint import Checkpoint
from projections.tables.definition import CaseTable


class RebuildSuperseded(RuntimeError):
    """Another rebuild of the same table began; this one has stopped."""

    def __init__(self, name: str) -> None:
        """Name the table."""
        super().__init__(f"another rebuild of {name} began, so this one has stopped")


_NEXT: Final = """
SELECT coalesce(max(generation), 0) + 1 FROM mingzhang.projections
WHERE organisation = $1 AND name = $2
"""

_SWEEP: Final = """
DELETE FROM mingzhang.projections WHERE organisation = $1 AND name = $2 AND NOT live
"""

_BEGIN: Final = """
INSERT INTO mingzhang.projections
    (organisation, name, generation, version, position, as_of, state, live)
VALUES ($1, $2, $3, $4, 0, $5, 'rebuilding', false)
ON CONFLICT DO NOTHING
RETURNING true
"""

_STILL: Final = """
UPDATE mingzhang.projections SET updated_at = clock_timestamp()
WHERE organisation = $1 AND name = $2 AND generation = $3 AND state = 'rebuilding'
RETURNING true
"""

_RETIRE: Final = """
DELETE FROM mingzhang.projections WHERE organisation = $1 AND name = $2 AND live
"""

_PUT: Final = """
UPDATE mingzhang.projections
SET live = true, state = 'running', position = $4, as_of = $5, updated_at = clock_timestamp()
WHERE organisation = $1 AND name = $2 AND generation = $3 AND state = 'rebuilding'
RETURNING true
"""


async def begin(
    connection: Any, organisation: UUID, table: CaseTable, live: Checkpoint | None, as_of: date
) -> int:
    """Sweep what an interrupted rebuild left and take the next number; RebuildSuperseded.

    `live` must be locked, so that of two that begin at once one is swept by the other.
    """
    number = int(await connection.fetchval(_NEXT, organisation, table.name))
    kept = live.generation if live else number
    await connection.execute(table.delete_others, organisation, kept)
    await connection.execute(_SWEEP, organisation, table.name)
    new = (organisation, table.name, number, table.version, as_of)
    if not await connection.fetchval(_BEGIN, *new):
        raise RebuildSuperseded(table.name)
    return number


async def still(connection: Any, organisation: UUID, table: CaseTable, number: int) -> None:
    """Lock a generation that is being built; RebuildSuperseded when it was swept."""
    if not await connection.fetchval(_STILL, organisation, table.name, number):
        raise RebuildSuperseded(table.name)


async def take_place(
    connection: Any, organisation: UUID, table: CaseTable, number: int, position: int, as_of: date
) -> None:
    """Make a built generation the live one and drop every other; RebuildSuperseded."""
    await connection.execute(_RETIRE, organisation, table.name)
    put = (organisation, table.name, number, position, as_of)
    if not await connection.fetchval(_PUT, *put):
        raise RebuildSuperseded(table.name)
    await connection.execute(table.delete_others, organisation, number)
