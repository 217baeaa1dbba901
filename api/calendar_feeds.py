"""Making, listing and revoking calendar feeds."""

from datetime import date, datetime
from typing import Annotated, Any, Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec

from api.call import Answered, Call, Route
from api.capabilities import Capability
from api.decoding import decode
from api.feeds import Label, StoredFeed, new_feed
from api.orders import command_id_of
from api.parameters import Parameter, ParameterKind
from api.problems import Problem, invalid, refused
from api.reading import LIMIT_DEFAULT, PAGED, next_link
from api.responses import json_answer
from domain.cases.deciding.intake import MEMBER_ID
from domain.casework import HOME_ZONE
from domain.refusals import Code, Refusal
from projections.tables.pages import BadCursor, decode_cursor, encode_cursor


class _After(msgspec.Struct, frozen=True, array_like=True):
    """What a cursor says: when the last feed of a page was made, and its id."""

    made_at: Annotated[datetime, msgspec.Meta(tz=True)]
    feed_id: UUID


class MakeFeed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Make an address that shows one member's deadlines to whoever has it."""

    adviser: str | None = None
    """Member id; null: whoever makes it."""
    label: Label = Label.OTHER


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed, without its address. Days are those of the home zone."""

    feed_id: UUID
    adviser: str
    label: Label
    made_on: date
    made_by: str
    last_read_on: date | None
    revoked_on: date | None
    revoked_by: str | None
    """Member id, or `restore`: a restored database begins with every feed revoked."""


class FeedMade(Feed, frozen=True, kw_only=True):
    """A feed that was made."""

    address: str | None
    """Path of the calendar, shown this once: put the host of the API before it. Null in the
    answer to a repeat; where the first answer was lost, revoke the feed and make another."""
    repeated: bool
    """Whether it was there before, under the same Idempotency-Key."""


class FeedPage(msgspec.Struct, frozen=True, kw_only=True):
    """Feeds in the order in which they were made, the revoked ones too."""

    items: tuple[Feed, ...]
    next: str | None
    """Address of the next page; null on the last."""


async def make_feed(call: Call) -> Answered:
    """`POST /v1/calendar-feeds`."""
    asked = decode(await call.body(), MakeFeed)
    adviser = asked.adviser if asked.adviser is not None else call.caller.actor
    if not MEMBER_ID.fullmatch(adviser):
        raise refused(Refusal(code=Code.MEMBER_UNUSABLE, field="adviser"))
    feed, address = new_feed(
        call.organisation,
        uuid5(command_id_of(call), "feed"),
        adviser,
        asked.label,
        by=call.caller.actor,
        now=call.services.clock(),
    )
    before = await call.services.feeds.add(feed)
    if before is None:
        return _made(feed, address)
    if (before.adviser, before.label) != (feed.adviser, feed.label):
        raise Problem("idempotency-key-reused", field="Idempotency-Key")
    return _made(before, None)


def _made(feed: StoredFeed, address: str | None) -> Answered:
    repeated = address is None
    headers = {"Idempotency-Replayed": "true"} if repeated else {}
    made = FeedMade(address=address, repeated=repeated, **_shown(feed))
    return json_answer(made, status=201, headers=headers)


async def list_feeds(call: Call) -> Answered:
    """`GET /v1/calendar-feeds`."""
    cursor, limit = call.query.get("cursor"), call.query.get("limit", LIMIT_DEFAULT)
    try:
        after = decode_cursor(cursor, _After) if cursor is not None else None
    except BadCursor:
        raise invalid("cursor", "not a cursor that was given out") from None
    found = await call.services.feeds.some(
        call.organisation,
        adviser=call.query.get("adviser"),
        after=(after.made_at, after.feed_id) if after else None,
        limit=limit + 1,
    )
    following = None
    if len(found) > limit:
        found = found[:limit]
        following = next_link(call, encode_cursor((found[-1].made_at, found[-1].feed_id)))
    items = tuple(Feed(**_shown(feed)) for feed in found)
    return json_answer(FeedPage(items=items, next=following))


async def revoke_feed(call: Call) -> Answered:
    """`POST /v1/calendar-feeds/{feed_id}/revocation`: done again it changes nothing."""
    feed_id, services = call.id("feed_id"), call.services
    feed = await services.feeds.revoke(
        call.organisation, feed_id, call.caller.actor, services.clock()
    )
    if feed is None:
        raise Problem("feed-unknown", f"no feed {feed_id}")
    return json_answer(Feed(**_shown(feed)))


def _shown(feed: StoredFeed) -> dict[str, Any]:
    return {
        "feed_id": feed.feed_id,
        "adviser": feed.adviser,
        "label": feed.label,
        "made_on": _day(feed.made_at),
        "made_by": feed.made_by,
        "last_read_on": feed.last_read_on,
        "revoked_on": None if feed.revoked_at is None else _day(feed.revoked_at),
        "revoked_by": feed.revoked_by,
    }


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(HOME_ZONE)).date()


FEEDS: Final = (
    Route(
        method="POST",
        path="/v1/calendar-feeds",
        capability=Capability.CALENDAR_WRITE,
        summary="Make a secret address under which a calendar program reads a member's deadlines.",
        description="The address is shown this once, and only a digest of it is kept. Whoever has "
        "it sees what is due by when, with kinds and short case references and nothing personal; "
        "revoke the feed when a device is lost or a member leaves, for it needs no token.",
        handle=make_feed,
        answer=FeedMade,
        status=201,
        body=MakeFeed,
        example={"adviser": "m-1", "label": "phone"},
        is_keyed=True,
        problems=(str(Code.MEMBER_UNUSABLE),),
    ),
    Route(
        method="GET",
        path="/v1/calendar-feeds",
        capability=Capability.CALENDAR_READ,
        summary="Which calendar feeds there are, without their addresses.",
        handle=list_feeds,
        answer=FeedPage,
        parameters=(
            Parameter(
                name="adviser", kind=ParameterKind.TEXT, description="Only feeds of this member."
            ),
            *PAGED,
        ),
    ),
    Route(
        method="POST",
        path="/v1/calendar-feeds/{feed_id}/revocation",
        capability=Capability.CALENDAR_WRITE,
        summary="End a calendar feed at once and for ever.",
        handle=revoke_feed,
        answer=Feed,
        problems=("feed-unknown",),
    ),
)
"""The routes of feeds, for members."""
