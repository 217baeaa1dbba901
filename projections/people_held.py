"""What is held of one organisation: names and numbers in the clear, in memory only.

A fold over the journal, event by event; whoever is erased goes at once, with everybody in their
household and cases, for all of it lay under their key.
"""

import asyncio
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from domain.cases.conflicts import HeldAs
from domain.cases.corrections import EntryCorrected, EntryWithdrawn
from domain.cases.erasing import CaseErased
from domain.cases.guarantees import GuaranteeGiven
from domain.cases.helpers import HelpPledged
from domain.cases.intake import CaseOpened
from domain.cases.lending import LoanTaken
from domain.cases.parties import PartyNamed, PartyRole
from domain.clients.entries import ClientEntryWithdrawn
from domain.clients.erasure import ClientErased
from domain.clients.household import HouseholdSet
from domain.clients.identity import ClientCorrected, ClientRegistered
from domain.conflicts.known import KnownCompany, KnownPerson, KnownTie, known_person, text_of
from domain.facts import Fact
from domain.members import InterestDeclared, InterestEnded, InterestWithdrawn
from domain.recorded import Recorded
from domain.searching import Entry, Field, plain, plain_phone

TOPICS: Final = tuple(
    fact.TOPIC
    for fact in (
        ClientRegistered,
        ClientCorrected,
        ClientErased,
        HouseholdSet,
        ClientEntryWithdrawn,
        CaseOpened,
        CaseErased,
        LoanTaken,
        GuaranteeGiven,
        HelpPledged,
        PartyNamed,
        EntryCorrected,
        EntryWithdrawn,
        InterestDeclared,
        InterestEnded,
        InterestWithdrawn,
    )
)
"""What it is made from."""


class Held:
    """What is known of one organisation, up to a position."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.position = 0
        self.clients: dict[UUID, tuple[Entry, ...]] = {}
        self.client_of: dict[UUID, UUID] = {}
        """Client by case."""
        self.cases_of: dict[UUID, list[UUID]] = {}
        """Cases by client, in the order in which they were opened."""
        self.loans: dict[UUID, tuple[Entry, ...]] = {}
        self.ties: dict[UUID, KnownTie] = {}
        """By entry id of the declaration."""
        self._people: dict[UUID, tuple[KnownPerson, ...]] = {}
        """By client id, or by the entry that names them."""
        self._companies: dict[UUID, KnownCompany] = {}
        """By the entry that names them."""
        self.lock = asyncio.Lock()

    def entries(self) -> Iterator[Entry]:
        """What a search can find."""
        for some in self.clients.values():
            yield from some
        for some in self.loans.values():
            yield from some

    def people(self) -> Iterator[KnownPerson]:
        """Everybody that a check for conflicts looks through."""
        for some in self._people.values():
            yield from some

    def companies(self) -> Iterator[KnownCompany]:
        """Every company that a case names."""
        yield from self._companies.values()

    def take(self, event: Recorded) -> None:
        """One more event, opened."""
        stream = event.originator_id
        match event.fact:
            case ClientRegistered() as details:
                self._client(stream, details)
            case ClientCorrected(replacement=details):
                self._client(stream, details)
            case ClientErased():
                self._forget(stream)
            case HouseholdSet() as household:
                self._household(stream, event.event_id, household)
            case ClientEntryWithdrawn(entry_id=entry_id):
                self._people.pop(entry_id, None)
            case CaseOpened(client_id=client_id):
                self.client_of[stream] = client_id
                self.cases_of.setdefault(client_id, []).append(stream)
            case EntryCorrected(entry_id=entry_id, replacement=fact):
                self._case_fact(stream, entry_id, fact)
            case EntryWithdrawn(entry_id=entry_id):
                self._drop(entry_id)
            case InterestDeclared() | InterestEnded() | InterestWithdrawn() as fact:
                self._tie(event.event_id, fact)
            case fact:
                self._case_fact(stream, event.event_id, fact)

    def _client(self, client_id: UUID, details: ClientRegistered) -> None:
        self.clients[client_id] = _entries(client_id, details)
        self._people[client_id] = known_person(
            client_id,
            HeldAs.CLIENT,
            name=details.name,
            id_number=details.id_number,
            phones=details.phones,
        )

    def _household(self, client_id: UUID, entry_id: UUID, household: HouseholdSet) -> None:
        # Of an earlier version too: whoever was married to a client may be their creditor now.
        if client_id in self.clients:
            self._people[entry_id] = tuple(
                known
                for member in household.members
                for known in known_person(client_id, HeldAs.HOUSEHOLD, name=member.name)
            )

    def _case_fact(self, case_id: UUID, entry_id: UUID, fact: Fact) -> None:
        client_id = self.client_of.get(case_id)
        if client_id is None or client_id not in self.clients:
            return
        if isinstance(fact, LoanTaken):
            self.loans[entry_id] = _loan(client_id, case_id, entry_id, fact)
        company = _company(client_id, case_id, fact)
        if company is not None:
            self._companies[entry_id] = company
        people = _named(client_id, case_id, fact)
        if people is not None:
            self._people[entry_id] = people

    def _drop(self, entry_id: UUID) -> None:
        self.loans.pop(entry_id, None)
        self._people.pop(entry_id, None)
        self._companies.pop(entry_id, None)

    def _tie(
        self, event_id: UUID, fact: InterestDeclared | InterestEnded | InterestWithdrawn
    ) -> None:
        match fact:
            case InterestDeclared():
                self.ties[event_id] = KnownTie(
                    event_id,
                    fact.member,
                    fact.kind,
                    plain(fact.company),
                    plain(text_of(fact.person)),
                )
            case InterestEnded() | InterestWithdrawn():
                # An ended one says nothing any more; who asks for it reads the declarations.
                self.ties.pop(fact.interest_id, None)

    def _forget(self, client_id: UUID) -> None:
        self.clients.pop(client_id, None)
        gone = [key for key, some in self.loans.items() if some[0].client_id == client_id]
        gone += [key for key, some in self._people.items() if some and some[0].subject == client_id]
        gone += [key for key, one in self._companies.items() if one.subject == client_id]
        for key in gone:
            self._drop(key)


_BESIDE: Final = {
    PartyRole.GUARANTOR: HeldAs.GUARANTOR,
    PartyRole.CO_DEBTOR: HeldAs.CO_DEBTOR,
    PartyRole.SPOUSE: HeldAs.CO_DEBTOR,
}
"""Parties who stand beside the client; all others stand on the creditor's side."""


