"""What the entries as recorded give for each kind of claim item, to the cent."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.lending import COSTS, ChargeMade, ClaimKind
from domain.figures.claim_grounds import Grounds
from domain.figures.claim_rows import WithheldClaimed
from domain.figures.figure import Figure, Part, Unknown, of_parts
from domain.figures.position import LoanPosition
from domain.money import Money


def recorded_by_kind(
    history: History, loan: LoanPosition | None, as_of: date
) -> dict[ClaimKind, Figure]:
    """The recorded figure of each kind; Unknown where nothing is on record of the loan by then.

    They sum to the loan's `owed`. The position knows fees and costs together; what was paid on
    them is taken from the costs first (民法典 561), in the order in which it was paid.
    """
    if loan is None:
        missing = Unknown(
            reason=f"nothing is on record of the loan up to {as_of}",
            settled_by="the contract and what reached the client, with their days",
        )
        return dict.fromkeys(ClaimKind, Figure(unknown=missing))
    fees, costs = _split(history, loan)
    return {
        ClaimKind.PRINCIPAL: loan.principal,
        ClaimKind.INTEREST: loan.interest,
        ClaimKind.PENALTY: loan.penalty,
        ClaimKind.FEE: fees,
        ClaimKind.COST: costs,
        ClaimKind.UNITEMISED: of_parts([], loan.currency),
    }


def _split(history: History, loan: LoanPosition) -> tuple[Figure, Figure]:
    fees: list[Part] = []
    costs: list[Part] = []
    open_cost = 0
    for part in loan.fees.parts:
        if _is_cost(history, part.entry_id):
            open_cost += part.amount.minor
            costs.append(part)
        elif part.amount.minor >= 0:
            fees.append(part)
        else:
            on_cost = max(part.amount.minor, -open_cost)
            open_cost += on_cost
            costs += _portion(part, on_cost)
            fees += _portion(part, part.amount.minor - on_cost)
    return of_parts(fees, loan.currency), of_parts(costs, loan.currency)


def _portion(part: Part, minor: int) -> list[Part]:
    amount = Money(minor, part.amount.currency)
    return [msgspec.structs.replace(part, amount=amount)] if minor else []


def _is_cost(history: History, entry_id: UUID) -> bool:
    charge = history.get(entry_id, ChargeMade)
    return charge is not None and charge.kind in COSTS


def withheld_claimed(loan: LoanPosition | None, grounds: Grounds) -> Iterator[WithheldClaimed]:
    """Each sum kept back at disbursement, as far as the principal claimed can only hold it."""
    most = grounds.most_principal
    if loan is None or most is None:
        return
    over = grounds.claimed[ClaimKind.PRINCIPAL].minor - most.minor
    for part in loan.withheld.parts:
        held = min(over, part.amount.minor)
        if held > 0:
            over -= held
            yield WithheldClaimed(
                entry_id=part.entry_id,
                withheld=part.amount,
                claimed=Money(held, part.amount.currency),
            )
