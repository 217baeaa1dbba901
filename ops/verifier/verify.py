"""Verify a mingzhang case file (`mingzhang/case-file/1`) on a machine that has never heard of us.

    python3 -I verify.py FILE [--checkpoint FILE] [--key VKEY]

Needs Python 3.9 or later and nothing else. It names the first thing that is wrong, or says what
is shown and what is not. Exit 0: all holds. 1: something is wrong. 2: not read, not comparable.
It looks at the zip, the bag, the checkpoint, every event, and last at what the export gave out.
"""

# fmt: off
from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import struct
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import IO, Any
from uuid import UUID

MEANS = {
    "zip": ("The zip is cut, padded, or not of the one form that a case file has.",
            "压缩包被截断、被添加内容，或不是案件档案唯一允许的形式。"),
    "bag": ("A file was changed, added or taken away after the case file was made.",
            "档案制作之后，有文件被改动、添加或拿走。"),
    "form": ("A text is not as the format writes it: nothing in it can be relied on.",
             "文本不符合规定的格式，其内容不可依靠。"),
    "event": ("An entry of the record, or its place, is not what was recorded.",
              "某条记录或其位置与当初记录的不同。"),
    "proof": ("The proof does not lead to the signed root: this is not in the sealed journal.",
              "证明推不出已签名的根：该内容不在已封存的总账之中。"),
    "signed": ("This key did not sign the checkpoint, or it was changed since: it seals nothing.",
               "检查点不是由该密钥签署，或签署后被改动：它什么也不能封存。"),
    "log": ("This belongs to another journal or key than the one asked about.",
            "它属于另一本总账或另一把密钥。"),
    "fork": ("Two signed checkpoints contradict each other: the journal was rewritten. Keep both.",
             "两个已签名的检查点互相矛盾：总账被改写，或有两个版本。请两份都保留。"),
    "opened": ("A personal value shown is not the one that was sealed into the record.",
               "展示的个人信息不是当初封入记录的内容。"),
    "readable": ("The readable form says something else than the record that was hashed.",
                 "可读文本与被哈希的记录不一致。"),
    "file": ("A reading or an evidence file is not the one that the record names.",
             "某份读数或证据文件不是记录所指的那一份。"),
    "export": ("The record does not end with the export that this case file claims to be.",
               "记录的结尾不是本档案所称的那次导出。"),
}

class Wrong(Exception):
    """The first thing that is wrong: its kind (a key of MEANS), where it is, what it is."""

    def __init__(self, kind: str, where: str, what: str) -> None:
        super().__init__(kind, where, what)
        self.kind, self.where, self.what = kind, where, what

def demand(holds: bool, kind: str, where: str, what: str) -> None:
    """Stop at the first thing that does not hold."""
    if not holds:
        raise Wrong(kind, where, what)

# --- Ed25519 (RFC 8032, 5.1), slow and plain. Points are (X, Y, Z, T): x = X/Z, y = Y/Z, xy = T/Z.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ZERO = (0, 1, 1, 0)

def _add(a: Any, b: Any) -> Any:
    e, f = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    g, h = 2 * D * a[3] * b[3], 2 * a[2] * b[2]
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P

def _times(n: int, point: Any) -> Any:
    total = ZERO
    while n:
        total = _add(total, point) if n & 1 else total
        point, n = _add(point, point), n >> 1
    return total

def _same(a: Any, b: Any) -> bool:
    return all((a[i] * b[2] - b[i] * a[2]) % P == 0 for i in (0, 1))

def _point(raw: bytes) -> Any:
    """The point that 32 bytes stand for; None where they are not the one form of a point."""
    y, sign = int.from_bytes(raw, "little") & (2**255 - 1), raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def signature_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Stricter than RFC 8032 asks: no second form of S, no key and no R of small order."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r, s = _point(key), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if not a or not r or s >= ORDER or _same(_times(8, a), ZERO) or _same(_times(8, r), ZERO):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return _same(_times(s, BASE), _add(r, _times(k, a)))

