"""The story of one loan up to a day: what its labelled lines are computed from."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

import msgspec

from domain.cases.court import SuitAccepted, SuitFiled
from domain.cases.findings import Finding, FindingRecorded
from domain.cases.history import Entry
from domain.cases.lending import ChargeKind, ChargeMade, LenderClaimed, LoanDisbursed, LoanTaken
from domain.facts import Fact, Grade
from domain.figures import ledger
from domain.figures.running import Step


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One loan's facts as they stand on a day, entry by entry."""

    loan_id: UUID
    loan: LoanTaken
    as_of: date
    disbursements: tuple[Entry, ...]
    charges: tuple[Entry, ...]
    payments: tuple[Step, ...]
    """Credited by then and not reversed."""
    taken_back: frozenset[UUID]
    """Charges and payments found to be take-backs at disbursement."""
    counted: dict[UUID, bool]
    """Charges found to be, or not to be, a cost of the loan."""
    void: Entry | None
    """The finding that the contract is void."""
    sued_on: date | None
    accepted_on: date | None
    claim: Entry | None
    """The lender's latest claim."""

    @property
    def currency(self) -> str:
        """The loan's currency."""
        return self.loan.face_amount.currency

    @property
    def first_lent_on(self) -> date | None:
        """The day the money was first provided."""
        facts = [entry.fact for entry in self.disbursements]
        days = [fact.occurred_on for fact in facts if isinstance(fact, LoanDisbursed)]
        return min(days, default=None)

    @property
    def last_due_on(self) -> date | None:
        """The last day for paying back, by the contract."""
        days = [instalment.due_on for instalment in self.loan.terms.schedule]
        if self.loan.terms.due_on is not None:
            days.append(self.loan.terms.due_on)
        return max(days, default=None)


def story_of(loan: Entry, standing: Sequence[Entry], as_of: date) -> Story:
    """The story of a loan from a case's standing entries, order of recording aside."""
    if not isinstance(loan.fact, LoanTaken):
        raise TypeError(loan.fact.TOPIC)
    mine = [entry for entry in standing if getattr(entry.fact, "loan_id", None) == loan.entry_id]
    known = ledger.outcomes(standing, as_of)
    findings = list(_happened(mine, FindingRecorded, as_of))
    back = frozenset(
        entry.fact.about_id
        for entry in findings
        if isinstance(entry.fact, FindingRecorded)
        and entry.fact.finding is Finding.TAKEN_BACK
        and entry.fact.about_id is not None
    )
    sued_on, accepted_on = _suit(standing, loan.entry_id, as_of)
    credited = ledger.payments_of(mine, known, as_of).credited
    return Story(
        loan_id=loan.entry_id,
        loan=loan.fact,
        as_of=as_of,
        disbursements=tuple(_happened(mine, LoanDisbursed, as_of)),
        charges=tuple(_happened(mine, ChargeMade, as_of)),
        payments=tuple(
            Step(on=m.on, kind="paid", minor=m.minor, entry_id=m.entry_id, grade=m.grade)
            for m in credited
        ),
        taken_back=back,
        counted=_counted(findings),
        void=next((entry for entry in findings if _is_void(entry.fact)), None),
        sued_on=sued_on,
        accepted_on=accepted_on,
        claim=_latest_claim(mine, as_of),
    )


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


def _suit(standing: Sequence[Entry], loan_id: UUID, as_of: date) -> tuple[date | None, date | None]:
    """Day of suing and of acceptance of the first suit over a loan, as far as on record."""
    suits = [
        (entry.fact.occurred_on, entry.entry_id, entry.fact)
        for entry in standing
        if isinstance(entry.fact, SuitFiled)
        and loan_id in entry.fact.loan_ids
        and entry.fact.occurred_on <= as_of
    ]
    if not suits:
        return None, None
    sued_on, suit_id, suit = min(suits, key=lambda found: found[:2])
    days = [suit.accepted_on] if suit.accepted_on else []
    days += [
        entry.fact.occurred_on
        for entry in standing
        if isinstance(entry.fact, SuitAccepted) and entry.fact.suit_id == suit_id
    ]
    return sued_on, min((day for day in days if day <= as_of), default=None)


def _latest_claim(mine: list[Entry], as_of: date) -> Entry | None:
    claims = list(_happened(mine, LenderClaimed, as_of))

    def order(entry: Entry) -> tuple[date, date, UUID]:
        if not isinstance(entry.fact, LenderClaimed):
            raise TypeError(entry.fact.TOPIC)
        return entry.fact.claimed_as_of, entry.fact.occurred_on, entry.entry_id

    return max(claims, key=order, default=None)


def lent_steps(story: Story, *, with_withheld: bool) -> list[Step]:
    """What was lent: as received, less what was found taken back; or as the contract says."""
    steps = []
    for entry in story.disbursements:
        fact = entry.fact
        if not isinstance(fact, LoanDisbursed):
            continue
        withheld = fact.withheld.minor if with_withheld and fact.withheld else 0
        minor = fact.received.minor + withheld
        steps.append(_step(entry, fact.occurred_on, "lent", minor, fact.grade))
    if with_withheld:
        return steps
    return _less(steps, _taken_back(story))


def _taken_back(story: Story) -> int:
    charges = sum(
        entry.fact.amount.minor
        for entry in story.charges
        if isinstance(entry.fact, ChargeMade) and entry.entry_id in story.taken_back
    )
    payments = sum(step.minor for step in story.payments if step.entry_id in story.taken_back)
    return charges + payments


def _less(steps: list[Step], minor: int) -> list[Step]:
    """The same steps with an amount taken off, from the first on."""
    found = []
    for step in sorted(steps, key=lambda s: (s.on, s.minor, s.entry_id)):
        off = min(minor, step.minor)
        minor -= off
        found.append(msgspec.structs.replace(step, minor=step.minor - off))
    return found


def paid_steps(story: Story) -> list[Step]:
    """Payments that count as such."""
    return [step for step in story.payments if step.entry_id not in story.taken_back]


def charge_steps(story: Story, kinds: frozenset[ChargeKind]) -> list[Step]:
    """Charges of these kinds, those found to be take-backs left out."""
    return [
        _step(entry, fact.occurred_on, "charged", fact.amount.minor, fact.grade)
        for entry in story.charges
        if isinstance(fact := entry.fact, ChargeMade)
        and fact.kind in kinds
        and entry.entry_id not in story.taken_back
    ]


def _step(entry: Entry, on: date, kind: str, minor: int, grade: Grade) -> Step:
    return Step(on=on, kind=kind, minor=minor, entry_id=entry.entry_id, grade=grade)
