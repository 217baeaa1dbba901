"""The limitation clock of one debt: its end, its state and the chain of causes.

Three years from the last due date, anew after each interruption, no longer than twenty years.
Before 2017-10-01 two years applied (mark K): unless the pack's switch is on, both readings are
followed, and where they part the answer is Unknown.
"""

from datetime import date

from domain.figures.figure import Unknown
from domain.rules.book import RulePack
from domain.rules.cn import rule_ids as ids
from domain.rules.cn.counting import LastDay, last_day
from domain.rules.cn.limitation_clock import Clock
from domain.rules.cn.limitation_facts import (
    Limitation,
    LimitationEvent,
    LimitationKind,
    LimitationQuestion,
    LimitationState,
)
from domain.rules.reference import Calendar

__all__ = ["LimitationEvent", "LimitationKind", "LimitationQuestion", "limitation"]


def limitation(question: LimitationQuestion, calendar: Calendar, pack: RulePack) -> Limitation:
    """Where the clock stands on `as_of`.

    Unknown without a due date, where only the old law decides, where the end of proceedings is
    missing, and in the days in which an unpublished holiday may still move the end.
    """
    start = _start(question, pack)
    if isinstance(start, Unknown):
        return Limitation(
            state=LimitationState.UNKNOWN,
            expires_on=None,
            provisional=None,
            unknown=start,
            chain=(),
            rule_ids=(),
        )
    clock = Clock(start, question.as_of, pack, calendar)
    clock.take(question.events)
    return _answer(clock, question.as_of, calendar)


def _start(question: LimitationQuestion, pack: RulePack) -> date | Unknown:
    """The day from which it runs: the last instalment's due date (189)."""
    if not question.due_dates:
        return Unknown(
            reason="the debt's due date is not on record",
            settled_by="the contract's due date or schedule",
        )
    if question.called_in_on is not None and question.called_in_on <= question.as_of:
        if pack.applies(ids.ACCELERATION):
            return min(question.called_in_on, max(question.due_dates))
        return Unknown(
            reason="the lender called the whole loan in; whether that moves the clock rests on "
            "practice (K)",
            settled_by=f"a lawyer's word, and the pack switch {pack.rule(ids.ACCELERATION).switch}",
        )
    return max(question.due_dates)


def _answer(clock: Clock, as_of: date, calendar: Calendar) -> Limitation:
    ends = clock.ends
    last = None if ends.early is None else last_day(ends.early, calendar)
    state = LimitationState.RUNNING if last is None else _state(clock, last, as_of, calendar)
    settled = last is not None and ends.early == ends.late
    return Limitation(
        state=LimitationState.UNKNOWN if isinstance(state, Unknown) else state,
        expires_on=last.on if last is not None and settled else None,
        provisional=clock.open_proceedings or (last.provisional if last else None),
        unknown=state if isinstance(state, Unknown) else None,
        chain=tuple(clock.chain),
        rule_ids=_rules(clock),
    )


def _state(
    clock: Clock, early: LastDay, as_of: date, calendar: Calendar
) -> LimitationState | Unknown:
    """Running until the first reading ends, expired once the last one has."""
    past = early.is_past(as_of)
    if past is False:
        return LimitationState.RUNNING
    if clock.open_proceedings is not None:
        return clock.open_proceedings
    late = clock.ends.late and last_day(clock.ends.late, calendar).is_past(as_of)
    if late is True:
        return LimitationState.EXPIRED
    if clock.doubt is not None:
        return clock.doubt
    if isinstance(past, Unknown):
        return past
    return late if isinstance(late, Unknown) else Clock.old_law(clock.ends)


def _rules(clock: Clock) -> tuple[str, ...]:
    found = [cause.rule_id for cause in clock.chain]
    base = (ids.THREE_YEARS, ids.LAST_INSTALMENT, ids.COUNTING, ids.DEFENCE_ONLY)
    return tuple(dict.fromkeys([*base, *found]))
