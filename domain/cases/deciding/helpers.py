"""When pledges, contributions and repayments to helpers may be recorded."""

from collections.abc import Iterator
from typing import assert_never
from uuid import UUID

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_before, need_first, need_loans
from domain.cases.helpers import (
    HelpContributed,
    HelperFact,
    HelpForgiven,
    HelpPledged,
    HelpPotOpened,
    HelpPotSettled,
    HelpRepaid,
    HelpRepaymentAgreed,
    PledgeTakenBack,
)
from domain.cases.history import History
from domain.cases.payments import PaymentMade
from domain.money import Money
from domain.refusals import Code, Refusal
from domain.warnings import RaisedWarning, WarningCode


def check(history: History, fact: HelperFact, rules: Rules) -> Refusal | None:
    """Whether an entry about help may be recorded."""
    match fact:
        case HelpPotOpened():
            return need_loans(history, fact.loan_ids, {"whole": fact.whole})
        case HelpPledged():
            return _check_pledge(history, fact)
        case HelpContributed():
            return _of_pledge(history, fact) or _check_payment(history, fact)
        case PledgeTakenBack():
            return _of_pledge(history, fact) or need_first(
                history, PledgeTakenBack, "pledge_id", fact.pledge_id
            )
        case HelpRepaymentAgreed():
            return _of_pledge(history, fact) or _check_instalments(history, fact)
        case HelpRepaid() | HelpForgiven():
            return _of_pledge(history, fact) or _check_owed(history, fact)
        case HelpPotSettled():
            return need_before(
                history, fact.pot_id, HelpPotOpened, fact.occurred_on, "pot_id"
            ) or need_first(history, HelpPotSettled, "pot_id", fact.pot_id)
        case _:
            assert_never(fact)


_OfPledge = HelpContributed | PledgeTakenBack | HelpRepaymentAgreed | HelpRepaid | HelpForgiven


def _of_pledge(history: History, fact: _OfPledge) -> Refusal | None:
    refusal = need_before(history, fact.pledge_id, HelpPledged, fact.occurred_on, "pledge_id")
    pledge = history.get(fact.pledge_id, HelpPledged)
    amount = getattr(fact, "amount", None)
    if refusal or pledge is None or amount is None:
        return refusal
    if amount.currency != pledge.share.currency:
        detail = f"{amount.currency}; the pledge is in {pledge.share.currency}"
        return Refusal(code=Code.CURRENCY_MIXED, field="amount", detail=detail)
    return None


def _check_pledge(history: History, fact: HelpPledged) -> Refusal | None:
    """Shares never make up more than the whole."""
    refusal = need_before(history, fact.pot_id, HelpPotOpened, fact.occurred_on, "pot_id")
    pot = history.get(fact.pot_id, HelpPotOpened)
    if refusal or pot is None:
        return refusal
    if fact.share.currency != pot.whole.currency:
        detail = f"{fact.share.currency}; the pot is in {pot.whole.currency}"
        return Refusal(code=Code.CURRENCY_MIXED, field="share", detail=detail)
    pledged = _pledged(history, fact.pot_id) + fact.share.minor
    if pledged > pot.whole.minor:
        detail = f"{Money(pledged, pot.whole.currency).text()} pledged of {pot.whole.text()}"
        return Refusal(code=Code.SHARES_OVER, field="share", detail=detail)
    return None


def _pledged(history: History, pot_id: UUID) -> int:
    """What stands of the pledges to a pot: of one taken back, only what was given."""
    back = {fact.pledge_id for _, fact in history.standing(PledgeTakenBack)}
    return sum(
        given(history, pledge_id) if pledge_id in back else pledge.share.minor
        for pledge_id, pledge in history.standing(HelpPledged)
        if pledge.pot_id == pot_id
    )


