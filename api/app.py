"""The ASGI application: one litestar handler for each declared route, one guard, one error map."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from litestar import Litestar, Request, Response
from litestar.handlers import HTTPRouteHandler
from litestar.types import Message, Scope

from api.auth import guard_of
from api.call import Call, Route
from api.responses import exception_answer
from api.routes import ROUTES
from api.services import Services

_access: Final = logging.getLogger("mingzhang.access")


def create_app(services: Services) -> Litestar:
    """The API over these services. Making it touches nothing outside."""
    return Litestar(
        [_handler(services, route) for route in ROUTES],
        guards=[guard_of(services.tokens, services.clock, _methods())],
        exception_handlers={Exception: exception_answer},
        before_send=[_log_access],
        # Set here, so that no environment variable of litestar's switches tracebacks on.
        debug=False,
        pdb_on_exception=False,
        logging_config=None,
        openapi_config=None,
        # Each handler reads its own body within its own limit (api/bodies.py).
        request_max_body_size=None,
    )


def _handler(services: Services, route: Route) -> HTTPRouteHandler:
    async def answer(request: Request[Any, Any, Any]) -> Response[Any]:
        return await route.handle(Call(services=services, request=request, route=route))

    made: Callable[[Callable[..., Awaitable[Response[Any]]]], HTTPRouteHandler] = HTTPRouteHandler(
        litestar_path(route.path),
        http_method=route.method,  # type: ignore[arg-type]
        status_code=route.status,
        opt={"capability": route.capability, "route": route},
    )
    return made(answer)


def _methods() -> dict[str, str]:
    found: dict[str, str] = {}
    for route in ROUTES:
        path = route.path
        found[path] = f"{found[path]}, {route.method}" if path in found else route.method
    return found


def litestar_path(path: str) -> str:
    """A declared path in litestar's writing: a `..._id` is a UUID, anything else a text."""
    return (
        path.replace("_id}", "_id:uuid}")
        .replace("{code}", "{code:str}")
        .replace("{size}", "{size:str}")
        .replace("{file}", "{file:str}")
    )


async def _log_access(message: Message, scope: Scope) -> None:
    """One line for each answer: the route, never the address, which could hold a query."""
    if message["type"] == "http.response.start":
        asked = (scope.get("method", "-"), scope.get("path_template", "-"))
        _access.info("%s %s %d", *asked, message["status"])
