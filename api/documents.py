"""Answers without a token: health, the OpenAPI document, its page for people, problem types."""

from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
from litestar import Response

from api.call import Answered, Call
from api.docs_page import docs_page
from api.problems import KINDS, Problem
from api.responses import SECURITY_HEADERS, json_answer

APPROVED: Final = Path(__file__).parent / "openapi.json"
"""The approved document. `python -m api.openapi` writes it anew; a test compares."""

_NOBODY: Final = UUID(int=0)
_STYLED: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


class Alive(msgspec.Struct, frozen=True):
    """All is well."""

    status: str = "ok"


async def well(call: Call) -> Answered:  # noqa: ARG001 - every handler has this form
    """`GET /health/live`."""
    return json_answer(Alive())


async def ready(call: Call) -> Answered:
    """`GET /health/ready`: asks the log something that costs nothing."""
    await call.services.casework.log.head(_NOBODY)
    return json_answer(Alive())


async def show_openapi(call: Call) -> Answered:  # noqa: ARG001 - as above
    """`GET /openapi.json`."""
    return Response(
        APPROVED.read_bytes(), media_type="application/json", headers=dict(SECURITY_HEADERS)
    )


async def show_docs(call: Call) -> Answered:  # noqa: ARG001 - as above
    """`GET /docs`."""
    page = docs_page(msgspec.json.decode(APPROVED.read_bytes()))
    headers = {**SECURITY_HEADERS, "Content-Security-Policy": _STYLED}
    return Response(page.encode(), media_type="text/html; charset=utf-8", headers=headers)


async def show_problem(call: Call) -> Answered:
    """`GET /problems/{code}`."""
    kind = KINDS.get(call.request.path_params["code"])
    if kind is None:
        raise Problem("not-found", "no such problem type")
    return json_answer(kind)
