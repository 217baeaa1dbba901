"""The desk that case files are given out at: prepares an export, and writes it once recorded."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from datetime import date
from typing import cast
from uuid import UUID

import msgspec

from domain.cases.evidence import EvidenceAdded
from domain.cases.exporting import CaseExported, Span
from domain.cases.history import replay
from domain.casework import Casework
from domain.exports import (
    Choice,
    ExportCase,
    ExportGone,
    ExportOutdated,
    NoSuchExport,
    given,
    is_opened,
    left_out,
    masked,
)
from domain.figures.figure import RULES, Unknown
from domain.figures.stating import NO_DATA
from domain.log import StoredEvent
from domain.personal import Personal
from domain.recorded import Recorded, recorded
from domain.rules.books import Books
from domain.seal import Seal, SealedCheckpoint
from domain.sealing import EvidenceStore
from ops.casefile.bag import bag_bytes
from ops.casefile.content import Content, listing
from ops.casefile.names import evidence_path
from ops.casefile.readings import readings
from ops.keys.opening import OpenedValue, Opener

SealNow = Callable[[UUID], Awaitable[object]]


class CaseFileDesk:
    """`domain.exports.CaseFiles` over log, keys, evidence store and seal."""

    def __init__(
        self,
        casework: Casework,
        opener: Opener,
        evidence: EvidenceStore,
        seal: Seal,
        seal_now: SealNow,
    ) -> None:
        """`seal_now` signs a checkpoint up to an organisation's last event."""
        self._casework = casework
        self._opener = opener
        self._evidence = evidence
        self._seal = seal
        self._seal_now = seal_now

    async def prepare(
        self, organisation: UUID, events: Sequence[Recorded], asked: ExportCase, today: date
    ) -> CaseExported:
        """See `CaseFiles.prepare`."""
        client_id = replay(events[0].originator_id, events).client_id
        if client_id is None or await self._opener.is_erased(organisation, client_id):
            raise ExportGone("the client of this case is erased")
        head = (await self._casework.log.head(organisation)).position
        books = await self._casework.books(organisation, head)
        spans, as_of = left_out(events, asked), asked.as_of or today
        made = await self._made(organisation, events, spans, asked, as_of, books)
        return CaseExported(
            exported_on=today,
            exported_to=asked.exported_to,
            as_of=as_of,
            known_at=head,
            pack=books.pack.reference if isinstance(books, Books) else RULES,
            data=books.data.version if isinstance(books, Books) else NO_DATA,
            first_day=asked.first_day,
            last_day=asked.last_day,
            chapters=asked.chapters,
            left_out=spans,
            opens=asked.opens,
            opened=sum(len(values) for values in made.opened.values()),
            evidence_items=asked.evidence_items,
            purpose=asked.purpose,
            recipient=asked.recipient,
            files=Personal(None, listing(made)),
        )

    async def write(
        self, organisation: UUID, case_id: UUID, export_id: UUID
    ) -> AsyncGenerator[bytes, None]:
        """See `CaseFiles.write`."""
        content = await self._content(organisation, case_id, export_id)
        await self._look_at_evidence(content)
        async for piece in bag_bytes(content.folder, content.payload()):
            yield piece

    async def _content(self, organisation: UUID, case_id: UUID, export_id: UUID) -> Content:
        stored = _up_to(await self._casework.log.read_stream(organisation, case_id), export_id)
        *before, last = [recorded(event) for event in stored]
        fact = last.fact
        if not isinstance(fact, CaseExported):
            raise NoSuchExport(f"{export_id} is no export")
        books = await self._casework.books(organisation, fact.known_at)
        made = await self._made(organisation, before, fact.left_out, fact, fact.as_of, books)
        own = (await self._opener.open(organisation, [last], lambda *_: True)).get(export_id, [])
        _refuse_other(own, listing(made))
        checkpoint = await self._covering(organisation, stored[-1].position)
        content = msgspec.structs.replace(
            made, stored=stored, spans=fact.left_out, opened={**made.opened, export_id: own}
        )
        return await self._proven(content, before, checkpoint)

    async def _look_at_evidence(self, content: Content) -> None:
        """A file that is lost shows before the first byte is sent: a zip cannot take it back."""
        for fact, _ in content.evidence.values():
            file = self._evidence.get(content.organisation, content.client, fact.file_id)
            await anext(file, b"")
            await cast("AsyncGenerator[bytes, None]", file).aclose()

    async def _made(
        self,
        organisation: UUID,
        events: Sequence[Recorded],
        spans: Sequence[Span],
        choice: Choice,
        as_of: date,
        books: Books | Unknown,
    ) -> Content:
        """Readings, opened values and evidence by a choice: all that an export is bound to."""
        shown = given(events, spans)
        opened = await self._opener.open(organisation, shown, lambda e, f: is_opened(e, f, choice))
        clear = [masked(event, choice) for event in await self._casework.open(organisation, shown)]
        return Content(
            organisation=organisation,
            readings=readings(events, clear, spans, as_of, books),
            opened=opened,
            evidence=_evidence(events, choice, opened),
            store=self._evidence,
        )

    async def _covering(self, organisation: UUID, position: int) -> SealedCheckpoint:
        found = await self._seal.covering(organisation, position)
        if found is None:
            await self._seal_now(organisation)
            found = await self._seal.covering(organisation, position)
        if found is None:
            raise ValueError(f"position {position} was not sealed when asked for")
        return found

    async def _proven(
        self, content: Content, before: Sequence[Recorded], checkpoint: SealedCheckpoint
    ) -> Content:
        """With inclusion of every event, and consistency with checkpoints given out before."""
        organisation = content.organisation
        positions = [event.position for event in content.stored]
        earlier: dict[int, SealedCheckpoint] = {}
        for event in before:
            if isinstance(event.fact, CaseExported):
                old = await self._seal.covering(organisation, event.position)
                if old is not None and old.size < checkpoint.size:
                    earlier[old.size] = old
        return msgspec.structs.replace(
            content,
            checkpoint=checkpoint,
            stamp=await self._seal.stamp(organisation, checkpoint.size),
            keys=await self._seal.keys(organisation),
            proofs=await self._seal.inclusion(organisation, positions, checkpoint),
            earlier=[
                (old, await self._seal.consistency(organisation, old, checkpoint))
                for _, old in sorted(earlier.items())
            ],
        )


