"""What may be recorded of a client. The legal hold is looked at here and nowhere else."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never
from uuid import UUID

from domain.cases.deciding.commands import Rules
from domain.clients.client import Client, ClientFact, ErasureState
from domain.clients.commands import (
    ClientCommand,
    CorrectClient,
    EraseClient,
    Recordable,
    RecordOnClient,
    RegisterClient,
)
from domain.clients.entering import check_entry, check_entry_withdrawal
from domain.clients.entries import ClientEntry, ClientEntryWithdrawn
from domain.clients.erasure import (
    ClientErased,
    ErasureGranted,
    ErasureRefused,
    ErasureRequested,
)
from domain.clients.holds import LegalHoldLifted, LegalHoldPlaced
from domain.clients.identity import ClientCorrected
from domain.clients.values import check_values
from domain.facts import bind
from domain.refusals import Code, Refusal

Decision = tuple[ClientFact, ...] | Refusal


def decide_client(client: Client, command: ClientCommand, rules: Rules) -> Decision:
    """The facts for a command on a client, or why not. Pure."""
    refusal = check_not_erased(client) or _check_there(client, command)
    decided = refusal or _fact(client, command)
    if isinstance(decided, Refusal):
        return decided
    return check_values(client, decided, rules) or (bind(decided, client.client_id),)


def check_not_erased(client: Client, field: str | None = None) -> Refusal | None:
    """Refuse, naming the erasure, once the client is forgotten."""
    if client.erased is None:
        return None
    return Refusal(
        code=Code.CLIENT_ERASED,
        field=field,
        detail=f"client {client.client_id} was erased at position {client.erased.position}",
        entries=(str(client.erased.event_id),),
    )


def check_case_may_open(client: Client) -> Refusal | None:
    """A case needs a client who is there, and who is not about to be forgotten.

    Once erasure is granted the set of their cases stands still, so that none can be missed.
    """
    if client.details is None:
        detail = f"no client {client.client_id}"
        return Refusal(code=Code.CLIENT_UNKNOWN, field="client_id", detail=detail)
    if client.granted and client.erased is None:
        entries = (str(client.granted[0]),)
        return Refusal(code=Code.ERASURE_GRANTED, field="client_id", entries=entries)
    return check_not_erased(client, "client_id")


def _check_there(client: Client, command: ClientCommand) -> Refusal | None:
    is_there = client.details is not None
    if isinstance(command, RegisterClient):
        exists = Refusal(code=Code.CLIENT_EXISTS, detail=str(client.client_id))
        return exists if is_there else None
    if is_there:
        return None
    return Refusal(code=Code.CLIENT_UNKNOWN, detail=f"no client {client.client_id}")


def _fact(client: Client, command: ClientCommand) -> ClientFact | Refusal:
    match command:
        case RegisterClient():
            return command.details
        case CorrectClient():
            if not (command.reason.value or "").strip():
                return Refusal(code=Code.REASON_MISSING, field="reason")
            return ClientCorrected(replacement=command.replacement, reason=command.reason)
        case RecordOnClient():
            return _check_step(client, command.fact) or command.fact
        case EraseClient():
            return _erased(client, command)
        case _:
            assert_never(command)


def _check_step(client: Client, fact: Recordable) -> Refusal | None:
    if isinstance(fact, ClientEntry):
        return check_entry(client.entries, fact)
    match fact:
        case ClientEntryWithdrawn():
            return check_entry_withdrawal(client.entries, fact)
        case ErasureRequested():
            return _check_request(client)
        case ErasureGranted():
            return (
                _check_reason(client, fact) or _check_asked(client) or check_no_hold(client.holds)
            )
        case ErasureRefused():
            return _check_asked(client)
        case LegalHoldPlaced():
            return _check_review(fact)
        case LegalHoldLifted():
            return _check_lifting(client, fact)
        case _:
            assert_never(fact)


def check_no_hold(holds: Mapping[UUID, LegalHoldPlaced]) -> Refusal | None:
    """Nothing is destroyed, nor granted to be, while a legal hold stands."""
    if not holds:
        return None
    reviews = ", ".join(f"{hold.held_for} (review {hold.review_on})" for hold in holds.values())
    detail = f"{len(holds)} in force: {reviews}"
    return Refusal(code=Code.LEGAL_HOLD, detail=detail, entries=tuple(map(str, holds)))


def _check_request(client: Client) -> Refusal | None:
    if client.erasure in (ErasureState.REQUESTED, ErasureState.GRANTED):
        return Refusal(code=Code.ERASURE_OPEN, detail=f"the erasure is {client.erasure}")
    return None


def _check_reason(client: Client, fact: ErasureGranted) -> Refusal | None:
    """No word can be sealed any more for whom a restore brought back without their key."""
    if fact.reason is None and not (client.details and client.details.name.erased):
        return Refusal(code=Code.REASON_MISSING, field="reason")
    return None


def _check_asked(client: Client) -> Refusal | None:
    """A decision answers a request; a grant that was not carried out may be taken back."""
    if client.erasure in (ErasureState.REQUESTED, ErasureState.GRANTED):
        return None
    return Refusal(code=Code.ERASURE_NOT_ASKED, detail=f"the erasure is {client.erasure}")


def _check_review(fact: LegalHoldPlaced) -> Refusal | None:
    return _not_before(fact.placed_on, fact.review_on, "review_on")


def _check_lifting(client: Client, fact: LegalHoldLifted) -> Refusal | None:
    placed = client.holds.get(fact.hold_id)
    if placed is None:
        detail = f"no hold {fact.hold_id} is in force for this client"
        return Refusal(code=Code.HOLD_UNKNOWN, field="hold_id", detail=detail)
    return _not_before(placed.placed_on, fact.lifted_on, "lifted_on")


def _erased(client: Client, command: EraseClient) -> ClientErased | Refusal:
    # The hold first: whoever tries under one is told of it, whatever else is missing.
    hold = check_no_hold(client.holds)
    if hold:
        return hold
    decision_id, granted = client.granted or (None, None)
    if granted is None or decision_id != command.decision_id:
        detail = f"the erasure is {client.erasure}; granted by {decision_id or 'nobody'}"
        return Refusal(code=Code.ERASURE_NOT_GRANTED, field="decision_id", detail=detail)
    early = _not_before(granted.decided_on, command.erased_on, "erased_on")
    return early or ClientErased(
        erased_on=command.erased_on,
        ground=granted.ground,
        legal_basis=granted.legal_basis,
        decision_id=command.decision_id,
        cases=command.cases,
        files=command.files,
    )


def _not_before(earliest: date, day: date, field: str) -> Refusal | None:
    if day < earliest:
        return Refusal(code=Code.DATE_ORDER, field=field, detail=f"{day} is before {earliest}")
    return None
