"""What changed in a case since a position or a day."""

from typing import Final
from uuid import UUID

import msgspec

from api.call import Answered, Call, Route
from api.capabilities import Capability
from api.parameters import Parameter
from api.reading import (
    AXES,
    PAGED,
    Known,
    await_position,
    day_asked,
    known_at,
    known_case,
    mark_of,
    page_of,
    read_answer,
    reading_tag,
    unchanged,
)
from api.ruled_readings import PACK, books_for
from api.since import SINCE, since
from domain.cases.history import replay
from domain.casework import case_zone
from domain.changes import CaseChanges, Side, case_changes
from domain.rules.books import Books

FORM: Final = "changes/1"
PARAMETERS: Final[tuple[Parameter, ...]] = (*SINCE, *AXES, PACK, *PAGED)


class CaseChangesPage(msgspec.Struct, frozen=True, kw_only=True):
    """What changed, with a page of the entries; the rest of it is the same on every page."""

    case_id: UUID
    position: int
    """Of the case's last event that was taken into account."""
    changes: CaseChanges
    next: str | None
    """Address of the next page of entries; null on the last."""


async def read_changes(call: Call) -> Answered:
    """`GET .../changes`: no personal value is in it, so none is opened."""
    await await_position(call)
    mark = mark_of(call)
    at = await _known_at(call) if mark is None else mark.known_at
    known = await known_case(call, at)
    as_of = day_asked(call, known.history) if mark is None else mark.as_of
    asked = await since(call, case_zone(known.history), at)
    after = known.events[0].position if asked is None else asked
    sides = await _sides(call, known, after, at)
    offset = mark.offset if mark else 0
    shown = (offset, call.query.get("limit"), call.query.get("since_on"))
    tag = reading_tag(call, known, as_of, FORM, after, *map(_named, sides), *shown)
    same = unchanged(call, tag)
    if same:
        return same
    changes = case_changes(*sides, after, as_of)
    lines, following = page_of(call, changes.entries, known.history, as_of, offset, at)
    page = CaseChangesPage(
        case_id=changes.case_id,
        position=known.history.position,
        changes=msgspec.structs.replace(changes, entries=lines),
        next=following,
    )
    return read_answer(page, tag, known.history.position)


async def _known_at(call: Call) -> int:
    """Where the later side ends, never left open: the rules in force are read there, too."""
    at = await known_at(call)
    return (await call.services.casework.log.head(call.organisation)).position if at is None else at


async def _sides(call: Call, known: Known, after: int, at: int) -> tuple[Side, Side]:
    """The case then and now, each by the rules and the data that were in force."""
    pack = call.query.get("pack")
    events = [event for event in known.events if event.position <= after]
    then = Side(
        history=replay(known.history.case_id, events), books=await books_for(call, after, pack)
    )
    return then, Side(history=known.history, books=await books_for(call, at, pack))


def _named(side: Side) -> tuple[str, str] | None:
    books = side.books
    return (books.pack.reference, books.data.version) if isinstance(books, Books) else None


CASE_CHANGES: Final = (
    Route(
        method="GET",
        path="/v1/cases/{case_id}/changes",
        capability=Capability.CASE_READ,
        summary="What changed in a case since a position or a day: entries, figures, deadlines.",
        description="Without `since_position` and `since_on`: since the case was opened. Both "
        "sides are of the same day, `as_of`, so that nothing in it comes from days going by. "
        "Given `since_position`, `known_at` and `as_of`, the same bytes for ever.",
        handle=read_changes,
        answer=CaseChangesPage,
        is_reading=True,
        parameters=PARAMETERS,
        problems=("case-unknown",),
    ),
)
"""That reading."""
