"""Calendar feeds: made with an address shown once, listed without it, revoked for ever."""

import re
from uuid import uuid4

import asyncpg
import pytest

from api.auth import secret_digest
from api.feeds import Label, StoredFeed
from ops.feeds import PostgresFeedStore
from tests.api.desk import assert_problem, utc_now

pytestmark = pytest.mark.anyio

FEEDS = "/v1/calendar-feeds"
ADDRESS = re.compile(r"/v1/calendar/([A-Za-z0-9_-]{43})\.ics")


def secret_in(made):
    return ADDRESS.fullmatch(made["address"])[1]


async def make(http, status=201, headers=None, **body):
    answer = await http.post(FEEDS, json=body, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json()


async def listed(http, **query):
    answer = await http.get(FEEDS, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_feed_is_the_makers_own_unless_it_names_another(desk):
    made = await make(desk.http)
    assert (made["adviser"], made["made_by"], made["label"]) == ("m-1", "m-1", "other")
    assert (made["repeated"], made["revoked_on"], made["last_read_on"]) == (False, None, None)
    other = await make(desk.http, adviser="m-7", label="phone")
    assert (other["adviser"], other["made_by"], other["label"]) == ("m-7", "m-1", "phone")
    assert secret_in(made) != secret_in(other)


async def test_the_address_is_shown_once(office):
    made = await make(office.http, label="phone")
    (shown,) = (await listed(office.http))["items"]
    assert shown == {k: v for k, v in made.items() if k not in {"address", "repeated"}}


@pytest.mark.parametrize(
    ("body", "code", "field"),
    (
        ({"adviser": "王小明"}, "member-unusable", "adviser"),
        ({"adviser": ""}, "member-unusable", "adviser"),
        ({"adviser": "m" * 65}, "member-unusable", "adviser"),
        ({"label": "王姐的手机"}, "invalid-input", "label"),
        ({"secret": "a" * 43}, "invalid-input", "secret"),
    ),
)
async def test_what_could_hold_a_name_is_refused(desk, body, code, field):
    assert_problem(await desk.http.post(FEEDS, json=body), 422, code, field)
    assert (await listed(desk.http))["items"] == []


async def test_a_repeat_makes_nothing_and_shows_no_address(office):
    key = {"Idempotency-Key": "phone-1"}
    made = await make(office.http, headers=key, label="phone")
    again = await office.http.post(FEEDS, json={"label": "phone"}, headers=key)
    assert again.status_code == 201
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == made | {"address": None, "repeated": True}
    other = await office.http.post(FEEDS, json={"label": "computer"}, headers=key)
    assert_problem(other, 422, "idempotency-key-reused", "Idempotency-Key")
    assert len((await listed(office.http))["items"]) == 1
    # Another member's keys are their own.
    async with await office.colleague() as colleague:
        assert (await make(colleague, headers=key, label="phone"))["address"]


async def test_a_revoked_feed_stays_as_it_was_revoked(office):
    made = await make(office.http)
    path = f"{FEEDS}/{made['feed_id']}/revocation"
    first = await office.http.post(path)
    assert first.status_code == 200
    assert (first.json()["revoked_by"], first.json()["revoked_on"]) == ("m-1", made["made_on"])
    async with await office.colleague() as colleague:
        assert (await colleague.post(path)).json() == first.json()
    assert (await listed(office.http))["items"] == [first.json()]


async def test_feeds_of_another_organisation_are_not_there(office):
    mine = await make(office.http)
    async with await office.colleague(organisation=uuid4()) as stranger:
        theirs = await make(stranger)
        assert_problem(
            await stranger.post(f"{FEEDS}/{mine['feed_id']}/revocation"), 404, "feed-unknown", None
        )
        assert [each["feed_id"] for each in (await listed(stranger))["items"]] == [
            theirs["feed_id"]
        ]
    (shown,) = (await listed(office.http))["items"]
    assert (shown["feed_id"], shown["revoked_on"]) == (mine["feed_id"], None)


async def test_the_list_comes_by_pages_in_the_order_of_making(office):
    made = [await make(office.http, adviser=adviser) for adviser in ("m-1", "m-2", "m-1", "m-3")]
    ids = [each["feed_id"] for each in made]
    first = await listed(office.http, limit=3)
    assert [each["feed_id"] for each in first["items"]] == ids[:3]
    second = (await office.http.get(first["next"])).json()
    assert ([each["feed_id"] for each in second["items"]], second["next"]) == (ids[3:], None)
    ours = await listed(office.http, adviser="m-1")
    assert [each["feed_id"] for each in ours["items"]] == [ids[0], ids[2]]
    for cursor in ("x", "WzEsIDJd", "WyIyMDI2LTAxLTAxVDAwOjAwOjAwIiwgImEiXQ"):
        answer = await office.http.get(FEEDS, params={"cursor": cursor})
        assert_problem(answer, 422, "invalid-input", "cursor")


async def test_what_is_stored_lets_nobody_in(office, database):
    secret = secret_in(await make(office.http))
    connection = await asyncpg.connect(database)
    rows = await connection.fetch("SELECT f::text FROM mingzhang.calendar_feeds f")
    await connection.close()
    assert len(rows) == 1
    assert secret not in rows[0][0]
    found = await PostgresFeedStore(office.pool).find(secret_digest(secret))
    assert found is not None
    assert (found.organisation, found.adviser) == (office.organisation, "m-1")


async def test_a_secret_is_found_until_its_feed_is_revoked_whoever_asks(office, database):
    store = PostgresFeedStore(office.pool)
    feed = StoredFeed(
        organisation=office.organisation,
        feed_id=uuid4(),
        secret_sha256=secret_digest("s"),
        adviser="m-1",
        label=Label.PHONE,
        made_at=utc_now(),
        made_by="m-2",
    )
    assert await store.add(feed) is None
    assert await store.add(feed) == await store.find(feed.secret_sha256) == feed
    changes = (
        "UPDATE mingzhang.calendar_feeds SET adviser = 'm-2'",
        "UPDATE mingzhang.calendar_feeds SET secret_sha256 = sha256('x')",
        "UPDATE mingzhang.calendar_feeds SET label = '', revoked_at = now(), revoked_by = 'm'",
    )
    owner = await asyncpg.connect(database)
    try:
        for change in changes:
            with pytest.raises(asyncpg.PostgresError, match="revoked once"):
                await owner.execute(change)
            async with office.pool.acquire(office.organisation) as connection:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(change)
        assert (await store.revoke(feed.organisation, feed.feed_id, "m-3", utc_now())) is not None
        assert await store.find(feed.secret_sha256) is None
        for again in ("NULL, revoked_by = NULL", "now()", "revoked_at, revoked_by = 'm-4'"):
            change = f"UPDATE mingzhang.calendar_feeds SET revoked_at = {again}"
            async with office.pool.acquire(office.organisation) as connection:
                for session in (owner, connection):
                    with pytest.raises(asyncpg.PostgresError, match="revoked once"):
                        await session.execute(change)
        async with office.pool.acquire(uuid4()) as connection:
            assert await connection.fetch("SELECT * FROM mingzhang.calendar_feeds") == []
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute("DELETE FROM mingzhang.calendar_feeds")
    finally:
        await owner.close()


async def test_the_lookup_works_for_an_owner_who_is_no_superuser(office, database):
    """As on a server of somebody's own, where the schema belongs to an ordinary role."""
    digest = secret_digest(secret_in(await make(office.http)))
    role = f"owner_{uuid4().hex[:8]}"
    connection = await asyncpg.connect(database)
    try:
        await connection.execute(f"CREATE ROLE {role}; GRANT USAGE ON SCHEMA mingzhang TO {role}")
        await connection.execute(
            f"ALTER TABLE mingzhang.calendar_feeds OWNER TO {role};"
            f"ALTER FUNCTION mingzhang.feed_by_secret(bytea) OWNER TO {role};"
            f"ALTER POLICY owner_looks_up ON mingzhang.calendar_feeds TO {role}"
        )
        assert await PostgresFeedStore(office.pool).find(digest) is not None
    finally:
        await connection.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")
        await connection.close()
