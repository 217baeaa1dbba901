"""Whether a contract's terms, as stated, can be the terms of a contract."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from domain.cases.lending import LoanTaken
from domain.cases.terms import Instalments, PaymentPart, Terms
from domain.refusals import Code, Refusal

_RATE: Final = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,8})?", re.ASCII)
"""A decimal number of per cent, not negative."""

NUMBER_MAX: Final = 600
"""Instalments: fifty years of months."""
MONTHS: Final = (1, 2, 3, 4, 6, 12)
"""Periods that divide a year."""


def is_rate(text: str) -> bool:
    """Whether a text is a number of per cent as terms state it: "1.5"."""
    return bool(_RATE.fullmatch(text))


def check_terms(loan: LoanTaken) -> Refusal | None:
    """The first thing in the terms that does not fit; nothing of them is mended."""
    return next(_wrong(loan, loan.terms), None)


def _wrong(loan: LoanTaken, terms: Terms) -> Iterator[Refusal]:
    yield from _wrong_rates(terms)
    yield from _wrong_order(terms)
    yield from _wrong_days(loan.occurred_on, terms)
    if terms.instalments is not None:
        yield from _wrong_instalments(loan, terms, terms.instalments)


def _wrong_rates(terms: Terms) -> Iterator[Refusal]:
    for name in ("rate", "overdue_rate"):
        rate, period = getattr(terms, f"{name}_pct"), getattr(terms, f"{name}_period")
        if (rate is None) != (period is None):
            yield _unfit(f"{name}_period", "a rate and its period go together")
        if rate is not None and not is_rate(rate):
            yield _unfit(f"{name}_pct", f'not a rate: {rate[:40]!r}; write per cent like "1.5"')


def _wrong_order(terms: Terms) -> Iterator[Refusal]:
    order = terms.payment_order
    if order and sorted(order) != sorted(PaymentPart):
        every = ", ".join(part.value for part in PaymentPart)
        yield _unfit("payment_order", f"an agreed order names each of {every} once")


def _wrong_days(contract_on: date, terms: Terms) -> Iterator[Refusal]:
    days = [instalment.due_on for instalment in terms.schedule]
    if days != sorted(days):
        yield _late("schedule", "instalments go in the order of their days")
    if terms.instalments is not None:
        days.append(terms.instalments.first_due_on)
    first = min((day for day in (*days[:1], terms.due_on) if day is not None), default=None)
    if first is not None and first < contract_on:
        detail = f"due {first}, before the contract of {contract_on}"
        yield Refusal(code=Code.DATE_ORDER, field="terms", detail=detail)


def _wrong_instalments(loan: LoanTaken, terms: Terms, regular: Instalments) -> Iterator[Refusal]:
    if terms.schedule:
        yield _unfit("instalments", "give the printed schedule or regular instalments, not both")
    if not 1 <= regular.number <= NUMBER_MAX:
        yield _unfit("instalments/number", f"from 1 to {NUMBER_MAX}, got {regular.number}")
    if regular.every_months not in MONTHS:
        every = ", ".join(map(str, MONTHS))
        yield _unfit("instalments/every_months", f"one of {every}, got {regular.every_months}")
    if not 0 <= regular.grace < max(1, regular.number):
        yield _unfit("instalments/grace", "grace ends before the last instalment")
    if regular.balloon is not None and regular.balloon.minor >= loan.face_amount.minor:
        yield _unfit("instalments/balloon", "a balloon is part of what was lent")


def _unfit(field: str, detail: str) -> Refusal:
    return Refusal(code=Code.AMOUNT_INCONSISTENT, field=f"terms/{field}", detail=detail)


def _late(field: str, detail: str) -> Refusal:
    return Refusal(code=Code.DATE_ORDER, field=f"terms/{field}", detail=detail)
