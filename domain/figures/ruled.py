"""The labelled lines of a loan under the books in force.

`contract`: what it says, on what the contract calls lent. Each cap that could apply, on what
reached the client. `void` where that was found. `documented`: entries alone that more than
somebody's word stands behind. `claimed`: what the lender wants. Never one number for all.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

import msgspec

from domain.cases.history import Entry, History
from domain.cases.lending import (
    COSTS,
    ChargeKind,
    ClaimKind,
    LenderClaimed,
    LoanCalledDue,
    LoanTaken,
)
from domain.figures.chain import chain_steps, moved_steps
from domain.figures.claiming import Silent, claimed, open_rate
from domain.figures.course import Course, Kind, Member, Run, Step
from domain.figures.figure import Figure, Part, Unknown, of_parts
from domain.figures.line import Label, Line, Setting, line_of, unknown_line
from domain.figures.metering import RatePeriod
from domain.figures.running import run
from domain.figures.several import (
    Shared,
    connected,
    heirs,
    inherited,
    passed_on,
    ranked,
)
from domain.figures.story import Story, story_of
from domain.figures.together import run_together
from domain.money import Money
from domain.rules.books import Books
from domain.rules.cn import lines as cn
from domain.rules.cn.disclosure import Disclosure

NOT_LENT = Unknown(
    reason="no disbursement is on record", settled_by="what reached the client, and when"
)


class Sensitivity(msgspec.Struct, frozen=True, kw_only=True):
    """How far one open fact moves a line."""

    line_id: str
    open_fact: str
    """`sued_on`."""
    value: date
    owed: Money | None


class RuledLoan(msgspec.Struct, frozen=True, kw_only=True):
    """One loan's lines, and how they move with what is open."""

    loan_id: UUID
    lender: str
    lines: tuple[Line, ...]
    sensitivities: tuple[Sensitivity, ...]
    disclosure: Disclosure | None = None
    """Charges beside the table of the all-in cost, for loans that must have one."""
    disclosure_unknown: Unknown | None = None
    renewed_by: UUID | None = None
    """The loan that took this one over by that day: what is owed stands there."""


class Ruled(msgspec.Struct, frozen=True, kw_only=True):
    """A case's labelled lines on a day, with everything that makes them again."""

    case_id: UUID
    as_of: date
    known_at: int
    version: int
    pack: str
    data: str
    reviewed: str
    """What the pack says of its review by a lawyer."""
    loans: tuple[RuledLoan, ...]


def ruled(history: History, as_of: date, books: Books) -> Ruled:
    """The labelled lines of every loan of a case. Pure: same inputs, same bytes."""
    standing = [entry for entry in history.entries.values() if not entry.is_withdrawn]
    loans = [entry for entry in standing if isinstance(entry.fact, LoanTaken)]
    loans = [loan for loan in loans if _day(loan) <= as_of]
    loans.sort(key=lambda loan: (_day(loan), loan.entry_id))
    return Ruled(
        case_id=history.case_id,
        as_of=as_of,
        known_at=history.position,
        version=history.version,
        pack=books.pack.reference,
        data=books.data.version,
        reviewed=books.pack.reviewed,
        loans=tuple(ruled_loan(loan, standing, as_of, books) for loan in loans),
    )


def ruled_loan(loan: Entry, standing: Sequence[Entry], as_of: date, books: Books) -> RuledLoan:
    """The labelled lines of one loan, from its case's standing entries."""
    story = story_of(loan, standing, as_of)
    gone = story.renewed_by is not None
    disclosed = cn.disclosed(story)
    side = _side_by_side(story, standing, books)
    return RuledLoan(
        loan_id=story.loan_id,
        lender=story.loan.lender,
        lines=() if gone else tuple(_lines(story, side, books)),
        sensitivities=() if gone else tuple(_sensitivities(story, side, books)),
        disclosure=None if isinstance(disclosed, Unknown) else disclosed,
        disclosure_unknown=disclosed if isinstance(disclosed, Unknown) else None,
        renewed_by=story.renewed_by,
    )


def _day(loan: Entry) -> date:
    happened = loan.fact.happened()
    if not isinstance(happened, date):
        raise TypeError(loan.fact.TOPIC)
    return happened


class _Reading(msgspec.Struct, frozen=True):
    """What one line is run from; `unknown`: why it cannot be."""

    label: Label
    steps: Sequence[Step] = ()
    course: Course = Course()
    unknown: Unknown | None = None


class _Side(msgspec.Struct, frozen=True):
    """The loans that share payments with one, each with its readings; empty for a loan alone."""

    payments: list[tuple[Shared, tuple[tuple[UUID, ...], ...]]] = []
    others: dict[UUID, dict[str, _Reading]] = {}
    unknown: Unknown | None = None


