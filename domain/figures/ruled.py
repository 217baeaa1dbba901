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
from domain.cases.lending import ChargeKind, ChargeMade, ClaimKind, LenderClaimed, LoanTaken
from domain.figures.figure import Figure, Part, Unknown, of_parts
from domain.figures.line import Label, Line, Setting, line_of, unknown_line
from domain.figures.running import Course, RatePeriod, Step, run
from domain.figures.story import Story, charge_steps, lent_steps, paid_steps, story_of
from domain.money import Money
from domain.rules.books import Books
from domain.rules.cn import lines as cn

INTEREST = frozenset({ChargeKind.INTEREST, ChargeKind.OVERDUE_INTEREST})
EVERY = frozenset(ChargeKind)
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
    return RuledLoan(
        loan_id=story.loan_id,
        lender=story.loan.lender,
        lines=tuple(_lines(story, books)),
        sensitivities=tuple(_sensitivities(story, books)),
    )


def _day(loan: Entry) -> date:
    happened = loan.fact.happened()
    if not isinstance(happened, date):
        raise TypeError(loan.fact.TOPIC)
    return happened


def _lines(story: Story, books: Books) -> Iterator[Line]:
    rates = cn.claimed_rates(story, books)
    yield _contract(story, rates)
    for cap in cn.caps(story, books):
        yield _capped(story, rates, cap, books)
    if story.void is not None:
        yield _void(story)
    yield _documented(story)
    if story.claim is not None and isinstance(story.claim.fact, LenderClaimed):
        yield _claimed(story, story.claim, story.claim.fact)


def _charges(rates: tuple[RatePeriod, ...]) -> frozenset[ChargeKind]:
    """With a rate on record interest is computed; charges recorded as interest are not added."""
    return EVERY - INTEREST if rates else EVERY


def _contract(story: Story, rates: tuple[RatePeriod, ...]) -> Line:
    why = "the rate and charges on record, on all that the contract calls lent"
    label = Label(line_id="contract", title_zh="合同约定", title_en="By the contract", why=why)
    steps = lent_steps(story, with_withheld=True)
    charges = charge_steps(story, _charges(rates))
    return _run(story, label, [*steps, *charges, *paid_steps(story)], Course(rates=rates))


def _capped(story: Story, rates: tuple[RatePeriod, ...], cap: cn.RuledCap, books: Books) -> Line:
    if cap.unknown is not None:
        return unknown_line(cap.label, cap.unknown)
    steps, apart = _split(story, rates, books)
    course = Course(rates=rates, caps=cap.caps, keeps=cap.keeps)
    return _run(story, cap.label, steps, course, apart)


def _split(
    story: Story, rates: tuple[RatePeriod, ...], books: Books
) -> tuple[list[Step], list[Step]]:
    """Steps that count into the cap's total, and charges that stand apart from it."""
    counted = cn.counted_kinds(books)
    kinds = {
        entry.entry_id: entry.fact.kind
        for entry in story.charges
        if isinstance(entry.fact, ChargeMade)
    }
    inside: list[Step] = []
    apart: list[Step] = []
    for step in charge_steps(story, _charges(rates)):
        found = story.counted.get(step.entry_id, kinds[step.entry_id] in counted)
        (inside if found else apart).append(step)
    return [*lent_steps(story, with_withheld=False), *inside, *paid_steps(story)], apart


def _void(story: Story) -> Line:
    label = Label(
        line_id="void",
        title_zh="合同无效",
        title_en="If the contract is void, as was found",
        why="only what reached the client is owed, less everything paid; what an occupancy fee "
        "adds is for the court",
    )
    steps = [*lent_steps(story, with_withheld=False), *paid_steps(story)]
    return _run(story, label, steps, Course(rates=()))


def _documented(story: Story) -> Line:
    label = Label(
        line_id="documented",
        title_zh="仅凭书面材料",
        title_en="Documented entries alone",
        why="entries that rest on more than the client's or the lender's word, as recorded",
    )
    steps = [
        *lent_steps(story, with_withheld=False),
        *charge_steps(story, EVERY),
        *paid_steps(story),
    ]
    return _run(story, label, [s for s in steps if s.grade.is_documented], Course(rates=()))


def _run(
    story: Story, label: Label, steps: Sequence[Step], course: Course, apart: Sequence[Step] = ()
) -> Line:
    if not any(step.kind == "lent" for step in steps):
        return unknown_line(label, NOT_LENT)
    setting = Setting(
        loan_id=story.loan_id,
        loan_on=story.loan.occurred_on,
        loan_grade=story.loan.grade,
        currency=story.currency,
        as_of=story.as_of,
    )
    beside = [
        Part(
            entry_id=step.entry_id,
            on=step.on,
            amount=Money(step.minor, story.currency),
            what="charged",
            grade=step.grade,
        )
        for step in sorted(apart, key=lambda s: (s.on, s.minor, s.entry_id))
    ]
    return line_of(
        label, run(steps, course, story.as_of), of_parts(beside, story.currency), setting
    )


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
        Part(
            entry_id=entry.entry_id,
            on=claim.claimed_as_of,
            amount=item.amount,
            what=item.kind.value,
            grade=claim.grade,
        )
        for item in claim.items
        if item.kind in kinds
    ]
    return of_parts(parts, currency)


def _sensitivities(story: Story, books: Books) -> Iterator[Sensitivity]:
    """Where no suit is on record: the private-lending line as if sued a year or two earlier."""
    if story.sued_on is not None or story.first_lent_on is None:
        return
    rates = cn.claimed_rates(story, books)
    for years in (0, 1, 2):
        day = _years_before(story.as_of, years)
        if day < story.first_lent_on:
            return
        for cap in cn.caps(story, books, sued_on=day):
            if cap.unknown is None and cap.label.line_id == "private-lending":
                line = _capped(story, rates, cap, books)
                yield Sensitivity(
                    line_id=line.line_id, open_fact="sued_on", value=day, owed=line.owed.amount
                )


def _years_before(day: date, years: int) -> date:
    last = 28 if (day.month, day.day) == (2, 29) and years else day.day
    return day.replace(year=day.year - years, day=last)
