"""The story of one loan up to a day: what its labelled lines are computed from."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

import msgspec

from domain.cases.court import SuitAccepted, SuitDecided, SuitFiled
from domain.cases.findings import Finding, FindingRecorded
from domain.cases.history import Entry
from domain.cases.lending import (
    ChargeMade,
    CostTableShown,
    LenderClaimed,
    LoanCalledDue,
    LoanDisbursed,
    LoanTaken,
)
from domain.facts import Fact
from domain.figures import ledger
from domain.figures.course import Kind, Step, in_order
from domain.figures.promised import last_due_on
from domain.figures.several import Shared


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One loan's facts as they stand on a day."""

    loan_id: UUID
    loan: LoanTaken
    as_of: date
    steps: tuple[Step, ...]
    """What was lent, as received, what was charged, and what was credited and not reversed, in
    order; take-backs left out."""
    shared: tuple[Shared, ...] = ()
    """Payments of the case that could be for several debts; none of them is in `steps`."""
    charges: tuple[Entry, ...]
    taken_back_minor: int
    """Charges and payments found to be take-backs at disbursement."""
    counted: dict[UUID, bool]
    """Charges found to be, or not to be, a cost of the loan."""
    void: Entry | None
    """The finding that the contract is void."""
    sued_on: date | None
    accepted_on: date | None
    decided_on: date | None
    cost_table: CostTableShown | None
    """The table of the all-in cost that was shown first."""
    called_due_on: date | None
    """The last day for paying back after the lender called the whole loan due."""
    claim: Entry | None
    """The lender's latest claim."""
    before: "Story | None" = None
    """The loan that this one took over."""
    renewed_by: UUID | None = None
    """The loan that took this one over, by that day."""

    @property
    def currency(self) -> str:
        """The loan's currency."""
        return self.loan.face_amount.currency

    @property
    def first_lent_on(self) -> date | None:
        """The day money was first provided; for a renewal without any, its contract's day."""
        lent = next((step.on for step in self.steps if step.kind is Kind.LENT), None)
        renewed = self.loan.occurred_on if self.before is not None else None
        return min((day for day in (lent, renewed) if day is not None), default=None)

    @property
    def last_due_on(self) -> date | None:
        """The last day for paying back, by the contract or as called due before that."""
        days = [day for day in (last_due_on(self.loan.terms), self.called_due_on) if day]
        return min(days, default=None)


def story_of(
    loan: Entry, standing: Sequence[Entry], as_of: date, after: frozenset[UUID] = frozenset()
) -> Story:
    """The story of a loan from a case's standing entries, order of recording aside.

    `after` are the loans that took it over in turn; none of them is taken over by it as well.
    """
    if not isinstance(loan.fact, LoanTaken):
        raise TypeError(loan.fact.TOPIC)
    mine = [entry for entry in standing if getattr(entry.fact, "loan_id", None) == loan.entry_id]
    findings = list(_happened(mine, FindingRecorded, as_of))
    back = _taken_back(findings)
    sued_on, accepted_on, decided_on = _suit(standing, loan.entry_id, as_of)
    known = ledger.outcomes(standing, as_of)
    steps = [*_owed_steps(mine, as_of), *_paid_steps(mine, known, as_of)]
    return Story(
        loan_id=loan.entry_id,
        loan=loan.fact,
        as_of=as_of,
        steps=tuple(in_order(step for step in steps if step.entry_id not in back)),
        shared=tuple(ledger.shared_payments(standing, known, as_of)),
        charges=tuple(_happened(mine, ChargeMade, as_of)),
        taken_back_minor=sum(step.minor for step in steps if step.entry_id in back),
        counted=_counted(findings),
        void=next((entry for entry in findings if _is_void(entry.fact)), None),
        sued_on=sued_on,
        accepted_on=accepted_on,
        decided_on=decided_on,
        cost_table=_cost_table(mine, as_of),
        called_due_on=_called_due_on(mine, as_of),
        claim=_latest_claim(mine, as_of),
        before=_before(loan, loan.fact, standing, as_of, after),
        renewed_by=_renewed_by(loan.entry_id, standing, as_of),
    )


def _taken_back(findings: Iterable[Entry]) -> frozenset[UUID]:
    return frozenset(
        entry.fact.about_id
        for entry in findings
        if isinstance(entry.fact, FindingRecorded)
        and entry.fact.finding is Finding.TAKEN_BACK
        and entry.fact.about_id is not None
    )


def _owed_steps(mine: Iterable[Entry], as_of: date) -> Iterator[Step]:
    for entry in mine:
        fact = entry.fact
        if isinstance(fact, LoanDisbursed) and fact.occurred_on <= as_of:
            withheld = fact.withheld.minor if fact.withheld else 0
            yield _step(entry, Kind.LENT, fact.received.minor, fact, withheld)
        elif isinstance(fact, ChargeMade) and fact.occurred_on <= as_of:
            yield _step(entry, Kind.CHARGED, fact.amount.minor, fact)


def _step(
    entry: Entry, kind: Kind, minor: int, fact: LoanDisbursed | ChargeMade, withheld: int = 0
) -> Step:
    charge = fact.kind if isinstance(fact, ChargeMade) else None
    return Step(fact.occurred_on, kind, minor, entry.entry_id, fact.grade, charge, withheld)


