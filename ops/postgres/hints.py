"""Hints that a journal has grown: LISTEN on a connection of its own.

Never relied on. A notification is lost with its connection, a standby refuses LISTEN, a pooler
in between may drop it, and anyone who can connect can send one: whoever waits here also polls,
and one hint wakes each waiter once, whatever it says.
"""

import asyncio
from collections import defaultdict
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

from ops.postgres.pool import UNREACHABLE

CHANNEL: Final = "mingzhang_journal"
_DRIVER: Final = (asyncpg.InterfaceError, asyncpg.InternalClientError)
_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 5.0


class Hint(NamedTuple):
    """What was heard last of one journal: which hint it was, and the position it spoke of."""

    number: int
    position: int


_Waiter = tuple[int, "asyncio.Future[None]"]
"""The position that someone waits to be exceeded, and how they are woken."""


class Hints:
    """Wakes those who wait for an organisation's journal to grow; reconnects by itself."""

    def __init__(self, dsn: str) -> None:
        """Connects when someone first waits."""
        self._dsn = dsn
        self._listener: asyncio.Task[None] | None = None
        self._heard: dict[UUID, Hint] = {}
        self._waiting: dict[UUID, set[_Waiter]] = defaultdict(set)

    async def wait(self, organisation: UUID, above: int, seconds: float, heard: int = 0) -> int:
        """Return at a hint that the journal is above this position, or after `seconds`.

        The answer is the newest hint's number: ask with it the next time, as `heard`, and the
        same hint will not be answered with again.
        """
        if self._listener is None:
            self._listener = asyncio.create_task(self._listen_for_ever())
        newest = self._heard.setdefault(organisation, Hint(0, 0))
        if newest.number <= heard or newest.position <= above:
            woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting[organisation].add(waiter := (above, woken))
            try:
                await asyncio.wait([woken], timeout=seconds)
            finally:
                self._waiting[organisation].discard(waiter)
        return self._heard[organisation].number

    async def close(self) -> None:
        """Stop listening."""
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.wait([self._listener])
            self._listener = None

    async def _listen_for_ever(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                await self._listen_until_lost()
                pause = _FIRST_PAUSE
            except (*UNREACHABLE, *_DRIVER, asyncpg.FeatureNotSupportedError):
                # Polling goes on meanwhile, so a lost hint costs a moment and no event.
                pause = min(pause * 2, _LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _listen_until_lost(self) -> None:
        connection = await asyncpg.connect(
            self._dsn, server_settings={"application_name": "mingzhang hints"}
        )
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        try:
            await connection.add_listener(CHANNEL, self._hear)
            await lost.wait()
        finally:
            connection.terminate()

    def _hear(self, _connection: Any, _pid: int, _channel: str, payload: str) -> None:
        name, _, number = payload.partition(":")
        try:
            organisation, position = UUID(name), int(number)
        except ValueError:
            return  # not one of ours
        if organisation in self._heard:
            self._wake(organisation, position)

    def _wake(self, organisation: UUID, position: int) -> None:
        # Numbered, not kept as the highest: a journal may be shorter after a restore, and a
        # forged position must not hide those that come after it.
        self._heard[organisation] = Hint(self._heard[organisation].number + 1, position)
        for above, woken in self._waiting[organisation]:
            if position > above and not woken.done():
                woken.set_result(None)
