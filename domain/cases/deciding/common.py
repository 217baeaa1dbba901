"""Rules that hold for every fact: dates, amounts, texts, and the entries it names."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from domain.cases.deciding.commands import Rules
from domain.cases.evidence import EvidenceAdded
from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.facts import Dated, Fact, Observed
from domain.money import Money
from domain.personal import Personal
from domain.refusals import Code, Refusal

OLDEST: Final = date(1980, 1, 1)
AHEAD: Final = frozenset(
    {"due_on", "first_due_on", "promised_on", "review_on", "until", "hearing_on", "perform_by"}
    | {"answer_wanted_on", "ends_on"}
)
"""Dates that may lie in the future."""
ZERO_OK: Final = frozenset(
    {"withheld", "stated_total", "waived", "items", "security", "judged", "overdue", "assets"}
    | {"available", "lines", "stated_income", "stated_expenditure"}
    | {"figures", "frozen"}
)
"""Fields in which an amount of zero says something."""
SIGNED: Final = frozenset({"stated_surplus"})
"""Fields in which an amount below zero says something."""

LISTS: Final = frozenset({"files"})
"""Personal texts that a program writes, a line for each of many things."""

Leaf = tuple[str, Any]


def leaves(value: Any, path: str = "") -> Iterator[Leaf]:
    """Every plain value inside a fact with its path, `/` between steps."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from leaves(getattr(value, name), f"{path}/{name}" if path else name)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}/{index}")
    elif value is not None:
        yield path, value


def check_common(history: History, fact: Fact, rules: Rules) -> Refusal | None:
    """The first thing wrong with a fact by the rules that hold for all of them."""
    for path, value in leaves(fact):
        refusal = _check_leaf(path, value, rules)
        if refusal:
            return refusal
    return _check_currency(fact) or _check_evidence(history, fact)


def _check_leaf(path: str, value: Any, rules: Rules) -> Refusal | None:
    if isinstance(value, Money):
        return _check_amount(path, value)
    if isinstance(value, datetime):
        return _check_moment(path, value, rules)
    if isinstance(value, date):
        return check_date(path, value, rules)
    if isinstance(value, Personal):
        is_list = path in LISTS
        chars_max = rules.list_chars_max if is_list else rules.personal_chars_max
        return check_text(path, value.value, chars_max)
    if isinstance(value, str):
        return check_text(path, value, rules.text_chars_max)
    return None


def check_date(path: str, day: date, rules: Rules) -> Refusal | None:
    """A day that happened lies between 1980 and today; one that is due, within fifty years."""
    if day < OLDEST:
        return Refusal(code=Code.DATE_TOO_OLD, field=path, detail=f"{day} is before {OLDEST}")
    if path.rsplit("/", 1)[-1] in AHEAD:
        latest = rules.today + timedelta(days=366 * rules.due_years_max)
        if day > latest:
            return Refusal(code=Code.DATE_TOO_FAR, field=path, detail=f"{day} is after {latest}")
    elif day > rules.today:
        detail = f"{day} is after today, {rules.today}"
        return Refusal(code=Code.DATE_IN_FUTURE, field=path, detail=detail)
    return None


def _check_moment(path: str, moment: datetime, rules: Rules) -> Refusal | None:
    if moment > rules.now + timedelta(seconds=rules.future_seconds_max):
        detail = f"{moment.isoformat()} is after now, {rules.now.isoformat()}"
        return Refusal(code=Code.DATE_IN_FUTURE, field=path, detail=detail)
    if moment.date() < OLDEST:
        return Refusal(code=Code.DATE_TOO_OLD, field=path, detail=f"before {OLDEST}")
    return None


def _check_amount(path: str, amount: Money) -> Refusal | None:
    if path in SIGNED:
        return None
    if path.split("/", 1)[0] in ZERO_OK:
        if amount.minor < 0:
            return Refusal(code=Code.AMOUNT_NEGATIVE, field=path, detail=amount.text())
    elif amount.minor <= 0:
        return Refusal(code=Code.AMOUNT_NOT_POSITIVE, field=path, detail=amount.text())
    return None


