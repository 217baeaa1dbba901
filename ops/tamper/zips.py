"""Tamperings with the zip itself."""

import io
import struct
import zipfile
from random import Random
from typing import Final

from ops.tamper.bags import Bag, pack
from ops.tamper.forging import Tampered, an_id, either
from ops.tamper.world import World

BOMB_BYTES: Final = 1 << 22


def cut(world: World, chance: Random) -> Tampered:
    """The end of the zip is missing."""
    data = either(world, chance).packed()
    return Tampered(data[: chance.randrange(len(data))], ("zip",))


def padded(world: World, chance: Random) -> Tampered:
    """Bytes stand before the zip, after it, or inside."""
    data, more = either(world, chance).packed(), chance.randbytes(chance.randint(1, 300))
    place = chance.choice([0, len(data), chance.randrange(len(data))])
    return Tampered(data[:place] + more + data[place:], ("zip",))


def bit(world: World, chance: Random) -> Tampered:
    """One bit is flipped, anywhere."""
    bag = either(world, chance)
    data = bytearray(bag.packed())
    place = chance.randrange(len(data))
    data[place] ^= 1 << chance.randrange(8)
    path = _content_at(bag, place)
    return Tampered(bytes(data), ("bag",), (path,)) if path else Tampered(bytes(data), ("zip",))


def _content_at(bag: Bag, place: int) -> str | None:
    """The file whose bytes lie there; None for what lies between files."""
    start = 0
    for path, content in bag.files.items():
        start += 30 + len((bag.folder + path).encode())
        if start <= place < start + len(content):
            return path
        start += len(content) + 16
    return None


def twice(world: World, chance: Random) -> Tampered:
    """Two entries have one name: programs differ in which they show."""
    bag = either(world, chance)
    files = [(bag.folder + path, data) for path, data in bag.files.items()]
    name, data = chance.choice(files)
    files.insert(chance.randrange(len(files) + 1), (name, chance.choice([data, b"other"])))
    return Tampered(pack(files), ("zip",), (name,))


def odd_name(world: World, chance: Random) -> Tampered:
    """An entry has a name that would be written elsewhere, or over another."""
    bag = either(world, chance)
    folder = bag.folder
    name = chance.choice(
        [
            "../evil.txt",
            "/etc/evil.txt",
            f"{folder}../../evil.txt",
            f"{folder}data/../verify.py",
            f"{folder}data\\evidence\\evil.txt",
            f"{folder}C:/evil.txt",
            "other-folder/bagit.txt",
            f"mingzhang-case-{an_id(chance)}-{an_id(chance)}/README.md",
            f"{folder}readme.MD",
            f"{folder}data/Case.json",
            f"{folder}data/evidence/{an_id(chance)}/../x.png",
            f"{folder}data/evidence/{an_id(chance)}/.hidden",
            f"{folder}data/evidence/{an_id(chance)}/a:b.png",
            f"{folder}data/evidence/not-an-id/a.png",
            f"{folder}data/readings/",
            f"{folder}fetch.txt",
        ]
    )
    bag.refresh()
    files = [(folder + path, data) for path, data in bag.files.items()]
    files.insert(chance.randrange(1, len(files) + 1), (name, b"evil"))
    return Tampered(pack(files), ("zip",))


def not_plain(world: World, chance: Random) -> Tampered:
    """An entry is compressed, a link, encrypted, or says so in one of its two headers."""
    bag = either(world, chance)
    data = bytearray(bag.packed())
    name = bag.folder + chance.choice(list(bag.files))
    local = data.index(name.encode()) - 30
    listed = data.rindex(name.encode()) - 46
    how = chance.choice(["deflated", "encrypted", "link", "local deflated", "folder"])
    if how == "deflated":
        struct.pack_into("<H", data, listed + 10, 8)
    elif how == "encrypted":
        struct.pack_into("<H", data, listed + 8, 0x809)
    elif how == "link":
        struct.pack_into("<L", data, listed + 38, 0o120777 << 16)
    elif how == "folder":
        struct.pack_into("<L", data, listed + 38, (0o040755 << 16) | 0x10)
    else:
        struct.pack_into("<H", data, local + 8, 8)
    return Tampered(bytes(data), ("zip",), (name, "the zip"))


def bomb(world: World, chance: Random) -> Tampered:
    """A few kilobytes that would unpack to very many, or a size that is a lie."""
    bag = either(world, chance)
    if chance.random() < 0.5:
        data = bytearray(bag.packed())
        listed = data.rindex((bag.folder + "data/case.json").encode()) - 46
        struct.pack_into("<LL", data, listed + 20, *[chance.choice([2**31, 2**32 - 2])] * 2)
        return Tampered(bytes(data), ("zip",))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        zeros = {f"data/evidence/{an_id(chance)}/a.png": bytes(BOMB_BYTES)}
        for path, content in (bag.files | zeros).items():
            entry = zipfile.ZipInfo(bag.folder + path)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return Tampered(out.getvalue(), ("zip",))
