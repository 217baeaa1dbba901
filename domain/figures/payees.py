"""Who may receive payments on a loan: its lender, whom the case has noted, who took it over."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.parties import PartyNamed, PartyRole
from domain.cases.paying import KnownPayeeNoted
from domain.companies import same_company
from domain.intake.parties import left_on, notified_on
from domain.warnings import RaisedWarning, WarningCode


class PayeeStanding(StrEnum):
    """What the case knows of a payee."""

    LENDER = "lender"
    LENDER_BEFORE = "lender-before"
    """The lender, of a loan that went over to somebody else, and the borrower had notice of it."""
    ASSIGNEE = "assignee"
    """Took the loan over, and the borrower had notice of it (民法典 546)."""
    ASSIGNEE_UNTOLD = "assignee-untold"
    """Took the loan over, and no notice to the borrower is on record."""
    NOTED = "noted"
    OTHER_LOAN = "other-loan"
    """It receives payments on another loan of the case, and not on this one."""
    UNKNOWN = "unknown"


_WARNED = {
    PayeeStanding.UNKNOWN: WarningCode.PAYEE_UNKNOWN,
    PayeeStanding.OTHER_LOAN: WarningCode.PAYEE_DIFFERS,
    PayeeStanding.ASSIGNEE_UNTOLD: WarningCode.PAYEE_NOT_NOTIFIED,
    PayeeStanding.LENDER_BEFORE: WarningCode.LOAN_ASSIGNED,
}


def payee_standing(
    history: History, loan_ids: Sequence[UUID], payee: str | None, as_of: date | None = None
) -> PayeeStanding:
    """What is known of a payee for these loans; None stands for the lender.

    `as_of`: by what had been noted by then; None: by all that is on record.
    """
    lenders = dict(history.standing(LoanTaken))
    day = as_of or date.max
    of_loans = [lenders[each].lender for each in loan_ids if each in lenders]
    noted = [] if payee is None else [fact for _, fact in known_payees(history, payee, as_of)]
    if any(set(fact.loan_ids) & set(loan_ids) for fact in noted):
        return PayeeStanding.NOTED
    if payee is None or any(same_company(lender, payee) for lender in of_loans):
        gone = any(_assigned_to(history, loan_id, day) for loan_id in loan_ids)
        return PayeeStanding.LENDER_BEFORE if gone else PayeeStanding.LENDER
    taken = [standing for each in loan_ids if (standing := _assignee(history, each, payee, day))]
    if taken:
        return max(taken, key=lambda each: each is PayeeStanding.ASSIGNEE_UNTOLD)
    if noted or any(same_company(loan.lender, payee) for loan in lenders.values()):
        return PayeeStanding.OTHER_LOAN
    return PayeeStanding.UNKNOWN


def assignees(history: History, loan_id: UUID, day: date) -> Iterator[tuple[UUID, PartyNamed]]:
    """Who has taken a loan over by `day`, and has not given it back."""
    for party_id, party in history.standing(PartyNamed):
        if party.role is not PartyRole.ASSIGNEE or loan_id not in party.loan_ids:
            continue
        left = left_on(history, party_id)
        if party.occurred_on <= day and (left is None or left > day):
            yield party_id, party


def _assigned_to(history: History, loan_id: UUID, day: date) -> UUID | None:
    """The assignee of whom the borrower has notice."""
    for party_id, _ in assignees(history, loan_id, day):
        if notified_on(history, party_id, day, loan_id) is not None:
            return party_id
    return None


def _assignee(history: History, loan_id: UUID, payee: str, day: date) -> PayeeStanding | None:
    for party_id, party in assignees(history, loan_id, day):
        if party.company is not None and same_company(party.company, payee):
            told = notified_on(history, party_id, day, loan_id) is not None
            return PayeeStanding.ASSIGNEE if told else PayeeStanding.ASSIGNEE_UNTOLD
    return None


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
    history: History, loan_ids: Sequence[UUID], payee: str | None, on: date
) -> Iterator[RaisedWarning]:
    """What is doubtful about a payee, None for the lender, of a payment on a day.

    What is noted later than the payment speaks for the payee all the same; a loan that goes over
    later does not.
    """
    now = payee_standing(history, loan_ids, payee)
    if now is PayeeStanding.LENDER_BEFORE:
        now = payee_standing(history, loan_ids, payee, on)
    if code := _WARNED.get(now):
        lenders = [loan.lender for each in loan_ids if (loan := history.get(each, LoanTaken))]
        yield RaisedWarning(
            code=code,
            field="payee",
            detail=f"payee {payee or 'the lender'}; lender {', '.join(dict.fromkeys(lenders))}",
            entries=tuple(str(each) for each in loan_ids),
        )
