"""Tamperings with proofs, checkpoints and keys, up to a whole file made anew."""

import base64
import json
from random import Random
from uuid import UUID

from domain.checkpoints import Checkpoint, checkpoint_text, parse_checkpoint, parse_note, sign
from domain.tree import inclusion_proof, root, subtrees_of
from ops.casefile.lines import write_json
from ops.keys.signing_key import SigningKey
from ops.tamper.bags import CHECKPOINT, CONSISTENCY, Bag, Line, chain
from ops.tamper.forging import (
    CASE,
    Tampered,
    an_id,
    either,
    forged,
    other_hex,
    pick,
    refreshed,
)
from ops.tamper.world import FORGER, KEY, World


def proof(world: World, chance: Random) -> Tampered:
    """An event has the proof of another one, or a broken one."""
    bag = either(world, chance)
    lines = bag.journal()
    index = pick(lines, chance)
    path = lines[index]["proof"]
    step = chance.randrange(len(path))
    how = chance.choice(["other's", "changed", "shorter", "longer", "reversed"])
    if how == "other's":
        path = chance.choice([each["proof"] for n, each in enumerate(lines) if n != index])
    elif how == "changed":
        path = [*path[:step], other_hex(path[step], chance), *path[step + 1 :]]
    elif how == "shorter":
        path = [*path[:step], *path[step + 1 :]]
    elif how == "longer":
        path = [*path[:step], path[step], *path[step:]]
    else:
        path = path[::-1]
    lines[index]["proof"] = path
    return forged(bag, lines, "proof", where=index)


def foreign_log(world: World, chance: Random) -> Tampered:
    """The checkpoint is of another organisation's journal; so may the key be."""
    bag = either(world, chance)
    bag.files[CHECKPOINT] = world.foreign.files[CHECKPOINT]
    if chance.random() < 0.5:
        return refreshed(bag, "log", where=CHECKPOINT)
    bag.put_case(bag.case() | {"keys": world.foreign.case()["keys"]})
    return refreshed(bag, "log", where=CASE)


def older(world: World, chance: Random) -> Tampered:
    """An older checkpoint is passed for the newer one, with its own proofs where there are any."""
    bag = either(world, chance)
    bag.files[CHECKPOINT] = world.older.files[CHECKPOINT]
    if chance.random() < 0.3:
        return refreshed(bag, "fork", where=CONSISTENCY)
    bag.files[CONSISTENCY] = b""
    lines, known = bag.journal(), 0
    if chance.random() < 0.7:
        proofs = [line["proof"] for line in world.older.journal()]
        known = len(proofs)
        for line, path in zip(lines, proofs, strict=False):
            line["proof"] = path
    return forged(bag, lines, "proof", where=known)


def _resigned(note: str, key: SigningKey, **changes: object) -> str:
    found = parse_checkpoint(parse_note(note).text)
    values = {name: getattr(found, name) for name in found.__struct_fields__} | changes
    said = Checkpoint(**values)
    name = UUID(str(said.origin).rpartition("/")[2])
    return sign(checkpoint_text(said), key.verifier(name), key.sign)


def other_signer(world: World, chance: Random) -> Tampered:
    """The checkpoint is signed by somebody else, under their key's id or under ours."""
    bag = either(world, chance)
    note = bag.files[CHECKPOINT].decode()
    signed = _resigned(note, FORGER)
    if chance.random() < 0.5:
        raw = base64.b64decode(signed.split(" ")[-1])
        ours = base64.b64decode(note.split(" ")[-1])[:4]
        place = signed.rindex(" ") + 1
        signed = signed[:place] + base64.b64encode(ours + raw[4:]).decode() + "\n"
    bag.files[CHECKPOINT] = signed.encode()
    return refreshed(bag, "signed", where=CHECKPOINT)


def note(world: World, chance: Random) -> Tampered:
    """A character of the signed note is changed."""
    bag = either(world, chance)
    text = bag.files[CHECKPOINT].decode()
    place = chance.randrange(len(text))
    text = text[:place] + chance.choice("0aZ+/= \n—") + text[place + 1 :]
    if text.encode() == bag.files[CHECKPOINT]:
        text += "— more AAAAAAAA\n"
    bag.files[CHECKPOINT] = text.encode()
    return refreshed(bag, "form", "signed", "log", where=CHECKPOINT)


