"""What can be asked for a client."""

from datetime import date
from uuid import UUID

import msgspec

from domain.clients.entries import ClientEntry, ClientEntryWithdrawn
from domain.clients.erasure import ErasureGranted, ErasureRefused, ErasureRequested
from domain.clients.holds import LegalHoldLifted, LegalHoldPlaced
from domain.clients.identity import ClientRegistered
from domain.personal import Personal

Recordable = (
    ErasureRequested
    | ErasureGranted
    | ErasureRefused
    | LegalHoldPlaced
    | LegalHoldLifted
    | ClientEntry
    | ClientEntryWithdrawn
)
"""Facts on a client that are recorded as they are said."""


class RegisterClient(msgspec.Struct, frozen=True):
    """Take a person on as a client."""

    details: ClientRegistered


class CorrectClient(msgspec.Struct, frozen=True, kw_only=True):
    """Replace what we hold on a client."""

    replacement: ClientRegistered
    reason: Personal[str]


class RecordOnClient(msgspec.Struct, frozen=True):
    """Record a step towards erasure, a legal hold, or what a client agreed to, needs or has."""

    fact: Recordable


class EraseClient(msgspec.Struct, frozen=True, kw_only=True):
    """Forget a client, with every case and file of theirs as they stand now."""

    decision_id: UUID
    """The `erasure-granted` that is carried out."""
    erased_on: date
    cases: tuple[UUID, ...] = ()
    files: tuple[UUID, ...] = ()


ClientCommand = RegisterClient | CorrectClient | RecordOnClient | EraseClient
