"""A real uvicorn on a free port, and a raw connection to it for what no client library sends."""

import asyncio
from contextlib import asynccontextmanager

import uvicorn


@asynccontextmanager
async def served(app):
    """The port at which the app answers."""
    config = uvicorn.Config(app, port=0, log_level="error", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await task


async def raw(port, head, body=b"", *, hang_up=False):
    """Send bytes as they are; the status and all that came back, until the other side ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
    await writer.drain()
    if hang_up:
        writer.close()
        await writer.wait_closed()
        return 0, b""
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return int(answer.split(b" ", 2)[1]), answer
