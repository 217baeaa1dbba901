"""Forgetting a client: the event first, then the data key, then the evidence files.

The order is what makes a crash harmless. An event without its destruction is finished at the next
start (`finish`), and nobody is served meanwhile: the event alone closes every reading. A
destruction without its event would be data lost and nobody to say why, so it cannot happen.
"""

from uuid import UUID

from domain.cases.deciding.commands import Rules
from domain.cases.erasing import CaseErased
from domain.cases.evidence import EvidenceAdded
from domain.cases.history import History
from domain.cases.intake import CaseOpened
from domain.casework import HOME_ZONE, Answer, Casework, Decided, Order, Outcome
from domain.clients import Client, EraseClient, decide_client
from domain.clients.erasure import ClientErased
from domain.recorded import Recorded
from domain.refusals import Code, Refusal
from domain.sealing import EvidenceStore


class Forgetting:
    """The one way to erase a client."""

    def __init__(self, casework: Casework, evidence: EvidenceStore) -> None:
        """Over the casework whose vault has the keys, and the store of the files."""
        self._casework, self._evidence = casework, evidence

    async def erase(self, order: Order, client_id: UUID, decision_id: UUID) -> Answer:
        """Carry out a decision: record that a client is erased, destroy their key and files.

        Raises as `Casework.case_command`, and OSError when a key or file could not be destroyed:
        the record stands then, and the same command, or the next start, finishes it.
        """

        async def attempt() -> Decided:
            client = await self._casework.client(order.organisation, client_id)
            cases: list[History] = []
            if client.granted is not None and client.erased is None:
                # No case can be opened from the grant on, so the list is whole.
                cases = await self.cases_of(order.organisation, client_id)
            return _decided(client, cases, decision_id, self._casework.rules(HOME_ZONE))

        answer = await self._casework.settle(order, client_id, attempt)
        is_refused = isinstance(answer, Refusal) and answer.code is Code.CLIENT_ERASED
        if is_refused or (isinstance(answer, Outcome) and answer.position is not None):
            # Also when it was recorded before: that time it may have gone no further.
            await self._destroy_recorded(order.organisation, client_id)
        return answer

    async def _destroy_recorded(self, organisation: UUID, client_id: UUID) -> None:
        for event in await self._casework.events(organisation, client_id):
            if isinstance(event.fact, ClientErased):
                await self.destroy(organisation, client_id, event.fact)

    async def cases_of(self, organisation: UUID, client_id: UUID) -> list[History]:
        """Every case of a client, whatever its state. Walks the journal's openings."""
        opened = await self._casework.journal(organisation, (CaseOpened.TOPIC,))
        found = [
            event.originator_id
            for event in opened
            if isinstance(event.fact, CaseOpened) and event.fact.client_id == client_id
        ]
        return [await self._casework.history(organisation, case_id) for case_id in found]

    async def destroy(self, organisation: UUID, client_id: UUID, erased: ClientErased) -> None:
        """Destroy what an erasure names, the key first. Done again, it does nothing."""
        await self._casework.vault.forget(organisation, client_id)
        for file_id in erased.files:
            await self._evidence.discard(organisation, file_id)

    async def finish(self, organisation: UUID) -> int:
        """Destroy again whatever the journal says is erased; how many clients it names.

        Called before anything is served: it ends what a crash cut off, and what a key store or
        an evidence folder restored from an older copy brought back.
        """
        erased = await self.erasures(organisation)
        for event in erased:
            if isinstance(event.fact, ClientErased):
                await self.destroy(organisation, event.originator_id, event.fact)
        return len(erased)

    async def erasures(self, organisation: UUID) -> list[Recorded]:
        """Every `client-erased` of an organisation."""
        return await self._casework.journal(organisation, (ClientErased.TOPIC,))


def _decided(client: Client, cases: list[History], decision_id: UUID, rules: Rules) -> Decided:
    command = EraseClient(
        decision_id=decision_id,
        erased_on=rules.today,
        cases=tuple(case.case_id for case in cases),
        files=tuple(file_id for case in cases for file_id in _files(case)),
    )
    decision = decide_client(client, command, rules)
    if isinstance(decision, Refusal):
        return Decided(client.version, decision)
    also = tuple(
        (case.case_id, case.version, (CaseErased(erased_on=rules.today),)) for case in cases
    )
    return Decided(client.version, decision, also=also)


def _files(case: History) -> list[UUID]:
    """Files of every item, withdrawn ones included: they lie in the store all the same."""
    facts = [entry.recorded for entry in case.entries.values()]
    return [fact.file_id for fact in facts if isinstance(fact, EvidenceAdded)]
