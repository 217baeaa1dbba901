"""Tamperings with the files of the bag: manifests as they were, or recomputed by the forger."""

import json
from random import Random

from ops.tamper.bags import CASE, CHECKPOINT, MANIFESTS
from ops.tamper.forging import Tampered, an_id, at, either, other_hex, other_json, refreshed
from ops.tamper.world import World


def changed(world: World, chance: Random) -> Tampered:
    """A file is changed, and no manifest is recomputed."""
    bag = either(world, chance)
    path = chance.choice([each for each in bag.files if each not in MANIFESTS])
    bag.files[path] = _changed(bag.files[path], chance)
    return Tampered(bag.packed(), ("bag",), (path,))


def _changed(data: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    how = chance.randrange(3)
    if how == 0 or not data:
        return data[:place] + chance.randbytes(1) + data[place:]
    if how == 1:
        return data[: chance.randrange(len(data))]
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def removed(world: World, chance: Random) -> Tampered:
    """A file is gone; the manifests may know of it or not."""
    bag = either(world, chance)
    path = chance.choice(list(bag.files))
    del bag.files[path]
    if path in {*MANIFESTS, "bag-info.txt"} or chance.random() < 0.5:
        # Where a tag file is gone that a manifest is made from, all say so.
        return Tampered(bag.packed(), ("bag",), (path,))
    bound = path.startswith(("data/readings/", "data/evidence/"))
    return refreshed(bag, "file" if bound else "bag", where=path)


def added(world: World, chance: Random) -> Tampered:
    """A file is there that the export knows nothing of."""
    bag = either(world, chance)
    paths = {
        "data/readings/other-view.json": "file",
        f"data/evidence/{an_id(chance)}/a.png": "file",
        "data/proofs/checkpoint.tsr": "proof",
        "data/journal/more.jsonl": "zip",
        "data/extra.txt": "zip",
        "fetch.txt": "zip",
        "data/proofs/checkpoint.txt.bak": "zip",
    }
    path = chance.choice(list(paths))
    bag.files[path] = chance.randbytes(40)
    where = path if paths[path] != "zip" else bag.folder + path
    if chance.random() < 0.5:
        return refreshed(bag, paths[path], where=where)
    return Tampered(bag.packed(), ("zip" if paths[path] == "zip" else "bag",), (where,))


def renamed(world: World, chance: Random) -> Tampered:
    """A reading or an evidence file has another name, or another's."""
    bag = either(world, chance)
    paths = [path for path in bag.files if path.startswith(("data/readings/", "data/evidence/"))]
    path = chance.choice(paths)
    if chance.random() < 0.5 and len(paths) > 1:
        other = chance.choice([each for each in paths if each != path])
        bag.files[path], bag.files[other] = bag.files[other], bag.files[path]
    else:
        folder, _, name = path.rpartition("/")
        evidence = f"data/evidence/{an_id(chance)}/{name}"
        other = f"{folder}/a{name}" if "readings" in path else evidence
        bag.files = {(other if each == path else each): data for each, data in bag.files.items()}
    return refreshed(bag, "file", where=(path, other))


def reading(world: World, chance: Random) -> Tampered:
    """A reading says something else, and the manifests agree."""
    return _bound(world, chance, "data/readings/")


def evidence(world: World, chance: Random) -> Tampered:
    """An evidence file is another one, and the manifests agree."""
    return _bound(world, chance, "data/evidence/")


def _bound(world: World, chance: Random, folder: str) -> Tampered:
    bag = world.whole.copy()
    path = chance.choice([each for each in bag.files if each.startswith(folder)])
    bag.files[path] = _changed(bag.files[path], chance)
    return refreshed(bag, "file", where=path)


def manifest(world: World, chance: Random) -> Tampered:
    """A manifest lists something twice, under another digest, or in another form."""
    bag = either(world, chance)
    name = chance.choice(MANIFESTS)
    lines = bag.files[name].decode().splitlines(keepends=True)
    index = chance.randrange(len(lines))
    how = chance.choice(["twice", "digest", "form", "order", "missing"])
    if how == "twice":
        lines.insert(index, lines[index])
    elif how == "digest":
        lines[index] = other_hex(lines[index][:64], chance) + lines[index][64:]
    elif how == "form":
        lines[index] = chance.choice([lines[index].upper(), lines[index].replace("  ", " ")])
    elif how == "order":
        lines = lines[1:] + lines[:1]
    else:
        del lines[index]
    bag.files[name] = "".join(lines).encode()
    if name == MANIFESTS[0]:
        bag.files[MANIFESTS[1]] = bag.manifest_of(bag.tags())
    path = (name, lines[min(index, len(lines) - 1)][66:-1], "") if how != "order" else (name,)
    return Tampered(bag.packed(), ("bag",), path)


def case(world: World, chance: Random) -> Tampered:
    """What the case file is about is changed; the folder is renamed along with it."""
    bag = either(world, chance)
    said = bag.case()
    name = chance.choice([*said, "form"])
    if name == "form":
        bag.files[CASE] = json.dumps(said).encode()
        return refreshed(bag, "form", where=CASE)
    if name == "keys":
        said["keys"] = other_json(said["keys"], chance)
    else:
        said[name] = "mingzhang/case-file/2" if name == "format" else str(an_id(chance))
    bag.put_case(said)
    if name in {"case", "export"} and chance.random() < 0.7:
        bag.folder = f"mingzhang-case-{said['case']}-{said['export']}/"
    places = {
        "case": (CASE, at(0)),
        "export": (CASE, at(len(bag.journal()) - 1)),
        "client": (at(0),),
        "organisation": (CASE,),
        "format": (CASE,),
        "keys": (CASE, CHECKPOINT),
    }
    return refreshed(bag, "form", "event", "export", "log", "signed", where=places[name])
