"""Search over sealed names and numbers; every search is on record."""

from typing import Final
from uuid import UUID

import msgspec

from api.call import Answered, Call, Route
from api.capabilities import Capability
from api.opening import reader_of
from api.parameters import Parameter, ParameterKind
from api.problems import invalid
from api.reading import LIMIT, LIMIT_DEFAULT, MIN_POSITION, await_position
from api.responses import json_answer
from domain.accesses import Reading
from domain.personal import Personal
from domain.searching import QUERY_MAX, Field, Hit, TooShort, find, question

_PARAMETERS: Final = (
    Parameter(
        name="q",
        kind=ParameterKind.TEXT,
        description="Part of a name, of a lender or of a contract number; at least four digits of "
        "a telephone number; or a whole identity number.",
        example="王小",
        is_required=True,
    ),
    LIMIT,
    MIN_POSITION,
)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Something that answers the question."""

    client_id: UUID
    name: Personal[str] | None
    field: Field
    """What was found: the client's name or number, or a loan's lender or contract number."""
    text: Personal[str]
    """The text that it was found in."""
    case_id: UUID | None
    """Of a loan, its case."""
    loan_id: UUID | None
    cases: tuple[UUID, ...]
    """Every case of the client, the first opened first."""


class SearchAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Hits, those that fit best first."""

    items: tuple[Found, ...]
    more: bool
    """Whether there were more than asked for: ask more closely."""
    searched: int
    """How many clients were looked through; the record of accesses names as many."""


async def search(call: Call) -> Answered:
    """`GET /v1/search`. An erased client is never found."""
    asked: str = call.query.get("q")
    if len(asked) > QUERY_MAX:
        raise invalid("q", f"at most {QUERY_MAX} characters")
    try:
        sought = question(asked)
    except TooShort as error:
        raise invalid("q", str(error)) from error
    await await_position(call)
    people, limit = call.services.people, call.query.get("limit", LIMIT_DEFAULT)
    searched = await people.brought_up(call.organisation)
    await call.services.casework.accesses.names(reader_of(call), searched, Reading.SEARCH)
    hits = find(people.entries(call.organisation), sought, limit + 1)
    return json_answer(
        SearchAnswer(items=_found(call, hits[:limit]), more=len(hits) > limit, searched=searched)
    )


def _found(call: Call, hits: list[Hit]) -> tuple[Found, ...]:
    people = call.services.people
    cases = people.cases_of(call.organisation, [hit.entry.client_id for hit in hits])
    found = []
    for hit in hits:
        entry = hit.entry
        name = people.name_of(call.organisation, entry.client_id)
        found.append(
            Found(
                client_id=entry.client_id,
                name=None if name is None else Personal(entry.client_id, name),
                field=entry.field,
                text=Personal(entry.client_id, entry.shown),
                case_id=entry.case_id,
                loan_id=entry.loan_id,
                cases=tuple(cases[entry.client_id]),
            )
        )
    return tuple(found)


SEARCH: Final = (
    Route(
        method="GET",
        path="/v1/search",
        capability=Capability.CLIENT_READ,
        summary="Find clients and loans by name, number, lender or contract.",
        description="Compared without width, case and spaces; Chinese by any part of a name. "
        "Names are opened in memory only, and each search goes on record.",
        handle=search,
        answer=SearchAnswer,
        is_personal=True,
        parameters=_PARAMETERS,
    ),
)
"""The search."""
