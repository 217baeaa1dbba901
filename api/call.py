"""One request on its way to a route's handler, and the declaration of a route."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from litestar import Response

from api.auth import Caller
from api.bodies import Requested, json_body
from api.capabilities import Capability
from api.parameters import Parameter, ParameterKind, Query
from api.services import Services

Answered = Response[Any]


class IfMatch(StrEnum):
    """What a route makes of the header If-Match."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, kw_only=True)
class Route:
    """One route, declared once: for its handler, its guard and its documentation."""

    method: str
    path: str
    """As in OpenAPI: `/v1/cases/{case_id}`; a `..._id` is a UUID."""
    capability: Capability
    summary: str
    handle: "Callable[[Call], Awaitable[Answered]]"
    answer: Any = None
    """Type of the answer, for the documentation; None where it is not JSON."""
    answer_media: str = "application/json"
    status: int = 200
    body: Any = None
    """Type of the request's body."""
    body_media: str = "application/json"
    if_match: IfMatch = IfMatch.NONE
    is_write: bool = False
    """Appends to the journal: takes an Idempotency-Key and `dry_run`."""
    is_keyed: bool = False
    """Takes an Idempotency-Key though nothing goes into the journal."""
    is_reading: bool = False
    """Answers with an ETag and heeds If-None-Match."""
    is_personal: bool = False
    """Gives a client's data out: takes the header Purpose, is put on record, ends in 410."""
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[str, ...] = ()
    """Codes beyond those that every such route has."""
    example: Any = None
    """An example of the body."""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request, who makes it, and the services behind it."""

    services: Services
    request: Requested
    route: Route
    query: Query = field(init=False)

    def __post_init__(self) -> None:
        """Read the query first: an unknown parameter is refused by every route alike."""
        query = Query(self.request.scope["query_string"], self.route.parameters)
        object.__setattr__(self, "query", query)

    @property
    def caller(self) -> Caller:
        """Who makes the request; not on public routes."""
        caller: Caller = self.request.auth
        return caller

    @property
    def organisation(self) -> UUID:
        """The caller's organisation: the only one that a request can reach."""
        return self.caller.organisation

    def id(self, name: str) -> UUID:
        """An id that stands in the path."""
        found: UUID = self.request.path_params[name]
        return found

    async def body(self) -> bytes:
        """The body of a JSON request."""
        services = self.services
        return await json_body(self.request, services.json_bytes_max, services.idle_seconds)


DRY_RUN: Final = Parameter(
    name="dry_run",
    kind=ParameterKind.FLAG,
    description="`true`: say what would be recorded and, to a caller with `case:read`, what the "
    "figures would be; write nothing.",
)