def earlier(world: World, chance: Random) -> Tampered:
    """A checkpoint given out before, or the way from it, is another."""
    bag = either(world, chance)
    lines = [json.loads(line) for line in bag.files[CONSISTENCY].splitlines()]
    index = chance.randrange(len(lines))
    line: Line = lines[index]
    how = chance.choice(["path", "fork", "foreign", "changed", "signer"])
    if how == "path":
        step = chance.randrange(len(line["path"]))
        line["path"][step] = other_hex(line["path"][step], chance)
    elif how == "fork":
        line["note"] = _resigned(line["note"], KEY, root=chance.randbytes(32))
    elif how == "foreign":
        line["note"] = world.foreign.files[CHECKPOINT].decode()
    elif how == "signer":
        line["note"] = _resigned(line["note"], FORGER)
    else:
        line["note"] = line["note"].replace("recorded 2026", "recorded 2025")
    bag.files[CONSISTENCY] = b"".join(write_json(each) + b"\n" for each in lines)
    kind = {"path": "fork", "fork": "fork", "foreign": "log"}.get(how, "signed")
    return refreshed(bag, kind, where=f"{CONSISTENCY} line {index + 1}")


def fork(world: World, chance: Random) -> Tampered:
    """The file is whole, and a checkpoint kept elsewhere, truly signed, contradicts it."""
    bag = either(world, chance)
    notes = [bag.files[CHECKPOINT].decode()]
    notes += [json.loads(line)["note"] for line in bag.files[CONSISTENCY].splitlines()]
    held = _resigned(chance.choice(notes), KEY, root=chance.randbytes(32))
    return Tampered(bag.packed(), ("fork",), ("--checkpoint",), checkpoint=held)


def foreign_comparison(world: World, chance: Random) -> Tampered:
    """The checkpoint kept elsewhere is of another journal, or signed by nobody known."""
    bag = either(world, chance)
    held = world.foreign.files[CHECKPOINT].decode()
    if chance.random() < 0.5:
        held = _resigned(bag.files[CHECKPOINT].decode(), FORGER)
    return Tampered(bag.packed(), ("log", "signed"), ("--checkpoint",), checkpoint=held)


def made_anew(world: World, chance: Random) -> Tampered:
    """Everything is forged: events, chain, tree, signature, key. Only the key gives it away."""
    bag = world.whole.copy()
    lines, said = bag.journal(), bag.case()
    # An amount, for it is in clear: who forges it needs to know nobody's salt.
    paid = [line for line in lines if line["topic"] == "payment-made"]
    line = chance.choice(paid)
    line["body"] = line["body"].replace('"minor":', '"minor":9', 1)
    chain(said, lines, 1)
    _plant(bag, lines, chance)
    said["keys"] = [FORGER.verifier(UUID(said["organisation"])).text()]
    bag.put_case(said)
    bag.files[CONSISTENCY] = b""
    bag.put_journal(lines)
    return refreshed_for(bag, world.key)


def _plant(bag: Bag, lines: list[Line], chance: Random) -> None:
    size = parse_checkpoint(parse_note(bag.files[CHECKPOINT].decode()).text).size
    leaves = [chance.randbytes(32) for _ in range(size)]
    for line in lines:
        leaves[line["position"] - 1] = bytes.fromhex(line["leaf"])
    tree = subtrees_of(leaves)
    for line in lines:
        path = inclusion_proof(tree, line["position"] - 1, size)
        line["proof"] = [step.hex() for step in path]
    note = _resigned(bag.files[CHECKPOINT].decode(), FORGER, root=root(tree, size))
    bag.files[CHECKPOINT] = note.encode()


def refreshed_for(bag: Bag, key: str) -> Tampered:
    """The case file for a reader who has the organisation's key."""
    bag.refresh()
    return Tampered(bag.packed(), ("log",), (CASE,), key=key)


def keys(world: World, chance: Random) -> Tampered:
    """The key in the file is another one, or none."""
    bag = either(world, chance)
    said = bag.case()
    forger = FORGER.verifier(UUID(said["organisation"])).text()
    stranger = KEY.verifier(an_id(chance)).text()
    broken = said["keys"][0][:-3] + "AA="
    said["keys"] = chance.choice([[forger], [*said["keys"], forger], [stranger], [broken], [""]])
    bag.put_case(said)
    return refreshed(bag, "log", "signed", "form", where=(CASE, CHECKPOINT))
