"""Deadlines of paying: each instalment, the last day for sending it, and the look at the balance.

All of them come from agreed plans. What a contract's own schedule wants is the position's matter.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.paying import BalanceChecked
from domain.cases.plans import PlanAgreed
from domain.deadlines.deadline import Deadline, Obliged, State, Words
from domain.figures.covering import Covered, cover
from domain.figures.figure import Unknown
from domain.figures.ledger import Movement, Payments
from domain.figures.plan_progress import PlanProgress, PlanState, plan_progress
from domain.figures.plan_windows import windows_of
from domain.figures.position import payments_by_loan
from domain.figures.send_by import SendBy, send_by, sending_of
from domain.figures.workdays import calendar_of
from domain.rules.books import Books

BALANCE_CHECK_DAYS: Final = 3
"""Days before an instalment on which the balance is looked at, unless the plan says otherwise."""

_INSTALMENT: Final = Words(zh="按还款计划支付本期款项", en="Pay the instalment of the plan")
_INSTALMENT_NEXT: Final = Words(
    zh="与出借方联系，说明原因，商定补付或调整计划",
    en="Tell the lender why, and agree on paying it later or on another plan",
)
_SEND: Final = Words(zh="最迟在此日发出本期款项", en="Send the instalment by this day")
_SEND_NEXT: Final = Words(
    zh="改用更快的渠道，并保留凭证", en="Use a faster channel, and keep the receipt"
)
_BALANCE: Final = Words(
    zh="核对扣款账户余额是否足够", en="Check that the account holds enough for the instalment"
)


def deadlines(history: History, as_of: date, books: Books | Unknown) -> Iterator[Deadline]:
    """What the plans of a case want paid, sent and looked at. Pure."""
    looks, calendar = _looks(history, as_of), calendar_of(books)
    payments, _ = payments_by_loan(history, as_of)
    for plan in plan_progress(history, as_of):
        sent = _sent_rows(history, plan, payments, as_of)
        sending = sending_of(history, plan, as_of, calendar)
        for row in plan.instalments:
            yield _instalment(plan, row, as_of)
            yield _balance(history, plan, row, looks.get((plan.plan_id, row.due_on)), as_of)
            by = send_by(plan, row, sending, calendar)
            is_next = row.due_on == plan.next_due_on
            if not _is_over(plan, row) and (by.send_by is not None or is_next):
                yield _send(plan, row, by, sent[row.number - 1], as_of)


def _instalment(plan: PlanProgress, row: Covered, as_of: date) -> Deadline:
    over = _is_over(plan, row)
    late = row.met_on is not None and row.met_on > row.due_on
    missed = row.met_on is None and row.due_on < as_of
    state = State.MET_LATE if late else State.MISSED if missed else State.OPEN
    if row.met_on is not None and not late:
        state = State.MET
    if over:
        state = State.FALLEN_AWAY
    end = row.met_on or as_of
    met_by = plan.ended_by if over else row.payments[-1] if row.met_on else None
    return Deadline(
        key=f"{plan.plan_id}/instalment/{row.number}",
        kind="instalment",
        what=_INSTALMENT,
        obliged=Obliged.CLIENT,
        entry_id=plan.plan_id,
        starts_on=plan.agreed_on,
        due_on=row.due_on,
        state=state,
        met_by=met_by,
        days_late=(end - row.due_on).days if state in (State.MET_LATE, State.MISSED) else None,
        next_step=_INSTALMENT_NEXT,
    )


def _send(plan: PlanProgress, row: Covered, by: SendBy, sent: Covered, as_of: date) -> Deadline:
    """Met by what was sent, credited already or still on its way."""
    state, end = State.OPEN, sent.met_on or as_of
    is_late = by.send_by is not None and end > by.send_by
    if sent.met_on is not None:
        state = State.MET_LATE if is_late else State.MET
    elif is_late:
        state = State.MISSED
    return Deadline(
        key=f"{plan.plan_id}/send-by/{row.number}",
        kind="send-by",
        what=_SEND,
        obliged=Obliged.CLIENT,
        entry_id=plan.plan_id,
        starts_on=plan.agreed_on,
        due_on=by.send_by,
        provisional=by.provisional,
        unknown=by.unknown,
        state=state,
        met_by=sent.payments[-1] if sent.met_on else None,
        days_late=(end - by.send_by).days if by.send_by and is_late else None,
        next_step=_SEND_NEXT,
    )


def _balance(
    history: History,
    plan: PlanProgress,
    row: Covered,
    look: tuple[date, UUID] | None,
    as_of: date,
) -> Deadline:
    agreed = history.get(plan.plan_id, PlanAgreed)
    named = agreed.balance_check_days if agreed else None
    before = BALANCE_CHECK_DAYS if named is None else named
    due_on = max(plan.agreed_on, row.due_on - timedelta(days=before))
    state, end, met_by = State.OPEN, as_of, None
    if look is not None:
        state, end, met_by = (State.MET_LATE if look[0] > due_on else State.MET), *look
    elif _is_over(plan, row):
        state, met_by = State.FALLEN_AWAY, plan.ended_by
    elif row.met_on is not None:
        state, met_by = State.FALLEN_AWAY, row.payments[-1]
    elif due_on < as_of:
        state = State.MISSED
    return Deadline(
        key=f"{plan.plan_id}/balance-check/{row.number}",
        kind="balance-check",
        what=_BALANCE,
        obliged=Obliged.ADVISER,
        entry_id=plan.plan_id,
        starts_on=plan.agreed_on,
        due_on=due_on,
        state=state,
        met_by=met_by,
        days_late=(end - due_on).days if state in (State.MET_LATE, State.MISSED) else None,
    )


def _is_over(plan: PlanProgress, row: Covered) -> bool:
    """Whether the plan was given up before the instalment's day."""
    gone = plan.state in (PlanState.ENDED, PlanState.REPLACED)
    is_before = plan.ended_on is not None and row.due_on >= plan.ended_on
    return gone and is_before and row.met_on is None


def _looks(history: History, as_of: date) -> dict[tuple[UUID, date], tuple[date, UUID]]:
    """The first look at the balance for each instalment of each plan."""
    found: dict[tuple[UUID, date], tuple[date, UUID]] = {}
    for entry_id, fact in history.standing(BalanceChecked):
        if fact.occurred_on <= as_of:
            key, look = (fact.plan_id, fact.due_on), (fact.occurred_on, entry_id)
            found[key] = min(look, found.get(key, look))
    return found


def _sent_rows(
    history: History, plan: PlanProgress, payments: dict[UUID, Payments], as_of: date
) -> tuple[Covered, ...]:
    """The plan's instalments against what was sent by day of sending, also what is on its way."""
    entry = history.entries[plan.plan_id]
    agreed = history.get(plan.plan_id, PlanAgreed)
    if agreed is None:
        raise TypeError(entry.fact.TOPIC)
    windows = windows_of(history, entry, as_of)
    sent: list[Movement] = []
    for loan_id, window in windows.items():
        held = payments.get(loan_id)
        if held is not None:
            sent += [_by_sending(history, each) for each in window.of(held.credited)]
            sent += window.of(held.pending)
    rows, _ = cover(agreed.instalments, sent, as_of)
    return rows


def _by_sending(history: History, paid: Movement) -> Movement:
    sent_on = history.entries[paid.entry_id].fact.happened()
    return msgspec.structs.replace(paid, on=sent_on)
