"""History written anew: what an attacker does who knows how the chain is made."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec

from domain.leaf import leaf
from domain.log import StoredEvent
from domain.tree import subtrees_of
from ops.postgres.statements import EVENT_COLUMNS
from ops.sealing.store import STORED_BITS
from ops.tamper.stage import Stage

_COLUMNS: Final = [name.strip() for name in EVENT_COLUMNS.split(",")]
_MICROSECOND: Final = timedelta(microseconds=1)


def chained(events: Iterable[StoredEvent]) -> list[StoredEvent]:
    """These events as a journal without a flaw: positions, versions, times, chain and leaves."""
    made: list[StoredEvent] = []
    heads: dict[UUID, tuple[int, bytes | None]] = {}
    for position, event in enumerate(events, 1):
        version, before = heads.get(event.stream, (0, None))
        moment = event.recorded_at
        if made and moment <= made[-1].recorded_at:
            moment = made[-1].recorded_at + _MICROSECOND
        draft = msgspec.structs.replace(
            event,
            position=position,
            version=version + 1,
            previous_leaf=before,
            recorded_at=moment,
        )
        sealed = msgspec.structs.replace(draft, leaf=leaf(draft.header(), draft.body))
        heads[event.stream] = (version + 1, sealed.leaf)
        made.append(sealed)
    return made


async def write(stage: Stage, events: list[StoredEvent], *, heads: bool = True) -> None:
    """Put these in the place of all events, and the heads where they belong."""
    connection, organisation = stage.connection, stage.organisation
    await connection.execute("DELETE FROM mingzhang.events WHERE organisation = $1", organisation)
    await connection.copy_records_to_table(
        "events",
        schema_name="mingzhang",
        columns=_COLUMNS,
        records=[msgspec.structs.astuple(event) for event in events],
    )
    if heads:
        await put_heads(stage, events)


async def put_heads(stage: Stage, events: list[StoredEvent]) -> None:
    """Every head as these events would have left it."""
    connection, organisation = stage.connection, stage.organisation
    ends = {event.stream: (event.version, event.leaf) for event in events}
    await connection.execute(
        "DELETE FROM mingzhang.stream_heads WHERE organisation = $1", organisation
    )
    await connection.copy_records_to_table(
        "stream_heads",
        schema_name="mingzhang",
        columns=["organisation", "stream", "version", "leaf"],
        records=[(organisation, stream, *end) for stream, end in ends.items()],
    )
    await connection.execute(
        "UPDATE mingzhang.journal_heads SET position = $2, recorded_at = $3"
        " WHERE organisation = $1",
        organisation,
        events[-1].position,
        events[-1].recorded_at,
    )


async def put_nodes(stage: Stage, events: list[StoredEvent]) -> None:
    """The tree's one node as these events would have left it."""
    node = subtrees_of([event.leaf for event in events])(STORED_BITS, 0)
    await stage.connection.execute(
        "UPDATE mingzhang.tree_nodes SET hash = $2 WHERE organisation = $1",
        stage.organisation,
        node,
    )


async def forget_seals(stage: Stage, above: int) -> None:
    """Drop the checkpoints above a size, and the nodes over more than the last that is left."""
    connection, organisation = stage.connection, stage.organisation
    await connection.execute(
        "DELETE FROM mingzhang.checkpoints WHERE organisation = $1 AND size > $2",
        organisation,
        above,
    )
    await connection.execute(
        "DELETE FROM mingzhang.tree_nodes WHERE organisation = $1 AND (index + 1) << level >"
        " coalesce((SELECT max(size) FROM mingzhang.checkpoints WHERE organisation = $1), 0)",
        organisation,
    )
