"""Whole cases as hypothesis makes them: several loans, and everything that can befall them.

    @examples(250)
    @given(made.cases(), made.days)
    def test_...(case, as_of): ...

Days lie where rules turn as often as anywhere else: leap days, the days around 2020-08-20 and
2021-01-01, the end of the shipped rates. `examples(n)` runs n histories, twenty times as many
under the profile `deep`:

    python3 -m ops test -- --hypothesis-profile=deep --hypothesis-seed=1 tests/domain
"""

from datetime import date, timedelta

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from domain.cases.court import Claimant, SuitAccepted, SuitFiled
from domain.cases.findings import Finding, FindingRecorded, FoundBy
from domain.cases.history import replay
from domain.cases.lending import ChargeKind, ClaimKind, LenderClass, RatePeriod, Repayment, Terms
from domain.facts import Grade
from domain.money import Money
from tests.histories import CaseFile, due

FIRST, LAST = date(2018, 1, 1), date(2026, 10, 19)
TURNING = (
    "2020-02-28", "2020-02-29", "2020-03-01", "2024-02-29", "2019-08-19", "2019-08-20",
    "2020-08-19", "2020-08-20", "2020-12-31", "2021-01-01", "2021-12-20", "2025-05-20",
    "2026-10-19",
)  # fmt: skip
days = st.one_of(
    st.sampled_from([date.fromisoformat(text) for text in TURNING]), st.dates(FIRST, LAST)
)
amounts = st.integers(1, 3_000_000).map(lambda minor: Money(minor, "CNY").text())
grades = st.sampled_from(Grade)
later = st.integers(0, 900)
THOROUGH = "deep"
"""The profile under which many more histories are made."""