def _company(client_id: UUID, case_id: UUID, fact: Fact) -> KnownCompany | None:
    match fact:
        case LoanTaken(lender=name):
            return KnownCompany(client_id, case_id, HeldAs.LENDER, plain(name))
        case PartyNamed(company=str(name)):
            return KnownCompany(client_id, case_id, HeldAs.PARTY, plain(name))
        case _:
            return None


def _named(client_id: UUID, case_id: UUID, fact: Fact) -> tuple[KnownPerson, ...] | None:
    """Whom a fact of a case names; None for one that names nobody."""
    match fact:
        case LoanTaken():
            held_as, name = HeldAs.LENDER, fact.lender_name
        case GuaranteeGiven():
            held_as, name = HeldAs.GUARANTOR, fact.guarantor
        case HelpPledged():
            held_as, name = HeldAs.HELPER, fact.helper
        case PartyNamed():
            return known_person(
                client_id,
                _BESIDE.get(fact.role, HeldAs.PARTY),
                name=fact.person,
                id_number=fact.id_number,
                phones=fact.phones,
                case_id=case_id,
            )
        case _:
            return None
    return known_person(client_id, held_as, name=name, case_id=case_id)


def _entries(client_id: UUID, details: ClientRegistered) -> tuple[Entry, ...]:
    """The texts of a client; none once the key is destroyed."""
    found: list[Entry] = []
    name, number = text_of(details.name), text_of(details.id_number)
    if name:
        found.append(Entry(client_id, Field.NAME, plain(name), name))
    if number:
        found.append(Entry(client_id, Field.ID_NUMBER, plain(number), number))
    phones = map(text_of, details.phones)
    found += [Entry(client_id, Field.PHONE, plain_phone(said), said) for said in phones if said]
    return tuple(found)


def _loan(client_id: UUID, case_id: UUID, loan_id: UUID, loan: LoanTaken) -> tuple[Entry, ...]:
    found = [Entry(client_id, Field.LENDER, plain(loan.lender), loan.lender, case_id, loan_id)]
    number = text_of(loan.contract_number)
    if number:
        found.append(
            Entry(client_id, Field.CONTRACT_NUMBER, plain(number), number, case_id, loan_id)
        )
    return tuple(found)
