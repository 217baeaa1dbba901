"""When papers, proposals and their answers may be recorded."""

from collections.abc import Iterator, Sequence
from typing import assert_never
from uuid import UUID

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_loans
from domain.cases.deciding.paying import check_days, check_order, need_some
from domain.cases.deciding.promising import need_statement, promise_warnings, surplus_warnings
from domain.cases.evidence import EvidenceAdded
from domain.cases.history import History
from domain.cases.negotiating import (
    AnswerKind,
    NegotiatingFact,
    Offer,
    PapersAsked,
    PapersHandedIn,
    ProposalAnswered,
    ProposalKind,
    ProposalMade,
    ProposalWithdrawn,
)
from domain.figures.offers import offered
from domain.money import Money
from domain.refusals import Code, Refusal
from domain.warnings import RaisedWarning, WarningCode


def check(history: History, fact: NegotiatingFact, rules: Rules) -> Refusal | None:
    """Whether it may be recorded."""
    match fact:
        case PapersAsked():
            return _check_asked(history, fact)
        case PapersHandedIn():
            return _check_handed(history, fact)
        case ProposalMade():
            return _check_proposal(history, fact)
        case ProposalAnswered():
            return _check_answer(history, fact)
        case ProposalWithdrawn():
            return _check_taken_back(history, fact)
        case _:
            assert_never(fact)


def warnings(history: History, fact: NegotiatingFact, rules: Rules) -> Iterator[RaisedWarning]:
    """What a proposal promises, and whether its offers make up what is available."""
    if not isinstance(fact, ProposalMade):
        return
    total = offered(fact.offers)
    if fact.available is not None and (total is None or total < fact.available):
        said = total.text() if total else "nothing"
        yield RaisedWarning(
            code=WarningCode.SHARES_UNDER,
            field="offers",
            detail=f"offered {said}, available {fact.available.text()}",
        )
    yield from promise_warnings(history, fact.loan_ids, fact.occurred_on, rules)
    if fact.kind is not ProposalKind.LUMP_SUM:
        yield from surplus_warnings(history, fact.statement_id, fact.occurred_on, total)


def _check_asked(history: History, fact: PapersAsked) -> Refusal | None:
    return (
        need_some(fact.loan_ids)
        or need_loans(history, fact.loan_ids, {})
        or need_some(fact.papers, "papers")
        or _repeats("papers", fact.papers)
        or check_order("due_on", fact.due_on, fact.occurred_on, "the day they were asked for")
    )


def _check_handed(history: History, fact: PapersHandedIn) -> Refusal | None:
    """Papers that answer a request come after it and go to who asked."""
    refusal = (
        need_some(fact.loan_ids)
        or need_loans(history, fact.loan_ids, {})
        or need_some(fact.papers, "papers")
        or _check_copies(history, fact)
    )
    if refusal or fact.asked_id is None:
        return refusal
    asked = history.get(fact.asked_id, PapersAsked)
    if asked is None:
        return need(history, fact.asked_id, PapersAsked, "asked_id")
    if asked.lender != fact.lender:
        detail = f"{asked.lender} asked, handed to {fact.lender}"
        return Refusal(code=Code.ENTRY_WRONG_KIND, field="asked_id", detail=detail)
    return check_order("occurred_on", fact.occurred_on, asked.occurred_on, "the request")


def _check_copies(history: History, fact: PapersHandedIn) -> Refusal | None:
    for index, paper in enumerate(fact.papers):
        if paper.item_id is not None:
            field = f"papers/{index}/item_id"
            refusal = need(history, paper.item_id, EvidenceAdded, field)
            if refusal:
                return refusal
    return None


def _check_proposal(history: History, fact: ProposalMade) -> Refusal | None:
    if fact.answer_wanted_on is not None and fact.answer_working_days is not None:
        detail = "give the last day or the working days, not both"
        return Refusal(code=Code.DAYS_UNUSABLE, field="answer_working_days", detail=detail)
    return (
        need_some(fact.loan_ids)
        or need_loans(history, fact.loan_ids, {"available": fact.available})
        or need_some(fact.offers, "offers")
        or check_offers(history, fact.offers, fact.loan_ids, "offers")
        or check_order("answer_wanted_on", fact.answer_wanted_on, fact.occurred_on, "the proposal")
        or check_days("answer_working_days", fact.answer_working_days)
        or need_statement(history, fact.statement_id)
        or _check_whole(offered(fact.offers), fact.available)
    )


