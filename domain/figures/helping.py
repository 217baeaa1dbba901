"""Help from family and friends on a day: pledged, given, missing, and what is owed back."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.helpers import (
    HelpContributed,
    HelpForgiven,
    HelpPledged,
    HelpPotOpened,
    HelpPotSettled,
    HelpRepaid,
    HelpRepaymentAgreed,
    PledgeTakenBack,
    Relation,
)
from domain.cases.history import History
from domain.facts import Dated
from domain.money import Money


class DueState(StrEnum):
    """How an instalment to a helper stands."""

    PAID = "paid"
    PARTLY_PAID = "partly-paid"
    LATE = "late"
    TO_COME = "to-come"


class HelperDue(msgspec.Struct, frozen=True, kw_only=True):
    """One instalment to a helper; what was paid back or forgiven fills the earliest first."""

    due_on: date
    amount: Money
    paid: Money
    state: DueState


class PledgeReading(msgspec.Struct, frozen=True, kw_only=True):
    """One helper's share."""

    pledge_id: UUID
    relation: Relation
    is_gift: bool
    is_taken_back: bool
    share: Money
    given: Money
    missing: Money
    """Of the share; nothing once it was taken back."""
    promised_on: date | None
    repaid: Money
    forgiven: Money
    owed_back: Money
    """What was given and is neither repaid, forgiven nor a gift."""
    instalments: tuple[HelperDue, ...]
    late: Money


class PotReading(msgspec.Struct, frozen=True, kw_only=True):
    """One pot. Pledged, and what nobody has pledged, make up the whole."""

    pot_id: UUID
    loan_ids: tuple[UUID, ...]
    needed_on: date | None
    whole: Money
    pledged: Money
    unpledged: Money
    given: Money
    missing: Money
    """Of the whole: what is still to be given."""
    is_settled: bool
    pledges: tuple[PledgeReading, ...]


class HelpReading(msgspec.Struct, frozen=True, kw_only=True):
    """All pots on a day. None of it is part of what a lender can claim."""

    case_id: UUID
    position: int
    as_of: date
    pots: tuple[PotReading, ...]


def helping(history: History, as_of: date) -> HelpReading:
    """Pledges and what became of them on `as_of`. Pure."""
    pots = _by_day(history, HelpPotOpened, as_of)
    return HelpReading(
        case_id=history.case_id,
        position=history.position,
        as_of=as_of,
        pots=tuple(_pot(history, as_of, *each) for each in pots),
    )


def _by_day(history: History, kind: type[Dated], as_of: date) -> list[tuple[UUID, Dated]]:
    found = [each for each in history.standing(kind) if each[1].occurred_on <= as_of]
    return sorted(found, key=lambda each: (each[1].occurred_on, each[0].int))


def pledges(history: History, as_of: date) -> Iterator[PledgeReading]:
    """Every pledge of up to a day."""
    for pledge_id, fact in _by_day(history, HelpPledged, as_of):
        if isinstance(fact, HelpPledged):
            yield _pledge(history, as_of, pledge_id, fact)


def _pot(history: History, as_of: date, pot_id: UUID, fact: Dated) -> PotReading:
    if not isinstance(fact, HelpPotOpened):
        raise TypeError(fact.TOPIC)
    own = [
        _pledge(history, as_of, pledge_id, pledge)
        for pledge_id, pledge in _by_day(history, HelpPledged, as_of)
        if isinstance(pledge, HelpPledged) and pledge.pot_id == pot_id
    ]
    zero = Money.zero(fact.whole.currency)
    pledged = sum((p.given if p.is_taken_back else p.share for p in own), zero)
    given = sum((p.given for p in own), zero)
    settled = [f for _, f in history.standing(HelpPotSettled) if f.pot_id == pot_id]
    return PotReading(
        pot_id=pot_id,
        loan_ids=fact.loan_ids,
        needed_on=fact.due_on,
        whole=fact.whole,
        pledged=pledged,
        unpledged=fact.whole - pledged,
        given=given,
        missing=max(zero, fact.whole - given),
        is_settled=any(f.occurred_on <= as_of for f in settled),
        pledges=tuple(own),
    )


def _sum(history: History, kind: type[Dated], pledge_id: UUID, as_of: date, zero: Money) -> Money:
    return sum(
        (
            fact.amount
            for _, fact in history.standing(kind)
            if isinstance(fact, HelpContributed | HelpRepaid | HelpForgiven)
            and fact.pledge_id == pledge_id
            and fact.occurred_on <= as_of
        ),
        zero,
    )


def _pledge(history: History, as_of: date, pledge_id: UUID, fact: HelpPledged) -> PledgeReading:
    zero = Money.zero(fact.share.currency)
    given, repaid, forgiven = (
        _sum(history, kind, pledge_id, as_of, zero)
        for kind in (HelpContributed, HelpRepaid, HelpForgiven)
    )
    is_back = any(
        back.pledge_id == pledge_id and back.occurred_on <= as_of
        for _, back in history.standing(PledgeTakenBack)
    )
    dues = _dues(history, pledge_id, as_of, repaid + forgiven)
    owed = zero if fact.is_gift else max(zero, given - repaid - forgiven)
    return PledgeReading(
        pledge_id=pledge_id,
        relation=fact.relation,
        is_gift=fact.is_gift,
        is_taken_back=is_back,
        share=fact.share,
        given=given,
        missing=zero if is_back else max(zero, fact.share - given),
        promised_on=fact.promised_on,
        repaid=repaid,
        forgiven=forgiven,
        owed_back=owed,
        instalments=dues,
        late=sum((d.amount - d.paid for d in dues if d.state is DueState.LATE), zero),
    )


def agreement_of(
    history: History, pledge_id: UUID, as_of: date
) -> tuple[UUID, HelpRepaymentAgreed] | None:
    """The agreement on paying a helper back that is in force: the last by day and position."""
    found = [
        (fact.occurred_on, entry.stamp.position, entry.entry_id, fact)
        for entry in history.entries.values()
        if not entry.is_withdrawn
        and isinstance(fact := entry.fact, HelpRepaymentAgreed)
        and fact.pledge_id == pledge_id
        and fact.occurred_on <= as_of
    ]
    return max(found, key=lambda each: each[:2])[2:] if found else None


def _dues(history: History, pledge_id: UUID, as_of: date, paid: Money) -> tuple[HelperDue, ...]:
    agreed = agreement_of(history, pledge_id, as_of)
    if agreed is None:
        return ()
    left, dues = paid, []
    for instalment in agreed[1].instalments:
        part = min(left, instalment.amount)
        left -= part
        state = DueState.PAID
        if part < instalment.amount:
            started = DueState.PARTLY_PAID if part.minor else DueState.TO_COME
            state = DueState.LATE if instalment.due_on < as_of else started
        dues.append(
            HelperDue(due_on=instalment.due_on, amount=instalment.amount, paid=part, state=state)
        )
    return tuple(dues)
