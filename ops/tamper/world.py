"""What a forger may have at hand: case files of two journals, an older one, one with gaps.

Everything is made through the same code as in the field, over a log in memory.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final
from uuid import UUID

from domain.cases.deciding import Record
from domain.cases.evidence import EvidenceAdded, EvidenceSource, NoteAdded
from domain.cases.exporting import Chapter, Opens
from domain.cases.intake import CaseOpened
from domain.cases.lending import ClaimItem, ClaimKind, LenderClaimed, LoanTaken, Terms
from domain.cases.payments import PaymentChannel, PaymentMade
from domain.cases.stating import StatedTo
from domain.casework import Casework, Order, Outcome
from domain.clients import ClientRegistered, RegisterClient
from domain.exports import ExportCase
from domain.facts import Fact, Grade
from domain.giving_out import give_out
from domain.money import Money
from domain.personal import Personal
from domain.sealing import StoredFile
from ops.casefile.desk import CaseFileDesk
from ops.evidence_files import FileEvidenceStore
from ops.keys.key_store import FileKeyStore
from ops.keys.opening import Opener
from ops.keys.outer_key import load_or_make
from ops.keys.sealing import AesVault
from ops.keys.signing_key import SigningKey
from ops.memory_log import MemoryEventLog
from ops.sealing.memory_store import MemorySealStore
from ops.sealing.proofs import Proofs
from ops.sealing.sealer import Sealer
from ops.tamper.bags import Bag

KEY = SigningKey(b"\x01" * 32, "the organisation's")
FORGER = SigningKey(b"\x02" * 32, "the forger's")
NOW: Final = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
DAY: Final = date(2025, 3, 1)
ALL = tuple(Opens)


@dataclass(frozen=True)
class World:
    """The case files that tamperings begin with, and what a forger can mix in."""

    whole: Bag
    """Everything given and opened, two evidence files; a case file was given out before."""
    partial: Bag
    """With gaps, and most values sealed."""
    older: Bag
    """The one that was given out before `whole`."""
    foreign: Bag
    """A case of another organisation."""
    key: str
    """The organisation's verifier key."""


class Office:
    """One organisation at work over a log in memory, its files in a folder.

    Ids, salts and moments come from the seed: the same seed makes the same case files.
    """

    def __init__(self, folder: Path, chance: Random) -> None:
        """`chance` is drawn from in a fixed order."""
        self._chance = chance
        self.organisation = self.new_id()
        self.log = MemoryEventLog(clock=lambda: NOW)
        keys = FileKeyStore(
            folder / "keys", load_or_make(folder / "outer.key", key_store_is_empty=True)
        )
        self.casework = Casework(
            self.log,
            AesVault(keys, chance.randbytes),
            clock=lambda: NOW,
            new_id=self.new_id,
            zones=frozenset({"Asia/Shanghai", "UTC"}),
        )
        self.evidence = FileEvidenceStore(folder / "evidence", keys)
        store = MemorySealStore(self.log)
        self.seal = Proofs(self.log, store)
        sealer = Sealer(self.log, store, KEY)
        self.files = CaseFileDesk(
            self.casework, Opener(keys), self.evidence, self.seal, sealer.seal
        )
        self.client, self.case = self.new_id(), self.new_id()

    def new_id(self) -> UUID:
        """A random UUID by the seed."""
        return UUID(int=self._chance.getrandbits(128), version=4)

    def order(self) -> Order:
        """An order of a member."""
        return Order(organisation=self.organisation, actor="m-1", command_id=self.new_id())

    async def open(self) -> None:
        """Register the client and open the case."""
        client = ClientRegistered(name=Personal(None, "王小明"))
        await self.casework.client_command(self.order(), self.client, RegisterClient(client))
        await self.record(
            CaseOpened(client_id=self.client, opened_on=DAY, summary=Personal(None, "网贷逾期"))
        )

    async def record(self, fact: Fact) -> UUID:
        """Record a fact in the case; its entry id."""
        said = await self.casework.case_command(self.order(), self.case, Record(fact))  # type: ignore[arg-type]
        if not isinstance(said, Outcome):
            raise TypeError(f"{fact.TOPIC} was refused: {said}")
        return said.entry_ids[0]

    async def take_in(self, content: bytes) -> UUID:
        """Take an evidence file into custody."""
        return await self.record(evidence_added(await self.store(_once(content)), "收据.png"))

    async def store(self, pieces: AsyncIterator[bytes]) -> StoredFile:
        """Put a file into the evidence store."""
        return await self.evidence.put(self.organisation, self.client, self.new_id(), pieces)

    async def give_out(self, asked: ExportCase) -> UUID:
        """Record an export; its entry id."""
        said = await give_out(
            self.casework, self.files, self.order(), self.case, asked, lambda _: NOW.date()
        )
        if not isinstance(said, Outcome):
            raise TypeError(f"the export was refused: {said}")
        return said.entry_ids[0]

    async def bag(self, export_id: UUID) -> Bag:
        """The case file of an export, taken apart."""
        written = self.files.write(self.organisation, self.case, export_id)
        return Bag.read(b"".join([piece async for piece in written]))


