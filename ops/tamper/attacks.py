"""Every kind of attack on a stored journal, each at a random place."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

from domain.codec import encode_body
from domain.log import StoredEvent
from domain.organisation import SigningKeyAdopted
from ops.tamper.rewriting import chained, forget_seals, put_heads, put_nodes, write
from ops.tamper.stage import Stage

Attack: TypeAlias = Callable[[Stage, Random], Awaitable[int | None]]
"""Does it; gives the position that has to be named, None where any later one will do."""


class Kind(NamedTuple):
    """One kind of attack, and from where it can be seen."""

    name: str
    attack: Attack
    is_seen_alone: bool = True
    """Whether the database itself shows it; else only a checkpoint that is kept elsewhere."""


def _id(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


def _flipped(raw: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ (1 << rng.randrange(8))]) + raw[at + 1 :]


_OTHER: Final[dict[str, Callable[[StoredEvent, Random], Any]]] = {
    "organisation": lambda _, rng: _id(rng),
    "position": lambda event, rng: event.position + 100_000 + rng.randrange(1000),
    "stream": lambda _, rng: _id(rng),
    "version": lambda event, rng: event.version + 100_000 + rng.randrange(1000),
    "event_id": lambda _, rng: _id(rng),
    "topic": lambda event, rng: event.topic + rng.choice("x-。"),
    "schema_version": lambda event, rng: event.schema_version + rng.randint(1, 9),
    "recorded_at": lambda event, rng: (
        event.recorded_at + timedelta(microseconds=rng.choice((-1, 1)) * rng.randint(1, 10**12))
    ),
    "actor": lambda event, rng: event.actor + rng.choice("19 "),
    "command_id": lambda _, rng: _id(rng),
    "causation_id": lambda event, rng: None if event.causation_id else _id(rng),
    "previous_leaf": lambda event, rng: (
        rng.choice((None, _flipped(event.previous_leaf, rng)))
        if event.previous_leaf
        else rng.randbytes(32)
    ),
    "leaf": lambda event, rng: _flipped(event.leaf, rng),
    "body": lambda event, rng: rng.choice((_flipped(event.body, rng), event.body + b" ", b"")),
}
"""Another value for each stored column of an event."""


def _field(column: str) -> Attack:
    async def attack(stage: Stage, rng: Random) -> int | None:
        event = rng.choice(stage.events)
        await stage.connection.execute(
            f"UPDATE mingzhang.events SET {column} = $3"  # noqa: S608
            " WHERE organisation = $1 AND position = $2",
            stage.organisation,
            event.position,
            _OTHER[column](event, rng),
        )
        is_last = event is stage.events[-1]
        return event.position - (is_last and column in {"organisation", "position"})

    return attack


async def _cut(stage: Stage, rng: Random) -> list[StoredEvent]:
    left = list(stage.events[: rng.randrange(2, stage.sealed)])
    await stage.connection.execute(
        "DELETE FROM mingzhang.events WHERE organisation = $1 AND position > $2",
        stage.organisation,
        len(left),
    )
    return left


async def _cut_tail(stage: Stage, rng: Random) -> int | None:
    return len(await _cut(stage, rng))


async def _cut_tail_with_heads(stage: Stage, rng: Random) -> int | None:
    left = await _cut(stage, rng)
    await put_heads(stage, left)
    return len(left)


async def _cut_tail_with_all(stage: Stage, rng: Random) -> int | None:
    left = await _cut(stage, rng)
    await put_heads(stage, left)
    await forget_seals(stage, len(left))
    return len(left)


async def _cut_last(stage: Stage, rng: Random) -> int | None:
    at = len(stage.events) - rng.randint(1, 10)
    await stage.connection.execute(
        "DELETE FROM mingzhang.events WHERE organisation = $1 AND position > $2",
        stage.organisation,
        at,
    )
    return at


async def _delete(stage: Stage, rng: Random) -> int | None:
    at = rng.randrange(1, len(stage.events))
    await stage.connection.execute(
        "DELETE FROM mingzhang.events WHERE organisation = $1 AND position = $2",
        stage.organisation,
        at,
    )
    return at


async def _swap(stage: Stage, rng: Random) -> int | None:
    one, other = sorted(rng.sample(range(1, len(stage.events) + 1), 2))
    for old, new in ((one, 10**9), (other, one), (10**9, other)):
        await stage.connection.execute(
            "UPDATE mingzhang.events SET position = $3 WHERE organisation = $1 AND position = $2",
            stage.organisation,
            old,
            new,
        )
    return one


def _rewritten(change: Callable[[list[StoredEvent], int, Random], None], *, forget: bool) -> Attack:
    """History changed at one place and made flawless from there on."""

    async def attack(stage: Stage, rng: Random) -> int | None:
        # Not the first: it names the key, and whoever changes that shows in the signatures.
        at = rng.randrange(1, stage.sealed - 1)
        events = list(stage.events)
        change(events, at, rng)
        made = chained(events)
        await write(stage, made)
        await put_nodes(stage, made)
        if forget:
            await forget_seals(stage, at)
        return None

    return attack


def _change_body(events: list[StoredEvent], at: int, rng: Random) -> None:
    events[at] = msgspec.structs.replace(events[at], body=_flipped(events[at].body, rng))


def _change_moment(events: list[StoredEvent], at: int, rng: Random) -> None:
    moved = events[at].recorded_at + timedelta(microseconds=rng.randint(1, 10**6))
    events[at] = msgspec.structs.replace(events[at], recorded_at=moved)


def _drop(events: list[StoredEvent], at: int, rng: Random) -> None:
    del events[at : at + rng.randint(1, 3)]


def _insert(events: list[StoredEvent], at: int, rng: Random) -> None:
    body = b'{"forged":%d}' % rng.randrange(10**6)
    forged = msgspec.structs.replace(events[at], event_id=_id(rng), body=body)
    events.insert(at, forged)


def _reorder(events: list[StoredEvent], at: int, rng: Random) -> None:
    other = rng.randrange(at + 1, len(events))
    events[at], events[other] = events[other], events[at]


def _fork(events: list[StoredEvent], at: int, rng: Random) -> None:
    for number in range(at, len(events)):
        body = b'{"fork":%d}' % rng.randrange(10**6)
        events[number] = msgspec.structs.replace(events[number], event_id=_id(rng), body=body)


async def _takeover(stage: Stage, rng: Random) -> int | None:
    """All of it anew, under a key of one's own, with every checkpoint signed again."""
    key = stage.thief.verifier(stage.organisation).text()
    body = encode_body(SigningKeyAdopted(key=key))
    events = [msgspec.structs.replace(stage.events[0], body=body), *stage.events[1:]]
    _change_body(events, rng.randrange(1, stage.sealed), rng)
    made = chained(events)
    await write(stage, made)
    for checkpoint in stage.checkpoints:
        await _put_note(stage, checkpoint.size, stage.signed_by_thief(made, checkpoint.size))
    await put_nodes(stage, made)
    return None


