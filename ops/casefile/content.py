"""What a case file holds, file by file, ready to be streamed."""

from collections.abc import AsyncIterator, Iterator, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from domain.cases.evidence import EvidenceAdded
from domain.cases.exporting import Span
from domain.exports import is_given
from domain.log import StoredEvent
from domain.organisation import KeyInForce
from domain.seal import SealedCheckpoint
from domain.sealing import EvidenceStore
from ops.casefile.bag import Payload, in_turn, once
from ops.casefile.lines import event_line, write_json
from ops.keys.opening import OpenedValue

FORMAT = "mingzhang/case-file/1"


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """Everything but the evidence files' bytes, which are read when their turn comes."""

    organisation: UUID
    readings: dict[str, bytes]
    """By path under `data/`, as the paths of evidence files are."""
    opened: dict[UUID, list[OpenedValue]]
    evidence: dict[str, tuple[EvidenceAdded, str]]
    """Fact and digest of each file."""
    store: EvidenceStore
    stored: Sequence[StoredEvent] = ()
    """All events of the case, the export last."""
    spans: Sequence[Span] = ()
    checkpoint: SealedCheckpoint | None = None
    stamp: bytes | None = None
    keys: Sequence[KeyInForce] = ()
    proofs: Sequence[Sequence[bytes]] = ()
    earlier: Sequence[tuple[SealedCheckpoint, Sequence[bytes]]] = ()

    @property
    def folder(self) -> str:
        """The one folder of the zip."""
        return f"mingzhang-case-{self.stored[-1].stream}-{self.stored[-1].event_id}/"

    async def payload(self) -> AsyncIterator[Payload]:
        """Every payload file in the order of the zip."""
        if self.checkpoint is None:
            raise ValueError("a case file needs its checkpoint")
        yield "case.json", once(write_json(self._case()))
        yield "journal/events.jsonl", in_turn(self._lines())
        yield "proofs/checkpoint.txt", once(self.checkpoint.note.encode())
        if self.stamp is not None:
            yield "proofs/checkpoint.tsr", once(self.stamp)
        yield "proofs/consistency.jsonl", in_turn(self._consistency())
        for path, reading in sorted(self.readings.items()):
            yield path, once(reading)
        for path, (fact, _) in sorted(self.evidence.items()):
            yield path, self.store.get(self.organisation, self.client, fact.file_id)

    def _case(self) -> dict[str, Any]:
        last = self.stored[-1]
        return {
            "format": FORMAT,
            "organisation": str(self.organisation),
            "case": str(last.stream),
            "client": str(self.client),
            "export": str(last.event_id),
            "keys": self._keys(),
        }

    def _keys(self) -> list[str]:
        """Keys of the earlier checkpoints, oldest first, and last that of the checkpoint."""
        sizes = [old.size for old, _ in self.earlier]
        sizes += [self.checkpoint.size] if self.checkpoint else []
        used = [
            [held.key for held in self.keys if held.position <= size][-1] for size in sorted(sizes)
        ]
        return list(dict.fromkeys(reversed(used)))[::-1]

    @property
    def client(self) -> UUID:
        """Whose case it is: the person under whose key its personal values lie."""
        opening = msgspec.json.decode(self.stored[0].body, type=dict[str, Any])
        return UUID(opening["client_id"])

    def _lines(self) -> Iterator[bytes]:
        for event, proof in zip(self.stored, self.proofs, strict=True):
            yield event_line(
                event,
                self.opened.get(event.event_id, ()),
                proof,
                is_given=is_given(event.version, self.spans),
            )

    def _consistency(self) -> Iterator[bytes]:
        for old, path in self.earlier:
            line = {"note": old.note, "path": [step.hex() for step in path]}
            yield write_json(line) + b"\n"


def listing(content: Content) -> str:
    """Digest and path of every reading and evidence file: what binds them to the record."""
    digests = {path: sha256(data).hexdigest() for path, data in content.readings.items()}
    digests |= {path: digest for path, (_, digest) in content.evidence.items()}
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests))