def given(history: History, pledge_id: UUID) -> int:
    """What was contributed to a pledge so far, in minor units."""
    return sum(
        fact.amount.minor
        for _, fact in history.standing(HelpContributed)
        if fact.pledge_id == pledge_id
    )


def _check_payment(history: History, fact: HelpContributed) -> Refusal | None:
    if fact.payment_id is None:
        return None
    refusal = need(history, fact.payment_id, PaymentMade, "payment_id")
    payment = history.get(fact.payment_id, PaymentMade)
    if refusal or payment is None:
        return refusal
    shared = fact.amount.minor + sum(
        other.amount.minor
        for _, other in history.standing(HelpContributed)
        if other.payment_id == fact.payment_id
    )
    if payment.amount.currency != fact.amount.currency or shared > payment.amount.minor:
        detail = f"contributions come to more than the payment of {payment.amount.text()}"
        return Refusal(code=Code.SHARES_OVER, field="amount", detail=detail)
    return None


def _owed(history: History, pledge_id: UUID) -> int:
    pledge = history.get(pledge_id, HelpPledged)
    if pledge is None or pledge.is_gift:
        return 0
    kinds: tuple[type[HelpRepaid | HelpForgiven], ...] = (HelpRepaid, HelpForgiven)
    back = sum(
        fact.amount.minor
        for kind in kinds
        for _, fact in history.standing(kind)
        if fact.pledge_id == pledge_id
    )
    return given(history, pledge_id) - back


def _check_owed(history: History, fact: HelpRepaid | HelpForgiven) -> Refusal | None:
    owed = _owed(history, fact.pledge_id)
    if fact.amount.minor <= owed:
        return None
    detail = f"{Money(max(0, owed), fact.amount.currency).text()} is owed to this helper"
    return Refusal(code=Code.AMOUNT_INCONSISTENT, field="amount", detail=detail)


def _check_instalments(history: History, fact: HelpRepaymentAgreed) -> Refusal | None:
    if not fact.instalments:
        detail = "say when how much is paid back"
        return Refusal(code=Code.LIST_EMPTY, field="instalments", detail=detail)
    days = [instalment.due_on for instalment in fact.instalments]
    if days != sorted(days) or days[0] < fact.occurred_on:
        return Refusal(code=Code.DATE_ORDER, field="instalments", detail="in the order of days")
    pledge = history.get(fact.pledge_id, HelpPledged)
    if pledge is not None and pledge.is_gift:
        detail = "the pledge is a gift: nothing is paid back"
        return Refusal(code=Code.AMOUNT_INCONSISTENT, field="pledge_id", detail=detail)
    promised = sum(instalment.amount.minor for instalment in fact.instalments)
    limit = max(pledge.share.minor, given(history, fact.pledge_id)) if pledge else 0
    if promised > limit:
        detail = "more is paid back than is lent"
        return Refusal(code=Code.SHARES_OVER, field="instalments", detail=detail)
    return None


def warnings(history: History, fact: HelperFact) -> Iterator[RaisedWarning]:
    """Shares that do not make up the whole; more given than was pledged."""
    if isinstance(fact, HelpPotSettled):
        pot = history.get(fact.pot_id, HelpPotOpened)
        if pot is None:
            return
        missing = pot.whole.minor - _pledged(history, fact.pot_id)
        if missing > 0:
            detail = f"{Money(missing, pot.whole.currency).text()} of {pot.whole.text()} missing"
            yield RaisedWarning(code=WarningCode.SHARES_UNDER, field="pot_id", detail=detail)
    if isinstance(fact, HelpContributed):
        pledge = history.get(fact.pledge_id, HelpPledged)
        if pledge is not None:
            total = given(history, fact.pledge_id) + fact.amount.minor
            if total > pledge.share.minor:
                much = Money(total, pledge.share.currency).text()
                detail = f"{much} given, {pledge.share.text()} pledged"
                yield RaisedWarning(code=WarningCode.OVER_PLEDGE, field="amount", detail=detail)
