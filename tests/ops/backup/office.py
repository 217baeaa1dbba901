"""A small office with clients, a case and a file each: what is backed up here, and looked at."""

import gzip
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

from domain.cases.deciding import Record
from domain.cases.evidence import EvidenceAdded, EvidenceSource
from domain.cases.intake import CaseOpened
from domain.casework import Order
from domain.clients import ClientRegistered, RegisterClient
from domain.clients.erasure import ClientErased, ErasureGround
from domain.codec import encode_body
from domain.log import Append, NewEvent, StreamAppend
from domain.personal import Personal
from domain.recorded import recorded
from ops.backup.journal_check import CLIENT_ERASED, JournalCheck
from ops.settings import Settings
from ops.wiring import open_house
from tests.histories import day


def settings_of(folder: Path, database: str | None) -> Settings:
    return Settings(
        data_dir=folder,
        database_url=database,
        outer_key_file=folder.parent / "outer.key",
        signing_key=folder.parent / "signing.key",
    )


@asynccontextmanager
async def open_office(settings: Settings):
    said = []
    async with open_house(settings, say=said.append) as house:
        yield Office(house, said)


@dataclass
class Client:
    client_id: UUID
    name: str
    file_id: UUID
    content: bytes


@dataclass
class Office:
    house: object
    said: list[str] = field(default_factory=list)

    def _order(self, organisation):
        return Order(organisation=organisation, actor="li", command_id=uuid4())

    async def take_in(self, organisation, name="张三", size=100) -> Client:
        """A client with a case and an evidence file in it."""
        casework, client, case, file_id = self.house.casework, uuid4(), uuid4(), uuid4()
        details = ClientRegistered(name=Personal(None, name))
        await casework.client_command(self._order(organisation), client, RegisterClient(details))
        opened = CaseOpened(client_id=client, opened_on=day("2025-01-01"))
        await casework.case_command(self._order(organisation), case, Record(opened))
        content = (name * size).encode()

        async def pieces():
            yield content

        stored = await self.house.evidence.put(organisation, client, file_id, pieces())
        added = EvidenceAdded(
            file_id=file_id,
            name=Personal(None, f"{name}.pdf"),
            sha256=Personal(None, stored.sha256),
            size_bytes=stored.size,
            media_type="application/pdf",
            source=EvidenceSource.CLIENT_PAPERS,
            obtained_on=day("2025-01-02"),
        )
        await casework.case_command(self._order(organisation), case, Record(added))
        return Client(client, name, file_id, content)

    async def record_erasure(self, organisation, client_id: UUID) -> None:
        """The event by which a client is forgotten, in the client's own stream."""
        stream = await self.house.log.read_stream(organisation, client_id)
        event = NewEvent(
            event_id=uuid4(),
            topic=CLIENT_ERASED,
            schema_version=1,
            body=encode_body(
                ClientErased(
                    erased_on=day("2026-03-01"),
                    ground=next(iter(ErasureGround)),
                    legal_basis="PIPL art. 47",
                    decision_id=uuid4(),
                )
            ),
        )
        write = StreamAppend(stream=client_id, expected_version=len(stream), events=(event,))
        await self.house.log.append(
            Append(organisation=organisation, command_id=uuid4(), actor="li", writes=(write,))
        )

    async def name_of(self, organisation, client: Client) -> str | None:
        """The client's name as it can be read now; None once they are forgotten."""
        events = await self.house.log.read_stream(organisation, client.client_id)
        one = recorded(events[0])
        vault = self.house.casework.vault
        (fact,) = await vault.open(organisation, [(one.event_id, one.fact)])
        return None if fact.name.erased else fact.name.value

    async def file_of(self, organisation, client: Client) -> bytes:
        """The client's evidence file, opened."""
        got = self.house.evidence.get(organisation, client.client_id, client.file_id)
        return b"".join([piece async for piece in got])

    async def journal(self, organisation):
        """Every event, each leaf and place checked."""
        check, events = JournalCheck(organisation), []
        while page := await self.house.log.read_journal(
            organisation, after_position=check.position
        ):
            for event in page:
                check.take(event)
            events += page
        return events


def tampered_rows(path: Path, change) -> None:
    """Rewrite a table's file by a function over its text lines."""
    lines = gzip.decompress(path.read_bytes()).decode().splitlines(keepends=True)
    path.write_bytes(gzip.compress("".join(change(lines)).encode()))
