"""A case's personal values opened from the command line: on record first, refused once erased."""

import argparse
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from domain.accesses import Purpose, Reader, Reading
from domain.cases.erasing import CaseErased
from domain.cases.intake import CaseOpened
from domain.recorded import Recorded
from ops.faults import Mendable
from ops.wiring import House

ACTOR: Final = "ops"
"""Who reads, in the journal, unless the command line says which member."""


class Erased(Mendable, LookupError):
    """The case's client is erased; the message says where that is on record."""


def add_reader(parser: argparse.ArgumentParser) -> None:
    """The options that say who reads, and what for."""
    parser.add_argument(
        "--actor", default=ACTOR, metavar="MEMBER", help="who reads; goes on record (default: ops)"
    )
    parser.add_argument(
        "--purpose",
        choices=[each.value for each in Purpose],
        default=Purpose.CASEWORK.value,
        help="what for; goes on record",
    )


def reader_of(args: argparse.Namespace, organisation: UUID) -> Reader:
    """Who reads, as the arguments say."""
    return Reader(organisation=organisation, actor=args.actor, purpose=Purpose(args.purpose))


async def opened(
    house: House, reader: Reader, case_id: UUID, reading: Reading, known_at: int | None = None
) -> Sequence[Recorded]:
    """A case's facts up to a position with personal values open; empty where there is no case.

    Raises Erased, and LogUnavailable when the access cannot be put on record.
    """
    stands = await house.casework.events(reader.organisation, case_id)
    if not stands or not isinstance(stands[0].fact, CaseOpened):
        return []
    if isinstance(stands[-1].fact, CaseErased):
        raise Erased(
            f"the client of case {case_id} was erased at position {stands[-1].position}; "
            "`read position` still gives the figures"
        )
    client_id = stands[0].fact.client_id
    await house.casework.accesses.reading(reader, client_id, reading, case_id)
    events = [event for event in stands if known_at is None or event.position <= known_at]
    return await house.casework.open(reader.organisation, events)
