"""Entries of a client's stream that can be withdrawn: consents, authorities, wishes, household."""

from uuid import UUID

from domain.clients.authority import AuthorityFact
from domain.clients.consent import ConsentFact
from domain.clients.household import HouseholdFact
from domain.clients.wishes import WishesFact
from domain.facts import Fact
from domain.personal import Personal

ClientEntry = ConsentFact | AuthorityFact | WishesFact | HouseholdFact


class ClientEntryWithdrawn(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="client-entry-withdrawn"
):
    """An entry counts no more: it should never have been recorded. What it said stays on record."""

    entry_id: UUID
    reason: Personal[str]
