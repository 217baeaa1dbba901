"""Who read whose personal data: facts in streams of their own, so that no case's version moves.

What one client's data were read for stands in the client's access stream; that a list of names was
read stands, once for the whole list, in the organisation's. Nothing in them is personal.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

import msgspec

from domain.facts import Fact, register

SITTING: Final = timedelta(minutes=15)
"""How long one event covers further readings of the same kind by the same member."""


class Purpose(StrEnum):
    """What for; coded, since what stands here is never sealed."""

    CASEWORK = "casework"
    COMPLAINT = "complaint"
    COURT = "court"
    CLIENT_ASKED = "client-asked"
    """The client wants to know what is held on them, or who read it."""
    SUPERVISION = "supervision"
    AUDIT = "audit"
    REPAIR = "repair"
    """Whoever runs the house looks for a fault."""


class Reading(StrEnum):
    """What was read."""

    DETAILS = "details"
    """Name, numbers and address of the client."""
    DETAILS_TRAIL = "details-trail"
    """What was held on the client before, and why it was changed."""
    STANDING = "standing"
    """What they agreed to, how to reach them, with whom they live."""
    CASE = "case"
    """The client's name on the case at a glance."""
    AUDIT_TRAIL = "audit-trail"
    TIMELINE = "timeline"
    EVIDENCE = "evidence"
    """A file."""
    EXPORT = "export"
    """A case file with opened values, made to leave the house."""
    ACCESSES = "accesses"
    """This history itself."""
    CASELOAD = "caseload"
    """The list of cases with their clients' names."""
    SEARCH = "search"
    """A search over all names and numbers; the event tells how many clients were looked through."""
    CONFLICT_CHECK = "conflict-check"
    """A search for conflicts of interest through all names and numbers; no name was given out."""
    INTAKE = "intake"
    """Who sent the client, and for what."""
    PARTIES = "parties"
    """The parties of a case's debts."""
    TASKS = "tasks"
    """The titles of a case's tasks."""
    LETTER = "letter"
    """A letter, or a draft as it is filled in."""


class PersonalDataRead(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="personal-data-read"
):
    """A member, whom the event names, was about to be given personal data of a client.

    It is on record before they are given out, so it may stand for an answer that never arrived.
    """

    client_id: UUID
    case_id: UUID | None = None
    """The case it was read in; None for what belongs to the client alone."""
    reading: Reading
    purpose: Purpose
    covers_until: datetime
    """Readings of the same kind, client, case, member and purpose up to then have no event of
    their own."""


class NamesListed(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="names-listed"):
    """A member was about to be given a list with clients' names."""

    clients: int
    """How many of them the page held."""
    reading: Reading
    purpose: Purpose
    covers_until: datetime
    """The same member's further pages of as many clients or fewer, for the same purpose, up to
    then have no event of their own."""


AccessFact = PersonalDataRead | NamesListed
register(PersonalDataRead, NamesListed)


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Who wants to read, in which organisation, and what for."""

    organisation: UUID
    actor: str
    purpose: Purpose = Purpose.CASEWORK


def accesses_of(client_id: UUID) -> UUID:
    """The stream of accesses to one client's data."""
    return uuid5(client_id, "accesses")


def list_accesses_of(organisation: UUID) -> UUID:
    """The stream of lists of names that were read in an organisation."""
    return uuid5(organisation, "accesses")
