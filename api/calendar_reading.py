"""A member's deadlines as a calendar, for whoever has the feed's secret address."""

import asyncio
from hashlib import sha256
from typing import Final

import msgspec
from litestar import Response

from api.call import Answered, Call, Route
from api.capabilities import Capability
from api.feeds import FOLDER, digest_in
from api.problems import Problem
from api.reading import unchanged
from api.responses import SECURITY_HEADERS
from domain.casework import HOME_ZONE
from projections.calendar import FORM, calendar
from projections.reminders import reminders

MEDIA_TYPE: Final = "text/calendar"
# A calendar program asks again and again for what seldom changes: it may keep the answer, and
# has to ask whether it still stands.
_HEADERS: Final = {**SECURITY_HEADERS, "Cache-Control": "private, no-cache"}


async def read_calendar(call: Call) -> Answered:
    """`GET /v1/calendar/{file}`."""
    services = call.services
    digest = digest_in(call.request.path_params["file"])
    feed = await services.feeds.find(digest) if digest else None
    if feed is None:
        # As to any other address that there is not: nobody learns that this one was in force.
        raise Problem("not-found")
    today = services.today(HOME_ZONE)
    await services.feeds.mark_read(feed, today)
    found = await reminders(services.casework, feed.organisation, feed.adviser, today)
    tag = f'"{sha256(msgspec.json.encode((FORM, found))).hexdigest()[:32]}"'
    same = unchanged(call, tag, _HEADERS)
    if same:
        return same
    # In a thread of its own: some thousand events take a noticeable part of a second.
    content = await asyncio.to_thread(calendar, found)
    return Response(content, media_type=MEDIA_TYPE, headers={**_HEADERS, "ETag": tag})


CALENDAR: Final = (
    Route(
        method="GET",
        path=f"{FOLDER}/{{file}}",
        capability=Capability.BY_ADDRESS,
        summary="A member's deadlines for a calendar program (RFC 5545), by a secret address.",
        description="`file` is the secret of a feed with `.ics` behind it, as `POST "
        "/v1/calendar-feeds` gave it out. No token is asked for. Deadlines of the next 400 days, "
        "and those missed in the last 30; those without a day are not in it.",
        handle=read_calendar,
        answer_media=MEDIA_TYPE,
        is_reading=True,
    ),
)
"""The route of calendars."""
