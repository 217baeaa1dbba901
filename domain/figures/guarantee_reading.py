"""Whether the guarantors of a loan are still bound, from a case's own facts."""

from datetime import date
from uuid import UUID

import msgspec

from domain.cases.court import Claimant, SuitFiled
from domain.cases.guarantees import GuaranteeGiven, GuarantorCalled
from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.figures.figure import Unknown
from domain.figures.promised import last_due_on
from domain.rules.books import Books
from domain.rules.cn.guarantee import Guarantee, GuaranteeQuestion, guarantee_period


class GuaranteeStanding(msgspec.Struct, frozen=True, kw_only=True):
    """One guarantee on a day."""

    guarantee_id: UUID
    loan_id: UUID
    given_on: date
    guarantee: Guarantee | None
    """None where the pack has nothing to say, see `unknown`."""
    unknown: Unknown | None = None


class GuaranteesReading(msgspec.Struct, frozen=True, kw_only=True):
    """The guarantees of a case on a day, with everything that makes the answer again."""

    case_id: UUID
    as_of: date
    known_at: int
    version: int
    pack: str | None
    data: str | None
    reviewed: str | None
    guarantees: tuple[GuaranteeStanding, ...]


def guarantees_reading(history: History, as_of: date, books: Books | Unknown) -> GuaranteesReading:
    """Every guarantee given by `as_of`, in the order in which they were given. Pure."""
    given = sorted(
        (
            (entry_id, fact)
            for entry_id, fact in history.standing(GuaranteeGiven)
            if fact.occurred_on <= as_of
        ),
        key=lambda found: (found[1].occurred_on, found[0]),
    )
    known = books if isinstance(books, Books) else None
    return GuaranteesReading(
        case_id=history.case_id,
        as_of=as_of,
        known_at=history.position,
        version=history.version,
        pack=known.pack.reference if known else None,
        data=known.data.version if known else None,
        reviewed=known.pack.reviewed if known else None,
        guarantees=tuple(
            _standing(history, entry_id, fact, as_of, books) for entry_id, fact in given
        ),
    )


def _standing(
    history: History, entry_id: UUID, fact: GuaranteeGiven, as_of: date, books: Books | Unknown
) -> GuaranteeStanding:
    loan = history.get(fact.loan_id, LoanTaken)
    found: Guarantee | Unknown
    if isinstance(books, Unknown):
        found = books
    elif loan is None or loan.face_amount.currency != "CNY":
        found = Unknown(
            reason=f"{books.pack.reference} has no rule for a loan in another currency",
            settled_by="a rule pack for the law that governs the loan",
        )
    else:
        question = _question(history, entry_id, fact, loan, as_of)
        found = guarantee_period(question, books.data.calendar, books.pack)
    return GuaranteeStanding(
        guarantee_id=entry_id,
        loan_id=fact.loan_id,
        given_on=fact.occurred_on,
        guarantee=None if isinstance(found, Unknown) else found,
        unknown=found if isinstance(found, Unknown) else None,
    )


def _question(
    history: History, entry_id: UUID, fact: GuaranteeGiven, loan: LoanTaken, as_of: date
) -> GuaranteeQuestion:
    """Due by the contract: what was agreed later does not bind a guarantor who did not consent."""
    sued = [
        suit.occurred_on
        for _, suit in history.standing(SuitFiled)
        if fact.loan_id in suit.loan_ids and suit.claimant in (Claimant.LENDER, Claimant.ASSIGNEE)
    ]
    called = [
        call.occurred_on
        for _, call in history.standing(GuarantorCalled)
        if call.guarantee_id == entry_id
    ]
    return GuaranteeQuestion(
        contract_on=fact.occurred_on,
        due_on=last_due_on(loan.terms),
        form=fact.form,
        agreed_until=fact.until,
        debtor_sued_on=min(sued, default=None),
        guarantor_asked_on=min(called, default=None),
        as_of=as_of,
    )
