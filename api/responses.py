"""Answers: JSON by the edge's codec, and exceptions as problem details."""

import logging
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException

from api.problems import MEDIA_TYPE, Problem
from domain.codec import edge_out
from domain.log import CommandMismatch, LogUnavailable, VersionConflict
from domain.sealing import Forgotten

_logger: Final = logging.getLogger("mingzhang.api")
_encoder: Final = msgspec.json.Encoder(enc_hook=edge_out)

SECURITY_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""On every answer; a route may say otherwise for itself."""

_CODE_OF_STATUS: Final = {
    404: "not-found",
    405: "method-not-allowed",
    413: "body-too-large",
    415: "wrong-media-type",
}


def json_answer(
    value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    """A value as JSON, money and personal values in their open form."""
    return Response(
        _encoder.encode(value),
        status_code=status,
        media_type="application/json",
        headers={**SECURITY_HEADERS, **(headers or {})},
    )


def problem_answer(problem: Problem) -> Response[bytes]:
    """A problem as `application/problem+json`."""
    return Response(
        _encoder.encode(problem.body()),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={**SECURITY_HEADERS, **problem.headers},
    )


def exception_answer(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The answer to any exception: the app's only exception handler."""
    return problem_answer(_problem(request, error))


def _problem(request: Request[Any, Any, Any], error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case LogUnavailable():
            return Problem("unavailable")
        case CommandMismatch():
            return Problem("idempotency-key-reused", field="Idempotency-Key")
        case Forgotten():
            # The key is gone and the journal does not say why: an older copy of it runs here.
            return Problem("client-erased")
        case VersionConflict():
            return Problem("contention")
        case HTTPException() if error.status_code < 500:
            code = _CODE_OF_STATUS.get(error.status_code, "bad-request")
            return Problem(code, headers=error.headers)
        case _:
            return _fault(request, error)


def _fault(request: Request[Any, Any, Any], error: Exception) -> Problem:
    """Log a fault by its kind and places only: its message might quote a personal value."""
    fault_id = str(uuid4())
    places = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    _logger.error(
        "fault %s: %s on %s %s at %s",
        fault_id,
        type(error).__name__,
        request.method,
        request.scope.get("path_template", "?"),
        " > ".join(places),
    )
    return Problem("internal-error", instance=f"urn:uuid:{fault_id}")
