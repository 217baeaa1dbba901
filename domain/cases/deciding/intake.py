"""When a case may be opened, closed and reopened."""

import re
from datetime import date
from typing import Final, assert_never

from domain.cases.deciding.commands import Rules
from domain.cases.history import CaseStatus, History
from domain.cases.intake import CaseClosed, CaseOpened, CaseReopened, IntakeFact
from domain.refusals import Code, Refusal

MEMBER_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)


def check(history: History, fact: IntakeFact, rules: Rules) -> Refusal | None:
    """Whether a case may be opened, closed or reopened."""
    match fact:
        case CaseOpened():
            return check_opening(fact, rules)
        case CaseClosed():
            return check_closing(history, fact)
        case CaseReopened():
            return check_reopening(history, fact)
        case _:
            assert_never(fact)


def check_opening(fact: CaseOpened, rules: Rules) -> Refusal | None:
    """A known zone, and an adviser by id: what stands there is not sealed."""
    if fact.zone not in rules.zones:
        return Refusal(code=Code.ZONE_UNKNOWN, field="zone", detail=fact.zone[:40])
    if fact.adviser is not None and not MEMBER_ID.fullmatch(fact.adviser):
        return Refusal(code=Code.MEMBER_UNUSABLE, field="adviser")
    return None


def check_closing(history: History, fact: CaseClosed) -> Refusal | None:
    """A case is closed on or after the day it was opened."""
    return _not_before(opened_on(history), fact.closed_on, "closed_on")


def check_reopening(history: History, fact: CaseReopened) -> Refusal | None:
    """A case is reopened on or after the day it was last closed."""
    earliest = opened_on(history)
    if history.status is CaseStatus.CLOSED:
        closings = [closing.closed_on for _, closing in history.standing(CaseClosed)]
        earliest = closings[-1] if closings else earliest
    return _not_before(earliest, fact.reopened_on, "reopened_on")


def opened_on(history: History) -> date | None:
    """The day the case was opened, if it was."""
    return next((opened.opened_on for _, opened in history.standing(CaseOpened)), None)


def _not_before(earliest: date | None, day: date, field: str) -> Refusal | None:
    if earliest is not None and day < earliest:
        return Refusal(code=Code.DATE_ORDER, field=field, detail=f"{day} is before {earliest}")
    return None
