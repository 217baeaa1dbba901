"""The library's stock psycopg recorder reads our journal through the view `stored_events`."""

from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import asyncpg
import pytest
from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from ops.postgres.event_log import PostgresEventLog
from ops.postgres.pool import Pool
from tests.ops.appends import append, event, write


async def make_reader(owner, organisation):
    """A login of its own for a team that reads one organisation's journal."""
    name = f"reader_{organisation.hex}"
    await owner.execute(
        f"CREATE ROLE {name} LOGIN IN ROLE mingzhang_app;"
        f" ALTER ROLE {name} SET mingzhang.organisation = '{organisation}'"
    )
    return name


def stock_recorder(database, user):
    parts = urlsplit(database)
    datastore = PostgresDatastore(
        dbname=parts.path.removeprefix("/"),
        host=parse_qs(parts.query)["host"][0],
        port=5432,
        user=user,
        password="",
        schema="mingzhang",
    )
    return PostgresApplicationRecorder(datastore, events_table_name="stored_events")


@pytest.mark.anyio
async def test_the_stock_recorder_finds_the_same_events(database):
    organisation, case = uuid4(), uuid4()
    async with Pool(database) as pool:
        log = PostgresEventLog(pool)
        body = bytes(range(256))
        await log.append(append(organisation, write(case, 0, event("a", body), event("b"))))
        await log.append(append(uuid4()))
        await log.append(append(organisation, write(uuid4(), 0, event("c")), write(case, 2)))
        recorded = await log.read_journal(organisation)
    owner = await asyncpg.connect(database)
    user = await make_reader(owner, organisation)
    recorder = stock_recorder(database, user)
    try:
        check(recorder, case, recorded)
    finally:
        recorder.datastore.close()
        await owner.execute(f"DROP ROLE {user}")
        await owner.close()


def check(recorder, case, recorded):
    assert recorder.max_notification_id() == 4
    assert recorder.select_notifications(start=None, limit=10) == [
        Notification(
            id=one.position,
            originator_id=one.stream,
            originator_version=one.version,
            topic=one.topic,
            state=one.body,
        )
        for one in recorded
    ]
    assert recorder.select_events(case) == [
        StoredEvent(
            originator_id=one.stream,
            originator_version=one.version,
            topic=one.topic,
            state=one.body,
        )
        for one in recorded
        if one.stream == case
    ]
    assert [one.originator_version for one in recorder.select_events(case, gt=1, lte=2)] == [2]
    assert [one.originator_version for one in recorder.select_events(case, desc=True)] == [3, 2, 1]
    found = recorder.select_notifications(start=2, stop=3, limit=5, topics=["b", "c"])
    assert [one.id for one in found] == [2, 3]
    with recorder.subscribe(gt=2) as subscription:
        assert [next(subscription).id for _ in range(2)] == [3, 4]
