"""Hints that a journal has grown: LISTEN on a connection of its own.

Never relied on. A notification is lost with its connection, a standby refuses LISTEN, a pooler
in between may drop it: whoever waits here also polls.
"""

import asyncio
from collections import defaultdict
from typing import Any, Final
from uuid import UUID

import asyncpg

from ops.postgres.pool import UNREACHABLE

CHANNEL: Final = "mingzhang_journal"
_DRIVER: Final = (asyncpg.InterfaceError, asyncpg.InternalClientError)
_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 5.0


class Hints:
    """Wakes those who wait for an organisation's journal to grow; reconnects by itself."""

    def __init__(self, dsn: str) -> None:
        """Connects when someone first waits."""
        self._dsn = dsn
        self._listener: asyncio.Task[None] | None = None
        self._positions: dict[UUID, int] = {}
        self._waiting: dict[UUID, set[asyncio.Future[None]]] = defaultdict(set)

    async def wait(self, organisation: UUID, above: int, seconds: float) -> int:
        """Return at a hint that the journal is above this position, or after `seconds`.

        The answer is the position hinted at, or `above`.
        """
        if self._listener is None:
            self._listener = asyncio.create_task(self._listen_for_ever())
        if (hinted := self._positions.get(organisation, 0)) > above:
            return hinted
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[organisation].add(woken)
        try:
            await asyncio.wait([woken], timeout=seconds)
        finally:
            self._waiting[organisation].discard(woken)
        return max(above, self._positions.get(organisation, 0))

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
        # After a restore a journal may be shorter than what was hinted at before.
        self._positions.clear()
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        try:
            await connection.add_listener(CHANNEL, self._hear)
            await lost.wait()
        finally:
            connection.terminate()

    def _hear(self, _connection: Any, _pid: int, _channel: str, payload: str) -> None:
        organisation, _, position = payload.partition(":")
        self._wake(UUID(organisation), int(position))

    def _wake(self, organisation: UUID, position: int) -> None:
        self._positions[organisation] = max(position, self._positions.get(organisation, 0))
        for woken in self._waiting.pop(organisation, ()):
            if not woken.done():
                woken.set_result(None)