def check_text(path: str, text: Any, chars_max: int) -> Refusal | None:
    """A text says something, fits, and can be kept."""
    if isinstance(text, str) and not text.strip():
        return Refusal(code=Code.TEXT_EMPTY, field=path)
    if isinstance(text, str) and "\0" in text:
        return Refusal(code=Code.TEXT_UNUSABLE, field=path)
    if isinstance(text, str) and len(text) > chars_max:
        detail = f"{len(text)} characters; at most {chars_max}"
        return Refusal(code=Code.TEXT_TOO_LONG, field=path, detail=detail)
    return None


def _check_currency(fact: Fact) -> Refusal | None:
    amounts = [(path, value) for path, value in leaves(fact) if isinstance(value, Money)]
    for path, amount in amounts[1:]:
        if amount.currency != amounts[0][1].currency:
            detail = f"{amount.currency} beside {amounts[0][1].currency} in {amounts[0][0]}"
            return Refusal(code=Code.CURRENCY_MIXED, field=path, detail=detail)
    return None


def _check_evidence(history: History, fact: Fact) -> Refusal | None:
    if not isinstance(fact, Observed):
        return None
    for index, item_id in enumerate(fact.evidence):
        refusal = need(history, item_id, EvidenceAdded, f"evidence/{index}")
        if refusal:
            return refusal
    return None


def need(history: History, entry_id: UUID, kind: type[Fact], field: str) -> Refusal | None:
    """Refuse unless the case has a standing entry of this kind under this id."""
    entry = history.entries.get(entry_id)
    if entry is None:
        return Refusal(
            code=Code.ENTRY_UNKNOWN, field=field, detail=f"this case has no entry {entry_id}"
        )
    if not isinstance(entry.fact, kind):
        detail = f"entry {entry_id} is a {entry.fact.TOPIC}, not a {kind.TOPIC}"
        return Refusal(code=Code.ENTRY_WRONG_KIND, field=field, detail=detail)
    if entry.is_withdrawn:
        detail = f"entry {entry_id} was withdrawn"
        return Refusal(code=Code.ENTRY_WITHDRAWN, field=field, detail=detail)
    return None


def need_before(
    history: History, entry_id: UUID, kind: type[Dated], day: date, field: str
) -> Refusal | None:
    """Refuse unless the case has this entry, and it happened on `day` or before."""
    refusal = need(history, entry_id, kind, field)
    earlier = history.get(entry_id, kind)
    if refusal or earlier is None or earlier.occurred_on <= day:
        return refusal
    detail = f"{day}; the {kind.TOPIC} that it follows is of {earlier.occurred_on}"
    return Refusal(
        code=Code.STEP_TOO_EARLY, field="occurred_on", detail=detail, entries=(str(entry_id),)
    )


def need_first(history: History, kind: type[Fact], field: str, about: UUID) -> Refusal | None:
    """Refuse when the case has a standing entry of this kind about the same thing."""
    for entry_id, other in history.standing(kind):
        if getattr(other, field) == about:
            detail = f"a {kind.TOPIC} about {about} is on record"
            return Refusal(
                code=Code.STEP_RECORDED, field=field, detail=detail, entries=(str(entry_id),)
            )
    return None


def need_loan(
    history: History,
    loan_id: UUID,
    amounts: Mapping[str, Money | None] | None = None,
    field: str = "loan_id",
) -> Refusal | None:
    """Refuse unless the loan is in this case and the amounts, by field, are in its currency."""
    refusal = need(history, loan_id, LoanTaken, field)
    loan = history.get(loan_id, LoanTaken)
    if refusal or loan is None:
        return refusal
    for name, amount in (amounts or {}).items():
        if amount is not None and amount.currency != loan.face_amount.currency:
            detail = f"{amount.currency}; the loan is in {loan.face_amount.currency}"
            return Refusal(code=Code.CURRENCY_MIXED, field=name, detail=detail)
    return None


def need_loans(
    history: History, loan_ids: tuple[UUID, ...], amounts: Mapping[str, Money | None]
) -> Refusal | None:
    """Refuse unless each loan is in this case, named once, and the amounts are in its currency."""
    for index, loan_id in enumerate(loan_ids):
        if loan_id in loan_ids[:index]:
            return Refusal(code=Code.LIST_REPEATS, field=f"loan_ids/{index}", detail=str(loan_id))
        refusal = need_loan(history, loan_id, amounts, f"loan_ids/{index}")
        if refusal:
            return refusal
    return None
