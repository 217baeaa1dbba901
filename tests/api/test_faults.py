"""When something breaks: the database gone and back, and faults that tell nothing."""

import asyncio
import logging
from uuid import uuid4

import pytest

from ops.postgres.embedded import EmbeddedServer
from ops.postgres.event_log import PostgresEventLog
from ops.postgres.migrate import migrate
from ops.postgres.pool import Pool
from ops.tokens import PostgresTokenStore
from tests.api.desk import services_over, sit_down, utc_now
from tests.ops.appends import append
from tests.servers import KINDS, binaries_of, missing

pytestmark = pytest.mark.anyio

NOTE = {"noted_on": "2025-01-01", "text": "秘密之事"}


@pytest.fixture(params=KINDS)
async def own(request, tmp_path_factory):
    """A server of the test's own, which it may stop."""
    binaries = binaries_of(request.param)
    if binaries is None:
        missing(request.param)
    server = EmbeddedServer(tmp_path_factory.mktemp("pg"), binaries, durable=False)
    await asyncio.to_thread(server.start)
    yield server
    await asyncio.to_thread(server.stop)


async def test_the_database_goes_and_comes_back(own, tmp_path):
    await migrate(own.dsn())
    async with Pool(own.dsn(), acquire_timeout=2.0) as pool:
        log, tokens = PostgresEventLog(pool), PostgresTokenStore(pool)
        desk = await sit_down(services_over(log, tokens, tmp_path, pool), tokens, tmp_path)
        async with desk.http:
            case_id = await desk.case()
            note = f"/v1/cases/{case_id}/notes"
            await asyncio.to_thread(own.kill)
            headers = {"Idempotency-Key": "k"}
            for answer in (
                await desk.http.get(f"/v1/cases/{case_id}/position"),
                await desk.http.post(note, json=NOTE, headers=headers),
                await desk.http.get("/health/ready"),
            ):
                assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
                assert int(answer.headers["retry-after"]) > 0
            assert (await desk.http.get("/health/live")).status_code == 200
            await asyncio.to_thread(own.start)
            done = await desk.http.post(note, json=NOTE, headers=headers)
            assert done.status_code == 201, done.text
            assert (await desk.http.get("/health/ready")).status_code == 200
            assert await desk.head() == 3
        await log.close()


async def test_a_restart_of_the_server_costs_nobody_an_answer(own, tmp_path):
    """Several connections stand idle in the pool, and not one of them has noticed."""
    await migrate(own.dsn())
    async with Pool(own.dsn(), max_size=6) as pool:
        log, organisation = PostgresEventLog(pool), uuid4()
        command = append(organisation)

        async def stand_idle():
            async with pool.acquire(organisation):
                await asyncio.sleep(0.05)

        async def use(call):
            await asyncio.gather(*(stand_idle() for _ in range(6)))
            own.kill()  # on the loop's own thread: it cannot see the connections close
            own.start()
            return await call()

        assert (await use(lambda: log.append(command))).position == 1
        assert (await use(lambda: log.head(organisation))).position == 1
        found = await use(lambda: log.find_command(organisation, command.command_id))
        assert found.repeated
        assert await use(lambda: log.command_digest(organisation, command.command_id)) is None
        assert await use(lambda: log.position_at(organisation, utc_now())) == 1
        assert len(await use(lambda: log.read_journal(organisation))) == 1
        await log.close()


async def test_a_fault_tells_an_id_and_nothing_else(desk, monkeypatch, caplog):
    case_id = await desk.case()

    async def broken(*arguments, **options):
        raise RuntimeError(f"{NOTE['text']} {arguments}")

    monkeypatch.setattr(desk.services.casework, "case_command", broken)
    with caplog.at_level(logging.DEBUG):
        answer = await desk.http.post(f"/v1/cases/{case_id}/notes", json=NOTE)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (500, "internal-error")
    assert "RuntimeError" not in answer.text
    fault_id = problem["instance"].removeprefix("urn:uuid:")
    said = "\n".join(r.getMessage() for r in caplog.records if r.name.startswith("mingzhang"))
    assert fault_id in said
    assert "RuntimeError" in said
    assert NOTE["text"] not in caplog.text + answer.text
    assert case_id not in said


async def test_the_access_log_has_no_addresses(desk, caplog):
    case_id = await desk.case()
    with caplog.at_level(logging.INFO, logger="mingzhang.access"):
        await desk.http.get(f"/v1/cases/{case_id}/audit-trail?actor=m-77")
    assert "GET /v1/cases/{case_id}/audit-trail 200" in caplog.text
    said = [r.getMessage() for r in caplog.records if r.name == "mingzhang.access"]
    assert not any("m-77" in line or case_id in line for line in said)
