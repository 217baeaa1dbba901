"""Giving a case file out: prepared from what the case holds, and recorded before it moves on."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import msgspec

from domain.cases.deciding import Record
from domain.cases.history import CaseStatus, replay
from domain.cases.intake import CaseOpened
from domain.casework import TRIES_MAX, Answer, Casework, Order, Stale, case_zone
from domain.exports import CaseFiles, ExportCase
from domain.refusals import Code, Refusal


async def give_out(
    casework: Casework,
    files: CaseFiles,
    order: Order,
    case_id: UUID,
    asked: ExportCase,
    day_in: Callable[[str], date],
) -> Answer:
    """Record an export; `day_in` gives the day in a zone.

    Raises ExportGone for a client who was erased, and what `Casework.case_command` raises.

    Where somebody records while it is being prepared, it is prepared anew, unless the order
    rests on a version that was seen.
    """
    said: Answer | None = await casework.repeated(order, case_id)
    for _ in range(TRIES_MAX if said is None else 0):
        said = await _try(casework, files, order, case_id, asked, day_in)
        if order.expected_version is not None or not isinstance(said, Stale):
            break
    if said is None:
        raise ValueError("at least one try is made")
    return said


async def _try(
    casework: Casework,
    files: CaseFiles,
    order: Order,
    case_id: UUID,
    asked: ExportCase,
    day_in: Callable[[str], date],
) -> Answer:
    events = await casework.events(order.organisation, case_id)
    is_case = bool(events) and isinstance(events[0].fact, CaseOpened)
    history = replay(case_id, events if is_case else ())
    if history.status is CaseStatus.NONE:
        return Refusal(code=Code.CASE_UNKNOWN, detail=f"no case {case_id}")
    if order.expected_version not in (None, history.version):
        return Stale(order.expected_version or 0, history.version)
    # An erasure that is under way is read from the client's stream by the command itself.
    day = day_in(case_zone(history))
    fact = await files.prepare(order.organisation, events, asked, day)
    resting = msgspec.structs.replace(order, expected_version=history.version)
    return await casework.case_command(resting, case_id, Record(fact))
