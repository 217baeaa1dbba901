"""The loop against a slow, obvious one, on thousands of generated loans."""

from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cases.lending import COSTS, ChargeKind
from domain.cases.terms import DayCount
from domain.facts import Grade
from domain.figures.calculation.clock import clock_of
from domain.figures.course import ALL_DUE, STATUTORY, Course, Kind, Part, Step, in_order
from domain.figures.line import Label, Setting, line_of
from domain.figures.metering import RatePeriod
from domain.figures.running import run
from tests.domain.slow_running import slow_run

FIRST = date(2019, 11, 25)
DAYS = st.integers(0, 420)
RATE = st.integers(0, 900).map(lambda n: Fraction(n, 1000))
CLOCKS = st.sampled_from(DayCount).map(lambda count: clock_of(count, FIRST))
NEVER = st.just(value=False)
LABEL = Label(line_id="contract", title_zh="", title_en="", why="")
ORDERS = (
    STATUTORY,
    (Part.APART, Part.PRINCIPAL, Part.LATER_COST),
    (Part.COST, Part.PRINCIPAL, Part.LATER_COST, Part.APART),
    (Part.PRINCIPAL, Part.APART, Part.LATER_COST),
)


def on(days):
    return FIRST + timedelta(days=days)


@st.composite
def periods(draw, *, clocks=CLOCKS, flat=NEVER):
    """Rates one after the other, with gaps between some of them."""
    cuts = sorted(draw(st.sets(DAYS, min_size=1, max_size=4)))
    found = []
    for number, start in enumerate(cuts):
        last = number == len(cuts) - 1
        end = None if last else on(cuts[number + 1] - 1 - draw(st.integers(0, 1)))
        if end is not None and end < on(start):
            continue
        found.append(
            RatePeriod(
                start=on(start),
                end=end,
                rate_year=draw(st.one_of(RATE, st.none())),
                clock=draw(clocks),
                flat=draw(flat),
            )
        )
    return tuple(found)


@st.composite
def courses(draw):
    order = draw(st.sampled_from(ORDERS))
    is_split = Part.LATER_COST in order
    some = st.frozensets(st.sampled_from([k for k in ChargeKind if k not in COSTS]))
    law = st.just(clock_of(DayCount.ACT_365, FIRST))
    return Course(
        rates=draw(st.one_of(st.just(()), periods(flat=st.booleans()))),
        late_rates=draw(st.one_of(st.just(()), periods())),
        caps=draw(st.one_of(st.none(), periods(clocks=law))),
        ceiling=draw(st.one_of(st.none(), periods(clocks=law))),
        keeps=draw(st.one_of(st.none(), periods(clocks=law))),
        order=order,
        later=draw(some) if is_split else frozenset(),
        interest_later=draw(st.booleans()) if is_split else False,
        apart=draw(st.sampled_from([frozenset(), COSTS])),
    )


@st.composite
def steps(draw):
    kinds = [Kind.LENT, Kind.CHARGED, Kind.PAID, Kind.PAID, Kind.CAPITALISED, Kind.DUE]
    # Small loans too, which payments end, so that new money and later cost meet what is over.
    minors = st.integers(1, draw(st.sampled_from([3_000, 200_000, 10**7])))
    made = [Step(FIRST, Kind.LENT, draw(minors), UUID(int=1), Grade.DOCUMENT)]
    for number in range(draw(st.integers(0, 14))):
        kind = draw(st.sampled_from(kinds))
        minor = draw(minors)
        if kind is Kind.DUE and draw(st.booleans()):
            minor = ALL_DUE
        charge = draw(st.sampled_from(ChargeKind)) if kind is Kind.CHARGED else None
        day = on(draw(DAYS))
        made.append(Step(day, kind, minor, UUID(int=number + 2), Grade.DOCUMENT, charge))
    return in_order(made)


@settings(max_examples=1500, deadline=None)
@given(steps(), courses(), DAYS)
def test_the_loop_gives_what_a_day_by_day_run_gives(made, course, days):
    as_of = on(days)
    found = run(made, course, as_of)
    slow = slow_run([step for step in made if step.on <= as_of], course, as_of)
    assert (found.principal, found.cost, found.apart, found.over) == slow


@settings(max_examples=500, deadline=None)
@given(steps(), courses(), DAYS)
def test_the_parts_of_every_figure_sum_to_it(made, course, days):
    found = run(made, course, on(days))
    setting = Setting(
        loan_id=UUID(int=99), loan_grade=Grade.DOCUMENT, currency="CNY", as_of=on(days)
    )
    line = line_of(LABEL, found, setting)
    given_out = (line.principal, line.cost, line.apart, line.overpaid)
    assert [figure.amount.minor for figure in given_out] == [
        found.principal,
        found.cost,
        found.apart,
        found.over,
    ]
    for figure in given_out:
        assert figure.amount.minor == sum(part.amount.minor for part in figure.parts)


@settings(max_examples=500, deadline=None)
@given(steps(), courses(), DAYS)
def test_every_payment_is_used_to_the_last_minor_unit(made, course, days):
    found = run(made, course, on(days))
    for used in found.used:
        assert used.apart + used.cost + used.principal + used.over == used.step.minor
        assert min(used.apart, used.cost, used.principal, used.over) >= 0
    assert found.principal >= 0


def step(days, kind, minor, number, charge=None):
    return Step(on(days), kind, minor, UUID(int=number), Grade.DOCUMENT, charge)


def test_what_was_paid_on_later_cost_leaves_room_for_the_earlier():
    """Fees first, then principal, then penalties: a second loan on top, with a new fee."""
    course = Course(
        order=(Part.APART, Part.COST, Part.PRINCIPAL, Part.LATER_COST),
        later=frozenset({ChargeKind.PENALTY}),
    )
    made = [
        step(0, Kind.LENT, 1000, 1),
        step(1, Kind.CHARGED, 300, 2, ChargeKind.PENALTY),
        step(2, Kind.PAID, 1300, 3),
        step(3, Kind.LENT, 1000, 4),
        step(4, Kind.CHARGED, 200, 5, ChargeKind.SERVICE_FEE),
        step(5, Kind.PAID, 600, 6),
    ]
    found = run(made, course, on(6))
    assert (found.used[1].cost, found.used[1].principal) == (200, 400)
    assert (found.principal, found.cost) == (600, 0)


def test_what_may_be_kept_grows_on_what_was_lent_and_not_on_capitalised_interest():
    """100,000 at 60 %, capitalised after a year; kept up to 36 % of what was lent: 72,000."""
    year = (RatePeriod(start=FIRST, end=None, rate_year=Fraction(60, 100)),)
    caps = (RatePeriod(start=FIRST, end=None, rate_year=Fraction(24, 100)),)
    keeps = (RatePeriod(start=FIRST, end=on(1000), rate_year=Fraction(36, 100)),)
    made = [
        step(0, Kind.LENT, 10_000_000, 1),
        step(365, Kind.CAPITALISED, 0, 1),
        step(730, Kind.PAID, 20_000_000, 2),
    ]
    found = run(made, Course(rates=year, caps=caps, keeps=keeps), on(730))
    # What was not paid became principal within the 24 % that are supported: 24,000.
    assert [moved.minor for moved in found.moved] == [2_400_000]
    (used,) = found.used
    assert used.cost == 4_800_000
    assert used.principal == 12_400_000
    assert used.over == 2_800_000
