"""Names and numbers, opened and held in memory, so that sealed data can be searched.

The only place that holds opened names. What is held is let go with the process; it is never
written. Before each answer it is brought up to the end of the journal, so that whoever was
corrected is found anew and whoever was erased, not.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from domain.casework import Casework
from domain.conflicts import Match, Sought, gathered, look
from domain.recorded import recorded
from domain.searching import Entry, Field
from projections.people_held import TOPICS, Held


class PeopleIndex:
    """Everybody of an organisation, to be looked through. One for each process."""

    def __init__(self, casework: Casework) -> None:
        """Nobody is opened before the first question."""
        self._casework = casework
        self._held: dict[UUID, Held] = {}

    async def brought_up(self, organisation: UUID) -> int:
        """Open what came since the last time; gives how many clients are held.

        Raises LogUnavailable; what was taken by then is kept, and the next call goes on there.
        """
        held = self._held.setdefault(organisation, Held())
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
        found = self._held[organisation].cases_of
        return {client_id: list(found.get(client_id, ())) for client_id in client_ids}

    def client_of(self, organisation: UUID, case_id: UUID) -> UUID | None:
        """The client of a case; None for one that is not held."""
        return self._held[organisation].client_of.get(case_id)

    def is_held(self, organisation: UUID, client_id: UUID) -> bool:
        """Whether there is such a client, who was not erased."""
        return client_id in self._held[organisation].clients

    def brings(self, organisation: UUID, client_id: UUID, case_id: UUID | None) -> Sought:
        """Everybody whom a client, or one of their cases, brings with it."""
        held = self._held[organisation]
        return gathered(held.people(), held.companies(), client_id, case_id)

    def conflicts(
        self, organisation: UUID, sought: Sought, leave_out: UUID | None
    ) -> tuple[Match, ...]:
        """Whom those who are sought lead to, as last brought up."""
        held = self._held[organisation]
        return look(held.people(), held.ties.values(), sought, held.cases_of, leave_out)
