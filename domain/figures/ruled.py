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
from domain.cases.lending import COSTS, ChargeKind, ClaimKind, LenderClaimed, LoanTaken
from domain.figures.chain import chain_steps, moved_steps
from domain.figures.claiming import Silent, claimed
from domain.figures.figure import Figure, Part, Unknown, of_parts
from domain.figures.line import Label, Line, Setting, line_of, unknown_line
from domain.figures.metering import RatePeriod
from domain.figures.running import Course, Kind, Step, run
from domain.figures.story import Story, story_of
from domain.money import Money
from domain.rules.books import Books
from domain.rules.cn import lines as cn

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
    return RuledLoan(
        loan_id=story.loan_id,
        lender=story.loan.lender,
        lines=() if gone else tuple(_lines(story, books)),
        sensitivities=() if gone else tuple(_sensitivities(story, books)),
        renewed_by=story.renewed_by,
    )


def _day(loan: Entry) -> date:
    happened = loan.fact.happened()
    if not isinstance(happened, date):
        raise TypeError(loan.fact.TOPIC)
    return happened


class _Claim(msgspec.Struct, frozen=True):
    """What the lender may claim by the contract, made once for all lines of a loan."""

    course: Course
    as_contracted: list[Step]
    as_received: list[Step]


def _lines(story: Story, books: Books) -> Iterator[Line]:
    claim = _claim(story, books)
    yield _contract(story, claim)
    for cap in cn.caps(story, books):
        yield _capped(story, claim, cap, books)
    if story.void is not None:
        yield _void(story, claim)
    yield _documented(story)
    if story.claim is not None and isinstance(story.claim.fact, LenderClaimed):
        yield _claimed(story, story.claim, story.claim.fact)


def _claim(story: Story, books: Books) -> _Claim:
    def silent(each: Story) -> Silent:
        return cn.silent_rates(each, books)

    return _Claim(
        course=claimed(story, silent),
        as_contracted=chain_steps(story, silent, as_contracted=True),
        as_received=chain_steps(story, silent, as_contracted=False),
    )


def _contract(story: Story, claim: _Claim) -> Line:
    why = "the rate and charges on record, on all that the contract calls lent"
    label = Label(line_id="contract", title_zh="合同约定", title_en="By the contract", why=why)
    course = msgspec.structs.replace(claim.course, apart=COSTS)
    return _run(story, label, claim.as_contracted, course)


def _capped(story: Story, claim: _Claim, cap: cn.RuledCap, books: Books) -> Line:
    if cap.unknown is not None:
        return unknown_line(cap.label, cap.unknown)
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
    return _run(story, cap.label, claim.as_received, course)


def _ceiling(cap: cn.RuledCap, claim: _Claim) -> tuple[RatePeriod, ...] | None:
    """The ceiling over everything; where nothing becomes principal the cap alone says it."""
    if cap.ceiling is not None:
        return cap.ceiling
    compounds = any(step.kind is Kind.CAPITALISED for step in claim.as_received)
    return cap.caps if compounds else None


def _void(story: Story, claim: _Claim) -> Line:
    label = Label(
        line_id="void",
        title_zh="合同无效",
        title_en="If the contract is void, as was found",
        why="only what reached the client is owed, less everything paid; what an occupancy fee "
        "adds is for the court",
    )
    steps = [step for step in claim.as_received if step.kind in (Kind.LENT, Kind.PAID)]
    return _run(story, label, steps, Course())


def _documented(story: Story) -> Line:
    label = Label(
        line_id="documented",
        title_zh="仅凭书面材料",
        title_en="Documented entries alone",
        why="entries that rest on more than the client's or the lender's word, as recorded",
    )
    steps = [step for step in moved_steps(story) if step.grade.is_documented]
    return _run(story, label, steps, Course(apart=COSTS))


def _run(story: Story, label: Label, steps: Sequence[Step], course: Course) -> Line:
    if not any(step.kind in (Kind.LENT, Kind.RENEWED) for step in steps):
        return unknown_line(label, NOT_LENT)
    setting = Setting(
        loan_id=story.loan_id,
        loan_grade=story.loan.grade,
        currency=story.currency,
        as_of=story.as_of,
    )
    return line_of(label, run(steps, course, story.as_of), setting)


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


def _sensitivities(story: Story, books: Books) -> Iterator[Sensitivity]:
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
                line = _capped(story, claim, cap, books)
                yield Sensitivity(
                    line_id=line.line_id, open_fact="sued_on", value=day, owed=line.owed.amount
                )


def _years_before(day: date, years: int) -> date:
    last = 28 if (day.month, day.day) == (2, 29) and years else day.day
    return day.replace(year=day.year - years, day=last)