def examples(number):
    """Settings for a test on `number` made histories, as the loaded profile scales them."""
    return settings(
        max_examples=number * settings.default.max_examples // 100,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@st.composite
def terms(draw, on):
    """Terms of any kind: with a rate or without, an overdue rate, printed instalments, a day."""
    rate = draw(st.sampled_from((None, "0", "6", "15.4", "24", "36", "60", "3", "0.05")))
    period = RatePeriod.YEAR
    if rate is not None:
        period = {"3": RatePeriod.MONTH, "0.05": RatePeriod.DAY}.get(rate, RatePeriod.YEAR)
    overdue = draw(st.sampled_from((None, None, "18", "48")))
    shape = draw(st.sampled_from(("open", "due", "printed")))
    dates = [on + timedelta(days=31 * n) for n in range(1, draw(st.integers(2, 5)))]
    return Terms(
        rate_pct=rate,
        rate_period=None if rate is None else period,
        overdue_rate_pct=overdue,
        overdue_rate_period=None if overdue is None else RatePeriod.YEAR,
        repayment=draw(st.sampled_from((None, Repayment.LEVEL, Repayment.BULLET))),
        schedule=due(*((day.isoformat(), "500") for day in dates)) if shape == "printed" else (),
        due_on=on + timedelta(days=draw(later)) if shape == "due" else None,
    )


KINDS = (
    "tranche", "payment", "payment", "payment", "pending", "credited", "expired", "reversed",
    "charge", "charge", "claim", "suit", "accepted", "finding", "finding", "void", "corrected",
    "withdrawn", "plan", "note",
)  # fmt: skip
_step = st.tuples(st.sampled_from(KINDS), st.integers(0, 9), later, amounts, grades)
steps = st.one_of(st.lists(_step, max_size=6), st.lists(_step, min_size=10, max_size=25))


class Made(CaseFile):
    """A made case that tells itself in a line for each entry."""

    def __repr__(self):
        return "Made(" + "; ".join(map(_told, self.events())) + ")"


def _told(event):
    fact = event.fact
    says = {name: getattr(fact, name) for name in fact.__struct_fields__}
    kept = {name: value for name, value in says.items() if name in _TOLD and value is not None}
    told = ", ".join(f"{name}={value!s:.60}" for name, value in kept.items())
    return f"{event.event_id.hex[:4]} {fact.TOPIC}({told})"


_TOLD = frozenset(
    {"occurred_on", "loan_id", "amount", "received", "kind", "terms", "lender_class", "finding"}
    | {"about_id", "payment_id", "credited_on", "accepted_on", "entry_id", "grade"}
)


class _Making:
    """A case being made: what is there already, for steps that need it."""

    def __init__(self, case):
        self.case, self.loans = case, []
        self.paid, self.pending, self.charged, self.suits = [], [], [], []

    def take(self, step):
        kind, pick, after, amount, grade = step
        loan, taken = self.loans[pick % len(self.loans)]
        on = min(taken + timedelta(days=after), LAST)
        getattr(self, f"_{kind}")(loan, on, amount, grade, pick)

    def _tranche(self, loan, on, amount, grade, pick):
        self.case.disbursed(on, loan, amount, grade=grade)

    def _payment(self, loan, on, amount, grade, pick):
        self.paid.append((self.case.payment(on, loan, amount, grade=grade), loan, on))

    def _pending(self, loan, on, amount, grade, pick):
        made = self.case.payment(on, loan, amount, credited_on=None, grade=grade)
        self.pending.append((made, loan, on))

    def _credited(self, loan, on, amount, grade, pick):
        if self.pending:
            payment, loan, sent = self.pending.pop()
            self.case.credited(sent + timedelta(days=pick), payment)
            self.paid.append((payment, loan, sent + timedelta(days=pick)))

    def _expired(self, loan, on, amount, grade, pick):
        if self.pending:
            payment, _, sent = self.pending.pop()
            self.case.expired(sent + timedelta(days=pick), payment)

    def _reversed(self, loan, on, amount, grade, pick):
        if self.paid:
            payment, _, credited = self.paid.pop()
            self.case.reversed(credited + timedelta(days=pick), payment)

    def _charge(self, loan, on, amount, grade, pick):
        kind = list(ChargeKind)[(pick * 7 + on.day) % len(ChargeKind)]
        self.charged.append((self.case.charge(on, loan, amount, kind, grade=grade), loan, on))

    def _claim(self, loan, on, amount, grade, pick):
        kinds = list(ClaimKind)
        named = {kinds[pick % len(kinds)].value: amount, kinds[on.day % len(kinds)].value: amount}
        self.case.claim(on, loan, named)

    def _suit(self, loan, on, amount, grade, pick):
        suit = SuitFiled(
            occurred_on=on,
            loan_ids=(loan,),
            claimant=Claimant.LENDER,
            accepted_on=on + timedelta(days=pick) if pick % 2 else None,
            grade=Grade.DOCUMENT,
        )
        self.suits.append((self.case.record(suit), on, suit.accepted_on))

    def _accepted(self, loan, on, amount, grade, pick):
        if self.suits and self.suits[-1][2] is None:
            suit, sued, _ = self.suits.pop()
            day = sued + timedelta(days=pick)
            self.case.record(SuitAccepted(occurred_on=day, suit_id=suit, grade=Grade.DOCUMENT))

    def _finding(self, loan, on, amount, grade, pick):
        about = self.charged if pick % 3 else self.paid
        if about:
            entry, loan, on = about[pick % len(about)]
            kinds = (Finding.TAKEN_BACK, Finding.NOT_A_COST, Finding.COUNTS_AS_COST)
            self._found(loan, on, kinds[pick % 3], entry)

    def _void(self, loan, on, amount, grade, pick):
        self._found(loan, on, Finding.LOAN_VOID, None)

    def _found(self, loan, on, finding, about):
        self.case.record(
            FindingRecorded(
                occurred_on=on,
                loan_id=loan,
                finding=finding,
                found_by=FoundBy.COURT,
                about_id=about,
                grade=Grade.COURT_FOUND,
            )
        )

    def _corrected(self, loan, on, amount, grade, pick):
        movements = self.paid + self.charged
        if movements:
            entry = movements[pick % len(movements)][0]
            self.case.corrected(entry, amount=Money.parse(amount, "CNY"))

    def _withdrawn(self, loan, on, amount, grade, pick):
        rests = {getattr(e.fact, "about_id", None) for e in self.case.history().entries.values()}
        free = [one for one in self.charged if one[0] not in rests]
        if free:
            gone = free[pick % len(free)]
            self.charged.remove(gone)
            self.case.withdrawn(gone[0])

    def _plan(self, loan, on, amount, grade, pick):
        self.case.plan(on, [loan], ((on + timedelta(days=30)).isoformat(), amount))

    def _note(self, loan, on, amount, grade, pick):
        self.case.note(on)


@st.composite
def cases(draw):
    """A case of one to three loans, each disbursed, and up to 25 things that then happened."""
    case = Made()
    making = _Making(case)
    for number in range(draw(st.integers(1, 3))):
        on = draw(days)
        loan = case.loan(
            on,
            "99999999",
            lender=f"Kuaidai {number}",
            terms=draw(terms(on)),
            lender_class=draw(st.sampled_from(LenderClass)),
        )
        making.loans.append((loan, on))
        withheld = draw(st.sampled_from((None, "300")))
        case.disbursed(on, loan, draw(amounts), withheld=withheld)
    for step in draw(steps):
        making.take(step)
    return case


def up_to(case, as_of):
    """The same case without anything that happened after a day, however early it was recorded."""
    kept = [
        event
        for event in case.events()
        if (happened := event.fact.happened()) is None or happened <= as_of
    ]
    here = {event.event_id for event in kept}
    kept = [e for e in kept if getattr(e.fact, "entry_id", None) in (None, *here)]
    again = [
        msgspec.structs.replace(event, position=number, originator_version=number)
        for number, event in enumerate(kept, start=1)
    ]
    return replay(case.case_id, again)