def check_offers(
    history: History, offers: Sequence[Offer], loan_ids: Sequence[UUID], field: str
) -> Refusal | None:
    """Each offer is for another of these loans, in its currency, its days in order."""
    seen: set[UUID] = set()
    for index, offer in enumerate(offers):
        path = f"{field}/{index}"
        if offer.loan_id in seen:
            detail = f"loan {offer.loan_id} stands twice"
            return Refusal(code=Code.LIST_REPEATS, field=f"{path}/loan_id", detail=detail)
        seen.add(offer.loan_id)
        if offer.loan_id not in loan_ids:
            detail = f"loan {offer.loan_id} is not among the loans that this is about"
            return Refusal(code=Code.ENTRY_WRONG_KIND, field=f"{path}/loan_id", detail=detail)
        amounts = {f"{path}/amount": offer.amount, f"{path}/waived": offer.waived}
        days = [instalment.due_on for instalment in offer.instalments]
        if days != sorted(days):
            return Refusal(code=Code.DATE_ORDER, field=f"{path}/instalments", detail="by day")
        refusal = need_loans(history, (offer.loan_id,), amounts)
        if refusal:
            return refusal
    return None


def _check_whole(total: Money | None, available: Money | None) -> Refusal | None:
    if total is None or available is None or not available < total:
        return None
    detail = f"offered {total.text()}, available {available.text()} {available.currency}"
    return Refusal(code=Code.SHARES_OVER, field="offers", detail=detail)


def _check_answer(history: History, fact: ProposalAnswered) -> Refusal | None:
    """No answer comes before its proposal, or for a loan that the proposal is not about."""
    proposal = history.get(fact.proposal_id, ProposalMade)
    if proposal is None:
        return need(history, fact.proposal_id, ProposalMade, "proposal_id")
    for index, loan_id in enumerate(fact.loan_ids):
        if loan_id not in proposal.loan_ids:
            detail = f"proposal {fact.proposal_id} is not about loan {loan_id}"
            return Refusal(code=Code.ENTRY_WRONG_KIND, field=f"loan_ids/{index}", detail=detail)
    if bool(fact.counter) != (fact.answer is AnswerKind.COUNTER):
        return Refusal(code=Code.ANSWER_UNFIT, field="counter", detail=f"answer {fact.answer}")
    return (
        check_order("occurred_on", fact.occurred_on, proposal.occurred_on, "the proposal")
        or need_some(fact.loan_ids)
        or need_loans(history, fact.loan_ids, {})
        or check_offers(history, fact.counter, fact.loan_ids, "counter")
        or check_order("due_on", fact.due_on, fact.occurred_on, "the answer")
    )


def _check_taken_back(history: History, fact: ProposalWithdrawn) -> Refusal | None:
    """A proposal is taken back once, and not before it went out."""
    proposal = history.get(fact.proposal_id, ProposalMade)
    if proposal is None:
        return need(history, fact.proposal_id, ProposalMade, "proposal_id")
    for entry_id, other in history.standing(ProposalWithdrawn):
        if other.proposal_id == fact.proposal_id:
            return Refusal(
                code=Code.PROPOSAL_WITHDRAWN,
                field="proposal_id",
                detail=f"proposal {fact.proposal_id} was taken back on {other.occurred_on}",
                entries=(str(entry_id),),
            )
    return check_order("occurred_on", fact.occurred_on, proposal.occurred_on, "the proposal")


def _repeats(field: str, items: Sequence[object]) -> Refusal | None:
    for index, item in enumerate(items):
        if item in items[:index]:
            return Refusal(code=Code.LIST_REPEATS, field=f"{field}/{index}", detail=str(item))
    return None
