"""Recording an import step by step, in time that grows with its rows and not with their square.

Deciding on each chunk from the whole stream would read what came before four hundred times over. A
session reads the stream once and then only what is new in it.
"""

from uuid import UUID

import msgspec

from domain.cases.deciding import Record, decide
from domain.cases.history import History, evolve
from domain.cases.imports import ImportChunk, ImportFinished, ImportStarted
from domain.casework import Answer, Casework, Decided, Order, case_zone
from domain.recorded import Recorded, recorded

Step = ImportStarted | ImportChunk | ImportFinished


class ImportSession:
    """One import on its way into a case."""

    def __init__(
        self, casework: Casework, organisation: UUID, actor: str, history: History
    ) -> None:
        """Go on from a history of the case, which is kept without the contents of its rows."""
        self._casework, self._organisation, self._actor = casework, organisation, actor
        self.history = _without_rows(history)

    async def record(self, command_id: UUID, step: Step) -> Answer:
        """Record one step, decided on the newest state; raises as `Casework.case_command`."""
        order = Order(organisation=self._organisation, actor=self._actor, command_id=command_id)

        async def attempt() -> Decided:
            await self.catch_up()
            rules = self._casework.rules(case_zone(self.history))
            return Decided(self.history.version, decide(self.history, Record(step), rules))

        return await self._casework.settle(order, self.history.case_id, attempt)

    async def catch_up(self) -> None:
        """Read what is new in the case."""
        new = await self._casework.log.read_stream(
            self._organisation, self.history.case_id, after_version=self.history.version
        )
        for event in new:
            self.history = evolve(self.history, _light(recorded(event)))


def _without_rows(history: History) -> History:
    entries = dict(history.entries)
    for key, entry in entries.items():
        if isinstance(entry.fact, ImportChunk):
            light = _lightened(entry.fact)
            entries[key] = msgspec.structs.replace(entry, fact=light, recorded=light)
    return msgspec.structs.replace(history, entries=entries)


def _light(event: Recorded) -> Recorded:
    if not isinstance(event.fact, ImportChunk):
        return event
    return msgspec.structs.replace(event, fact=_lightened(event.fact))


def _lightened(chunk: ImportChunk) -> ImportChunk:
    """The same chunk with one row as often as it has rows: no step asks more than how many."""
    rows = (chunk.rows[0],) * len(chunk.rows)
    return msgspec.structs.replace(chunk, rows=rows, numbers=())
