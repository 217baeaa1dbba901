"""The look before a payment: what the channel shows against what the case holds.

Personal values are compared open and never repeated: a warning names the field and no more.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from domain.cases.deciding.commands import Rules
from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.paying import PaymentChecked
from domain.figures.payees import PayeeStanding, known_payees, payee_standing, payee_warnings
from domain.personal import Personal
from domain.warnings import RaisedWarning, WarningCode

SHOWN_MIN: Final = 4
"""Fewer characters of a number tell nobody apart (the custom of masks: own reading)."""
_MASK: Final = re.compile(r"\*+|●+|•+|X{3,}")


def check_warnings(history: History, fact: PaymentChecked, rules: Rules) -> Iterator[RaisedWarning]:
    """Every mismatch, and everything that cannot be compared."""
    yield from _payee(history, fact)
    yield from _contract(history, fact)
    yield from _borrower(fact, rules)


def _payee(history: History, fact: PaymentChecked) -> Iterator[RaisedWarning]:
    if fact.payee is None:
        yield _raised(WarningCode.PAYEE_NOT_SHOWN, "payee")
        return
    yield from payee_warnings(history, (fact.loan_id,), fact.payee, fact.occurred_on)
    if payee_standing(history, (fact.loan_id,), fact.payee) in (
        PayeeStanding.LENDER,
        PayeeStanding.NOTED,
        PayeeStanding.ASSIGNEE,
    ):
        yield from _account(history, fact, fact.payee)


def _account(history: History, fact: PaymentChecked, payee: str) -> Iterator[RaisedWarning]:
    shown = _text(fact.payee_account)
    if shown is None:
        return
    held = {
        entry_id: account
        for entry_id, noted in known_payees(history, payee)
        if noted.channel in (None, fact.channel)
        and fact.loan_id in noted.loan_ids
        and (account := _text(noted.account)) is not None
    }
    entries = tuple(str(entry_id) for entry_id in held)
    if not held:
        yield _raised(WarningCode.PAYEE_ACCOUNT_NOT_HELD, "payee_account")
    elif not any(fits(shown, account) for account in held.values()):
        yield _raised(WarningCode.PAYEE_ACCOUNT_DIFFERS, "payee_account", entries)


def _contract(history: History, fact: PaymentChecked) -> Iterator[RaisedWarning]:
    loan = history.get(fact.loan_id, LoanTaken)
    held, shown = _text(loan.contract_number) if loan else None, _text(fact.contract_number)
    entries = (str(fact.loan_id),)
    if held is None:
        yield _raised(WarningCode.CONTRACT_NUMBER_NOT_HELD, "contract_number", entries)
    if shown is None:
        yield _raised(WarningCode.CONTRACT_NUMBER_NOT_SHOWN, "contract_number", entries)
    elif held is not None and not fits(shown, held):
        yield _raised(WarningCode.CONTRACT_NUMBER_DIFFERS, "contract_number", entries)


def _borrower(fact: PaymentChecked, rules: Rules) -> Iterator[RaisedWarning]:
    name = _plain(rules.client.name) if rules.client else None
    number = rules.client.id_number if rules.client else None
    shown = _text(fact.borrower_name)
    if name is None:
        yield _raised(WarningCode.BORROWER_NAME_NOT_HELD, "borrower_name")
    if shown is None or not visible(shown):
        yield _raised(WarningCode.BORROWER_NAME_NOT_SHOWN, "borrower_name")
    elif name is not None and not fits(shown, name):
        yield _raised(WarningCode.BORROWER_NAME_DIFFERS, "borrower_name")
    held, shown = None if number is None else _plain(number), _text(fact.borrower_id_number)
    if held is None:
        yield _raised(WarningCode.BORROWER_NUMBER_NOT_HELD, "borrower_id_number")
    if shown is None or visible(shown) < SHOWN_MIN:
        yield _raised(WarningCode.BORROWER_NUMBER_NOT_SHOWN, "borrower_id_number")
    elif held is not None and not (fits(shown, held) or held.endswith(shown)):
        yield _raised(WarningCode.BORROWER_NUMBER_DIFFERS, "borrower_id_number")


def fits(shown: str, held: str) -> bool:
    """Whether a text that may be masked could be the one held; a mask stands for any letters."""
    first, *rest = _MASK.split(shown)
    if not rest:
        return shown == held
    *middle, last = rest
    if not held.startswith(first):
        return False
    at = len(first)
    for part in middle:
        found = held.find(part, at + 1)
        if found < 0:
            return False
        at = found + len(part)
    return held.endswith(last) and len(held) - len(last) > at


def visible(shown: str) -> int:
    """How many characters are not masked."""
    return len(_MASK.sub("", shown))


def _text(personal: Personal[str] | None) -> str | None:
    value = personal.value if personal else None
    return _plain(value) or None if value else None


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def _raised(code: WarningCode, field: str, entries: tuple[str, ...] = ()) -> RaisedWarning:
    return RaisedWarning(code=code, field=field, detail="", entries=entries)
