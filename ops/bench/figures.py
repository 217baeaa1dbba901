"""What explained lines cost beside a bare Decimal loop, and rechecking ten thousand cases."""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec

from domain.cases.history import History, replay
from domain.cases.lending import (
    ChargeKind,
    ChargeMade,
    LenderClass,
    LoanDisbursed,
    LoanTaken,
    RatePeriod,
    Terms,
)
from domain.cases.payments import PaymentMade
from domain.casework import Casework
from domain.figures.figure import Unknown
from domain.figures.ruled import ruled
from domain.log import Append, NewEvent, StoredEvent, StreamAppend
from domain.money import Money
from domain.rules.books import Books
from ops.bench.measure import Compared, compare
from ops.bench.reading import long_case
from ops.rechecking import opened_cases, shipped_books
from ops.wiring import House

RATE = Decimal("0.24")


class Recheck(msgspec.Struct, frozen=True, kw_only=True):
    """How fast a caseload is replayed, and what it takes in memory."""

    cases: int
    events: int
    cases_a_second: float
    peak_mib_after_tenth: float
    """Peak resident memory once a tenth of the cases was done."""
    peak_mib: float


def priced(history: History, face_minor: int | None = None) -> History:
    """The same history with a private lender and a rate on the loan, so that caps apply."""
    entries = {}
    for entry_id, entry in history.entries.items():
        fact = entry.fact
        if isinstance(fact, LoanTaken):
            terms = Terms(rate_pct="24", rate_period=RatePeriod.YEAR)
            fact = msgspec.structs.replace(fact, lender_class=LenderClass.PRIVATE, terms=terms)
            entry = msgspec.structs.replace(entry, fact=fact)
        elif isinstance(fact, LoanDisbursed) and face_minor is not None:
            fact = msgspec.structs.replace(fact, received=Money(face_minor, "CNY"))
            entry = msgspec.structs.replace(entry, fact=fact)
        entries[entry_id] = entry
    return msgspec.structs.replace(history, entries=entries)


def bare(history: History, as_of: date) -> Decimal:
    """Accrue and allocate the same entries in Decimal, without a word of explanation."""
    steps: list[tuple[date, int, int]] = []
    for entry in history.entries.values():
        fact = entry.fact
        if isinstance(fact, LoanDisbursed):
            steps.append((fact.occurred_on, 0, fact.received.minor))
        elif isinstance(fact, ChargeMade) and fact.kind is not ChargeKind.INTEREST:
            steps.append((fact.occurred_on, 1, fact.amount.minor))
        elif isinstance(fact, PaymentMade) and fact.credited_on:
            steps.append((fact.credited_on, 2, fact.amount.minor))
    principal, cost, day = Decimal(0), Decimal(0), as_of
    for on, kind, minor in sorted(steps):
        if principal:
            cost += principal * RATE * (on - day).days / 365
        day = on
        if kind == 0:
            principal += minor
        elif kind == 1:
            cost += minor
        else:
            used = min(Decimal(minor), cost)
            cost -= used
            principal -= minor - used
    return principal + cost + principal * RATE * (as_of - day).days / 365


async def compare_lines(
    house: House, rounds: int, events: int, repeats: int, *, face_minor: int | None = None
) -> Compared:
    """Explained lines of a loan against the bare loop, line by line.

    With a small `face_minor` every payment lowers the principal, so that each has a stretch of
    interest of its own: the most that can be asked of a line.
    """
    organisation = await house.new_organisation()
    case = await long_case(house, organisation, events)
    history = priced(replay(case, await house.casework.events(organisation, case)), face_minor)
    books, as_of = shipped_books(), date(2024, 6, 1)

    async def bare_loop() -> int:
        for _ in range(repeats):
            bare(history, as_of)
        return repeats

    async def explained() -> int:
        done = 0
        for _ in range(repeats):
            (loan,) = ruled(history, as_of, books).loans
            # A sensitivity line is a run like any other.
            done += sum(1 for line in loan.lines if line.owed.amount is not None)
            done += len(loan.sensitivities)
        return done

    arms = {"bare Decimal loop": bare_loop, "explained line": explained}
    title = f"one labelled line of a loan with {events:,} events"
    if face_minor is not None:
        title += ", every payment lowering the principal"
    return await compare(title, "lines", arms, yardstick="bare Decimal loop", rounds=rounds)


async def recheck_caseload(house: House, cases: int, say: Callable[[str], None]) -> Recheck:
    """Copy one case's stored bodies into `cases` streams, then replay every one of them."""
    organisation = await house.new_organisation()
    model = await long_case(house, organisation, 30)
    stored = await house.log.read_stream(organisation, model)
    for number in range(cases - 1):
        write = StreamAppend(stream=uuid4(), expected_version=0, events=copied(stored))
        await house.log.append(
            Append(organisation=organisation, command_id=uuid4(), actor="bench", writes=(write,))
        )
        if number % 1000 == 0:
            say(f"{number} cases made")
    books = await house.casework.books(organisation)
    if isinstance(books, Unknown):
        raise TypeError(books.reason)
    started, done, events, early = time.perf_counter(), 0, 0, 0.0
    async for _, case in opened_cases(house.log, organisation):
        events += await _replay(house.casework, organisation, case, books)
        done += 1
        if done == cases // 10:
            early = peak_mib()
    taken = time.perf_counter() - started
    return Recheck(
        cases=done,
        events=events,
        cases_a_second=done / taken,
        peak_mib_after_tenth=early,
        peak_mib=peak_mib(),
    )


def copied(stored: Sequence[StoredEvent]) -> tuple[NewEvent, ...]:
    """The same events under new ids, those that name an entry naming the copy of it."""
    ids = {event.event_id: uuid4() for event in stored}
    loan = next(event.event_id for event in stored if event.topic == "loan-taken")
    old, new = str(loan).encode(), str(ids[loan]).encode()
    return tuple(
        NewEvent(
            event_id=ids[event.event_id],
            topic=event.topic,
            schema_version=event.schema_version,
            body=event.body.replace(old, new),
        )
        for event in stored
    )


async def _replay(casework: Casework, organisation: UUID, case: UUID, books: Books) -> int:
    events = await casework.events(organisation, case)
    ruled(replay(case, events), date(2024, 6, 1), books)
    return len(events)


def peak_mib() -> float:
    """Peak resident memory of this process, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
