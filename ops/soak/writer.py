"""The process that is killed: it appends without end and notes what was acknowledged.

Run by `ops/soak/kills.py` as `python -m ops.soak.writer DSN ORGANISATION FILE SEED`; ends when
its standard input does. Each line of the file is `try COMMAND COUNT`, `ack COMMAND COUNT`
(recorded), `again COMMAND COUNT` (recorded before, found by repeating), or `away COMMAND 0`.
A line is one write to the kernel, so a killed process has left whole lines.
"""

import asyncio
import os
import sys
from random import Random
from uuid import UUID

from domain.log import NO_STREAM, Append, LogUnavailable, NewEvent, StreamAppend
from ops.postgres.event_log import PostgresEventLog
from ops.postgres.pool import Pool

TASKS = 4
_PAUSE = 0.02


class Writer:
    """Appends to one journal and notes every outcome."""

    def __init__(self, log: PostgresEventLog, organisation: UUID, notes: int) -> None:
        """`notes` is a file descriptor opened for appending."""
        self._log = log
        self._organisation = organisation
        self._notes = notes

    async def write_for_ever(self, random: Random) -> None:
        """Append to one stream after another; a few commands each."""
        while True:
            stream, version = _uuid(random), NO_STREAM
            for _ in range(random.randint(1, 20)):
                events = tuple(_event(random) for _ in range(random.randint(1, 3)))
                await self._record(stream, version, events, _uuid(random))
                version += len(events)

    async def _record(
        self, stream: UUID, version: int, events: tuple[NewEvent, ...], command_id: UUID
    ) -> None:
        append = Append(
            organisation=self._organisation,
            command_id=command_id,
            actor="soak",
            writes=(StreamAppend(stream=stream, expected_version=version, events=events),),
        )
        self._note("try", command_id, len(events))
        while True:
            try:
                appended = await self._log.append(append)
            except LogUnavailable:
                # Whether it was recorded is not known: ask again by the same command id.
                self._note("away", command_id, 0)
                await asyncio.sleep(_PAUSE)
            else:
                word = "again" if appended.repeated else "ack"
                self._note(word, command_id, len(appended.events))
                return

    def _note(self, word: str, command_id: UUID, count: int) -> None:
        os.write(self._notes, f"{word} {command_id} {count}\n".encode())


def _uuid(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def _event(random: Random) -> NewEvent:
    return NewEvent(
        event_id=_uuid(random),
        topic="soak",
        schema_version=1,
        body=random.randbytes(random.randint(0, 2000)),
    )


async def _main(dsn: str, organisation: str, path: str, seed: str) -> None:
    notes = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    random = Random(seed)  # noqa: S311 - a trial that can be repeated, not a secret
    async with Pool(dsn) as pool:
        log = PostgresEventLog(pool)
        writer = Writer(log, UUID(organisation), notes)
        tasks = [
            asyncio.create_task(writer.write_for_ever(Random(random.random())))  # noqa: S311
            for _ in range(TASKS)
        ]
        end = asyncio.create_task(_end_of_input())
        done, _ = await asyncio.wait([end, *tasks], return_when=asyncio.FIRST_COMPLETED)
        for task in (end, *tasks):
            task.cancel()
        await asyncio.gather(end, *tasks, return_exceptions=True)
        await log.close()
    for task in done:
        task.result()


async def _end_of_input() -> None:
    # Not in a thread: one that waits for input would outlive a fault of the tasks.
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    await reader.read()


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
