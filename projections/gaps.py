"""Gaps: what a line says and the file does not show. Codes are stable, sentences are plain.

A gap is never a judgement on the facts: it names what is missing from this record.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.contacts import ContactChannel, ContactLogged, ContactOutcome, ContactParty
from domain.cases.history import History
from domain.cases.intake import CaseOpened
from domain.cases.lending import LenderClaimed, LoanDisbursed, LoanTaken
from domain.cases.letters import LetterAnswered, LetterDelivered, LetterSent
from domain.cases.paying import PaymentChecked
from domain.cases.payments import (
    PaymentBounced,
    PaymentChannel,
    PaymentCredited,
    PaymentExpired,
    PaymentMade,
)
from domain.facts import Grade, Observed
from domain.figures.payees import PayeeStanding, payee_standing
from projections.sources import Sources


class Gap(msgspec.Struct, frozen=True):
    """One thing that is missing, in both languages; `detail` names amounts or ids."""

    code: str
    zh: str
    en: str
    detail: str = ""


NO_EVIDENCE: Final = {
    Grade.CLIENT_SAYS: Gap(
        "no-evidence",
        "仅有当事人陈述，卷内无证据材料。",
        "Rests on the client's word; no item shows it.",
    ),
    Grade.LENDER_SAYS: Gap(
        "no-evidence",
        "仅有出借方陈述，卷内无证据材料。",
        "Rests on the lender's word; no item shows it.",
    ),
}
ITEM_MISSING: Final = Gap(
    "item-missing",
    "登记为有书面依据，但卷内没有相应材料。",
    "Recorded as documented, but no item in the file shows it.",
)
RECEIPT_MISSING: Final = Gap(
    "receipt-missing", "付款没有凭证。", "No item in the file shows this payment."
)
CREDIT_UNCONFIRMED: Final = Gap(
    "credit-unconfirmed",
    "已发出，但没有入账或退回的记录。",
    "Sent; neither its credit nor its return is recorded.",
)
PAYMENT_UNCHECKED: Final = Gap(
    "payment-unchecked",
    "付款前没有核对记录。",
    "No look at payee and contract before it is recorded.",
)
PAYEE_UNKNOWN: Final = Gap(
    "payee-unknown",
    "收款方既不是出借方，也不是已登记的收款方。",
    "Went to a payee who is neither the lender nor noted as one.",
)
CONTRACT_MISSING: Final = Gap(
    "contract-missing", "卷内没有借款合同。", "No item in the file shows the contract."
)
DISBURSEMENT_MISSING: Final = Gap(
    "disbursement-missing", "没有放款记录。", "What reached the client is not recorded."
)
CLAIM_TOTAL_DIFFERS: Final = Gap(
    "claim-total-differs",
    "主张的总额与各项之和不符。",
    "The total that the lender states is not the sum of its items.",
)
EVIDENCE_WITHDRAWN: Final = Gap(
    "evidence-withdrawn",
    "所引用的证据材料已撤回或不在卷内。",
    "Names an item that was withdrawn or is not in the file.",
)
DELIVERY_NOT_SHOWN: Final = Gap(
    "delivery-not-shown",
    "有发出的记录，没有送达的记录。",
    "Its sending is recorded; nothing shows that it arrived.",
)

_WRITTEN: Final = frozenset(
    {
        ContactChannel.SMS,
        ContactChannel.WECHAT,
        ContactChannel.APP_MESSAGE,
        ContactChannel.EMAIL,
        ContactChannel.LETTER,
    }
)
_OURS: Final = frozenset({ContactParty.CLIENT, ContactParty.ADVISER})
_UNANSWERED: Final = frozenset({None, ContactOutcome.NO_ANSWER, ContactOutcome.MESSAGE_LEFT})


class Settled(msgspec.Struct, frozen=True):
    """What later entries, up to a day, say of payments and loans."""

    credits: dict[UUID, list[UUID]]
    """Payment id to the entries that credit it."""
    expired: frozenset[UUID]
    disbursed: frozenset[UUID]
    """Loans of which a disbursement is recorded."""
    unchecked: frozenset[UUID] = frozenset()
    """Payments since the case was opened before which nobody looked."""
    unknown_payees: frozenset[UUID] = frozenset()
    arrived: frozenset[UUID] = frozenset()
    """Letters of which a delivery or an answer is recorded."""


def settled(history: History, as_of: date) -> Settled:
    """Look once through a history for what gaps ask about."""
    credited: dict[UUID, list[UUID]] = {}
    for entry_id, credit in history.standing(PaymentCredited):
        if credit.occurred_on <= as_of:
            credited.setdefault(credit.payment_id, []).append(entry_id)
    return Settled(
        credits=credited,
        expired=frozenset(
            fact.payment_id for fact in _never_arrived(history) if fact.occurred_on <= as_of
        ),
        disbursed=frozenset(
            fact.loan_id for _, fact in history.standing(LoanDisbursed) if fact.occurred_on <= as_of
        ),
        unchecked=frozenset(unchecked_payments(history)),
        unknown_payees=frozenset(
            payment_id
            for payment_id, fact in history.standing(PaymentMade)
            if fact.payee is not None
            and payee_standing(history, (fact.loan_id, *fact.also_for), fact.payee, as_of)
            is PayeeStanding.UNKNOWN
        ),
        arrived=frozenset(
            entry.fact.letter_id
            for entry in history.entries.values()
            if isinstance(entry.fact, LetterDelivered | LetterAnswered)
            and not entry.is_withdrawn
            and entry.fact.occurred_on <= as_of
        ),
    )


def _never_arrived(history: History) -> Iterator[PaymentExpired | PaymentBounced]:
    yield from (fact for _, fact in history.standing(PaymentExpired))
    yield from (fact for _, fact in history.standing(PaymentBounced))


def unchecked_payments(history: History) -> Iterator[UUID]:
    """Payments sent since the case was opened with no look on record since the one before.

    Nobody looks before a direct debit. A look serves the payments of its loan on the next day
    on which something is sent.
    """
    opened_on = min((fact.opened_on for _, fact in history.standing(CaseOpened)), default=date.max)
    checks: dict[UUID, list[date]] = {}
    for _, check in history.standing(PaymentChecked):
        checks.setdefault(check.loan_id, []).append(check.occurred_on)
    sent: dict[UUID, list[date]] = {}
    for _, paid in history.standing(PaymentMade):
        sent.setdefault(paid.loan_id, []).append(paid.occurred_on)
    for payment_id, paid in history.standing(PaymentMade):
        day = paid.occurred_on
        last = max((each for each in sent[paid.loan_id] if each < day), default=date.min)
        looked = any(last < each <= day for each in checks.get(paid.loan_id, ()))
        is_ours = day >= opened_on and paid.channel is not PaymentChannel.DIRECT_DEBIT
        if is_ours and not looked and paid.check_id is None:
            yield payment_id


def gaps_of(
    entry_id: UUID, fact: object, sources: Sources, known: Settled, as_of: date
) -> tuple[Gap, ...]:
    """What is missing behind one entry on `as_of`."""
    return tuple(_gaps(entry_id, fact, sources, known, as_of))


def _gaps(
    entry_id: UUID, fact: object, sources: Sources, known: Settled, as_of: date
) -> Iterator[Gap]:
    has_item = bool(sources.of(entry_id))
    if isinstance(fact, Observed):
        if not has_item and fact.grade in NO_EVIDENCE:
            yield NO_EVIDENCE[fact.grade]
        elif not has_item and not isinstance(fact, LoanTaken | PaymentMade):
            yield ITEM_MISSING
    if sources.is_broken(entry_id):
        yield EVIDENCE_WITHDRAWN
    match fact:
        case LoanTaken():
            yield from _loan_gaps(entry_id, has_item, known)
        case PaymentMade():
            yield from _payment_gaps(entry_id, fact, sources, known, as_of)
        case LenderClaimed():
            yield from _claim_gaps(fact)
        case ContactLogged() if _is_unanswered_letter(fact):
            yield DELIVERY_NOT_SHOWN
        case LetterSent() if fact.letter_id not in known.arrived:
            yield DELIVERY_NOT_SHOWN


def _loan_gaps(loan_id: UUID, has_item: bool, known: Settled) -> Iterator[Gap]:  # noqa: FBT001
    if not has_item:
        yield CONTRACT_MISSING
    if loan_id not in known.disbursed:
        yield DISBURSEMENT_MISSING


def _payment_gaps(
    payment_id: UUID, fact: PaymentMade, sources: Sources, known: Settled, as_of: date
) -> Iterator[Gap]:
    credited = known.credits.get(payment_id, [])
    # A bank line of the credit shows the payment as well.
    if not any(sources.of(entry_id) for entry_id in (payment_id, *credited)):
        yield RECEIPT_MISSING
    is_credited = bool(credited) or (fact.credited_on is not None and fact.credited_on <= as_of)
    if not is_credited and payment_id not in known.expired:
        yield CREDIT_UNCONFIRMED
    if payment_id in known.unchecked:
        yield PAYMENT_UNCHECKED
    if payment_id in known.unknown_payees:
        yield PAYEE_UNKNOWN


def _claim_gaps(fact: LenderClaimed) -> Iterator[Gap]:
    if fact.stated_total is None:
        return
    added = sum(item.amount.minor for item in fact.items)
    if added != fact.stated_total.minor:
        itemised = type(fact.stated_total)(added, fact.stated_total.currency)
        detail = f"{fact.stated_total.text()} / {itemised.text()} {itemised.currency}"
        yield msgspec.structs.replace(CLAIM_TOTAL_DIFFERS, detail=detail)


def _is_unanswered_letter(fact: ContactLogged) -> bool:
    is_written = fact.channel in _WRITTEN and fact.initiated_by in _OURS
    return is_written and fact.outcome in _UNANSWERED
