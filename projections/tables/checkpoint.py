"""Checkpoints: how far each generation of each table has come, and how it fares."""

from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import msgspec
from eventsourcing.persistence import Tracking

from projections.tables.definition import CaseTable


class State(StrEnum):
    """How a generation fares."""

    RUNNING = "running"
    STOPPED = "stopped"
    REBUILDING = "rebuilding"


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """One generation of a table. Every event up to `position` is in its rows."""

    name: str
    generation: int
    version: int
    position: int
    as_of: date
    """Every row is at least as young as this day."""
    rules: str
    """Every row was made by these rules, or since by those that came after them; empty at first."""
    state: State
    error: str | None
    live: bool

    @property
    def tracking(self) -> Tracking:
        """The same as the `eventsourcing` library tells a projection's progress."""
        name = f"{self.name}/{self.version}/{self.generation}"
        return Tracking(application_name=name, notification_id=self.position)


_COLUMNS: Final = "name, generation, version, position, as_of, rules, state, error, live"

_LIVE: Final = f"""
SELECT {_COLUMNS} FROM mingzhang.projections
WHERE organisation = $1 AND name = ANY($2::text[]) AND live
"""  # noqa: S608

_LOCK_LIVE: Final = f"{_LIVE} FOR UPDATE"

_FIRST: Final = """
INSERT INTO mingzhang.projections
    (organisation, name, generation, version, position, as_of, state, live)
SELECT $1, $2::text, coalesce(max(p.generation), 0) + 1, $3, 0, $4, 'running', true
FROM mingzhang.projections p WHERE p.organisation = $1 AND p.name = $2::text
ON CONFLICT DO NOTHING
"""

_ADVANCE: Final = """
UPDATE mingzhang.projections SET position = $5, updated_at = clock_timestamp()
WHERE organisation = $1 AND name = $2 AND generation = $3 AND position = $4
    AND state = 'running' AND as_of <= $6 AND $5 >= position
RETURNING true
"""

_DATED: Final = """
UPDATE mingzhang.projections SET as_of = $4, rules = $6, updated_at = clock_timestamp()
WHERE organisation = $1 AND name = $2 AND generation = $3 AND position = $5
    AND state = 'running'
RETURNING true
"""

_STOP: Final = """
UPDATE mingzhang.projections
SET state = 'stopped', error = $5, updated_at = clock_timestamp()
WHERE organisation = $1 AND name = $2 AND generation = $3 AND position = $4
    AND state = 'running'
RETURNING true
"""

_RESUME: Final = """
UPDATE mingzhang.projections
SET state = 'running', error = NULL, updated_at = clock_timestamp()
WHERE organisation = $1 AND name = $2 AND live AND state = 'stopped' AND version = $3
RETURNING true
"""


async def live(
    connection: Any, organisation: UUID, *names: str, lock: bool = False
) -> dict[str, Checkpoint]:
    """The live generation of each named table that has one, locked until the transaction ends."""
    rows = await connection.fetch(_LOCK_LIVE if lock else _LIVE, organisation, list(names))
    return {row["name"]: msgspec.convert(dict(row), Checkpoint) for row in rows}


async def make_first(connection: Any, organisation: UUID, table: CaseTable, as_of: date) -> None:
    """Make a live generation of a table that has none; when another did, all the better."""
    await connection.execute(_FIRST, organisation, table.name, table.version, as_of)


async def advance(
    connection: Any, organisation: UUID, held: Checkpoint, position: int, as_of: date
) -> bool:
    """Move on from the checkpoint that was held, or stay there with other rows.

    Locks it until the transaction ends. False when it is no longer where it was, has stopped, or
    was brought to a later day than the rows are of.
    """
    key = (organisation, held.name, held.generation, held.position)
    return bool(await connection.fetchval(_ADVANCE, *key, position, as_of))


async def date_rows(
    connection: Any, organisation: UUID, held: Checkpoint, as_of: date, rules: str
) -> bool:
    """Say that every row is at least as young as `as_of`, and by which rules.

    False when the checkpoint has moved.
    """
    key = (organisation, held.name, held.generation)
    return bool(await connection.fetchval(_DATED, *key, as_of, held.position, rules))


async def stop(connection: Any, organisation: UUID, held: Checkpoint, error: str) -> bool:
    """Stop a running generation where it is; False when it has moved or stopped already."""
    key = (organisation, held.name, held.generation, held.position)
    return bool(await connection.fetchval(_STOP, *key, error))


async def resume(connection: Any, organisation: UUID, table: CaseTable) -> bool:
    """Let a stopped table of the present version go on; False when there is none."""
    return bool(await connection.fetchval(_RESUME, organisation, table.name, table.version))
