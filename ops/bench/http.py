"""One write and one position over HTTP, against a bare handler in the same server program."""

import asyncio
import http.client
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit
from uuid import UUID

from litestar import Litestar, get, post

from ops.bench.measure import Compared, compare
from ops.bench.reading import long_case
from ops.serving import running, serving
from ops.wiring import House, utc_now

NOTE = b'{"noted_on": "2026-03-01", "text": "rang twice, nobody there"}'
LOOPBACK = "127.0.0.1"
CASES = 100
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
    """Requests over a keep-alive connection, made from a thread."""

    def __init__(self, address: str, token: str = "") -> None:
        """Call a base URL, with a token if there is one."""
        self.address = urlsplit(address)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(self, method: str, paths: Sequence[str], body: bytes | None, times: int) -> int:
        """`times` requests, to each path in turn; RuntimeError when one of them fails."""
        headers = self.headers | (JSON if body else {})
        connection = http.client.HTTPConnection(
            str(self.address.hostname), self.address.port, timeout=30
        )
        for number in range(times):
            path = paths[number % len(paths)]
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status >= http.client.BAD_REQUEST:
                raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        connection.close()
        return times


async def compare_http(house: House, organisation: UUID, token: str, rounds: int) -> list[Compared]:
    """A note written and a position read in cases of some thirty events, each a round trip."""
    cases = [await long_case(house, organisation, 30) for _ in range(CASES)]
    app = Litestar([bare_write, bare_read], openapi_config=None, logging_config=None)
    async with (
        serving(house, LOOPBACK, 0) as address,
        running(app, LOOPBACK, 0) as bare_address,
    ):
        callers = Caller(address, token), Caller(bare_address)

        async def caught_up() -> None:
            head = (await house.log.head(organisation)).position
            for table in ("caseload", "balances", "deadlines"):
                await house.reader.wait_for(organisation, table, head, 60)

        await caught_up()
        notes = [f"/v1/cases/{case}/notes" for case in cases]
        positions = [f"/v1/cases/{case}/position?as_of=2026-01-01" for case in cases]
        return [
            await _pair("one API write", callers, "POST", notes, NOTE, rounds, caught_up),
            await _pair("one position read", callers, "GET", positions, None, rounds, caught_up),
        ]


async def compare_accesses(house: House, organisation: UUID, rounds: int) -> Compared:
    """An audit trail read within a sitting, and one that has to go on record before it is given.

    Every turn of the second arm reads as another member, so that none is covered.
    """
    cases = [await long_case(house, organisation, 30) for _ in range(CASES)]
    trails = [f"/v1/cases/{case}/audit-trail" for case in cases]
    tokens = [await _token(house, organisation, f"bench-{turn}") for turn in range(rounds + 2)]
    async with serving(house, LOOPBACK, 0) as address:
        sitting, *others = [Caller(address, token) for token in tokens]
        strangers = iter(others)

        async def caught_up() -> None:
            head = (await house.log.head(organisation)).position
            for table in ("caseload", "balances", "deadlines"):
                await house.reader.wait_for(organisation, table, head, 60)

        await caught_up()
        arms = {
            "covered": lambda: asyncio.to_thread(sitting.call, "GET", trails, None, CASES),
            "put on record": lambda: asyncio.to_thread(
                next(strangers).call, "GET", trails, None, CASES
            ),
        }
        return await compare(
            "one audit trail read",
            "requests",
            arms,
            yardstick="covered",
            rounds=rounds,
            settle=caught_up,
        )


async def _token(house: House, organisation: UUID, actor: str) -> str:
    _, token = await house.tokens.add(organisation, actor, now=utc_now())
    return token


async def _pair(
    title: str,
    callers: tuple[Caller, Caller],
    method: str,
    paths: Sequence[str],
    body: bytes | None,
    rounds: int,
    settle: Callable[[], Awaitable[object]],
) -> Compared:
    ours, bare = callers
    arms = {
        "bare handler": lambda: asyncio.to_thread(bare.call, method, ("/bare",), body, CASES),
        "mingzhang": lambda: asyncio.to_thread(ours.call, method, paths, body, CASES),
    }
    return await compare(
        title, "requests", arms, yardstick="bare handler", rounds=rounds, settle=settle
    )
