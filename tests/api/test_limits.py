"""Bodies that are too large, too slow or cut short, over a real server."""

import asyncio
import json

import httpx
import pytest

from tests.api.serving import raw, served

pytestmark = pytest.mark.anyio


@pytest.fixture
async def port(desk):
    object.__setattr__(desk.services, "idle_seconds", 0.3)
    async with served(desk.http._transport.app) as port:
        yield port


def head(desk, case_id, *more):
    lines = [
        f"POST /v1/cases/{case_id}/notes HTTP/1.1",
        "Host: x",
        f"Authorization: {desk.http.headers['authorization']}",
        "Content-Type: application/json",
        *more,
    ]
    return "\n".join(lines)


async def test_a_hundred_megabytes(desk, port):
    case_id = await desk.case()
    before = await desk.head()
    body = json.dumps({"noted_on": "2025-01-01", "text": "x" * 100_000_000}).encode()
    async with httpx.AsyncClient(headers=desk.http.headers) as http:
        answer = await http.post(
            f"http://127.0.0.1:{port}/v1/cases/{case_id}/notes",
            content=body,
            headers={"Content-Type": "application/json"},
        )
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    assert answer.json()["errors"][0]["field"] == "body"
    assert await desk.head() == before


async def test_announced_too_large_is_answered_before_it_is_sent(desk, port):
    case_id = await desk.case()
    request = head(desk, case_id, "Content-Length: 100000000", "Connection: close")
    status, _ = await raw(port, request)
    assert status == 413


async def test_chunks_without_end(desk, port):
    case_id = await desk.case()
    request = head(desk, case_id, "Transfer-Encoding: chunked")
    chunk = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    status, answer = await raw(port, request, chunk * 20)
    assert status == 413
    assert b"connection: close" in answer.lower()


async def test_a_body_that_ends_early(desk, port):
    case_id = await desk.case()
    before = await desk.head()
    await raw(port, head(desk, case_id, "Content-Length: 100"), b'{"noted_on"', hang_up=True)
    await asyncio.sleep(0.1)
    assert await desk.head() == before
    assert (await desk.http.get("/health/live")).status_code == 200


async def test_a_body_that_stands_still(desk, port):
    case_id = await desk.case()
    status, _ = await raw(port, head(desk, case_id, "Content-Length: 100"), b'{"noted_on"')
    assert status == 408