def _side_by_side(story: Story, standing: Sequence[Entry], books: Books) -> _Side:
    """What else has to be run: payments that name no debt reach from one loan into another."""
    heir = heirs(standing, story.as_of)
    together = connected(story.loan_id, [inherited(shared, heir) for shared in story.shared])
    if len(together) == 1:
        return _Side()
    by_id = {entry.entry_id: entry for entry in standing if isinstance(entry.fact, LoanTaken)}
    loans = {key: entry.fact for key, entry in by_id.items() if isinstance(entry.fact, LoanTaken)}
    reached = set(together)
    mine = [s for s in story.shared if reached & set(inherited(s, heir).loan_ids)]
    called = [entry.fact for entry in standing if isinstance(entry.fact, LoanCalledDue)]
    payments: list[tuple[Shared, tuple[tuple[UUID, ...], ...]]] = []
    for shared in mine:
        groups = ranked(shared, loans, called)
        if isinstance(groups, Unknown):
            return _Side(unknown=groups)
        now = inherited(msgspec.structs.replace(shared, is_anew=_is_anew(shared, loans)), heir)
        payments.append((now, passed_on(groups, heir)))
    others = [story_of(by_id[loan_id], standing, story.as_of) for loan_id in together[1:]]
    return _Side(
        payments=payments,
        others={
            other.loan_id: {one.label.line_id: one for one in _readings(other, books)}
            for other in others
        },
    )


def _is_anew(shared: Shared, loans: dict[UUID, LoanTaken]) -> bool:
    named = [loans[loan_id] for loan_id in shared.loan_ids if loan_id in loans]
    return any(loan.renews is not None and loan.occurred_on == shared.on for loan in named)


def _lines(story: Story, side: _Side, books: Books) -> Iterator[Line]:
    for reading in _readings(story, books):
        yield _line(story, reading, side)
    if story.claim is not None and isinstance(story.claim.fact, LenderClaimed):
        yield _claimed(story, story.claim, story.claim.fact)


def _readings(story: Story, books: Books) -> Iterator[_Reading]:
    claim = _claim(story, books)
    yield _contract(claim)
    for cap in cn.caps(story, books):
        yield _capped(story, claim, cap, books)
    if story.void is not None:
        yield _void(claim)
    yield _documented(story)


class _Claim(msgspec.Struct, frozen=True):
    """What the lender may claim by the contract, made once for all lines of a loan."""

    course: Course
    as_contracted: list[Step]
    as_received: list[Step]
    unknown: Unknown | None
    """Why the rate that is claimed is not known."""


def _claim(story: Story, books: Books) -> _Claim:
    def silent(each: Story) -> Silent:
        return cn.silent_rates(each, books)

    return _Claim(
        course=claimed(story, silent),
        as_contracted=chain_steps(story, silent, as_contracted=True),
        as_received=chain_steps(story, silent, as_contracted=False),
        unknown=open_rate(story, silent),
    )


def _contract(claim: _Claim) -> _Reading:
    why = "the rate and charges on record, on all that the contract calls lent"
    label = Label(line_id="contract", title_zh="合同约定", title_en="By the contract", why=why)
    course = msgspec.structs.replace(claim.course, apart=COSTS)
    return _Reading(label, claim.as_contracted, course, claim.unknown)


def _capped(story: Story, claim: _Claim, cap: cn.RuledCap, books: Books) -> _Reading:
    unknown = cap.unknown or claim.unknown
    if unknown is not None:
        return _Reading(cap.label, unknown=unknown)
    counted = cn.counted_kinds(books)
    course = msgspec.structs.replace(
        claim.course,
        caps=cap.caps,
        ceiling=_ceiling(cap, claim),
        keeps=cap.keeps,
        apart=frozenset(ChargeKind) - counted,
        apart_ids=frozenset(entry for entry, inside in story.counted.items() if not inside),
        inside_ids=frozenset(entry for entry, inside in story.counted.items() if inside),
    )
    return _Reading(cap.label, claim.as_received, course)


def _ceiling(cap: cn.RuledCap, claim: _Claim) -> tuple[RatePeriod, ...] | None:
    """The ceiling over everything; where nothing becomes principal the cap alone says it."""
    if cap.ceiling is not None:
        return cap.ceiling
    compounds = any(step.kind is Kind.CAPITALISED for step in claim.as_received)
    return cap.caps if compounds else None


_MOVED = (Kind.LENT, Kind.PAID, Kind.NEW_PAID)


def _void(claim: _Claim) -> _Reading:
    label = Label(
        line_id="void",
        title_zh="合同无效",
        title_en="If the contract is void, as was found",
        why="only what reached the client is owed, less everything paid; what an occupancy fee "
        "adds is for the court",
    )
    return _Reading(label, [s for s in claim.as_received if s.kind in _MOVED])


def _documented(story: Story) -> _Reading:
    label = Label(
        line_id="documented",
        title_zh="仅凭书面材料",
        title_en="Documented entries alone",
        why="entries that rest on more than the client's or the lender's word, as recorded",
    )
    steps = [step for step in moved_steps(story) if step.grade.is_documented]
    return _Reading(label, steps, Course(apart=COSTS))


