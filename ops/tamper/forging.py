"""What every tampering of a case file gives back, and how lines are forged."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, Final
from uuid import UUID

from ops.tamper.bags import CASE, CHECKPOINT, CONSISTENCY, EVENTS, Bag, Line, chain, sign_off
from ops.tamper.world import World

__all__ = ["CASE", "CHECKPOINT", "CONSISTENCY", "EVENTS"]

ANYWHERE: Final = ""


@dataclass(frozen=True)
class Tampered:
    """A case file that was tampered with, and the verdict that it has to get."""

    data: bytes
    kinds: tuple[str, ...]
    """What the first wrong thing may be called; empty: anything."""
    where: tuple[str, ...] = (ANYWHERE,)
    """Beginnings of the places that may be named first."""
    key: str | None = None
    """The key that the reader has from elsewhere."""
    checkpoint: str | None = None
    """The checkpoint that the reader has from elsewhere."""


Tampering = Callable[[World, Random], Tampered]


def an_id(chance: Random) -> UUID:
    """A random UUID."""
    return UUID(int=chance.getrandbits(128), version=4)


def either(world: World, chance: Random) -> Bag:
    """One of the case files to begin with."""
    return chance.choice([world.whole, world.partial]).copy()


def at(index: int) -> str:
    """The place of a line, counted here from 0."""
    return f"{EVENTS} line {index + 1}"


def forged(bag: Bag, lines: list[Line], *kinds: str, where: int) -> Tampered:
    """The case file with these events, its manifests recomputed."""
    bag.put_journal(lines)
    bag.refresh()
    return Tampered(bag.packed(), kinds, (at(where),))


def refreshed(bag: Bag, *kinds: str, where: str | tuple[str, ...] = ANYWHERE) -> Tampered:
    """The case file with its manifests recomputed."""
    bag.refresh()
    return Tampered(bag.packed(), kinds, (where,) if isinstance(where, str) else where)


def cover_up(bag: Bag, lines: list[Line], index: int, chance: Random) -> None:
    """Recompute nothing, the line's own digests, or all that follow it too."""
    depth = chance.randrange(3)
    if depth == 1:
        sign_off(bag.case(), lines[index])
    if depth == 2:
        chain(bag.case(), lines, index)


def other_hex(text: str, chance: Random) -> str:
    """Hex digits with one of them changed."""
    at = chance.randrange(len(text))
    digit = chance.choice([each for each in "0123456789abcdef" if each != text[at]])
    return text[:at] + digit + text[at + 1 :]


def other_json(value: Any, chance: Random) -> Any:
    """A value of the same kind that says something else."""
    if isinstance(value, bool) or value is None:
        return "x"
    if isinstance(value, int):
        return value + chance.choice([1, 7, 1000])
    if isinstance(value, str):
        return value + chance.choice("x0 ")
    if isinstance(value, list):
        return [*value, value[0]] if value and chance.random() < 0.5 else value[:-1] or ["x"]
    key = chance.choice(sorted(value)) if value else ""
    return {**value, key: other_json(value.get(key), chance)}


def other_body(body: str, chance: Random) -> str:
    """A stored body that says something else."""
    said = json.loads(body)
    key = chance.choice([name for name in said if name != "topic"])
    changed = {**said, key: other_json(said[key], chance)}
    return json.dumps(changed, ensure_ascii=False, separators=(",", ":"))


def pick(lines: list[Line], chance: Random, *, given: bool = False) -> int:
    """The index of some line, or of one whose content is given."""
    return chance.choice([n for n, line in enumerate(lines) if line["body"] or not given])
