"""People and ties as they are held in memory: made plain once, to be compared often."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from domain.cases.conflicts import HeldAs
from domain.members.interests import InterestKind
from domain.personal import Personal
from domain.searching import plain, plain_phone


class KnownPerson(msgspec.Struct, frozen=True):
    """Somebody of whom the record knows at least one of these, as `plain` gives them."""

    subject: UUID
    """The client under whose key it lies: themselves, or in whose case or household they are."""
    held_as: HeldAs
    name: str
    id_number: str
    phones: tuple[str, ...]
    case_id: UUID | None = None
    """The case that names them; None for a client and their household."""


class KnownCompany(msgspec.Struct, frozen=True):
    """A company that a case names."""

    subject: UUID
    case_id: UUID
    held_as: HeldAs
    name: str


class KnownTie(msgspec.Struct, frozen=True):
    """What ties a member to a company."""

    interest_id: UUID
    member: str
    kind: InterestKind
    company: str
    person: str
    """Empty: the member themselves."""


def text_of(value: Personal[str] | None) -> str:
    """The opened text of a value; empty where there is none, or no key any more."""
    return "" if value is None or value.erased else value.value or ""


def known_person(
    subject: UUID,
    held_as: HeldAs,
    *,
    name: Personal[str] | None = None,
    id_number: Personal[str] | None = None,
    phones: Iterable[Personal[str]] = (),
    case_id: UUID | None = None,
) -> tuple[KnownPerson, ...]:
    """The person as they are compared; nobody where nothing of them is known."""
    found = KnownPerson(
        subject,
        held_as,
        plain(text_of(name)),
        plain(text_of(id_number)),
        plain_phones(map(text_of, phones)),
        case_id,
    )
    return (found,) if found.name or found.id_number or found.phones else ()


def plain_phones(texts: Iterable[str]) -> tuple[str, ...]:
    """Telephone numbers as they are compared, each once."""
    return tuple(dict.fromkeys(filter(None, map(plain_phone, texts))))
