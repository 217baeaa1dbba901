"""Who may receive payments on a loan: its lender, and whom the case has noted."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.paying import KnownPayeeNoted
from domain.warnings import RaisedWarning, WarningCode


class PayeeStanding(StrEnum):
    """What the case knows of a payee."""

    LENDER = "lender"
    NOTED = "noted"
    OTHER_LOAN = "other-loan"
    """It receives payments on another loan of the case, and not on this one."""
    UNKNOWN = "unknown"


def same_company(one: str, other: str) -> bool:
    """Whether two names are written alike but for width, case and blanks."""
    return _plain(one) == _plain(other)


def payee_standing(
    history: History, loan_ids: Sequence[UUID], payee: str | None, as_of: date | None = None
) -> PayeeStanding:
    """What is known of a payee for these loans; None stands for the lender.

    `as_of`: by what had been noted by then; None: by all that is on record.
    """
    if payee is None:
        return PayeeStanding.LENDER
    lenders = dict(history.standing(LoanTaken))
    if any(same_company(lenders[each].lender, payee) for each in loan_ids if each in lenders):
        return PayeeStanding.LENDER
    noted = [fact for _, fact in known_payees(history, payee, as_of)]
    if any(set(fact.loan_ids) & set(loan_ids) for fact in noted):
        return PayeeStanding.NOTED
    if noted or any(same_company(loan.lender, payee) for loan in lenders.values()):
        return PayeeStanding.OTHER_LOAN
    return PayeeStanding.UNKNOWN


def known_payees(
    history: History, payee: str, as_of: date | None = None
) -> Iterable[tuple[UUID, KnownPayeeNoted]]:
    """The entries that note this company as a payee."""
    return [
        (entry_id, fact)
        for entry_id, fact in history.standing(KnownPayeeNoted)
        if same_company(fact.company, payee) and (as_of is None or fact.occurred_on <= as_of)
    ]


def payee_warnings(
    history: History, loan_ids: Sequence[UUID], payee: str
) -> Iterator[RaisedWarning]:
    """What is doubtful about a payee."""
    code = {
        PayeeStanding.UNKNOWN: WarningCode.PAYEE_UNKNOWN,
        PayeeStanding.OTHER_LOAN: WarningCode.PAYEE_DIFFERS,
    }.get(payee_standing(history, loan_ids, payee))
    if code is not None:
        lenders = [loan.lender for each in loan_ids if (loan := history.get(each, LoanTaken))]
        yield RaisedWarning(
            code=code,
            field="payee",
            detail=f"payee {payee}; lender {', '.join(dict.fromkeys(lenders))}",
            entries=tuple(str(each) for each in loan_ids),
        )


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