# --- The tree (RFC 6962, 2.1; the algorithms of RFC 9162, 2.1.3.2 and 2.1.4.2).

def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()

def _climb(fn: int, sn: int, both: bytes, path: list[bytes]) -> tuple[bytes, bytes, int]:
    """Two roots from one way up, with and without what stands to the right, and what is left."""
    old = new = both
    for step in path:
        if sn == 0:
            return b"", b"", -1
        if fn & 1 or fn == sn:
            old, new = _node(step, old), _node(step, new)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = _node(new, step)
        fn, sn = fn >> 1, sn >> 1
    return old, new, sn

def is_included(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Whether the leaf with this index (from 0) is in the tree of that size and root."""
    _, new, left = _climb(index, size - 1, leaf, path)
    return 0 <= index < size and left == 0 and new == root

def is_consistent(old: bytes, old_size: int, new: bytes, new_size: int, path: list[bytes]) -> bool:
    """Whether the newer tree begins with all of the older one."""
    if old_size == new_size:
        return old == new and not path
    if not 0 < old_size < new_size or not path:
        return False
    fn, sn = old_size - 1, new_size - 1
    path = [old, *path] if old_size & fn == 0 else path
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    return _climb(fn, sn, path[0], path[1:]) == (old, new, 0)

# --- The zip: stored files, one after another, and not a byte between them.

TEXT_MAX, LINE_MAX, PIECE, LARGE = 64 << 20, 16 << 20, 1 << 20, 0xFFFFFFFF
ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
FOLDER = re.compile(f"mingzhang-case-({ID})-({ID})/")
TAGS = ["README.md", "bag-info.txt", "bagit.txt", "manifest-sha256.txt", "verify.py"]
PAYLOAD = re.compile(
    r"data/(case\.json|journal/events\.jsonl|proofs/(checkpoint\.(txt|tsr)|consistency\.jsonl)"
    r"|(readings)/[a-z-]+\.json|(evidence)/(" + ID + r")/(?!\.)[^/\\:*?\"<>|\x00-\x1f\x7f]+)")

def _frame(name: bytes, size: int, crc: int, offset: int) -> tuple[bytes, bytes, bytes]:
    """What stands before a file, after it, and in the directory (APPNOTE 4.3.7, .9, .12)."""
    same = (0x808, 0, 0, 0x21)  # sizes follow, names are UTF-8; stored; 1980-01-01 00:00
    before = struct.pack("<4s5H3L2H", b"PK\3\4", 20, *same, 0, 0, 0, len(name), 0) + name
    after = struct.pack("<4s3L", b"PK\7\x08", crc, size, size)
    extra = struct.pack("<HHQ", 1, 8, offset) if offset >= LARGE else b""
    need = 45 if extra else 20
    line = struct.pack("<4s6H3L5H2L", b"PK\1\2", 0x300 + need, need, *same, crc, size, size,
                       len(name), len(extra), 0, 0, 0, 0o100644 << 16, min(offset, LARGE))
    return before, after, line + name + extra

def _ending(count: int, size: int, start: int) -> bytes:
    """What ends a zip (APPNOTE 4.3.14 to 4.3.16)."""
    wide, few = b"", min(count, 0xFFFF)
    if few == 0xFFFF or start >= LARGE:
        wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 0x32D, 45, 0, 0, count, count, size, start)
        wide += struct.pack("<4sLQL", b"PK\6\7", 0, start + size, 1)
    return wide + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, few, few, size, min(start, LARGE), 0)

class Bag:
    """The files of a case file by their path in the bag. Nothing is ever unpacked."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self.zip = zipfile.ZipFile(file)
            infos = self.zip.infolist()
            self.folder = infos[0].filename.partition("/")[0] + "/"
            self.files = {info.filename.partition("/")[2]: info for info in infos}
            self._look_around(file, infos)
        except Wrong:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a forged zip makes the library do
            raise Wrong("zip", "the zip", f"not a whole zip ({type(error).__name__})") from None

    def _look_around(self, file: IO[bytes], infos: list[zipfile.ZipInfo]) -> None:
        """All that is no file's content has to be what we would have written there ourselves."""
        file.seek(0)
        lines = []
        for info in infos:
            name, path = info.filename, info.filename.partition("/")[2]
            known = path in [*TAGS, "tagmanifest-sha256.txt"] or PAYLOAD.fullmatch(path)
            demand(bool(known) and FOLDER.match(name) is not None and name == self.folder + path
                   and info.orig_filename == name, "zip", name, "a name that has no place here")
            demand(self.files[path] is info, "zip", name, "a second file of the same name")
            before, after, line = _frame(name.encode(), info.file_size, info.CRC, file.tell())
            for expected, skipped in ((before, info.file_size), (after, 0)):
                demand(file.read(len(expected)) == expected, "zip", name,
                       "not a plain stored file, or other bytes around it")
                file.seek(skipped, 1)
            lines.append((name, line))
        start, size = file.tell(), sum(len(line) for _, line in lines)
        for name, line in [*lines, ("the zip's end", _ending(len(lines), size, start))]:
            demand(file.read(len(line)) == line, "zip", name, "not listed as a plain stored file")
        demand(not file.read(1), "zip", "the zip's end", "bytes that belong to no file")

    def pieces(self, path: str) -> Iterator[bytes]:
        """A file's bytes, one mebibyte at a time."""
        demand(path in self.files, "bag", path, "it is not there")
        try:
            with self.zip.open(self.files[path]) as file:
                yield from iter(lambda: file.read(PIECE), b"")
        except (zipfile.BadZipFile, EOFError):
            raise Wrong("bag", path, "its bytes are not those that were put in") from None

    def text(self, path: str) -> bytes:
        """A file that has to be small."""
        small = path not in self.files or self.files[path].file_size <= TEXT_MAX
        demand(small, "form", path, "longer than it can be")
        return b"".join(self.pieces(path))

    def lines(self, path: str) -> Iterator[tuple[str, bytes]]:
        """Each line with its place; never the whole file at once."""
        rest, number = b"", 0
        for piece in self.pieces(path):
            *whole, rest = (rest + piece).split(b"\n")
            for number, line in enumerate(whole, number + 1):
                yield f"{path} line {number}", line
            demand(len(rest) < LINE_MAX, "form", f"{path} line {number + 1}", "it does not end")
        demand(not rest, "form", f"{path} line {number + 1}", "it does not end")

# --- The bag (RFC 8493): every file is listed once with its digest, and nothing else is there.

def check_bag(bag: Bag) -> dict[str, str]:
    """The digest of every payload file, each compared with the manifest."""
    payload = sorted(path for path in bag.files if path.startswith("data/"))
    for path in (*TAGS, "tagmanifest-sha256.txt"):
        demand(path in bag.files, "bag", path, "it is not there")
    digests = _check_manifest(bag, "manifest-sha256.txt", payload)
    _check_manifest(bag, "tagmanifest-sha256.txt", TAGS)
    size = sum(bag.files[path].file_size for path in payload)
    info = f"External-Identifier: {bag.folder[:-1]}\nPayload-Oxum: {size}.{len(payload)}\n"
    for path, text in (("bag-info.txt", info), (
            "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")):
        demand(bag.text(path) == text.encode(), "bag", path, "it does not fit what is in the bag")
    return digests

def _check_manifest(bag: Bag, name: str, paths: list[str]) -> dict[str, str]:
    listed = digest_list(bag.text(name).decode("utf-8", "replace"), "bag", name)
    for path in sorted({*listed, *paths}):
        demand(path in listed and path in paths, "bag", path, f"there, or in {name}, but not both")
        digest = hashlib.sha256()
        for piece in bag.pieces(path):
            digest.update(piece)
        demand(digest.hexdigest() == listed[path], "bag", path, f"another digest than in {name}")
    return listed

def digest_list(text: str, kind: str, where: str) -> dict[str, str]:
    """Lines of digest, two spaces, path; sorted by path, none twice."""
    found = {path: digest for digest, path in re.findall(r"([0-9a-f]{64})  (.+)\n", text)}
    written = "".join(f"{found[path]}  {path}\n" for path in sorted(found))
    demand(written == text, kind, where, "not a sorted list of digests and paths, each once")
    return found

# --- JSON in its one form, so that nobody can choose what another program reads in it.

HEX, ANY = "[0-9a-f]{64}", ".*"
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"

def _refuse(text: str) -> Any:
    raise ValueError(text)

def _whole(text: str) -> int:
    return int(text) if len(text) < 20 else int(_refuse("too large"))

def read_json(raw: str) -> Any:
    """JSON without fractions, NaN or endless numbers; ValueError."""
    return json.loads(raw, parse_float=_refuse, parse_constant=_refuse, parse_int=_whole)

def write_json(value: Any) -> bytes:
    """The one form."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

def exact(raw: bytes, where: str, kinds: dict[str, Any]) -> dict[str, Any]:
    """A JSON object with exactly these keys in this order, each value of its kind."""
    try:
        found: dict[str, Any] = read_json(raw.decode())
        right = write_json(found) == raw and list(found) == list(kinds)
        right = right and all(_fits(found[key], kinds[key]) for key in kinds)
    except (ValueError, TypeError, RecursionError):
        right = False
    demand(right, "form", where, "not written as a case file writes it")
    return found

def _fits(value: Any, kind: Any) -> bool:
    if kind is int:
        return type(value) is int and 0 <= value < 2**63
    if isinstance(kind, list):
        return isinstance(value, list) and all(_fits(each, kind[0]) for each in value)
    if isinstance(kind, dict):
        return isinstance(value, dict) and list(value) == list(kind) and all(
            _fits(value[key], kind[key]) for key in kind)
    if value is None or kind is None:
        return kind is None or kind.startswith("null|")
    pattern = "(?s:" + kind.replace("null|", "") + ")"
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None

# --- Checkpoints: C2SP tlog-checkpoint in a C2SP signed-note, under a C2SP verifier key.

class Key:
    """A verifier key: `<name>+<key id>+<base64 of 0x01 and 32 bytes>`."""

    def __init__(self, text: str, where: str) -> None:
        self.text, (self.name, self.id, encoded) = text, ([*text.split("+", 2), "", ""])[:3]
        raw = _base64(encoded)
        digest = hashlib.sha256(self.name.encode() + b"\n" + raw).hexdigest()
        demand(raw[:1] == b"\x01" and len(raw) == 33 and digest[:8] == self.id, "form", where,
               "not a verifier key, which is <name>+<key id>+<base64>")
        self.public = raw[1:]

NOTE = re.compile(rf"((\S+)\n([1-9]\d{{0,18}})\n(\S{{44}})\nrecorded ({MOMENT})\n)"
                  r"\n((?:\u2014 \S+ \S+\n)+)", re.ASCII)

class Checkpoint:
    """A signed size and root of a journal; Wrong unless one of the keys signed exactly this."""

    def __init__(self, note: str, keys: list[Key], where: str) -> None:
        found = NOTE.fullmatch(note)
        if found is None or len(_base64(found[4])) != 32:
            raise Wrong("form", where, "not the checkpoint of a mingzhang journal")
        text, origin, self.size, self.recorded = found[1], found[2], int(found[3]), found[5]
        self.root = _base64(found[4])
        demand(origin == keys[0].name, "log", where, f"of {origin}, not of {keys[0].name}")
        lines = re.findall(r"\S (\S+) (\S+)\n", found[6])
        ours = [(key, _base64(line)[4:]) for name, line in lines for key in keys
                if name == origin and _base64(line)[:4].hex() == key.id]
        demand(len(ours) > 0, "signed", where, "no signature by the key that it needs")
        demand(all(signature_holds(key.public, text.encode(), raw) for key, raw in ours),
               "signed", where, "the signature does not belong to this text")
        self.signatures, self.key = len(lines), ours[0][0].text

def _base64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        return b""
    return raw if base64.b64encode(raw).decode() == text else b""

def check_seal(bag: Bag, keys: list[Key]) -> tuple[Checkpoint, dict[int, bytes]]:
    """The bag's checkpoint, and the roots of earlier ones that it continues, by their size."""
    where = "data/proofs/checkpoint.txt"
    note, earlier, used = bag.text(where), {}, []
    seal = Checkpoint(note.decode("utf-8", "replace"), keys[-1:], where)
    demand(seal.signatures == 1, "signed", where, "more than one signature")
    for where, raw in bag.lines("data/proofs/consistency.jsonl"):
        line = exact(raw, where, {"note": ANY, "path": [HEX]})
        old, path = Checkpoint(line["note"], keys, where), [bytes.fromhex(x) for x in line["path"]]
        demand(is_consistent(old.root, old.size, seal.root, seal.size, path), "fork", where,
               "the checkpoint of this case file does not continue the earlier one")
        earlier[old.size] = old.root
        used.append(old.key)
    used = list(dict.fromkeys([seal.key, *reversed(used)]))[::-1]
    demand(used == [each.text for each in keys], "log", "data/case.json",
           "its keys are not those of the checkpoints in here")
    where = "data/proofs/checkpoint.tsr"
    demand(where not in bag.files or hashlib.sha256(note).digest() in bag.text(where), "proof",
           where, "a time stamp on something else")
    return seal, earlier

# --- The events of the case: the leaf of each, its place in the tree, what it says.

CASE = {"format": "mingzhang/case-file/1", "organisation": ID, "case": ID, "client": ID,
        "export": ID, "keys": [ANY]}
EVENT = {"position": int, "version": int, "event_id": ID, "topic": ANY, "schema_version": int,
         "recorded_at": MOMENT, "actor": ANY, "command_id": ID, "causation_id": "null|" + ID,
         "previous_leaf": "null|" + HEX, "leaf": HEX, "body_sha256": HEX, "body": "null|" + ANY,
         "opened": [{"field": ANY, "salt": HEX, "plaintext": ANY}], "fact": None, "proof": [HEX]}
SEALED = {"subject", "ciphertext", "commitment"}
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

def leaf_of(case: dict[str, Any], event: dict[str, Any]) -> str:
    """SHA-256(0x00 || header || SHA-256(body)); in the header each field behind its length."""
    moment = datetime.fromisoformat(event["recorded_at"][:-1] + "+00:00")
    fields = (
        b"mingzhang/leaf/1", UUID(case["organisation"]).bytes, struct.pack(">q", event["position"]),
        UUID(case["case"]).bytes, struct.pack(">q", event["version"]),
        UUID(event["event_id"]).bytes, event["topic"].encode(),
        struct.pack(">i", event["schema_version"]),
        struct.pack(">q", (moment - EPOCH) // timedelta(microseconds=1)),
        event["actor"].encode(), UUID(event["command_id"]).bytes,
        UUID(event["causation_id"]).bytes if event["causation_id"] else b"",
        bytes.fromhex(event["previous_leaf"] or ""))
    header = b"".join(struct.pack(">I", len(field)) + field for field in fields)
    return hashlib.sha256(b"\0" + header + bytes.fromhex(event["body_sha256"])).hexdigest()

class Journal:
    """One walk over the events; keeps what the end of it is compared with."""

    def __init__(self, bag: Bag, case: dict[str, Any], seal: Checkpoint) -> None:
        self.case, self.seal = case, seal
        self.last: dict[str, Any] = {}
        self.before: dict[str, Any] = {}
        self.count = self.given = self.opened = 0
        self.left_out: list[dict[str, int]] = []
        self.evidence: dict[str, tuple[Any, Any]] = {}  # digest and size by the entry's id
        found = (PAYLOAD.fullmatch(path) for path in bag.files)
        self.items = {match[6]: match[0] for match in found if match and match[5]}
        for where, raw in bag.lines("data/journal/events.jsonl"):
            try:
                self._event(exact(raw, where, EVENT), where)
            except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError,
                    RecursionError, struct.error):
                raise Wrong("form", where, "it holds what no event can hold") from None

    def _event(self, event: dict[str, Any], where: str) -> None:
        self.before, self.last, self.count = self.last, event, self.count + 1
        demand(event["version"] == self.count, "event", where,
               f"version {event['version']} where {self.count} has to follow")
        demand(event["previous_leaf"] == self.before.get("leaf"), "event", where,
               "it does not follow the event before it")
        demand(event["position"] > self.before.get("position", 0)
               and event["recorded_at"] > self.before.get("recorded_at", ""), "event", where,
               "its position or its moment does not rise")
        body = event["body"]
        demand(body is None or hashlib.sha256(body.encode()).hexdigest() == event["body_sha256"],
               "event", where, "its content is not what was hashed")
        demand(leaf_of(self.case, event) == event["leaf"], "event", where,
               "its leaf is not that of these fields")
        path = [bytes.fromhex(each) for each in event["proof"]]
        demand(is_included(bytes.fromhex(event["leaf"]), event["position"] - 1, self.seal.size,
                           path, self.seal.root), "proof", where, "not in the signed tree")
        demand((event["topic"] == "case-opened") == (self.count == 1), "event", where,
               "a case begins with its opening, once")
        if body is None:
            self._left_out(event, where)
        else:
            self._content(event, read_json(body), where)

    def _left_out(self, event: dict[str, Any], where: str) -> None:
        demand(not event["opened"] and event["fact"] is None, "readable", where, "it is left out")
        if not self.left_out or self.left_out[-1]["last"] != self.count - 1:
            self.left_out.append({"first": self.count, "last": self.count})
        self.left_out[-1]["last"] = self.count

    def _content(self, event: dict[str, Any], fact: dict[str, Any], where: str) -> None:
        demand(fact["topic"] == event["topic"], "event", where, "its topic is not its content's")
        demand(fact.get("client_id", self.case["client"]) == self.case["client"], "event", where,
               "of another client than data/case.json says")
        opened = _opened(event, fact, where)
        demand(write_json(_shown(fact, opened)) == write_json(event["fact"]), "readable", where,
               "`fact` is not what the content says")
        self.given, self.opened = self.given + 1, self.opened + len(opened)
        if event["event_id"] in self.items and event["topic"] == "evidence-added":
            self.evidence[event["event_id"]] = opened.get("sha256"), fact["size_bytes"]

def _opened(event: dict[str, Any], fact: Any, where: str) -> dict[str, Any]:
    """The opened values of an event by their field, each against its commitment."""
    found: dict[str, Any] = {}
    for line in event["opened"]:
        field, sealed = line["field"].encode(), fact
        for step in line["field"].split("/"):
            sealed = sealed[int(step) if isinstance(sealed, list) else step]
        digest = hashlib.sha256(
            b"\2" + UUID(event["event_id"]).bytes + struct.pack(">I", len(field)) + field
            + bytes.fromhex(line["salt"]) + line["plaintext"].encode()).hexdigest()
        right = set(sealed) == SEALED and sealed["commitment"] == digest
        demand(right and line["field"] not in found, "opened", where,
               f"{line['field']!r} was not sealed so")
        found[line["field"]] = read_json(line["plaintext"])
    return found

def _shown(value: Any, opened: dict[str, Any], path: str = "") -> Any:
    """The content with every sealed value replaced by its opened one."""
    if isinstance(value, dict) and set(value) == SEALED:
        return opened.get(path, {"sealed": True})
    inside = path + "/" if path else ""
    if isinstance(value, dict):
        return {key: _shown(each, opened, inside + key) for key, each in value.items()}
    if isinstance(value, list):
        return [_shown(each, opened, f"{inside}{n}") for n, each in enumerate(value)]
    return value

def check_export(bag: Bag, journal: Journal, digests: dict[str, str]) -> None:
    """The last event is this export, and what is in the bag is what that export gave out."""
    case, last, before = journal.case, journal.last, journal.before
    where = f"data/journal/events.jsonl line {journal.count}"
    demand((last.get("topic"), last.get("event_id")) == ("case-exported", case["export"])
           and bool(last["body"]), "export", where, "not the export that data/case.json names")
    fact, stored = last["fact"], read_json(last["body"])
    demand(stored["files"]["subject"] == case["client"], "export", "data/case.json",
           "of another client")
    given_out = fact.get("left_out", []), fact.get("opened", 0)
    found = journal.left_out, journal.opened - len(last["opened"])
    demand(given_out == found and {"sealed": True} not in fact.values(), "export", where,
           "left out or opened is other than what was given out")
    demand(before.get("position", 0) <= fact["known_at"] < last["position"], "export", where,
           "the case went on between the reading and the export")
    demand(isinstance(fact["files"], str), "file", where, "its list of files cannot be read")
    listed = digest_list(fact["files"], "file", where)
    matches = [PAYLOAD.fullmatch(path) for path in digests]
    present = {match[0][5:] for match in matches if match and (match[4] or match[5])}
    for path in sorted(present | set(listed)):
        demand(listed.get(path) == digests.get(f"data/{path}"), "file", f"data/{path}",
               "not the file that the export gave out")
    demand(sorted(fact.get("evidence_items", [])) == sorted(journal.items), "file",
           "data/evidence/", "not the items that the export gave out")
    for item, path in sorted(journal.items.items()):
        demand(journal.evidence.get(item) == (digests[path], bag.files[path].file_size), "file",
               path, "not the file that was taken into custody")

# --- The verdict.

def verify(file: IO[bytes], key: str | None = None, checkpoint: str | None = None) -> Any:
    """Journal, checkpoint and comparison of an open file. Wrong at the first thing that is."""
    bag = Bag(file)
    digests = check_bag(bag)
    case = exact(bag.text("data/case.json"), "data/case.json", CASE)
    demand(bag.folder == f"mingzhang-case-{case['case']}-{case['export']}/", "form",
           "data/case.json", "not the case and export that the folder is named for")
    keys = [Key(text, "data/case.json") for text in case["keys"]]
    demand({each.name for each in keys} == {f"mingzhang/{case['organisation']}"}, "log",
           "data/case.json", "a key that is not this organisation's, or none")
    demand(key in (None, keys[-1].text), "log", "data/case.json", f"not under the key {key}")
    seal, earlier = check_seal(bag, keys)
    journal = Journal(bag, case, seal)
    check_export(bag, journal, digests)
    other = Checkpoint(checkpoint, keys, "--checkpoint") if checkpoint else None
    roots = {**earlier, seal.size: seal.root}
    demand(other is None or roots.get(other.size, other.root) == other.root, "fork",
           "--checkpoint", f"another root for size {other.size if other else 0} is signed")
    return journal, seal, keys[-1], other, other is None or other.size in roots

SHOWN = """All holds. 全部相符。
  case 案件 {case}, organisation 机构 {organisation}
  export 导出 {export} at {at}, for {to}; recipient 收件人: {recipient}; purpose 用途: {purpose}
  checkpoint 检查点: size {size}, root {root}, recorded {recorded}
  key 公钥: {key}
Shown. 已经证明：
  These {count} entries, {given} of them with their content, are all that the case had up to this
  export; none was changed, removed, inserted or moved since the checkpoint.
  该案截至本次导出的全部 {count} 条记录（其中 {given} 条含内容），
  自检查点以来未被改动、删除、插入或移位。
  {opened} opened values, the readings and {items} evidence files are those on record.
  {opened} 项公开的个人信息、各份读数及 {items} 个证据文件与记录一致。"""
NOT_SHOWN = """Not shown. 不能证明：
  That what was recorded is true; what came after the export; what is sealed or left out.
  所记内容是否属实；导出之后又记录了什么；未公开或未给出的内容。
  README.md and verify.py in the bag are bound to nothing: take this program from where you trust
  it. `openssl ts -verify` checks the signature of a time stamp (checkpoint.tsr).
  档案内的说明和 verify.py 未与记录绑定：请从可信之处取得本程序。
  时间戳的签名请用 openssl ts -verify 核验。"""
NO_KEY = """  Whose key it is: compare it with one obtained elsewhere (--key).
  密钥属于谁：请与从别处取得的公钥核对（--key）。"""
NO_OTHER = """  That others are shown the same journal: a fork is seen only against a checkpoint
  kept elsewhere (--checkpoint), and in the end against the whole journal.
  他人看到的是否同一本总账：只有与别处保存的检查点、最终与整本总账对照才能发现分叉。"""
OTHER = """  The journal up to size {0} is the one of your checkpoint.
  截至第 {0} 条，总账与您的检查点一致。"""
APART = """Not compared. 未能比对。
  The case file holds in itself, but your checkpoint is {}: of size {}, and here it is {}.
  Only a proof from the journal can show that one continues the other, and none is in here.
  档案自身相符，但检查点的大小不同；只有总账给出的证明才能说明二者连贯，档案内没有。"""
WRONG = """WRONG 不符
  where 位置: {}
  what 问题: {}
  This means: {}
  含义：{}"""

def _report(journal: Journal, seal: Checkpoint, key: Key, other: Checkpoint | None) -> str:
    fact, last = journal.last["fact"], journal.last
    return SHOWN.format(
        **{name: journal.case[name] for name in ("case", "organisation", "export")},
        at=last["recorded_at"], to=fact["exported_to"], recipient=fact.get("recipient", "-"),
        purpose=fact["purpose"], size=seal.size, root=base64.b64encode(seal.root).decode(),
        recorded=seal.recorded, key=key.text, count=journal.count, given=journal.given,
        opened=journal.opened, items=len(journal.items),
    ) + (f"\n{OTHER.format(other.size)}" if other else "")

def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit status."""
    parser = argparse.ArgumentParser(description="Verify a mingzhang case file. 核验案件档案。")
    parser.add_argument("file", metavar="FILE", help="the case file, as it was given out")
    parser.add_argument("--checkpoint", metavar="FILE", help="a checkpoint obtained elsewhere")
    parser.add_argument("--key", metavar="VKEY", help="the organisation's key, from elsewhere")
    asked = parser.parse_args(arguments)
    try:
        note = Path(asked.checkpoint).read_text("utf-8") if asked.checkpoint else None
        with Path(asked.file).open("rb") as file:
            journal, seal, key, other, is_compared = verify(file, asked.key, note)
    except Wrong as wrong:
        status, said = 1, WRONG.format(wrong.where, wrong.what, *MEANS[wrong.kind])
    except (OSError, UnicodeError) as error:
        status, said = 2, f"Not read. 无法读取。 {error}"
    else:
        way = "older" if other and other.size < seal.size else "newer"
        gaps = [NOT_SHOWN, *([] if asked.key else [NO_KEY]), *([] if other else [NO_OTHER])]
        status, said = 0, "\n".join([_report(journal, seal, key, other), *gaps])
        if not is_compared:
            status, said = 2, APART.format(way, other.size, seal.size)
    # What a forger wrote may not steer the reader's terminal.
    print("".join(char if char.isprintable() or char == "\n" else "?" for char in said))
    return status

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that cannot write Chinese must not stop it
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main())
