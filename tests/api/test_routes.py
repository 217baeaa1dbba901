"""Every route names its capability, and is documented as it is."""

import ast
import re
from pathlib import Path

import msgspec
import pytest
from litestar.handlers import HTTPRouteHandler

import api
from api import examples
from api.app import create_app
from api.auth import guard_of
from api.call import IfMatch
from api.capabilities import GRANTABLE, WITHOUT_TOKEN, Capability
from api.decoding import decode
from api.documents import APPROVED
from api.openapi import document, document_text
from api.problems import KINDS
from api.routes import ROUTES
from domain.refusals import Code

HOUSE = {"/health/live", "/health/ready", "/openapi.json", "/docs", "/problems/{code}"}
SEALS = {
    "/v1/organisations/{organisation_id}/checkpoint",
    "/v1/organisations/{organisation_id}/verifier-key",
}
PUBLIC = HOUSE | SEALS
SECRET = {"/v1/calendar/{file}"}


def handlers(app):
    for route in app.routes:
        for handler in route.route_handlers:
            assert isinstance(handler, HTTPRouteHandler)
            # litestar adds an OPTIONS handler to every path; the guard refuses it by name.
            if handler.http_methods != {"OPTIONS"}:
                yield route.path_format, handler


@pytest.mark.anyio
async def test_every_route_names_its_capability(desk):
    app = desk.http._transport.app
    found = dict.fromkeys(path for path, _ in handlers(app))
    assert set(found) == {route.path for route in ROUTES}
    for path, handler in handlers(app):
        capability = handler.opt.get("capability")
        assert isinstance(capability, Capability), f"{path} names no capability"
        assert (capability is Capability.PUBLIC) == (path in PUBLIC), path
        assert (capability is Capability.BY_ADDRESS) == (path in SECRET), path
    assert len(app.guards) == 1
    assert app.guards[0].__qualname__.startswith(guard_of.__name__)


@pytest.mark.anyio
async def test_every_route_but_the_public_ones_asks_for_a_token(desk):
    headers = {"Authorization": ""}
    some_id = str(desk.services.new_id())
    for route in ROUTES:
        path = route.path.replace("{code}", "invalid-input")
        path = re.sub(r"\{\w+_id\}", some_id, path)
        answer = await desk.http.request(route.method, path, headers=headers)
        # Nobody's journal or calendar: nothing to be shown, and nobody was asked who they are.
        wanted = 200 if route.path in HOUSE else 404 if route.path in SEALS | SECRET else 401
        assert answer.status_code == wanted, route.path


@pytest.mark.anyio
async def test_every_capability_guards_something(desk):
    assert {route.capability for route in ROUTES} == set(Capability)
    some_id = str(desk.services.new_id())
    for route in ROUTES:
        if route.capability in WITHOUT_TOKEN:
            continue
        others = await desk.colleague(
            capabilities=[each for each in GRANTABLE if each is not route.capability]
        )
        path = route.path
        path = re.sub(r"\{\w+_id\}", some_id, path)
        answer = await others.request(route.method, path)
        assert (answer.status_code, answer.json()["code"]) == (403, "capability-missing")
        assert route.capability in answer.json()["detail"]


async def sent(desk, route, ids):
    """What a caller with the route's own capability, and no other, is answered."""
    alone = await desk.colleague(capabilities=[route.capability])
    path = route.path
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", value)
    options = {"json": route.example} if route.body else {}
    if route.body_media == "multipart/form-data":
        meta = '{"source": "client-phone", "obtained_on": "2025-02-01"}'
        if route.example:
            meta = msgspec.json.encode(route.example["metadata"])
        parts = {"metadata": (None, meta, "application/json"), "file": ("a.bin", b"abc")}
        options = {"files": parts}
    if route.if_match is IfMatch.REQUIRED:
        options["headers"] = {"If-Match": '"1"'}
    query = {"dry_run": "true"} if route.is_write else {}
    query |= {each.name: each.example for each in route.parameters if each.is_required}
    async with alone:
        return await alone.request(route.method, path, params=query, **options)


@pytest.mark.anyio
async def test_the_capability_that_a_route_names_is_enough_for_it(office):
    """A refusal by the rules will do: whoever is told of one was let in."""
    ids = {
        "client_id": await office.client(),
        "case_id": await office.case(),
        "item_id": str(office.services.new_id()),
        "import_id": str(office.services.new_id()),
        "feed_id": str(office.services.new_id()),
    }
    for route in ROUTES:
        if route.capability in WITHOUT_TOKEN:
            continue
        answer = await sent(office, route, ids)
        assert answer.status_code in {200, 201, 404, 409, 412, 422}, (route.path, answer.text)
        assert answer.status_code < 400 or answer.json()["code"] != "invalid-input", answer.text


def test_the_approved_document_is_what_the_routes_say():
    written = APPROVED.read_text(encoding="utf-8")
    assert written == document_text(), "look at the change, then: python -m api.openapi"


def test_the_document_has_every_route_with_its_problems():
    paths = document()["paths"]
    for route in ROUTES:
        operation = paths[route.path][route.method.lower()]
        assert operation["summary"]
        assert str(route.status) in operation["responses"]
        names = {parameter["name"] for parameter in operation["parameters"]}
        if route.is_write:
            assert {"Idempotency-Key", "dry_run"} <= names
        for code in route.problems:
            assert f"`{code}`" in operation["responses"][str(KINDS[code].status)]["description"]


def test_no_schema_is_missing_and_none_is_loose():
    text = APPROVED.read_text(encoding="utf-8")
    schemas = msgspec.json.decode(text)["components"]["schemas"]
    for name in schemas:
        assert f'"#/components/schemas/{name}"' in text, f"nothing refers to {name}"
    for reference in {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}:
        assert reference in schemas
    for route in ROUTES:
        if route.body:
            name = route.body.__name__
            schema = schemas.get(f"{name}Input") or schemas[name]
            assert name.endswith("Upload") or schema["additionalProperties"] is False, name


def test_every_example_is_one():
    for kind, body in examples.BODIES.items():
        decode(msgspec.json.encode(body), kind)


def test_every_refusal_is_a_problem_type():
    assert {str(code) for code in Code} <= set(KINDS)
    for code, kind in KINDS.items():
        assert kind.title.endswith((".", "`.")), code
        assert kind.right, code


@pytest.mark.anyio
async def test_problem_types_explain_themselves(desk):
    for code, kind in KINDS.items():
        said = (await desk.http.get(f"/problems/{code}")).json()
        assert (said["status"], said["title"]) == (kind.status, kind.title)


@pytest.mark.anyio
async def test_the_page_for_people_loads_nothing_from_anywhere(desk):
    page = (await desk.http.get("/docs")).text
    assert "<script" not in page
    assert "http://" not in page
    assert "https://" not in page
    for route in ROUTES:
        assert route.path in page
    served = await desk.http.get("/openapi.json")
    assert served.content == APPROVED.read_bytes()


def test_the_api_knows_neither_ops_nor_a_global_state():
    for path in Path(api.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("ops"), path
            assert not isinstance(node, ast.Global), path


@pytest.mark.anyio
async def test_two_apps_share_nothing(desk):
    assert create_app(desk.services) is not create_app(desk.services)
