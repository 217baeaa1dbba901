"""Since when: a journal position, or a day; the end of what is compared or listed."""

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from api.call import Call
from api.parameters import Parameter, ParameterKind
from api.problems import invalid
from domain.cases.deciding.common import OLDEST

SINCE_POSITION: Final = Parameter(
    name="since_position",
    kind=ParameterKind.POSITION,
    description="What was recorded after this journal position. Not together with `since_on`.",
    example="1200",
)
SINCE_ON: Final = Parameter(
    name="since_on",
    kind=ParameterKind.DAY,
    description="What was recorded on this day or later, by the zone of the case, or across "
    "cases by the organisation's.",
    example="2026-03-01",
)
SINCE: Final = (SINCE_POSITION, SINCE_ON)


async def since(call: Call, zone: str, end: int) -> int | None:
    """The position after which changes count; None where nothing was asked.

    `end` is the position up to which anything is known. Problem for both at once, for a position
    beyond the end, and for a day that has not come.
    """
    position, day = call.query.get("since_position"), call.query.get("since_on")
    if position is not None and day is not None:
        raise invalid("since_on", "give since_position or since_on, not both")
    field = "since_position"
    if day is not None:
        field = "since_on"
        if day > call.services.today(zone):
            raise invalid(field, "that day has not come")
        if day <= OLDEST:
            return 0
        begins = datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)
        last_before = begins - timedelta(microseconds=1)
        log = call.services.casework.log
        position = await log.position_at(call.organisation, last_before)
    found: int | None = position
    if found is not None and found > end:
        raise invalid(field, f"that is after position {end}, where this ends")
    return found
