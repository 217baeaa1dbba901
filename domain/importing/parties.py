"""Whose number is whose, in the form by which numbers are compared."""

from collections.abc import Sequence

import msgspec

from domain.cases.imports import ImportedParty
from domain.importing.values import read_number
from domain.importing.verdicts import VerdictCode


class WrongNumber(msgspec.Struct, frozen=True):
    """A listed number that cannot be used."""

    field: str
    """Path below the parties: `0/numbers/1/number`."""
    detail: str


def listed(parties: Sequence[ImportedParty]) -> dict[str, int] | WrongNumber:
    """Index of the party of each number; the numbers must be open."""
    found: dict[str, int] = {}
    for index, party in enumerate(parties):
        for place, each in enumerate(party.numbers):
            number = read_number(each.number.value or "")
            field = f"{index}/numbers/{place}/number"
            if isinstance(number, VerdictCode):
                return WrongNumber(field, "not a telephone number: 3 to 20 digits")
            if number in found:
                return WrongNumber(field, "this number is listed twice")
            found[number] = index
    return found