def asked(**more: object) -> ExportCase:
    """A wish for a case file."""
    values = {"exported_to": StatedTo.COURT, "purpose": Personal(None, "起诉材料"), **more}
    return ExportCase(**values)  # type: ignore[arg-type]


def evidence_added(stored: StoredFile, name: str) -> EvidenceAdded:
    """The fact that a stored file was taken into custody."""
    return EvidenceAdded(
        file_id=stored.file_id,
        name=Personal(None, name),
        sha256=Personal(None, stored.sha256),
        size_bytes=stored.size,
        media_type="image/png",
        source=EvidenceSource.CLIENT_PHONE,
        obtained_on=DAY,
    )


async def some_work(office: Office, months: int) -> None:
    """A loan with its number, payments with notes, a claim, notes."""
    loan = await office.record(
        LoanTaken(
            occurred_on=DAY,
            grade=Grade.DOCUMENT,
            lender="某某小贷",
            face_amount=Money(1_000_000, "CNY"),
            terms=Terms(),
            contract_number=Personal(None, "HT-2025-77"),
        )
    )
    for month in range(months):
        on = DAY + timedelta(days=30 * month)
        await office.record(
            PaymentMade(
                occurred_on=on,
                credited_on=on,
                grade=Grade.BANK_LINE,
                loan_id=loan,
                amount=Money(10_000 + month, "CNY"),
                channel=PaymentChannel.ALIPAY,
                note=Personal(None, f"第{month}期"),
            )
        )
        await office.record(NoteAdded(noted_on=on, text=Personal(None, f"来电 {month}")))
    await office.record(
        LenderClaimed(
            occurred_on=DAY,
            claimed_as_of=DAY,
            grade=Grade.LENDER_SAYS,
            loan_id=loan,
            items=(ClaimItem(kind=ClaimKind.PRINCIPAL, amount=Money(1_000_000, "CNY")),),
        )
    )


async def make_world(folder: Path, seed: int, months: int = 5) -> World:
    """Two organisations with a case each, and the case files given out of them."""
    chance = Random(seed)  # noqa: S311 - a seed is wanted, not a secret
    home, abroad = Office(folder / "home", chance), Office(folder / "abroad", chance)
    await home.open()
    await some_work(home, months)
    items = [await home.take_in(content) for content in (b"a receipt", b"x" * 4000)]
    older = await home.bag(await home.give_out(asked(opens=ALL)))
    await home.record(NoteAdded(noted_on=DAY, text=Personal(None, "later")))
    whole = await home.bag(await home.give_out(asked(opens=ALL, evidence_items=tuple(items))))
    chapters = (Chapter.PAYMENTS, Chapter.LENDING)
    gaps = asked(opens=(Opens.NUMBERS,), chapters=chapters, recipient=Personal(None, "法院"))
    partial = await home.bag(await home.give_out(gaps))
    await abroad.open()
    await some_work(abroad, months)
    foreign = await abroad.bag(await abroad.give_out(asked(opens=ALL)))
    key = (await home.seal.keys(home.organisation))[-1].key
    return World(whole=whole, partial=partial, older=older, foreign=foreign, key=key)


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
