"""A case file taken apart, so that a forger can change it and put it together again."""

import io
import json
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.leaf import Header, header_bytes
from ops.casefile.lines import shown, write_json
from ops.casefile.zipping import ZipStream

EVENTS = "data/journal/events.jsonl"
CHECKPOINT = "data/proofs/checkpoint.txt"
CONSISTENCY = "data/proofs/consistency.jsonl"
CASE = "data/case.json"
MANIFESTS = ("manifest-sha256.txt", "tagmanifest-sha256.txt")
Line = dict[str, Any]


@dataclass
class Bag:
    """The files of a case file in the order of the zip, and its folder."""

    folder: str
    files: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes) -> "Bag":
        """Take one apart."""
        with zipfile.ZipFile(io.BytesIO(data)) as found:
            names = found.namelist()
            folder = names[0].partition("/")[0] + "/"
            return cls(folder, {name[len(folder) :]: found.read(name) for name in names})

    def copy(self) -> "Bag":
        """Another one of the same."""
        return Bag(self.folder, dict(self.files))

    def journal(self) -> list[Line]:
        """The events, line by line."""
        return [json.loads(line) for line in self.files[EVENTS].splitlines()]

    def put_journal(self, lines: list[Line]) -> None:
        """Write the events anew."""
        self.files[EVENTS] = b"".join(write_json(line) + b"\n" for line in lines)

    def case(self) -> Line:
        """What `data/case.json` says."""
        said: Line = json.loads(self.files[CASE])
        return said

    def put_case(self, said: Line) -> None:
        """Write it anew."""
        self.files[CASE] = write_json(said)

    def refresh(self) -> None:
        """Recompute manifests and sums, as any forger would."""
        payload = sorted(path for path in self.files if path.startswith("data/"))
        size = sum(len(self.files[path]) for path in payload)
        info = f"External-Identifier: {self.folder[:-1]}\nPayload-Oxum: {size}.{len(payload)}\n"
        self.files["bag-info.txt"] = info.encode()
        self.files[MANIFESTS[0]] = self.manifest_of(payload)
        self.files[MANIFESTS[1]] = self.manifest_of(self.tags())

    def tags(self) -> list[str]:
        """What the tag manifest lists."""
        return [p for p in self.files if not p.startswith("data/") and p != MANIFESTS[1]]

    def manifest_of(self, paths: list[str]) -> bytes:
        """A manifest of these files."""
        lines = (f"{sha256(self.files[path]).hexdigest()}  {path}\n" for path in sorted(paths))
        return "".join(lines).encode()

    def packed(self) -> bytes:
        """The zip."""
        return pack([(self.folder + path, data) for path, data in self.files.items()])


def pack(files: list[tuple[str, bytes]]) -> bytes:
    """A zip of the one form, of any names."""
    stream, parts = ZipStream(), []
    for name, data in files:
        parts += [stream.begin(name), stream.add(data), stream.end()]
    return b"".join([*parts, stream.finish()])


def chain(said: Line, lines: list[Line], start: int = 0) -> None:
    """Recompute digests, leaves and previous leaves from line `start` on, as a forger would."""
    for index in range(start, len(lines)):
        line = lines[index]
        line["previous_leaf"] = lines[index - 1]["leaf"] if index else None
        sign_off(said, line)


def sign_off(said: Line, line: Line) -> None:
    """Recompute a line's own digest and leaf, and what it says."""
    body = line["body"]
    if body is not None:
        line["body_sha256"] = sha256(body.encode()).hexdigest()
        values = {each["field"]: json.loads(each["plaintext"]) for each in line["opened"]}
        line["fact"] = shown(json.loads(body), values)
    line["leaf"] = leaf_of(said, line).hex()


def leaf_of(said: Line, line: Line) -> bytes:
    """The leaf of a line's fields; the body goes in by its digest."""
    header = Header(
        organisation=UUID(said["organisation"]),
        position=line["position"],
        stream=UUID(said["case"]),
        version=line["version"],
        event_id=UUID(line["event_id"]),
        topic=line["topic"],
        schema_version=line["schema_version"],
        recorded_at=datetime.fromisoformat(line["recorded_at"]),
        actor=line["actor"],
        command_id=UUID(line["command_id"]),
        causation_id=UUID(line["causation_id"]) if line["causation_id"] else None,
        previous_leaf=bytes.fromhex(line["previous_leaf"]) if line["previous_leaf"] else None,
    )
    entry = header_bytes(header) + bytes.fromhex(line["body_sha256"])
    return sha256(b"\x00" + entry).digest()
