"""What every event log must do: subclassed once for each implementation.

A subclass gives a fixture `log`. Each test has an organisation of its own.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import msgspec
import pytest
from eventsourcing.persistence import IntegrityError

from domain.log import (
    PAGE_MAX,
    CommandMismatch,
    EventLog,
    Head,
    StoredEvent,
    VersionConflict,
)
from tests.ops.appends import append, event, write


@pytest.fixture
def organisation() -> UUID:
    return uuid4()


async def everything(log: EventLog, organisation: UUID) -> list[StoredEvent]:
    return list(await log.read_journal(organisation))


@pytest.mark.anyio
class AppendContract:
    """What an append records, and what it refuses."""

    async def test_an_append_returns_what_is_read_back(self, log, organisation):
        case, cause = uuid4(), uuid4()
        first = event("loan-taken", bytes(range(256)))
        second = event("还款", b"")
        done = await log.append(
            append(organisation, write(case, 0, first, second), causation_id=cause)
        )
        assert not done.repeated
        assert done.position == 2
        assert list(done.events) == await everything(log, organisation)
        assert list(done.events) == list(await log.read_stream(organisation, case))
        assert [(e.position, e.version) for e in done.events] == [(1, 1), (2, 2)]
        assert [(e.event_id, e.topic, e.body) for e in done.events] == [
            (e.event_id, e.topic, e.body) for e in (first, second)
        ]
        assert {(e.actor, e.causation_id) for e in done.events} == {("陈工", cause)}
        assert done.events[0].recorded_at.utcoffset() == timedelta(0)

    async def test_every_leaf_binds_its_fields_and_the_leaf_before(self, log, organisation):
        case, client = uuid4(), uuid4()
        await log.append(append(organisation, write(case, 0, event(), event())))
        await log.append(append(organisation, write(client, 0), write(case, 2)))
        events = await everything(log, organisation)
        assert all(e.is_intact() for e in events)
        streams = [[e for e in events if e.stream == stream] for stream in (case, client)]
        for stream in streams:
            assert stream[0].previous_leaf is None
            assert all(b.previous_leaf == a.leaf for a, b in pairwise(stream))
        forged = msgspec.structs.replace(events[0], actor="someone else")
        assert not forged.is_intact()

    async def test_a_large_body_is_kept_byte_for_byte(self, log, organisation):
        body = bytes(range(256)) * 4096
        done = await log.append(append(organisation, write(uuid4(), 0, event(body=body))))
        assert (await everything(log, organisation))[0].body == body
        assert done.events[0].is_intact()

    async def test_one_append_writes_several_streams_in_the_order_given(self, log, organisation):
        a, b = uuid4(), uuid4()
        done = await log.append(
            append(organisation, write(a, 0, event(), event()), write(b, -1), write(a, 2))
        )
        assert [(e.stream, e.version) for e in done.events] == [(a, 1), (a, 2), (b, 0), (a, 3)]
        assert list(done.events) == await everything(log, organisation)
        assert all(e.is_intact() for e in done.events)
        assert done.events[3].previous_leaf == done.events[1].leaf
        await log.append(append(organisation, write(a, 3), write(b, 0)))

    async def test_a_conflict_names_the_stream_and_records_nothing(self, log, organisation):
        a, b = uuid4(), uuid4()
        await log.append(append(organisation, write(a, 0, event(), event())))
        before = await log.head(organisation)
        for expected in (-1, 0, 1, 3):
            with pytest.raises(VersionConflict) as caught:
                await log.append(append(organisation, write(b, 0), write(a, expected)))
            assert (caught.value.stream, caught.value.expected, caught.value.actual) == (
                a,
                expected,
                2,
            )
        assert await log.head(organisation) == before
        assert await log.read_stream(organisation, b) == []
        await log.append(append(organisation, write(b, 0), write(a, 2)))

    async def test_a_stream_that_is_not_there_has_version_0(self, log, organisation):
        stream = uuid4()
        with pytest.raises(VersionConflict) as caught:
            await log.append(append(organisation, write(stream, 4)))
        assert caught.value.actual == 0

    async def test_a_stream_written_twice_must_fit_itself(self, log, organisation):
        stream = uuid4()
        with pytest.raises(VersionConflict) as caught:
            await log.append(append(organisation, write(stream, 0), write(stream, 0)))
        assert (caught.value.expected, caught.value.actual) == (0, 1)
        assert await everything(log, organisation) == []

    async def test_a_stream_that_was_read_may_not_have_moved(self, log, organisation):
        client, nobody = uuid4(), uuid4()
        await log.append(append(organisation, write(client, 0)))
        reads = ((client, 1), (nobody, 0), (nobody, -1))
        await log.append(append(organisation, write(uuid4(), 0), reads=reads))
        await log.append(append(organisation, write(client, 1)))
        with pytest.raises(VersionConflict) as caught:
            await log.append(append(organisation, write(uuid4(), 0), reads=reads))
        assert (caught.value.stream, caught.value.expected, caught.value.actual) == (client, 1, 2)
        with pytest.raises(VersionConflict):
            await log.append(append(organisation, reads=((nobody, 1),)))
        assert (await log.head(organisation)).position == 3

    async def test_a_repeat_is_answered_before_versions_are_looked_at(self, log, organisation):
        command = append(organisation, write(uuid4(), 0, event(), event()), digest=b"d" * 32)
        done = await log.append(command)
        again = await log.append(command)
        assert again.repeated
        assert again.events == done.events
        found = await log.find_command(organisation, command.command_id)
        assert found is not None
        assert (found.events, found.repeated) == (done.events, True)
        assert await log.command_digest(organisation, command.command_id) == b"d" * 32
        assert (await log.head(organisation)).position == 2

    async def test_the_same_command_id_with_another_request_is_refused(self, log, organisation):
        command = append(organisation, digest=b"one")
        await log.append(command)
        with pytest.raises(CommandMismatch):
            await log.append(msgspec.structs.replace(command, command_digest=b"two"))
        assert (await log.append(msgspec.structs.replace(command, command_digest=None))).repeated

    async def test_an_unknown_command_is_not_found(self, log, organisation):
        assert await log.find_command(organisation, uuid4()) is None
        assert await log.command_digest(organisation, uuid4()) is None

    async def test_an_event_id_is_recorded_once_in_an_organisation(self, log, organisation):
        once = event()
        await log.append(append(organisation, write(uuid4(), 0, once)))
        with pytest.raises(IntegrityError):
            await log.append(append(organisation, write(uuid4(), 0, event(), once)))
        twice = event()
        with pytest.raises(IntegrityError):
            await log.append(append(organisation, write(uuid4(), 0, twice, twice)))
        assert (await log.head(organisation)).position == 1
        await log.append(append(uuid4(), write(uuid4(), 0, once)))

    async def test_organisations_share_nothing(self, log, organisation):
        other, stream = uuid4(), uuid4()
        command = append(organisation, write(stream, 0))
        await log.append(command)
        assert await everything(log, other) == []
        assert await log.read_stream(other, stream) == []
        assert await log.find_command(other, command.command_id) is None
        assert await log.head(other) == Head(position=0, recorded_at=None)
        mine = msgspec.structs.replace(command, organisation=other)
        assert not (await log.append(mine)).repeated
        assert (await everything(log, other))[0].position == 1

    @pytest.mark.parametrize(
        "command",
        (
            append(UUID(int=1), write(UUID(int=2), -2)),
            append(UUID(int=1), actor="a\x00b"),
            append(UUID(int=1), actor="\ud800"),
            append(UUID(int=1), write(UUID(int=2), 0, event("a\x00"))),
            msgspec.structs.replace(append(UUID(int=1)), writes=()),
            append(UUID(int=1), msgspec.structs.replace(write(UUID(int=2), 0), events=())),
        ),
        ids=("version", "nul", "surrogate", "topic", "no-writes", "no-events"),
    )
    async def test_an_append_that_makes_no_sense_is_a_fault(self, log, command):
        with pytest.raises(ValueError, match=r"NUL|text|event|version"):
            await log.append(command)

    async def test_of_two_at_once_on_one_stream_one_wins(self, log, organisation):
        stream = uuid4()
        results = await asyncio.gather(
            *(log.append(append(organisation, write(stream, 0))) for _ in range(5)),
            return_exceptions=True,
        )
        assert sum(isinstance(result, VersionConflict) for result in results) == 4
        assert len(await everything(log, organisation)) == 1

    async def test_a_command_sent_twice_at_once_is_recorded_once(self, log, organisation):
        command = append(organisation)
        results = await asyncio.gather(*(log.append(command) for _ in range(5)))
        assert sorted(result.repeated for result in results) == [False] + [True] * 4
        assert len({result.events for result in results}) == 1


@pytest.mark.anyio
class ReadContract:
    """What a reader gets."""

    async def test_a_stream_is_read_from_a_version_and_up_to_a_position(self, log, organisation):
        case = uuid4()
        await log.append(append(organisation, write(case, 0, event(), event())))
        await log.append(append(organisation))
        await log.append(append(organisation, write(case, 2)))
        read = log.read_stream
        assert [e.version for e in await read(organisation, case)] == [1, 2, 3]
        assert [e.version for e in await read(organisation, case, after_version=1)] == [2, 3]
        assert [e.version for e in await read(organisation, case, up_to_position=3)] == [1, 2]
        assert await read(organisation, case, after_version=3) == []

    async def test_a_journal_is_read_by_pages(self, log, organisation):
        topics = ["a", "b", "c"] * 4
        await log.append(append(organisation, write(uuid4(), 0, *map(event, topics))))
        read = log.read_journal
        pages = [await read(organisation, after_position=n, limit=5) for n in (0, 5, 10, 12)]
        assert [[e.position for e in page] for page in pages] == [
            [1, 2, 3, 4, 5],
            [6, 7, 8, 9, 10],
            [11, 12],
            [],
        ]
        assert [e.position for e in await read(organisation, topics=("a", "c"), limit=3)] == [
            1,
            3,
            4,
        ]
        bounded = await read(organisation, after_position=3, up_to_position=5)
        assert [e.position for e in bounded] == [4, 5]
        assert await read(organisation, limit=0) == []

    async def test_a_page_has_a_largest_size(self, log, organisation):
        events = [event() for _ in range(PAGE_MAX + 2)]
        stream = uuid4()
        await log.append(append(organisation, write(stream, 0, *events)))
        page = await log.read_journal(organisation, limit=PAGE_MAX * 2)
        assert len(page) == PAGE_MAX
        whole = await log.read_stream(organisation, stream)
        assert [e.version for e in whole] == list(range(1, PAGE_MAX + 3))

    async def test_recorded_at_rises_event_by_event(self, log, organisation):
        for _ in range(5):
            await log.append(append(organisation, write(uuid4(), 0, event(), event(), event())))
        times = [e.recorded_at for e in await everything(log, organisation)]
        assert all(a < b for a, b in pairwise(times))
        assert await log.head(organisation) == Head(position=15, recorded_at=times[-1])

    async def test_the_position_at_a_moment(self, log, organisation):
        assert await log.position_at(organisation, datetime.now(UTC)) == 0
        for _ in range(5):
            await log.append(append(organisation, write(uuid4(), 0, event(), event())))
        tick = timedelta(microseconds=1)
        for stored in await everything(log, organisation):
            at = stored.recorded_at
            assert await log.position_at(organisation, at) == stored.position
            assert await log.position_at(organisation, at - tick) == stored.position - 1
        assert await log.position_at(organisation, at + timedelta(days=1)) == 10
        with pytest.raises(ValueError, match="zone"):
            await log.position_at(organisation, at.replace(tzinfo=None))

    async def test_a_reader_waits_for_a_position(self, log, organisation):
        assert await log.wait_for(organisation, 0, 0)
        assert not await log.wait_for(organisation, 1, 0.02)
        waiting = asyncio.create_task(log.wait_for(organisation, 2, 10))
        await asyncio.sleep(0.02)
        await log.append(append(organisation))
        await asyncio.sleep(0.02)
        assert not waiting.done()
        await log.append(append(organisation))
        assert await waiting

    async def test_a_tail_gives_what_was_and_what_comes(self, log, organisation):
        await log.append(append(organisation, write(uuid4(), 0, event(), event(), event())))
        tails = [log.tail(organisation, after_position=1), log.tail(organisation)]
        starts = [[(await anext(tail)).position for _ in range(2)] for tail in tails]
        assert starts == [[2, 3], [1, 2]]
        assert (await anext(tails[1])).position == 3
        waiting = [asyncio.ensure_future(anext(tail)) for tail in tails]
        await asyncio.sleep(0.05)
        assert not any(one.done() for one in waiting)
        await log.append(append(uuid4()))
        done = await log.append(append(organisation))
        assert await asyncio.gather(*waiting) == [done.events[0]] * 2
        for tail in tails:
            await tail.aclose()


class LogContract(AppendContract, ReadContract):
    """The whole suite."""
