"""Requests made up from the OpenAPI document: whatever is sent, never a 5xx, always as said."""

import asyncio
import threading
from dataclasses import dataclass

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from api.app import create_app
from api.capabilities import WITHOUT_TOKEN
from api.openapi import document
from api.routes import ROUTES
from ops.postgres.event_log import PostgresEventLog
from ops.postgres.pool import Pool
from ops.rules_desk import prepare
from ops.tokens import PostgresTokenStore
from tests.api.desk import services_over, sit_down
from tests.api.serving import served
from tests.servers import EMBEDDED

EXAMPLES = 12


@dataclass
class Site:
    """A served app with a case and a client in it."""

    url: str
    headers: dict
    ids: dict


@pytest.fixture(scope="module")
def site(servers, tmp_path_factory):
    """The app on a real server and a real database, in a thread: the generator is synchronous."""
    server = servers.get(EMBEDDED)
    name = server.create_database()
    ready, done, box = threading.Event(), threading.Event(), []

    async def run():
        folder = tmp_path_factory.mktemp("site")
        async with Pool(server.dsn(name)) as pool:
            log, tokens = PostgresEventLog(pool), PostgresTokenStore(pool)
            services = services_over(log, tokens, folder, pool, wait_seconds=0.01)
            desk = await sit_down(services, tokens, folder)
            await prepare(services.casework, desk.organisation)
            async with desk.http, served(create_app(services)) as port:
                ids = {"client_id": await desk.client(), "case_id": await desk.case()}
                token = desk.http.headers["authorization"]
                box.append(Site(f"http://127.0.0.1:{port}", {"Authorization": token}, ids))
                ready.set()
                await asyncio.to_thread(done.wait)
            await log.close()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    assert ready.wait(30)
    yield box[0]
    done.set()
    thread.join(30)
    server.drop_database(name)


SCHEMA = schemathesis.openapi.from_dict(document())


CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


ASKED = [
    pytest.param(route, mode, id=f"{route.method} {route.path} {mode.value}")
    for route in ROUTES
    for mode in GenerationMode
    # A public route takes nothing that could be wrong.
    if mode is GenerationMode.POSITIVE or route.capability not in WITHOUT_TOKEN
]


@pytest.mark.parametrize(("route", "mode"), ASKED)
def test_made_up_requests(site, route, mode):
    operation = SCHEMA[route.path][route.method]
    checks = CHECKS.get_by_names(list(CHECKED))

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        # Ids that are there: else every answer is the same 404.
        case.path_parameters.update(
            {name: site.ids[name] for name in case.path_parameters if name in site.ids}
        )
        case.headers.pop("Authorization", None)
        waits = "min_position" in (case.query or {}) and case.query["min_position"] != 0
        answer = case.call(base_url=site.url, headers=site.headers)
        if answer.status_code == 503 and waits:
            return
        case.validate_response(answer, checks=checks)

    ask()
