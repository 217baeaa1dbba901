"""From threads to the asynchronous log: an event loop in a daemon thread.

The `eventsourcing` library is synchronous throughout; its recorders call our log through this.
"""

import asyncio
import threading
import weakref
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from ops.postgres.event_log import PostgresEventLog
from ops.postgres.pool import Pool

T = TypeVar("T")


class Bridge:
    """An event log with a loop of its own, for callers that have none.

    Close it; one that is forgotten closes itself when it is collected, as the library's own
    database pools do, since its projection runner never closes the factory of a view.
    """

    def __init__(self, dsn: str, *, max_size: int = 10) -> None:
        """Starts the thread; connects when something is asked for."""
        self.pool = Pool(dsn, max_size=max_size)
        self.log = PostgresEventLog(self.pool)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=_run_loop, args=(self._loop,), name="mingzhang-bridge", daemon=True
        )
        self._thread.start()
        self.run(self.pool.open())
        self._closing = weakref.finalize(
            self, _shut_down, self._loop, self._thread, self.log, self.pool
        )

    def start(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Start work on the loop; cancelling the future cancels it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do work on the loop and wait for its result, from any other thread."""
        return self.start(work).result()

    def close(self) -> None:
        """Close the log, its connections and the loop; a second time does nothing."""
        self._closing()


def _run_loop(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def _shut_down(
    loop: asyncio.AbstractEventLoop, thread: threading.Thread, log: PostgresEventLog, pool: Pool
) -> None:
    async def finish() -> None:
        try:
            await log.close()
            await pool.close()
        finally:
            loop.stop()

    closing = asyncio.run_coroutine_threadsafe(finish(), loop)
    # Collected on the loop's own thread it cannot be waited for, and need not be.
    if threading.current_thread() is not thread:
        thread.join()
        closing.result()
