"""Readings of one case: what it is, its position, its audit trail, its timeline."""

from collections import Counter
from datetime import date
from uuid import UUID

import msgspec

from api.call import Answered, Call
from api.capabilities import Capability
from api.opening import gone_problem, open_case, reader_of, refuse_erased
from api.reading import (
    Known,
    await_position,
    day_asked,
    known_at,
    known_case,
    mark_of,
    page_of,
    read_answer,
    reading_tag,
    subject_of,
    unchanged,
)
from domain.accesses import Reading
from domain.cases.history import CaseStatus, History, replay
from domain.cases.intake import CaseOpened
from domain.figures.figure import RULES
from domain.figures.position import position
from domain.personal import Personal
from projections.audit_trail import AuditLine, audit_trail
from projections.timeline import Order, TimelineLine, timeline

READING_FORM = "reading/2"
"""Changes when the form of a reading does, so that no old ETag matches a new form."""


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """A case at a glance."""

    case_id: UUID
    status: CaseStatus
    client_id: UUID
    client_name: Personal[str] | None
    """Only for who may read clients."""
    adviser: str | None
    zone: str
    opened_on: date
    entries: int
    """Entries that stand."""
    withdrawn: int
    topics: dict[str, int]
    """Standing entries of each topic."""
    version: int
    position: int
    """Journal position of its last event."""


class AuditPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a case's audit trail, in the order of recording."""

    case_id: UUID
    position: int
    version: int
    as_of: date
    lines: tuple[AuditLine, ...]
    next: str | None
    """Address of the next page; null on the last."""


class TimelinePage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a case's evidence timeline."""

    case_id: UUID
    position: int
    version: int
    as_of: date
    order: Order
    zone: str
    lines: tuple[TimelineLine, ...]
    withdrawn: int
    withdrawn_ids: tuple[UUID, ...]
    next: str | None
    """Address of the next page; null on the last."""


async def read_case(call: Call) -> Answered:
    """`GET /v1/cases/{case_id}`: its ETag is the version that If-Match asks for."""
    await await_position(call)
    known = await known_case(call)
    history = known.history
    await refuse_erased(call, known)
    # No 304: the client's name is shown too, and their stream is another.
    may_name = Capability.CLIENT_READ in call.caller.capabilities
    name = await _name(call, history) if may_name else None
    _, opened = next(history.standing(CaseOpened))
    standing = [entry for entry in history.entries.values() if not entry.is_withdrawn]
    view = CaseView(
        case_id=history.case_id,
        status=history.status,
        client_id=subject_of(history),
        client_name=name,
        adviser=opened.adviser,
        zone=opened.zone,
        opened_on=opened.opened_on,
        entries=len(standing),
        withdrawn=len(history.entries) - len(standing),
        topics=dict(sorted(Counter(entry.fact.TOPIC for entry in standing).items())),
        version=history.version,
        position=history.position,
    )
    return read_answer(view, f'"{history.version}"', history.position)


async def _name(call: Call, history: History) -> Personal[str] | None:
    client_id = subject_of(history)
    casework = call.services.casework
    reader = reader_of(call)
    await casework.accesses.reading(reader, client_id, Reading.CASE, history.case_id)
    client = await casework.client(call.organisation, client_id)
    name = client.details.name if client.details else None
    if client.erased is not None or (name is not None and name.erased):
        raise gone_problem(client)
    return name


async def read_position(call: Call) -> Answered:
    """`GET .../position`: no personal value is in it, so none is opened."""
    await await_position(call)
    known = await known_case(call, await known_at(call))
    as_of = day_asked(call, known.history)
    tag = reading_tag(call, known, as_of, RULES)
    same = unchanged(call, tag)
    return same or read_answer(position(known.history, as_of), tag, known.history.position)


async def read_audit_trail(call: Call) -> Answered:
    """`GET .../audit-trail`."""
    known, as_of, offset = await _where(call)
    await refuse_erased(call, known)
    actor, topic = call.query.get("actor"), call.query.get("topic")
    limit = call.query.get("limit")
    tag = reading_tag(call, known, as_of, READING_FORM, actor, topic, offset, limit)
    same = unchanged(call, tag)
    if same:
        return same
    events = await open_case(call, known, Reading.AUDIT_TRAIL)
    trail = audit_trail(events, as_of=as_of)
    lines = [
        line
        for line in trail.lines
        if (actor is None or line.actor == actor) and (topic is None or line.topic == topic)
    ]
    shown, following = page_of(call, lines, known.history, as_of, offset)
    page = AuditPage(
        case_id=known.history.case_id,
        position=trail.position,
        version=trail.version,
        as_of=as_of,
        lines=shown,
        next=following,
    )
    return read_answer(page, tag, trail.position)


async def read_timeline(call: Call) -> Answered:
    """`GET .../timeline`."""
    known, as_of, offset = await _where(call)
    await refuse_erased(call, known)
    order, topic = Order(call.query.get("order", "occurred")), call.query.get("topic")
    limit, rows = call.query.get("limit"), bool(call.query.get("rows", False))
    tag = reading_tag(call, known, as_of, READING_FORM, order, topic, offset, limit, rows)
    same = unchanged(call, tag)
    if same:
        return same
    events = await open_case(call, known, Reading.TIMELINE)
    history = replay(known.history.case_id, events)
    told = timeline(history, as_of=as_of, order=order, include_rows=rows)
    lines = [line for line in told.lines if topic is None or line.topic == topic]
    shown, following = page_of(call, lines, known.history, as_of, offset)
    page = TimelinePage(
        case_id=told.case_id,
        position=told.position,
        version=told.version,
        as_of=told.as_of,
        order=told.order,
        zone=told.zone,
        lines=shown,
        withdrawn=told.withdrawn,
        withdrawn_ids=told.withdrawn_ids,
        next=following,
    )
    return read_answer(page, tag, told.position)


async def _where(call: Call) -> tuple[Known, date, int]:
    """The record, the day and the line at which a page begins: all pages of a reading agree."""
    await await_position(call)
    mark = mark_of(call)
    if mark is None:
        known = await known_case(call, await known_at(call))
        return known, day_asked(call, known.history), 0
    return await known_case(call, mark.known_at), mark.as_of, mark.offset
