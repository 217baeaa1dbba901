"""Every reading of every demo case, over real HTTP: answered, as the OpenAPI document says, twice.

The second time a position and a day are given, so that the bytes have to be the same.
"""

import asyncio
import re
from contextlib import closing
from dataclasses import replace

import httpx
import pytest
import schemathesis
from schemathesis.checks import CHECKS

from api.openapi import document
from api.routes import ROUTES
from ops.demo.load import load_demo
from ops.demo.sender import HttpSender
from ops.serving import serving
from ops.settings import Settings
from ops.wiring import open_house, utc_now

CHECKED = ("status_code_conformance", "content_type_conformance", "response_schema_conformance")
DAY = "2026-06-30"
OF_A_CASE = [
    route
    for route in ROUTES
    if route.method == "GET"
    and re.findall(r"{(\w+)}", route.path) == ["case_id"]
    and route.answer is not None
]
"""Readings that need nothing but a case."""
MOST_DONE_AT_ONCE = 4


async def swept(house, organisation, address, token, case_ids):
    """What was asked of the cases, and where an answer was not as it should be."""
    # Registered once the schema is made.
    schema = schemathesis.openapi.from_dict(document())
    checks = CHECKS.get_by_names(list(CHECKED))
    head = (await house.log.head(organisation)).position
    await house.reader.wait_for(organisation, "caseload", head, 30)
    wrong, asked = [], 0
    limits = httpx.Limits(max_connections=MOST_DONE_AT_ONCE)
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=address, headers=headers, limits=limits) as http:
        for route in OF_A_CASE:
            operation = schema[route.path]["GET"]
            names = {parameter.name for parameter in route.parameters}
            query = {"as_of": DAY, "known_at": str(head)}
            query = {name: value for name, value in query.items() if name in names}
            for key, case_id in case_ids.items():
                case = operation.Case(path_parameters={"case_id": case_id}, query=query)
                first = await http.get(case.formatted_path, params=query)
                asked += 1
                if first.status_code != 200:
                    wrong.append((route.path, key, first.status_code))
                case.validate_response(schemathesis.Response.from_any(first), checks=checks)
                if query.keys() >= {"as_of", "known_at"}:
                    again = await http.get(case.formatted_path, params=query)
                    if again.content != first.content:
                        wrong.append((route.path, key, "other bytes"))
    return asked, wrong


@pytest.mark.anyio
async def test_every_reading_of_every_case(newest, tmp_path):
    settings = replace(Settings.load(None, {"MINGZHANG_DATA": str(tmp_path)}), port=0)
    async with open_house(settings, say=lambda _: None) as house:
        organisation = await house.new_organisation()
        _, token = await house.tokens.add(organisation, "demo", now=utc_now())
        async with serving(house, "127.0.0.1", 0) as address:
            with closing(HttpSender(address, token)) as sender:
                report = await asyncio.to_thread(load_demo, sender, lambda *_: None)
            asked, wrong = await swept(house, organisation, address, token, report.case_ids)
    assert asked == len(OF_A_CASE) * report.cases
    assert len(OF_A_CASE) >= 20
    # Of whom was forgotten, the figures alone are still to be had.
    personal = [route.path for route in OF_A_CASE if route.is_personal]
    assert wrong == [(path, "forgotten", 410) for path in personal]
