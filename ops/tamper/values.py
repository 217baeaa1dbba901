"""Tamperings with opened values and with the readable form."""

import json
from random import Random

from ops.tamper.bags import Line, sign_off
from ops.tamper.forging import Tampered, at, either, forged, other_hex, other_json, pick
from ops.tamper.world import World


def _with_values(lines: list[Line], chance: Random) -> int:
    return chance.choice([n for n, line in enumerate(lines) if line["opened"]])


def opened(world: World, chance: Random) -> Tampered:
    """An opened value says something else; the readable form follows it."""
    bag = either(world, chance)
    lines = bag.journal()
    index = _with_values(lines, chance)
    value = chance.choice(lines[index]["opened"])
    how = chance.choice(["plaintext", "salt", "field"])
    if how == "plaintext":
        changed = other_json(json.loads(value["plaintext"]), chance)
        value["plaintext"] = json.dumps(changed, ensure_ascii=False)
        sign_off(bag.case(), lines[index])
    elif how == "salt":
        value["salt"] = other_hex(value["salt"], chance)
    else:
        value["field"] = chance.choice([value["field"] + "/0", "grade", "purposes", "topic"])
    return forged(bag, lines, "opened", "form", where=index)


def moved(world: World, chance: Random) -> Tampered:
    """An opened value is shown as that of another event, or twice."""
    bag = world.whole.copy()
    lines = bag.journal()
    index = _with_values(lines, chance)
    value = chance.choice(lines[index]["opened"])
    if chance.random() < 0.3:
        lines[index]["opened"].append(value)
        return forged(bag, lines, "opened", where=index)
    other = chance.choice([n for n in range(len(lines)) if n != index])
    lines[index]["opened"].remove(value)
    lines[other]["opened"].append(value)
    for each in (index, other):
        sign_off(bag.case(), lines[each])
    # Without it the first of the two still holds: it is the export that counts.
    return forged(bag, lines, "opened", "form", where=other)


def kept_back(world: World, chance: Random) -> Tampered:
    """A value that was opened is sealed again; the readable form follows, or not."""
    bag = either(world, chance)
    lines = bag.journal()
    index = _with_values(lines, chance)
    lines[index]["opened"].remove(chance.choice(lines[index]["opened"]))
    if chance.random() < 0.5:
        return forged(bag, lines, "readable", where=index)
    sign_off(bag.case(), lines[index])
    return forged(bag, lines, "export", where=len(lines) - 1)


def readable(world: World, chance: Random) -> Tampered:
    """The readable form says something else than the content, or says something of nothing."""
    bag = either(world, chance)
    lines = bag.journal()
    index = pick(lines, chance)
    fact = lines[index]["fact"]
    if fact is None:
        lines[index]["fact"] = {"topic": lines[index]["topic"]}
    else:
        lines[index]["fact"] = other_json(fact, chance)
    return forged(bag, lines, "readable", where=index)


def form(world: World, chance: Random) -> Tampered:
    """A line says the same in other bytes, or has a key more or less."""
    bag = either(world, chance)
    lines = bag.journal()
    index = pick(lines, chance)
    name = chance.choice(list(lines[index]))
    bag.put_journal(lines)
    raw = bag.files["data/journal/events.jsonl"].splitlines(keepends=True)
    how = chance.choice(["spaces", "twice", "missing", "more", "kind", "order", "endless"])
    line = dict(lines[index])
    if how == "spaces":
        raw[index] = json.dumps(line, ensure_ascii=False).encode() + b"\n"
    elif how == "twice":
        raw[index] = raw[index][:-2] + b',"leaf":"' + line["leaf"].encode() + b'"}\n'
    elif how == "endless":
        raw[index] = raw[index].replace(b'"version":', b'"version":' + b"9" * 5000, 1)
    else:
        if how == "missing":
            del line[name]
        elif how == "more":
            line["note"] = "x"
        elif how == "kind":
            line[name] = {"a": [1.5, line[name]]}
        else:
            line = dict(reversed(line.items()))
        raw[index] = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    bag.files["data/journal/events.jsonl"] = b"".join(raw)
    bag.refresh()
    return Tampered(bag.packed(), ("form", "readable"), (at(index),))
