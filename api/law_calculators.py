"""What the law says of amounts, without a case: the caps on interest, the court's fee."""

from datetime import date
from decimal import Decimal

import msgspec

from api.call import Answered, Call
from api.figure_books import Computed, asked, books_for, day_or_today, said_of
from api.responses import json_answer
from api.stated_rates import Per
from domain.cases.lending import LenderClass
from domain.figures.figure import Unknown
from domain.money import Money
from domain.rules.cn.caps import CapLine, CapQuestion, cap_schedule
from domain.rules.cn.court_fee import court_fee


class CapAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What decides which cap applies; what is left out is not on record."""

    formed_on: date | None = None
    """Contract date; between natural persons the day the money was provided."""
    sued_on: date | None = None
    accepted_on: date | None = None
    """Day the first-instance court accepted the case."""
    as_of: date | None = None
    """Day to answer for; today in China where absent."""
    lender_class: LenderClass = LenderClass.UNKNOWN
    decided_on: date | None = None
    disclosed_cost_pct: Per | None = None
    """All-in cost in the table shown before signing, per cent a year."""


class CapAnswer(Computed, frozen=True, kw_only=True):
    """Every cap that could apply. Rates in per cent a year."""

    as_of: date
    lines: tuple[CapLine, ...] = ()


class FeeAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim of money."""

    claim: Money


class FeeAnswer(Computed, frozen=True, kw_only=True):
    """The fee, and half of it for mediation, withdrawal or summary procedure."""

    fee: Money | None = None
    half: Money | None = None


async def compute_cap(call: Call) -> Answered:
    """`POST /v1/figures/cap`."""
    said, books = await asked(call, CapAsked), await books_for(call)
    as_of = day_or_today(call, said.as_of)
    if isinstance(books, Unknown):
        return json_answer(CapAnswer(as_of=as_of, **said_of(books, unknown=books)))
    shown = said.disclosed_cost_pct
    question = CapQuestion(
        formation=said.formed_on,
        sued_on=said.sued_on,
        accepted_on=said.accepted_on,
        as_of=as_of,
        lender_class=said.lender_class,
        decided_on=said.decided_on,
        disclosed_cost_pct=None if shown is None else Decimal(shown.strip()),
    )
    lines = cap_schedule(question, books.data, books.pack)
    rules = [rule_id for line in lines for rule_id in line.rule_ids]
    return json_answer(CapAnswer(as_of=as_of, lines=lines, **said_of(books, rules)))


async def compute_court_fee(call: Call) -> Answered:
    """`POST /v1/figures/court-fee`."""
    said, books = await asked(call, FeeAsked), await books_for(call)
    if isinstance(books, Unknown):
        return json_answer(FeeAnswer(**said_of(books, unknown=books)))
    fee = court_fee(said.claim)
    if isinstance(fee, Unknown):
        return json_answer(FeeAnswer(**said_of(books, unknown=fee)))
    return json_answer(FeeAnswer(fee=fee.fee, half=fee.half, **said_of(books, fee.rule_ids)))