def _up_to(stored: Sequence[StoredEvent], export_id: UUID) -> list[StoredEvent]:
    for index, event in enumerate(stored):
        if event.event_id == export_id and event.topic == CaseExported.TOPIC:
            return list(stored[: index + 1])
    raise NoSuchExport(f"this case has no export {export_id}")


def _evidence(
    events: Sequence[Recorded], choice: Choice, opened: dict[UUID, list[OpenedValue]]
) -> dict[str, tuple[EvidenceAdded, str]]:
    """Fact and digest of every file that is put in, by its path under `data/`."""
    found = {}
    for event in events:
        if event.event_id in choice.evidence_items and isinstance(event.fact, EvidenceAdded):
            values = {value.field: value.plaintext for value in opened.get(event.event_id, [])}
            name = msgspec.json.decode(values["name"], type=str) if "name" in values else None
            if "sha256" not in values:
                raise ExportGone(f"the digest of {event.event_id} cannot be opened")
            digest = msgspec.json.decode(values["sha256"], type=str)
            path = evidence_path(event.event_id, name, event.fact.media_type)
            found[path] = (event.fact, digest)
    return found


def _refuse_other(own: Sequence[OpenedValue], files: str) -> None:
    """The case file has to be the one whose files the export named when it was recorded."""
    named = next((value.plaintext for value in own if value.field == "files"), None)
    if named is None:
        raise ExportGone("the export's own list of files cannot be opened")
    if msgspec.json.decode(named, type=str) != files:
        raise ExportOutdated("readings or evidence are not those of the export")
