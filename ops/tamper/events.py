"""Tamperings with the events, by forgers who recompute whatever can be recomputed."""

import copy
from random import Random
from typing import Any

from ops.tamper.bags import Line, chain
from ops.tamper.forging import (
    Tampered,
    an_id,
    at,
    cover_up,
    either,
    forged,
    other_body,
    other_hex,
    pick,
    refreshed,
)
from ops.tamper.world import World

HEADER = (
    "position",
    "version",
    "event_id",
    "topic",
    "schema_version",
    "recorded_at",
    "actor",
    "command_id",
    "causation_id",
    "previous_leaf",
    "leaf",
    "body_sha256",
)


def header(world: World, chance: Random) -> Tampered:
    """One header field of one event is changed."""
    bag = either(world, chance)
    lines = bag.journal()
    index, name = pick(lines, chance), chance.choice(HEADER)
    lines[index][name] = _other(name, lines[index][name], chance)
    if name not in {"leaf", "previous_leaf", "body_sha256"}:
        cover_up(bag, lines, index, chance)
    return forged(bag, lines, "event", "proof", where=index)


def _other(name: str, value: Any, chance: Random) -> Any:
    if isinstance(value, int):
        return max(value + chance.choice([-1, 1, 2, 1000]), 0)
    if name in {"event_id", "command_id", "causation_id"}:
        return str(an_id(chance))
    if name == "recorded_at":
        return value[:18] + str((int(value[18]) + 1) % 10) + value[19:]
    if name in {"leaf", "previous_leaf", "body_sha256"}:
        return None if value and name == "previous_leaf" and chance.random() < 0.3 else (
            other_hex(value or "0" * 64, chance)
        )  # fmt: skip
    return value + "x"


def body(world: World, chance: Random) -> Tampered:
    """What an event says is changed."""
    bag = either(world, chance)
    lines = bag.journal()
    index = pick(lines, chance, given=True)
    lines[index]["body"] = other_body(lines[index]["body"], chance)
    cover_up(bag, lines, index, chance)
    return forged(bag, lines, "event", "proof", where=index)


def hidden(world: World, chance: Random) -> Tampered:
    """The content of an event is taken away, as if it had been left out."""
    bag = either(world, chance)
    lines = bag.journal()
    index = pick(lines, chance, given=True)
    lines[index] |= {"body": None, "opened": [], "fact": None}
    return forged(bag, lines, "export", where=len(lines) - 1)


def filled_in(world: World, chance: Random) -> Tampered:
    """An event that was left out is given a content."""
    bag = world.partial.copy()
    lines = bag.journal()
    index = chance.choice([n for n, line in enumerate(lines) if line["body"] is None])
    lines[index]["body"] = other_body(lines[-1]["body"], chance)
    cover_up(bag, lines, index, chance)
    return forged(bag, lines, "event", "proof", where=index)


def dropped(world: World, chance: Random) -> Tampered:
    """An event is gone; the rest may be numbered and chained anew."""
    bag = either(world, chance)
    lines = bag.journal()
    index = chance.randrange(len(lines) - 1)
    del lines[index]
    _renumber(bag.case(), lines, index, chance)
    return forged(bag, lines, "event", "proof", where=index)


def swapped(world: World, chance: Random) -> Tampered:
    """Two events change places; they may be numbered and chained anew."""
    bag = either(world, chance)
    lines = bag.journal()
    first, second = sorted(chance.sample(range(len(lines)), 2))
    lines[first], lines[second] = lines[second], lines[first]
    if chance.random() < 0.5:
        for name in ("position", "recorded_at"):
            lines[first][name], lines[second][name] = lines[second][name], lines[first][name]
    _renumber(bag.case(), lines, first, chance)
    return forged(bag, lines, "event", "proof", where=first)


def inserted(world: World, chance: Random) -> Tampered:
    """An event is there that was never recorded, or one stands there twice."""
    bag = either(world, chance)
    lines = bag.journal()
    index = chance.randrange(1, len(lines))
    new = copy.deepcopy(lines[pick(lines, chance)])
    if chance.random() < 0.7:
        new["event_id"] = str(an_id(chance))
        new["position"] = lines[index - 1]["position"] + 1
        new["recorded_at"] = lines[index - 1]["recorded_at"][:-4] + "999Z"
        new["opened"] = []
    # Of a line that stands there twice, the second is the one too many.
    index += new == lines[index]
    lines.insert(index, new)
    _renumber(bag.case(), lines, index, chance)
    return forged(bag, lines, "event", "proof", where=index)


def _renumber(said: Line, lines: list[Line], start: int, chance: Random) -> None:
    if chance.random() < 0.5:
        for number in range(start, len(lines)):
            lines[number]["version"] = number + 1
        chain(said, lines, start)


def tail_cut(world: World, chance: Random) -> Tampered:
    """The end is missing; the file may be named for what is last now."""
    bag = either(world, chance)
    lines = bag.journal()
    exports = [n for n, line in enumerate(lines[:-1]) if line["topic"] == "case-exported"]
    keep = chance.choice([chance.randrange(1, len(lines)), chance.choice(exports) + 1])
    lines = lines[:keep]
    if chance.random() < 0.5:
        said = bag.case() | {"export": lines[-1]["event_id"]}
        bag.put_case(said)
        bag.folder = f"mingzhang-case-{said['case']}-{said['export']}/"
    bag.put_journal(lines)
    # An earlier export is an end, but not of these readings.
    return refreshed(bag, "export", "file", where=(at(keep - 1), "data/"))


def export_forged(world: World, chance: Random) -> Tampered:
    """The export says that something else was given out."""
    bag = either(world, chance)
    lines = bag.journal()
    lines[-1]["body"] = other_body(lines[-1]["body"], chance)
    cover_up(bag, lines, len(lines) - 1, chance)
    return forged(bag, lines, "event", "proof", where=len(lines) - 1)
