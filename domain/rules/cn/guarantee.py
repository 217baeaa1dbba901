"""Whether a guarantor is still bound (民法典 686, 692, 693, 695): chosen by the contract date."""

from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from domain.cases.guarantees import GuaranteeForm
from domain.figures.figure import Unknown
from domain.rules.book import RulePack
from domain.rules.cn import rule_ids as ids
from domain.rules.cn.counting import LastDay, after_months, last_day
from domain.rules.reference import Calendar

__all__ = [
    "Guarantee",
    "GuaranteeForm",
    "GuaranteeQuestion",
    "GuaranteeState",
    "guarantee_period",
]

CODE_FROM: Final = date(2021, 1, 1)
MONTHS: Final = 6


class GuaranteeState(StrEnum):
    """Where the guarantor stands on a day."""

    RUNNING = "running"
    KEPT = "creditor-acted-in-time"
    FREE = "free"
    UNKNOWN = "unknown"


class GuaranteeQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What decides a guarantee. Only a day that binds the guarantor counts as the due date."""

    contract_on: date
    due_on: date | None
    """Due date as guaranteed: a change without the guarantor's written consent does not count."""
    form: GuaranteeForm | None
    """As stated; None where the contract states none."""
    agreed_until: date | None = None
    """Agreed end of the period; None where none, or none clear, was agreed."""
    debtor_sued_on: date | None = None
    """Suit or arbitration against the debtor."""
    guarantor_asked_on: date | None = None
    """A demand or suit that reached the guarantor."""
    as_of: date


class Guarantee(msgspec.Struct, frozen=True, kw_only=True):
    """The answer, with the period's end as far as it is known."""

    state: GuaranteeState
    form: GuaranteeForm | None
    ends_on: LastDay | None
    why: str
    rule_ids: tuple[str, ...]
    unknown: Unknown | None = None


def guarantee_period(question: GuaranteeQuestion, calendar: Calendar, pack: RulePack) -> Guarantee:
    """State on `as_of`. Six months from the due date unless a later end was agreed.

    Unknown without a due date, for a guarantee older than 2021 unless the pack's switch is on,
    and where the end may still roll off an unpublished holiday.
    """
    is_old = question.contract_on < CODE_FROM
    if is_old and not pack.applies(ids.GUARANTEE_PERIOD_OLD):
        switch = pack.rule(ids.GUARANTEE_PERIOD_OLD).switch
        return _unknown(
            "the guarantee is older than 2021; the law before is known from memory only (K)",
            f"a lawyer's word on the old law, and the pack switch {switch}",
        )
    if question.due_on is None:
        return _unknown("the debt's due date is not on record", "the contract's due date")
    form = question.form or (GuaranteeForm.JOINT if is_old else GuaranteeForm.GENERAL)
    end = last_day(_counted(question.due_on, question.agreed_until), calendar)
    return _judge(question, form, end, _rules(question, is_old=is_old))


def _counted(due_on: date, agreed_until: date | None) -> date:
    """An agreed end that is not after the due date counts as none (692)."""
    if agreed_until is not None and agreed_until > due_on:
        return agreed_until
    return after_months(due_on, MONTHS)


def _rules(question: GuaranteeQuestion, *, is_old: bool) -> tuple[str, ...]:
    form, period = (
        (ids.GUARANTEE_FORM_OLD, ids.GUARANTEE_PERIOD_OLD)
        if is_old
        else (ids.GUARANTEE_FORM, ids.GUARANTEE_PERIOD)
    )
    stated = () if question.form else (form,)
    return (*stated, period, ids.GUARANTOR_FREE)


def _judge(
    question: GuaranteeQuestion, form: GuaranteeForm, end: LastDay, rules: tuple[str, ...]
) -> Guarantee:
    general = form is GuaranteeForm.GENERAL
    acted = question.debtor_sued_on if general else question.guarantor_asked_on
    act = "suit against the debtor" if general else "request that reached the guarantor"
    if acted is not None and acted <= question.as_of:
        late, in_time = end.is_past(acted), GuaranteeState.KEPT
        why = f"{act} on {acted}; the period ends on {end.on}"
    else:
        late, in_time = end.is_past(question.as_of), GuaranteeState.RUNNING
        why = f"no {act} on record; the period ends on {end.on}"
    if isinstance(late, Unknown):
        state = GuaranteeState.UNKNOWN
    else:
        state = GuaranteeState.FREE if late else in_time
    return Guarantee(
        state=state,
        form=form,
        ends_on=end,
        why=why,
        rule_ids=rules,
        unknown=late if isinstance(late, Unknown) else None,
    )


def _unknown(reason: str, settled_by: str) -> Guarantee:
    return Guarantee(
        state=GuaranteeState.UNKNOWN,
        form=None,
        ends_on=None,
        why=reason,
        rule_ids=(),
        unknown=Unknown(reason=reason, settled_by=settled_by),
    )
