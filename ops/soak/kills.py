"""SIGKILL, by turns, of a process that appends and of PostgreSQL under it.

Afterwards every acknowledged event must be there exactly once, the positions without a gap,
every leaf intact, and a reader that followed all the time must have seen the same journal.
"""

import asyncio
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random
from uuid import UUID

import msgspec

from domain.log import PAGE_MAX, StoredEvent
from ops.postgres.binaries import ServerBinaries
from ops.postgres.embedded import EmbeddedServer
from ops.postgres.event_log import PostgresEventLog
from ops.postgres.migrate import migrate
from ops.postgres.pool import Pool
from ops.soak.notes import PATIENCE, Notes, SoakFailure, faults

_CHECKOUT = Path(__file__).parents[2]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a trial did and counted; it is only returned when everything held."""

    seed: int
    server: str
    writer_kills: int
    server_kills: int
    acknowledged_commands: int
    acknowledged_events: int
    found_by_repeating: int
    """Commands recorded although their first answer was lost with the server."""
    answers_unavailable: int
    events_in_journal: int
    seconds: float


def run(folder: Path, *, rounds: int, seed: int, binaries: ServerBinaries | None = None) -> Result:
    """Kill `rounds` times, by turns the writer and the server, in an empty folder.

    Raises SoakFailure when something acknowledged was lost, doubled or changed.
    """
    server = EmbeddedServer(folder / "pg", binaries)
    with server:
        return asyncio.run(_Trial(server, folder, rounds, seed).run())


class _Trial:
    def __init__(self, server: EmbeddedServer, folder: Path, rounds: int, seed: int) -> None:
        self._server = server
        self._rounds = rounds
        self._seed = seed
        self._random = Random(seed)  # noqa: S311 - a trial that can be repeated, not a secret
        self._organisation = UUID(int=self._random.getrandbits(128), version=4)
        self._path = folder / "notes.txt"
        self._notes = Notes(self._path)
        self._kills: Counter[str] = Counter()
        self._seen: list[StoredEvent] = []
        self._more = asyncio.Event()

    async def run(self) -> Result:
        began = time.monotonic()
        await migrate(self._server.dsn())
        async with Pool(self._server.dsn()) as pool:
            log = PostgresEventLog(pool)
            follower = asyncio.create_task(self._follow(log))
            try:
                await self._kill_by_turns()
                journal = await _whole_journal(log, self._organisation)
                await self._await_follower(follower, len(journal))
                await self._check_heads(pool, journal)
            finally:
                follower.cancel()
                await asyncio.wait([follower])
                await log.close()
        self._check(journal)
        return self._result(journal, time.monotonic() - began)

    async def _follow(self, log: PostgresEventLog) -> None:
        async for event in log.tail(self._organisation):
            self._seen.append(event)
            self._more.set()

    async def _kill_by_turns(self) -> None:
        writer = self._start_writer()
        try:
            for number in range(self._rounds):
                await self._notes.await_more(writer)
                await asyncio.sleep(self._random.uniform(0.05, 0.5))
                if number % 2 == 0:
                    self._kills["writer"] += 1
                    _kill(writer)
                    writer = self._start_writer()
                else:
                    self._kills["server"] += 1
                    self._server.kill()
                    await asyncio.sleep(self._random.uniform(0, 0.2))
                    self._server.start()
            await self._notes.await_more(writer)
            _let_end(writer)
        finally:
            _kill(writer)

    def _start_writer(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                "ops.soak.writer",
                self._server.dsn(),
                str(self._organisation),
                str(self._path),
                str(self._random.getrandbits(64)),
            ],
            stdin=subprocess.PIPE,
            cwd=_CHECKOUT,
        )

    async def _await_follower(self, follower: "asyncio.Task[None]", count: int) -> None:
        while len(self._seen) < count:
            self._more.clear()
            waiting = asyncio.create_task(self._more.wait())
            done, _ = await asyncio.wait(
                [waiting, follower], timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED
            )
            waiting.cancel()
            if follower in done:
                await follower
            self._hold(holds=bool(done), what="the follower comes to the end")

    async def _check_heads(self, pool: Pool, journal: list[StoredEvent]) -> None:
        ends = {event.stream: (event.version, event.leaf) for event in journal}
        async with pool.acquire(self._organisation) as connection:
            rows = await connection.fetch(
                "SELECT stream, version, leaf FROM mingzhang.stream_heads WHERE organisation = $1",
                self._organisation,
            )
            end = await connection.fetchval(
                "SELECT position FROM mingzhang.journal_heads WHERE organisation = $1",
                self._organisation,
            )
        heads = {row["stream"]: (row["version"], row["leaf"]) for row in rows}
        self._hold(holds=heads == ends, what="stream heads are the streams' ends")
        self._hold(holds=end == len(journal), what="the journal's head is its last position")

    def _check(self, journal: list[StoredEvent]) -> None:
        for fault in faults(journal, self._notes):
            self._hold(holds=False, what=fault)
        self._hold(holds=self._seen == journal, what="the follower saw the journal")

    def _hold(self, *, holds: bool, what: str) -> None:
        if not holds:
            raise SoakFailure(f"does not hold with seed {self._seed}: {what}")

    def _result(self, journal: list[StoredEvent], seconds: float) -> Result:
        words = Counter(word for word, _, _ in self._notes.read())
        acknowledged = self._notes.acknowledged()
        return Result(
            seed=self._seed,
            server=".".join(map(str, self._server.version)),
            writer_kills=self._kills["writer"],
            server_kills=self._kills["server"],
            acknowledged_commands=len(acknowledged),
            acknowledged_events=sum(acknowledged.values()),
            found_by_repeating=words["again"],
            answers_unavailable=words["away"],
            events_in_journal=len(journal),
            seconds=round(seconds, 1),
        )


def _kill(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()
    if process.stdin is not None:
        with suppress(BrokenPipeError):
            process.stdin.close()


def _let_end(writer: "subprocess.Popen[bytes]") -> None:
    """End the last writer gently, so that nothing is on its way when the journal is read."""
    if writer.stdin is not None:
        writer.stdin.close()
    if writer.wait(PATIENCE) != 0:
        raise SoakFailure(f"the writer ended with {writer.returncode}")


async def _whole_journal(log: PostgresEventLog, organisation: UUID) -> list[StoredEvent]:
    journal: list[StoredEvent] = []
    while True:
        last = journal[-1].position if journal else 0
        page = await log.read_journal(organisation, after_position=last)
        journal += page
        if len(page) < PAGE_MAX:
            return journal
