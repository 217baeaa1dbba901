"""One write and one position over HTTP, against a bare handler in the same server program."""

import asyncio
import http.client
from urllib.parse import urlsplit
from uuid import UUID

from litestar import Litestar, get, post

from ops.bench.measure import Compared, compare
from ops.bench.reading import long_case
from ops.serving import running, serving
from ops.wiring import House

NOTE = b'{"noted_on": "2026-03-01", "text": "rang twice, nobody there"}'
LOOPBACK = "127.0.0.1"
JSON = {"Content-Type": "application/json"}


@post("/bare")
async def bare_write(data: dict[str, str]) -> dict[str, str]:
    """Decode and encode, nothing else."""
    return data


@get("/bare")
async def bare_read() -> dict[str, str]:
    """Encode, nothing else."""
    return {"case": "none"}


class Caller:
    """A keep-alive connection, used from a thread."""

    def __init__(self, address: str, token: str = "") -> None:
        """Connect to a base URL."""
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=30)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(self, method: str, path: str, body: bytes | None, times: int) -> int:
        """The same request `times` times; RuntimeError when one of them fails."""
        headers = self.headers | (JSON if body else {})
        for _ in range(times):
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read()
            if answer.status >= http.client.BAD_REQUEST:
                raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        return times


async def compare_http(house: House, organisation: UUID, token: str, rounds: int) -> list[Compared]:
    """A note written and a position of a twenty-event case read, each a round trip."""
    case = await long_case(house, organisation, 20)
    app = Litestar([bare_write, bare_read], openapi_config=None)
    async with (
        serving(house, LOOPBACK, 0) as address,
        running(app, LOOPBACK, 0) as bare_address,
    ):
        ours, bare = Caller(address, token), Caller(bare_address)
        return [
            await _pair(
                "one API write", ours, bare, ("POST", f"/v1/cases/{case}/notes", NOTE), rounds
            ),
            await _pair(
                "one position read", ours, bare, ("GET", f"/v1/cases/{case}/position", None), rounds
            ),
        ]


async def _pair(
    title: str,
    ours: Caller,
    bare: Caller,
    request: tuple[str, str, bytes | None],
    rounds: int,
    times: int = 100,
) -> Compared:
    method, path, body = request
    arms = {
        "bare handler": lambda: asyncio.to_thread(bare.call, method, "/bare", body, times),
        "mingzhang": lambda: asyncio.to_thread(ours.call, method, path, body, times),
    }
    return await compare(title, "requests", arms, yardstick="bare handler", rounds=rounds)
