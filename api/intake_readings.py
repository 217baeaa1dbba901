"""Readings of intake: how far it has come, and the parties of the case's debts."""

from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from api.call import Answered, Call, Route
from api.capabilities import Capability
from api.opening import open_case, refuse_erased
from api.reading import (
    AXES,
    await_position,
    day_asked,
    known_at,
    known_case,
    read_answer,
    reading_tag,
    unchanged,
)
from domain.accesses import Reading
from domain.cases.history import replay
from domain.intake import Intake, NoticeLine, PartyLine, intake_of, notices_of, parties_of

FORM: Final = "intake/2"
"""Changes when the form of these readings does."""


class IntakeReading(msgspec.Struct, frozen=True, kw_only=True):
    """How far the intake of a case has come."""

    case_id: UUID
    position: int
    as_of: date
    intake: Intake


class PartiesReading(msgspec.Struct, frozen=True, kw_only=True):
    """The parties of a case's debts beside borrower and lender, by the day they became one."""

    case_id: UUID
    position: int
    as_of: date
    parties: tuple[PartyLine, ...]
    """Those who left are among them."""
    notices: tuple[NoticeLine, ...]
    """What reached whom, by day."""


async def read_intake(call: Call) -> Answered:
    """`GET .../intake`."""
    return await _read(call, Reading.INTAKE)


async def read_parties(call: Call) -> Answered:
    """`GET .../parties`."""
    return await _read(call, Reading.PARTIES)


async def _read(call: Call, reading: Reading) -> Answered:
    await await_position(call)
    known = await known_case(call, await known_at(call))
    await refuse_erased(call, known)
    as_of = day_asked(call, known.history)
    tag = reading_tag(call, known, as_of, FORM, reading.value)
    same = unchanged(call, tag)
    if same:
        return same
    opened = replay(known.history.case_id, await open_case(call, known, reading))
    case_id, position = opened.case_id, opened.position
    if reading is Reading.INTAKE:
        intake = intake_of(opened, as_of)
        answer: IntakeReading | PartiesReading = IntakeReading(
            case_id=case_id, position=position, as_of=as_of, intake=intake
        )
    else:
        answer = PartiesReading(
            case_id=case_id,
            position=position,
            as_of=as_of,
            parties=parties_of(opened, as_of),
            notices=notices_of(opened, as_of),
        )
    return read_answer(answer, tag, position)


INTAKE: Final = (
    Route(
        method="GET",
        path="/v1/cases/{case_id}/intake",
        capability=Capability.CASE_READ,
        summary="Who sent the client, the phases so far, how pressing it is, what is lacking.",
        handle=read_intake,
        answer=IntakeReading,
        is_personal=True,
        is_reading=True,
        parameters=AXES,
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path="/v1/cases/{case_id}/parties",
        capability=Capability.CASE_READ,
        summary="Who is a party to which debt since when, and which notices reached whom.",
        handle=read_parties,
        answer=PartiesReading,
        is_personal=True,
        is_reading=True,
        parameters=AXES,
        problems=("case-unknown",),
    ),
)
"""Those readings."""
