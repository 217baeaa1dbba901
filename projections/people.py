"""Names and numbers, opened and held in memory, so that sealed data can be searched.

What is held is let go with the process; it is never written. Before each answer it is brought up to
the end of the journal, so that whoever was corrected is found anew and whoever was erased, not.
"""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from domain.cases.corrections import EntryCorrected, EntryWithdrawn
from domain.cases.erasing import CaseErased
from domain.cases.intake import CaseOpened
from domain.cases.lending import LoanTaken
from domain.casework import Casework
from domain.clients.erasure import ClientErased
from domain.clients.identity import ClientCorrected, ClientRegistered
from domain.personal import Personal
from domain.recorded import Recorded, recorded
from domain.searching import Entry, Field, plain, plain_phone

TOPICS: Final = tuple(
    fact.TOPIC
    for fact in (
        ClientRegistered,
        ClientCorrected,
        ClientErased,
        CaseOpened,
        CaseErased,
        LoanTaken,
        EntryCorrected,
        EntryWithdrawn,
    )
)


class _Held:
    """What is known of one organisation, up to a position."""

    def __init__(self) -> None:
        self.position = 0
        self.clients: dict[UUID, tuple[Entry, ...]] = {}
        self.client_of: dict[UUID, UUID] = {}
        """Client by case."""
        self.loans: dict[UUID, tuple[Entry, ...]] = {}
        self.lock = asyncio.Lock()

    def entries(self) -> Iterator[Entry]:
        for some in self.clients.values():
            yield from some
        for some in self.loans.values():
            yield from some

    def take(self, event: Recorded) -> None:
        match event.fact:
            case ClientRegistered() as details:
                self.clients[event.originator_id] = _client(event.originator_id, details)
            case ClientCorrected(replacement=details):
                self.clients[event.originator_id] = _client(event.originator_id, details)
            case ClientErased():
                self._forget(event.originator_id)
            case CaseOpened(client_id=client_id):
                self.client_of[event.originator_id] = client_id
            case LoanTaken() as loan:
                self._loan(event.originator_id, event.event_id, loan)
            case EntryCorrected(entry_id=loan_id, replacement=LoanTaken() as loan):
                self._loan(event.originator_id, loan_id, loan)
            case EntryWithdrawn(entry_id=loan_id):
                self.loans.pop(loan_id, None)

    def _loan(self, case_id: UUID, loan_id: UUID, loan: LoanTaken) -> None:
        client_id = self.client_of.get(case_id)
        if client_id is None or client_id not in self.clients:
            return
        number = _text(loan.contract_number)
        found = [Entry(client_id, Field.LENDER, plain(loan.lender), loan.lender, case_id, loan_id)]
        if number:
            found.append(
                Entry(client_id, Field.CONTRACT_NUMBER, plain(number), number, case_id, loan_id)
            )
        self.loans[loan_id] = tuple(found)

    def _forget(self, client_id: UUID) -> None:
        self.clients.pop(client_id, None)
        gone = [loan for loan, found in self.loans.items() if found[0].client_id == client_id]
        for loan_id in gone:
            del self.loans[loan_id]


class PeopleIndex:
    """Everybody of an organisation, to be looked through. One for each process."""

    def __init__(self, casework: Casework) -> None:
        """Nobody is opened before the first question."""
        self._casework = casework
        self._held: dict[UUID, _Held] = {}

    async def brought_up(self, organisation: UUID) -> int:
        """Open what came since the last time; gives how many clients are held.

        Raises LogUnavailable; what was taken by then is kept, and the next call goes on there.
        """
        held = self._held.setdefault(organisation, _Held())
        async with held.lock:
            while page := await self._casework.log.read_journal(
                organisation, after_position=held.position, topics=TOPICS
            ):
                events = [recorded(event) for event in page]
                for event in await self._casework.open(organisation, events):
                    held.take(event)
                held.position = page[-1].position
        return len(held.clients)

    def entries(self, organisation: UUID) -> Iterator[Entry]:
        """What can be found, as last brought up."""
        held = self._held.get(organisation)
        return iter(()) if held is None else held.entries()

    def name_of(self, organisation: UUID, client_id: UUID) -> str | None:
        """The name of a client who is held; None for one who is not."""
        for entry in self._held[organisation].clients.get(client_id, ()):
            if entry.field is Field.NAME:
                return entry.shown
        return None

    def cases_of(self, organisation: UUID, client_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
        """The cases of some clients, in the order in which they were opened."""
        wanted: dict[UUID, list[UUID]] = {client_id: [] for client_id in client_ids}
        for case_id, client_id in self._held[organisation].client_of.items():
            if client_id in wanted:
                wanted[client_id].append(case_id)
        return wanted


def _client(client_id: UUID, details: ClientRegistered) -> tuple[Entry, ...]:
    """The texts of a client; none once the key is destroyed."""
    found: list[Entry] = []
    name, number = _text(details.name), _text(details.id_number)
    if name:
        found.append(Entry(client_id, Field.NAME, plain(name), name))
    if number:
        found.append(Entry(client_id, Field.ID_NUMBER, plain(number), number))
    phones = (_text(phone) for phone in details.phones)
    found += [Entry(client_id, Field.PHONE, plain_phone(said), said) for said in phones if said]
    return tuple(found)


def _text(value: Personal[str] | None) -> str | None:
    return None if value is None or value.erased else value.value