def _line(story: Story, reading: _Reading, side: _Side) -> Line:
    label = reading.label
    unknown = side.unknown or _why_unknown(reading)
    if unknown is None:
        others = (_beside(readings, label.line_id) for readings in side.others.values())
        unknown = next((why for other in others if (why := _why_unknown(other))), None)
    if unknown is not None:
        return unknown_line(label, unknown)
    setting = Setting(
        loan_id=story.loan_id,
        loan_grade=story.loan.grade,
        currency=story.currency,
        as_of=story.as_of,
    )
    return line_of(label, _run(story, reading, side), setting)


def _why_unknown(reading: _Reading) -> Unknown | None:
    if reading.unknown is not None:
        return reading.unknown
    if not any(step.kind in (Kind.LENT, Kind.RENEWED) for step in reading.steps):
        return NOT_LENT
    return _paid_before_lent(reading.steps)


def _beside(readings: dict[str, _Reading], line_id: str) -> _Reading:
    """How another loan is read beside a line: alike where it can be, else by its contract."""
    plain = line_id.partition(":")[0]
    return readings.get(line_id) or readings.get(plain) or readings["contract"]


def _paid_before_lent(steps: Sequence[Step]) -> Unknown | None:
    """A payment from before any money came: one of the two days is wrong, or it was for another."""
    first = next((step for step in steps if step.kind in (Kind.LENT, Kind.PAID)), None)
    if first is None or first.kind is Kind.LENT:
        return None
    lent = next(step.on for step in steps if step.kind in (Kind.LENT, Kind.RENEWED))
    if lent <= first.on:
        return None
    return Unknown(
        reason=f"payment {first.entry_id} is credited on {first.on}, before any money was lent",
        settled_by="the day of that payment, or of the first disbursement, corrected",
    )


def _run(story: Story, reading: _Reading, side: _Side) -> Run:
    if not side.payments:
        return run(reading.steps, reading.course, story.as_of)
    members = [Member(story.loan_id, reading.steps, reading.course)]
    for loan_id, readings in side.others.items():
        other = _beside(readings, reading.label.line_id)
        members.append(Member(loan_id, other.steps, other.course))
    payments = side.payments
    if reading.label.line_id == "documented":
        payments = [(shared, groups) for shared, groups in payments if shared.grade.is_documented]
    return run_together(members, payments, story.as_of)[story.loan_id]


def _claimed(story: Story, entry: Entry, claim: LenderClaimed) -> Line:
    label = Label(
        line_id="claimed",
        title_zh="出借方主张",
        title_en="As the lender claims",
        why=f"claimed as owed on {claim.claimed_as_of}; nothing of it is checked here",
    )
    figures = {name: _items(entry, claim, kinds, story.currency) for name, kinds in _ITEMS.items()}
    nothing = of_parts([], story.currency)
    whole = _items(entry, claim, frozenset(ClaimKind), story.currency)
    if any(item.kind is ClaimKind.UNITEMISED for item in claim.items):
        unknown = Figure(
            unknown=Unknown(reason="the claim is not itemised", settled_by="an itemised claim")
        )
        figures = dict.fromkeys(figures, unknown)
    return Line(
        line_id=label.line_id,
        title_zh=label.title_zh,
        title_en=label.title_en,
        why=label.why,
        principal=figures["principal"],
        cost=figures["cost"],
        apart=figures["apart"],
        owed=whole,
        overpaid=nothing,
    )


_ITEMS = {
    "principal": frozenset({ClaimKind.PRINCIPAL}),
    "cost": frozenset({ClaimKind.INTEREST, ClaimKind.PENALTY, ClaimKind.FEE}),
    "apart": frozenset({ClaimKind.COST}),
}


def _items(
    entry: Entry, claim: LenderClaimed, kinds: frozenset[ClaimKind], currency: str
) -> Figure:
    parts = [
        Part(entry.entry_id, claim.claimed_as_of, item.amount, item.kind.value, claim.grade)
        for item in claim.items
        if item.kind in kinds
    ]
    return of_parts(parts, currency)


def _sensitivities(story: Story, side: _Side, books: Books) -> Iterator[Sensitivity]:
    """Where no suit is on record: the private-lending line as if sued a year or two earlier."""
    if story.sued_on is not None or story.first_lent_on is None:
        return
    claim = _claim(story, books)
    for years in (0, 1, 2):
        day = _years_before(story.as_of, years)
        if day < story.first_lent_on:
            return
        for cap in cn.caps(story, books, sued_on=day):
            if cap.unknown is None and cap.label.line_id == "private-lending":
                line = _line(story, _capped(story, claim, cap, books), side)
                yield Sensitivity(
                    line_id=line.line_id, open_fact="sued_on", value=day, owed=line.owed.amount
                )


def _years_before(day: date, years: int) -> date:
    last = 28 if (day.month, day.day) == (2, 29) and years else day.day
    return day.replace(year=day.year - years, day=last)
