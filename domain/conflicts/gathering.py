"""Whom a case brings with it: its client, their household, and everybody it names. Pure."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from domain.cases.conflicts import HeldAs
from domain.conflicts.known import KnownCompany, KnownPerson
from domain.conflicts.looking import Sought, SoughtAs, SoughtPerson

ROLES: Final = {
    HeldAs.CLIENT: SoughtAs.CLIENT,
    HeldAs.HOUSEHOLD: SoughtAs.HOUSEHOLD,
    HeldAs.HELPER: SoughtAs.HOUSEHOLD,
    HeldAs.GUARANTOR: SoughtAs.HOUSEHOLD,
    HeldAs.CO_DEBTOR: SoughtAs.HOUSEHOLD,
    HeldAs.LENDER: SoughtAs.OTHER_SIDE,
    HeldAs.PARTY: SoughtAs.OTHER_SIDE,
}
"""On which side of their own case they stand."""


def gathered(
    people: Iterable[KnownPerson],
    companies: Iterable[KnownCompany],
    client_id: UUID,
    case_id: UUID | None,
) -> Sought:
    """Everybody held of a client and, where a case is named, every company and person in it."""
    mine = [
        known for known in people if known.subject == client_id and known.case_id in (None, case_id)
    ]
    theirs = sorted({(each.held_as, each.name) for each in companies if each.case_id == case_id})
    return Sought(
        people=tuple(
            SoughtPerson(
                place=f"held/{known.held_as}",
                role=ROLES[known.held_as],
                name=known.name,
                id_number=known.id_number,
                phones=known.phones,
            )
            for known in mine
        ),
        companies=tuple((f"held/{held_as}", name) for held_as, name in theirs),
    )
