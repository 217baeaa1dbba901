"""Offers to all creditors of a case out of what is available; nothing is recorded."""

from typing import Annotated, Final
from uuid import UUID

import msgspec

from api.call import Answered, Call
from api.decoding import decode
from api.problems import Problem, invalid
from api.reading import await_position, day_asked, known_at, known_case
from api.responses import json_answer
from domain.cases.lending import LoanTaken
from domain.figures.offering import OfferAsked, offer_calculation
from domain.money import Money

ONE_UNIT: Final = "1"
"""One unit of the currency, where the caller names no token."""
LOANS_MAX: Final = 500


class WeightGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one loan counts for."""

    loan_id: UUID
    amount: Money


class OfferQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is available, and how it is to be shared."""

    available: Money
    """A month, or at once; zero asks for tokens."""
    token: Money | None = None
    """A small payment in good faith; None: one unit of the currency."""
    minimum: Money | None = None
    """A share below it becomes a token; None: none does."""
    loan_ids: Annotated[tuple[UUID, ...], msgspec.Meta(max_length=LOANS_MAX)] = ()
    """Only these loans; empty: all in the currency."""
    by_claims: bool = False
    """Weigh each loan by the lender's latest claim, where it made one."""
    weights: Annotated[tuple[WeightGiven, ...], msgspec.Meta(max_length=LOANS_MAX)] = ()
    """Amounts to weigh loans by instead."""


async def compute_offers(call: Call) -> Answered:
    """`POST .../offer-calculations`."""
    question = decode(await call.body(), OfferQuestion)
    await await_position(call)
    known = await known_case(call, await known_at(call))
    asked = _asked(question)
    for loan_id in (*asked.loan_ids, *asked.weights):
        if known.history.get(loan_id, LoanTaken) is None:
            raise Problem("entry-unknown", f"this case has no loan {loan_id}", field="loan_ids")
    answer = offer_calculation(known.history, day_asked(call, known.history), asked)
    return json_answer(answer, headers={"Mingzhang-Position": str(known.history.position)})


def _asked(question: OfferQuestion) -> OfferAsked:
    """The question with its defaults; Problem for amounts that do not fit together."""
    currency = question.available.currency
    token = question.token or Money.parse(ONE_UNIT, currency)
    minimum = question.minimum or Money.zero(currency)
    given = [(f"weights/{at}/amount", each.amount) for at, each in enumerate(question.weights)]
    named = [("available", question.available), ("token", token), ("minimum", minimum), *given]
    for field, amount in named:
        if amount.minor < 0:
            raise Problem("amount-negative", amount.text(), field=field)
        if amount.currency != currency:
            raise Problem("currency-mixed", f"{amount.currency} beside {currency}", field=field)
    weights = {each.loan_id: each.amount for each in question.weights}
    if len(weights) < len(question.weights):
        raise invalid("weights", "a loan stands twice")
    return OfferAsked(
        available=question.available,
        token=token,
        minimum=minimum,
        loan_ids=question.loan_ids,
        by_claims=question.by_claims,
        weights=weights,
    )
