"""Who read what is on record before it is given out; one sitting is one event, and says so."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.access_record import AccessRecord
from domain.accesses import SITTING, Purpose, Reader, Reading, accesses_of, list_accesses_of
from domain.log import LogUnavailable, VersionConflict
from domain.recorded import recorded
from ops.installation import ROOT
from ops.memory_log import MemoryEventLog

pytestmark = pytest.mark.anyio

HOUSE, WANG, LI, CASE, OTHER = (UUID(int=number) for number in range(1, 6))
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now


def reader(actor="m-1", purpose=Purpose.CASEWORK):
    return Reader(organisation=HOUSE, actor=actor, purpose=purpose)


class House:
    """A log in memory, a clock that a test moves, and a record of accesses over both."""

    def __init__(self):
        self.clock = Clock()
        self.log = MemoryEventLog(self.clock)
        self.accesses = self.another()

    def another(self):
        """What a second process has: the same log, and no memory of this one's sittings."""
        return AccessRecord(self.log, clock=self.clock, new_id=uuid4)

    async def of(self, client_id):
        return [recorded(e) for e in await self.log.read_stream(HOUSE, accesses_of(client_id))]

    async def lists(self):
        stored = await self.log.read_stream(HOUSE, list_accesses_of(HOUSE))
        return [recorded(event) for event in stored]


@pytest.fixture
def house():
    return House()


async def test_an_access_names_who_what_where_why_and_until_when(house):
    await house.accesses.reading(reader(), WANG, Reading.TIMELINE, CASE)
    (event,) = await house.of(WANG)
    assert (event.actor, event.position, event.recorded_at) == ("m-1", 1, START)
    fact = event.fact
    assert (fact.client_id, fact.case_id) == (WANG, CASE)
    assert (fact.reading, fact.purpose) == (Reading.TIMELINE, Purpose.CASEWORK)
    assert fact.covers_until == START + SITTING
    assert await house.of(LI) == []


async def test_the_same_reading_within_a_sitting_is_covered_and_afterwards_not(house):
    for minutes, events in ((0, 1), (14, 1), (15, 2), (29, 2), (30, 3)):
        house.clock.now = START + timedelta(minutes=minutes)
        await house.accesses.reading(reader(), WANG, Reading.TIMELINE, CASE)
        assert len(await house.of(WANG)) == events, minutes


@pytest.mark.parametrize(
    ("who", "reading", "case_id"),
    (
        (reader("m-2"), Reading.TIMELINE, CASE),
        (reader(purpose=Purpose.AUDIT), Reading.TIMELINE, CASE),
        (reader(), Reading.AUDIT_TRAIL, CASE),
        (reader(), Reading.TIMELINE, OTHER),
    ),
    ids=("another member", "another purpose", "another reading", "another case"),
)
async def test_what_is_not_the_same_has_an_event_of_its_own(house, who, reading, case_id):
    await house.accesses.reading(reader(), WANG, Reading.TIMELINE, CASE)
    await house.accesses.reading(who, WANG, reading, case_id)
    assert len(await house.of(WANG)) == 2


async def test_a_list_is_one_event_however_many_names_it_has(house):
    await house.accesses.names(reader(), 200, Reading.CASELOAD)
    await house.accesses.names(reader(), 120, Reading.CASELOAD)
    (event,) = await house.lists()
    assert (event.fact.clients, event.actor) == (200, "m-1")
    # More names than were stated are not covered by it.
    await house.accesses.names(reader(), 201, Reading.CASELOAD)
    assert [event.fact.clients for event in await house.lists()] == [200, 201]
    await house.accesses.names(reader(), 0, Reading.CASELOAD)
    assert (await house.log.head(HOUSE)).position == 2


async def test_ten_at_once_are_one_sitting(house):
    await asyncio.gather(
        *(house.accesses.reading(reader(), WANG, Reading.TIMELINE, CASE) for _ in range(10))
    )
    assert len(await house.of(WANG)) == 1


async def test_another_process_records_it_once_more_and_neither_fails(house):
    second = house.another()
    for _ in range(3):
        house.clock.now += SITTING
        await house.accesses.reading(reader(), WANG, Reading.TIMELINE, CASE)
        await second.reading(reader(), WANG, Reading.TIMELINE, CASE)
    assert [event.originator_version for event in await house.of(WANG)] == list(range(1, 7))


async def test_what_could_not_be_recorded_is_not_thought_covered(house, monkeypatch):
    async def lost(_):
        raise LogUnavailable("gone")

    with monkeypatch.context() as without_server:
        without_server.setattr(house.log, "append", lost)
        with pytest.raises(LogUnavailable):
            await house.accesses.reading(reader(), WANG, Reading.TIMELINE, CASE)
    await house.accesses.reading(reader(), WANG, Reading.TIMELINE, CASE)
    assert len(await house.of(WANG)) == 1


async def test_a_conflict_that_does_not_end_is_told(house, monkeypatch):
    async def always(append):
        raise VersionConflict(append.writes[0].stream, 0, 7)

    monkeypatch.setattr(house.log, "append", always)
    with pytest.raises(VersionConflict):
        await house.accesses.reading(reader(), WANG, Reading.TIMELINE, CASE)


def test_the_streams_are_those_that_the_document_names():
    text = (ROOT / "ops" / "docs" / "forgetting.md").read_text(encoding="utf-8")
    (client, first), (house, second) = re.findall(
        r"^\| `([0-9a-f-]{36})` \| `([0-9a-f-]{36})` \|$", text, re.MULTILINE
    )
    assert str(accesses_of(UUID(client))) == first
    assert str(list_accesses_of(UUID(house))) == second


READINGS = st.tuples(
    st.integers(0, 20),
    st.sampled_from(("m-1", "m-2")),
    st.sampled_from((Purpose.CASEWORK, Purpose.AUDIT)),
    st.sampled_from((WANG, LI)),
    st.sampled_from((Reading.TIMELINE, Reading.AUDIT_TRAIL)),
    st.sampled_from((CASE, OTHER, None)),
)


@settings(max_examples=200)
@given(st.lists(READINGS, max_size=25))
def test_every_reading_is_covered_by_an_event_that_says_so(readings):
    async def run():
        house = House()
        for minutes, actor, purpose, client, reading, case_id in readings:
            house.clock.now += timedelta(minutes=minutes)
            await house.accesses.reading(reader(actor, purpose), client, reading, case_id)
            covering = [
                event
                for event in await house.of(client)
                if event.actor == actor
                and (event.fact.purpose, event.fact.reading) == (purpose, reading)
                and event.fact.case_id == case_id
                and house.clock.now < event.fact.covers_until
            ]
            # One, and not two: what a sitting covers is not recorded again either.
            assert len(covering) == 1
        assert (await house.log.head(HOUSE)).position <= len(readings)

    asyncio.run(run())
