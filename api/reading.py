"""What every reading shares: both time axes, waiting for a position, its ETag, its pages."""

import base64
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final, TypeVar
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Response

from api.call import Answered, Call
from api.parameters import LIMIT_MAX, POSITION_MAX, Parameter, ParameterKind
from api.problems import Problem, invalid
from api.responses import SECURITY_HEADERS, json_answer
from domain.cases.erasing import CaseErased
from domain.cases.history import History, replay
from domain.cases.intake import CaseOpened
from domain.casework import case_zone
from domain.recorded import Recorded

LIMIT_DEFAULT: Final = 100
_ENTITY_TAG: Final = re.compile(r'(?:W/)?("[^"]*")')

AS_OF: Final = Parameter(
    name="as_of",
    kind=ParameterKind.DAY,
    description="What had happened by this day. Default: today in the case's own zone.",
    example="2026-03-01",
)
KNOWN_AT: Final = Parameter(
    name="known_at",
    kind=ParameterKind.KNOWN_AT,
    description=(
        "What was on record then: a journal position, which repeats exactly, or an RFC 3339 "
        "instant. Default: everything."
    ),
    example="1234",
)
MIN_POSITION: Final = Parameter(
    name="min_position",
    kind=ParameterKind.POSITION,
    description="Wait briefly until the record has come to this position, else answer 503.",
)
CURSOR: Final = Parameter(
    name="cursor", kind=ParameterKind.TEXT, description="Where to go on; comes with `next`."
)
LIMIT: Final = Parameter(
    name="limit",
    kind=ParameterKind.LIMIT,
    description=f"Most lines of a page, 1 to {LIMIT_MAX}. Default: {LIMIT_DEFAULT}.",
)
TOPIC: Final = Parameter(
    name="topic", kind=ParameterKind.TEXT, description="Only entries of this topic."
)
AXES: Final = (AS_OF, KNOWN_AT, MIN_POSITION)
PAGED: Final = (CURSOR, LIMIT)

T = TypeVar("T")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A case as known at a position: its events, personal values sealed, and their fold."""

    events: list[Recorded]
    history: History
    is_erased: bool = False
    """Whether the client is erased by now, whatever was known then."""


class Mark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a cursor of a case's reading says: the same record and day, and the next line."""

    known_at: int
    as_of: date
    offset: int
    query: str
    """Digest of the other parameters: a cursor goes on with the question it came from."""


async def await_position(call: Call) -> None:
    """Wait for `min_position`; Problem `not-yet` when the journal does not come to it."""
    wanted = call.query.get("min_position")
    log = call.services.casework.log
    if wanted is not None and not await log.wait_for(
        call.organisation, wanted, call.services.wait_seconds
    ):
        raise Problem("not-yet", field="min_position")


async def known_at(call: Call) -> int | None:
    """The position that `known_at` names; None for the newest."""
    given: int | datetime | None = call.query.get("known_at")
    log = call.services.casework.log
    if isinstance(given, datetime):
        if given > call.services.clock():
            raise invalid("known_at", "that moment has not come; leave it out for the newest")
        return await log.position_at(call.organisation, given)
    if given is not None and given > (await log.head(call.organisation)).position:
        raise invalid("known_at", "nothing is recorded there yet; to wait, use min_position")
    return given


async def known_case(call: Call, position: int | None = None) -> Known:
    """The case in the path as known at a position; 404 when there was none."""
    case_id = call.id("case_id")
    # All of it, also for a reading of the past: an erasure closes that as well.
    stands = await call.services.casework.events(call.organisation, case_id)
    events = [event for event in stands if position is None or event.position <= position]
    if not events or not isinstance(events[0].fact, CaseOpened):
        when = "" if position is None else f" as known at {position}"
        raise Problem("case-unknown", f"no case {case_id}{when}")
    is_erased = isinstance(stands[-1].fact, CaseErased)
    return Known(events=events, history=replay(case_id, events), is_erased=is_erased)


def day_asked(call: Call, history: History) -> date:
    """`as_of`, or today where the case is."""
    day: date = call.query.get("as_of") or call.services.today(case_zone(history))
    return day


def reading_tag(call: Call, known: Known, as_of: date | None, rules: str, *more: Any) -> str:
    """The ETag of a reading: its figures move with the record, the day and the rules."""
    history = known.history
    said = (
        call.route.path, history.case_id, history.version, history.position, as_of, rules, more
    )  # fmt: skip
    return f'"{sha256(msgspec.json.encode(said)).hexdigest()[:32]}"'


def unchanged(
    call: Call, tag: str, headers: Mapping[str, str] = SECURITY_HEADERS
) -> Answered | None:
    """304 when the caller has what would be sent under these headers."""
    given = ",".join(call.request.headers.getall("if-none-match", []))
    if given.strip() != "*" and tag not in _ENTITY_TAG.findall(given):
        return None
    return Response(None, status_code=304, headers={**headers, "ETag": tag})


def read_answer(value: Any, tag: str, position: int) -> Answered:
    """A reading with its ETag and the position it was made at."""
    return json_answer(value, headers={"ETag": tag, "Mingzhang-Position": str(position)})


def mark_of(call: Call) -> Mark | None:
    """What the cursor says; Problem for one that was not given out for this question."""
    cursor = call.query.get("cursor")
    if cursor is None:
        return None
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        mark = msgspec.json.decode(raw, type=Mark)
    except ValueError:
        raise invalid("cursor", "not a cursor that was given out") from None
    if mark.query != _question(call) or not 0 <= mark.offset <= POSITION_MAX:
        raise invalid("cursor", "this cursor belongs to another question")
    if not 0 <= mark.known_at <= POSITION_MAX:
        raise invalid("cursor", "not a cursor that was given out")
    return mark


def page_of(
    call: Call,
    lines: Sequence[T],
    history: History,
    as_of: date,
    offset: int,
    at: int | None = None,
) -> tuple[tuple[T, ...], str | None]:
    """One page of lines from `offset`, and the address of the next.

    `at` is the position by which the next page goes on: by default the case's last event, which
    is not enough for a reading that also rests on rules in force.
    """
    end = offset + call.query.get("limit", LIMIT_DEFAULT)
    if end >= len(lines):
        return tuple(lines[offset:]), None
    known = history.position if at is None else at
    mark = Mark(known_at=known, as_of=as_of, offset=end, query=_question(call))
    cursor = base64.urlsafe_b64encode(msgspec.json.encode(mark)).decode().rstrip("=")
    return tuple(lines[offset:end]), next_link(call, cursor)


def next_link(call: Call, cursor: str) -> str:
    """The same question, from `cursor` on."""
    asked = {
        parameter.name: call.query.get(parameter.name)
        for parameter in call.route.parameters
        if parameter.name not in {"cursor", "min_position"}
    }
    texts = {name: _text(value) for name, value in asked.items() if value is not None}
    return f"{call.request.scope['path']}?{urlencode({**texts, 'cursor': cursor})}"


def _question(call: Call) -> str:
    asked = [
        (parameter.name, _text(call.query.get(parameter.name)))
        for parameter in call.route.parameters
        if parameter.name not in {"cursor", "limit", "min_position"}
    ]
    said = msgspec.json.encode((call.request.scope["path"], asked))
    return sha256(said).hexdigest()[:16]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def subject_of(history: History) -> UUID:
    """The client under whose key the case's personal values lie."""
    if history.client_id is None:
        raise ValueError("a case without a client: its opening was not read")
    return history.client_id