def _paid_steps(mine: list[Entry], known: ledger.Outcomes, as_of: date) -> Iterator[Step]:
    named = [entry for entry in mine if not getattr(entry.fact, "also_for", ())]
    for paid in ledger.payments_of(named, known, as_of).credited:
        yield Step(paid.on, Kind.PAID, paid.minor, paid.entry_id, paid.grade)


def _before(
    entry: Entry, loan: LoanTaken, standing: Sequence[Entry], as_of: date, after: frozenset[UUID]
) -> Story | None:
    """The story of the loan taken over: what was paid on it later counts for the new one."""
    renews = loan.renews
    if renews is None or renews.loan_id in after:
        return None
    for earlier in standing:
        if earlier.entry_id == renews.loan_id and isinstance(earlier.fact, LoanTaken):
            return story_of(earlier, standing, as_of, after | {entry.entry_id})
    return None


def _renewed_by(loan_id: UUID, standing: Sequence[Entry], as_of: date) -> UUID | None:
    found = [
        (entry.fact.occurred_on, entry.entry_id)
        for entry in standing
        if isinstance(entry.fact, LoanTaken)
        and entry.fact.renews is not None
        and entry.fact.renews.loan_id == loan_id
        and entry.fact.occurred_on <= as_of
    ]
    return min(found)[1] if found else None


def _called_due_on(mine: Iterable[Entry], as_of: date) -> date | None:
    days = [
        entry.fact.due_on
        for entry in _happened(mine, LoanCalledDue, as_of)
        if isinstance(entry.fact, LoanCalledDue)
    ]
    return min(days, default=None)


def _happened(entries: Iterable[Entry], kind: type[Fact], as_of: date) -> Iterator[Entry]:
    for entry in entries:
        happened = entry.fact.happened()
        if isinstance(entry.fact, kind) and isinstance(happened, date) and happened <= as_of:
            yield entry


def _is_void(fact: Fact) -> bool:
    return isinstance(fact, FindingRecorded) and fact.finding is Finding.LOAN_VOID


def _counted(findings: list[Entry]) -> dict[UUID, bool]:
    """What was found of each charge; of two findings the one made last, by its own day."""
    said = {Finding.COUNTS_AS_COST: True, Finding.NOT_A_COST: False}
    found: dict[UUID, bool] = {}
    for entry in sorted(findings, key=lambda e: (str(e.fact.happened()), e.entry_id)):
        fact = entry.fact
        if isinstance(fact, FindingRecorded) and fact.about_id and fact.finding in said:
            found[fact.about_id] = said[fact.finding]
    return found


def _suit(
    standing: Sequence[Entry], loan_id: UUID, as_of: date
) -> tuple[date | None, date | None, date | None]:
    """Days of suing, acceptance and decision of the first suit over a loan, as on record."""
    suits = [
        (entry.fact.occurred_on, entry.entry_id, entry.fact)
        for entry in standing
        if isinstance(entry.fact, SuitFiled)
        and loan_id in entry.fact.loan_ids
        and entry.fact.occurred_on <= as_of
    ]
    if not suits:
        return None, None, None
    sued_on, suit_id, suit = min(suits, key=lambda found: found[:2])
    accepted = [suit.accepted_on] if suit.accepted_on else []
    accepted += _days_of(standing, SuitAccepted, suit_id)
    decided = _days_of(standing, SuitDecided, suit_id)
    return sued_on, _first_by(accepted, as_of), _first_by(decided, as_of)


def _days_of(
    standing: Sequence[Entry], kind: type[SuitAccepted | SuitDecided], suit_id: UUID
) -> list[date]:
    return [
        entry.fact.occurred_on
        for entry in standing
        if isinstance(entry.fact, kind) and entry.fact.suit_id == suit_id
    ]


def _first_by(days: Iterable[date], as_of: date) -> date | None:
    return min((day for day in days if day <= as_of), default=None)


def _cost_table(mine: list[Entry], as_of: date) -> CostTableShown | None:
    shown = [
        (entry.fact.occurred_on, entry.entry_id, entry.fact)
        for entry in _happened(mine, CostTableShown, as_of)
        if isinstance(entry.fact, CostTableShown)
    ]
    return min(shown, key=lambda found: found[:2])[2] if shown else None


def _latest_claim(mine: list[Entry], as_of: date) -> Entry | None:
    claims = list(_happened(mine, LenderClaimed, as_of))

    def order(entry: Entry) -> tuple[date, date, UUID]:
        if not isinstance(entry.fact, LenderClaimed):
            raise TypeError(entry.fact.TOPIC)
        return entry.fact.claimed_as_of, entry.fact.occurred_on, entry.entry_id

    return max(claims, key=order, default=None)


def lent_less(steps: Iterable[Step], minor: int) -> list[Step]:
    """The same steps with an amount taken off what was lent, from the first on."""
    found = []
    for step in steps:
        if minor and step.kind is Kind.LENT:
            off = min(minor, step.minor)
            minor -= off
            step = msgspec.structs.replace(step, minor=step.minor - off)
        found.append(step)
    return found


def lent_with_withheld(steps: Iterable[Step]) -> list[Step]:
    """The same steps with all that the contract calls lent, also what was kept back."""
    return [
        msgspec.structs.replace(step, minor=step.minor + step.withheld_minor)
        if step.withheld_minor
        else step
        for step in steps
    ]
