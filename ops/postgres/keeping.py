"""Keeping the embedded server up: started again when it died, or when who ran it has stopped."""

import asyncio
from collections.abc import Callable
from typing import Final

from ops.postgres.binaries import ServerError
from ops.postgres.embedded import EmbeddedServer

LOOK_SECONDS: Final = 1.0


async def keep_running(server: EmbeddedServer, say: Callable[[str], None]) -> None:
    """Look once a second until cancelled; a server that is gone is started again.

    Of two processes that share a server the one that is left takes it over.
    """
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if await asyncio.to_thread(lambda: server.pid) is not None:
            continue
        say("the database server is gone; starting it again")
        try:
            await asyncio.to_thread(server.start)
        except ServerError as error:
            say(str(error))
