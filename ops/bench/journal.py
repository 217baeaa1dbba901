"""Append and replay against the library's stock recorder, on the same server."""

import asyncio
from uuid import UUID, uuid4

from domain.log import Append, EventLog, NewEvent, StreamAppend
from domain.recorded import recorded
from ops.bench.measure import Compared, compare
from ops.bench.stock import Stock
from ops.wiring import House

PAGE = 5000


def note(number: int) -> bytes:
    """The stored body of a note, about 420 bytes, its text sealed for nobody."""
    sealed = (f"{number:08d}" * 24)[:192]
    return (
        f'{{"topic":"note-added","noted_on":"2026-03-01","text":{{"subject":"{UUID(int=7)}",'
        f'"ciphertext":"{sealed}","commitment":"{"ab" * 32}"}}}}'
    ).encode()


def one(organisation: UUID, stream: UUID, version: int, events: tuple[bytes, ...]) -> Append:
    """An append of notes."""
    new = tuple(
        NewEvent(event_id=uuid4(), topic="note-added", schema_version=1, body=body)
        for body in events
    )
    write = StreamAppend(stream=stream, expected_version=version, events=new)
    return Append(organisation=organisation, command_id=uuid4(), actor="bench", writes=(write,))


async def appends(log: EventLog, organisation: UUID, count: int, callers: int) -> int:
    """`count` appends of one event by concurrent callers, each to streams of its own."""
    body = note(1)

    async def some(number: int) -> None:
        for _ in range(number):
            await log.append(one(organisation, uuid4(), 0, (body,)))

    share = count // callers
    await asyncio.gather(*(some(share) for _ in range(callers)))
    return share * callers


async def compare_appends(house: House, stock: Stock, rounds: int, count: int) -> Compared:
    """One event a transaction: alone, and with many callers."""
    organisation = await house.new_organisation()
    body = note(1)
    arms = {
        "stock, 1 thread": lambda: stock.appends(count, body, 1),
        "stock, 8 threads": lambda: stock.appends(count, body, 8),
        "mingzhang, 1 caller": lambda: appends(house.log, organisation, count, 1),
        "mingzhang, 8 callers": lambda: appends(house.log, organisation, count, 8),
        "mingzhang, 32 callers": lambda: appends(house.log, organisation, count, 32),
    }
    return await compare("append", "events", arms, yardstick="stock, 1 thread", rounds=rounds)


async def compare_replays(house: House, stock: Stock, rounds: int, count: int) -> Compared:
    """The whole journal read and decoded."""
    organisation, stream = await house.new_organisation(), uuid4()
    notes = [note(number) for number in range(count)]
    before = stock.recorder.max_notification_id() or 0
    stock.fill(stream, notes)
    for start in range(0, count, PAGE):
        chunk = tuple(notes[start : start + PAGE])
        await house.log.append(one(organisation, stream, start, chunk))

    async def ours() -> int:
        done, at = 0, 0
        while found := await house.log.read_journal(organisation, after_position=at, limit=PAGE):
            for event in found:
                recorded(event)
            done, at = done + len(found), found[-1].position
        return done

    arms = {"stock, pages of 500": lambda: stock.replay(before), "mingzhang, pages of 5000": ours}
    return await compare("replay", "events", arms, yardstick="stock, pages of 500", rounds=rounds)