async def _put_note(stage: Stage, size: int, note: str) -> None:
    await stage.connection.execute(
        "UPDATE mingzhang.checkpoints SET note = $3 WHERE organisation = $1 AND size = $2",
        stage.organisation,
        size,
        note,
    )


async def _note_flipped(stage: Stage, rng: Random) -> int | None:
    one = rng.choice(stage.checkpoints)
    at = rng.randrange(len(one.note))
    other = rng.choice([char for char in "abcXYZ019+/=\n " if char != one.note[at]])
    await _put_note(stage, one.size, one.note[:at] + other + one.note[at + 1 :])
    return one.size


async def _note_of_another_size(stage: Stage, rng: Random) -> int | None:
    one, other = rng.sample(stage.checkpoints, 2)
    await _put_note(stage, one.size, other.note)
    return one.size


async def _note_by_another_key(stage: Stage, rng: Random) -> int | None:
    one = rng.choice(stage.checkpoints)
    await _put_note(stage, one.size, stage.signed_by_thief(list(stage.events), one.size))
    return one.size


async def _head(stage: Stage, rng: Random) -> int | None:
    change = rng.choice(
        (
            f"position = position + {rng.randint(1, 9)}",
            f"position = position - {rng.randint(1, 9)}",
            f"recorded_at = recorded_at + interval '{rng.randint(1, 10**6)} microseconds'",
            "recorded_at = NULL",
        )
    )
    await stage.connection.execute(
        f"UPDATE mingzhang.journal_heads SET {change} WHERE organisation = $1",  # noqa: S608
        stage.organisation,
    )
    return None


