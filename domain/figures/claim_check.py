"""The claim check: what a lender claims against what the records show, line by line.

Three measures side by side: the entries as recorded (`position`), what the contract gives on
them, and each cap. Differences are taken from the first; nothing here says what is owed.
"""

from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

from domain.cases.history import History
from domain.cases.lending import ClaimKind, LenderClaimed, LoanTaken, Terms
from domain.figures.claim_caps import cap_rooms
from domain.figures.claim_grounds import Grounds
from domain.figures.claim_judging import against, row_of
from domain.figures.claim_recorded import recorded_by_kind, withheld_claimed
from domain.figures.claim_rows import ClaimCheck, ClaimRow, Verdict
from domain.figures.figure import RULES, Figure, Unknown, of_parts, sum_of
from domain.figures.line import Line
from domain.figures.position import LoanPosition, position
from domain.figures.ruled import ruled_loan
from domain.money import Money
from domain.rules.books import Books

NOT_ITEMISED: Final = Unknown(
    reason="the claim names a sum without its items",
    settled_by="an itemised claim: principal, interest, penalties, fees and costs, each by itself",
)
ITEMISED: Final = (
    ClaimKind.PRINCIPAL,
    ClaimKind.INTEREST,
    ClaimKind.PENALTY,
    ClaimKind.FEE,
    ClaimKind.COST,
)


def claim_check(history: History, claim_id: UUID, books: Books | Unknown) -> ClaimCheck:
    """The check of a claim on its own `claimed_as_of` day, as the case is known. Pure.

    Without books the records are still compared, and `asks` says what the lines wait for.
    LookupError when the case has no such claim.
    """
    claim = history.get(claim_id, LenderClaimed)
    if claim is None:
        raise LookupError(f"no claim {claim_id}")
    loans = position(history, claim.claimed_as_of).loans
    loan = next((each for each in loans if each.loan_id == claim.loan_id), None)
    grounds = _grounds(history, claim, loan, books)
    rows = _rows(claim, grounds)
    claimed = _sum((item.amount for item in claim.items), grounds.currency)
    recorded = sum_of({row.kind.value: row.recorded for row in rows}, grounds.currency).amount
    stated = claim.stated_total
    return ClaimCheck(
        case_id=history.case_id,
        claim_id=claim_id,
        loan_id=claim.loan_id,
        as_of=claim.claimed_as_of,
        known_at=history.position,
        version=history.version,
        rules=RULES,
        pack=books.pack.reference if isinstance(books, Books) else None,
        data=books.data.version if isinstance(books, Books) else None,
        reviewed=books.pack.reviewed if isinstance(books, Books) else None,
        claim_grade=claim.grade,
        rows=rows,
        lines=tuple(against(line, grounds, claimed) for line in grounds.lines),
        withheld=tuple(withheld_claimed(loan, grounds)),
        claimed=claimed,
        recorded=recorded,
        difference=None if recorded is None else claimed - recorded,
        documented=_known_sum((row.documented for row in rows), grounds.currency),
        on_words=_known_sum((row.on_words for row in rows), grounds.currency),
        stated_total=stated,
        stated_difference=None if stated is None else stated - claimed,
        asks=tuple(_asks(rows, claimed, stated, books)),
    )


def _grounds(
    history: History, claim: LenderClaimed, loan: LoanPosition | None, books: Books | Unknown
) -> Grounds:
    day, currency = claim.claimed_as_of, claim.items[0].amount.currency
    asked = {kind: Money.zero(currency) for kind in ClaimKind}
    for item in claim.items:
        asked[item.kind] += item.amount
    taken = history.get(claim.loan_id, LoanTaken)
    terms = taken.terms if taken is not None else Terms()
    lines: tuple[Line, ...] = ()
    rooms: dict[str, Money] = {}
    if isinstance(books, Books) and taken is not None and taken.occurred_on <= day:
        entry = history.entries[claim.loan_id]
        standing = [each for each in history.entries.values() if not each.is_withdrawn]
        lines = ruled_loan(entry, standing, day, books).lines
        rooms = cap_rooms(entry, standing, day, books)
    return Grounds(
        currency=currency,
        claimed=asked,
        recorded=recorded_by_kind(history, loan, day),
        lent=None if loan is None else loan.lent.amount,
        withheld=None if loan is None else loan.withheld.amount,
        has_rate=bool(terms.rate_pct or terms.overdue_rate_pct),
        lines=tuple(line for line in lines if line.line_id != "claimed"),
        rooms=rooms,
    )


def _rows(claim: LenderClaimed, grounds: Grounds) -> tuple[ClaimRow, ...]:
    """One row for each kind that is claimed or recorded; what a lump sum may hold goes with it."""
    named = {item.kind for item in claim.items}
    is_lump = ClaimKind.UNITEMISED in named
    folded = {kind.value: grounds.recorded[kind] for kind in ITEMISED if kind not in named}
    rows = [
        row_of(kind, grounds.recorded[kind], grounds)
        for kind in ITEMISED
        if kind in named or (not is_lump and _says_something(grounds.recorded[kind]))
    ]
    if is_lump:
        rows.append(row_of(ClaimKind.UNITEMISED, _together(folded, grounds.currency), grounds))
    return tuple(rows)


def _together(figures: dict[str, Figure], currency: str) -> Figure:
    """Several figures as one, with the parts of all of them."""
    total = sum_of(figures, currency)
    if total.unknown is not None:
        return Figure(unknown=total.unknown)
    return of_parts([part for figure in figures.values() for part in figure.parts], currency)


def _says_something(figure: Figure) -> bool:
    return figure.amount is None or figure.amount.minor != 0


def _asks(
    rows: tuple[ClaimRow, ...], claimed: Money, stated: Money | None, books: Books | Unknown
) -> Iterator[Unknown]:
    if isinstance(books, Unknown):
        yield books
    if any(row.kind is ClaimKind.UNITEMISED for row in rows):
        yield NOT_ITEMISED
    if stated is not None and stated != claimed:
        yield Unknown(
            reason=f"the items come to {claimed.text()}, the total printed is {stated.text()}",
            settled_by="a claim whose items add up to its total",
        )
    unknown = [row.unknown for row in rows if row.unknown and Verdict.UNKNOWN in row.verdicts]
    yield from (why for why in dict.fromkeys(unknown) if why != NOT_ITEMISED)


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return sum(amounts, Money.zero(currency))


def _known_sum(amounts: Iterable[Money | None], currency: str) -> Money | None:
    """The sum; None when one of them is not known."""
    found = list(amounts)
    known = [amount for amount in found if amount is not None]
    return _sum(known, currency) if len(known) == len(found) else None