async def _stream_head(stage: Stage, rng: Random) -> int | None:
    stream = rng.choice(stage.events).stream
    change = rng.choice(
        (
            f"UPDATE mingzhang.stream_heads SET version = version + {rng.randint(1, 9)}",  # noqa: S608
            f"UPDATE mingzhang.stream_heads SET leaf = '\\x{rng.randbytes(32).hex()}'",  # noqa: S608
            f"UPDATE mingzhang.stream_heads SET stream = '{_id(rng)}'",  # noqa: S608
            "DELETE FROM mingzhang.stream_heads",
        )
    )
    await stage.connection.execute(
        f"{change} WHERE organisation = $1 AND stream = $2", stage.organisation, stream
    )
    return len(stage.events)


async def _node(stage: Stage, rng: Random) -> int | None:
    change = rng.choice(
        (
            f"UPDATE mingzhang.tree_nodes SET hash = '\\x{rng.randbytes(32).hex()}'",  # noqa: S608
            "DELETE FROM mingzhang.tree_nodes",
            f"UPDATE mingzhang.tree_nodes SET index = {rng.randint(1, 10**6)}",  # noqa: S608
            f"UPDATE mingzhang.tree_nodes SET level = {8 * rng.randint(2, 6)}",  # noqa: S608
        )
    )
    await stage.connection.execute(f"{change} WHERE organisation = $1", stage.organisation)
    return None


KINDS: Final = (
    *(Kind(f"field {column} changed", _field(column)) for column in _OTHER),
    Kind("last events deleted", _cut_last),
    Kind("tail cut", _cut_tail),
    Kind("tail cut, heads put back", _cut_tail_with_heads),
    Kind("tail cut, heads put back, checkpoints dropped", _cut_tail_with_all, is_seen_alone=False),
    Kind("one deleted in the middle", _delete),
    Kind("two swapped", _swap),
    Kind("body changed, chain made anew", _rewritten(_change_body, forget=False)),
    Kind("moment changed, chain made anew", _rewritten(_change_moment, forget=False)),
    Kind("some dropped, chain made anew", _rewritten(_drop, forget=False)),
    Kind("forged one inserted, chain made anew", _rewritten(_insert, forget=False)),
    Kind("two reordered, chain made anew", _rewritten(_reorder, forget=False)),
    Kind("fork", _rewritten(_fork, forget=False)),
    Kind("fork, checkpoints dropped", _rewritten(_fork, forget=True), is_seen_alone=False),
    Kind(
        "forged one inserted, chain made anew, checkpoints dropped",
        _rewritten(_insert, forget=True),
        is_seen_alone=False,
    ),
    Kind("all made anew under another key", _takeover, is_seen_alone=False),
    Kind("checkpoint changed", _note_flipped),
    Kind("checkpoint of another size put in", _note_of_another_size),
    Kind("checkpoint signed by another key", _note_by_another_key),
    Kind("journal head changed", _head),
    Kind("stream head changed", _stream_head),
    Kind("tree node changed", _node),
)
"""All of them, in equal shares."""
