"""The limitation clock and guarantees, as tables of what happened and where the clock stands."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.figure import Unknown
from domain.rules.cn.counting import after_years, last_day
from domain.rules.cn.guarantee import GuaranteeForm, GuaranteeQuestion, guarantee_period
from domain.rules.cn.limitation import LimitationQuestion, limitation
from domain.rules.cn.limitation_facts import (
    Effect,
    LimitationEvent,
    LimitationKind,
    LimitationState,
)
from domain.rules.cn.promise_warning import Weight, warning_before_promise
from domain.rules.pack import pack_of
from domain.rules.reference import Calendar
from tests.domain.rules.conftest import NEW, SHIPPED, day

CALENDAR = SHIPPED.calendar


def event(text, number=1):
    """`demand-reached 2022-05-01`, with an end after an ellipsis: `suit 2022-05-01..2022-09-01`."""
    kind, days = text.split()
    on, _, until = days.partition("..")
    return LimitationEvent(
        kind=LimitationKind(kind), on=day(on), until=day(until), entry_id=UUID(int=number)
    )


def clock(due, happened, as_of, pack=NEW, **more):
    events = tuple(
        event(text.strip(), number) for number, text in enumerate(happened.split(","), 1) if text
    )
    question = LimitationQuestion(
        due_dates=tuple(day(text) for text in due.split()), events=events, as_of=day(as_of), **more
    )
    return limitation(question, CALENDAR, pack)


# due dates | events | as of | state | expires on (~: may still roll; ?: not known)
CLOCKS = """
three years from the due date, the last instalment's
2021-03-10 || 2024-03-11 | running | 2024-03-11     Sunday the 10th rolls to Monday
2021-03-10 || 2024-03-12 | expired | 2024-03-11
2020-11-05 2021-01-05 2020-12-05 || 2024-01-05 | running | 2024-01-05
2020-02-29 || 2023-02-28 | running | 2023-02-28     no corresponding day: month-end
2023-02-14 || 2026-02-14 | running | 2026-02-14     a make-up Saturday does not roll
2023-02-15 || 2026-02-24 | running | 2026-02-24     first day of a bridged holiday
2023-02-15 || 2026-02-25 | expired | 2026-02-24
2025-06-30 || 2026-06-01 | running | 2028-06-30~    the notice for 2028 is not published
interruptions start it anew
2021-03-10 | demand-reached 2022-05-06 | 2025-05-06 | running | 2025-05-06
2021-03-10 | part-payment 2023-05-04, promise 2022-05-06 | 2024-06-01 | running | 2026-05-06
2021-03-10 | plan-agreed 2024-03-11 | 2024-06-01 | running | 2027-03-11~   on the rolled last day
2021-03-10 | assignment-notice 2022-05-06 | 2025-05-07 | expired | 2025-05-06
2021-03-10 | payment-order 2022-05-06..2022-06-06 | 2025-06-06 | running | 2025-06-06
2021-03-10 | mediation 2022-05-06..2022-06-06 | 2025-06-07 | expired | 2025-06-06
2021-03-10 | suit 2022-05-06..2023-02-01 | 2026-02-02 | running | 2026-02-02
2021-03-10 | suit 2022-05-06 | 2024-06-01 | running | 2025-05-06~          no end on record
2021-03-10 | suit 2022-05-06 | 2025-05-07 | unknown | 2025-05-06~
2021-03-10 | suit 2022-05-06..2023-02-01, demand-reached 2022-08-01 | 2025-09-01 | running | 2026-02-02
before the clock, and after it
2021-03-10 | demand-reached 2021-03-01 | 2024-03-12 | expired | 2024-03-11
2021-03-10 | demand-reached 2024-03-12 | 2024-06-01 | expired | 2024-03-11
2021-03-10 | part-payment 2024-03-12 | 2024-06-01 | expired | 2024-03-11
2021-03-10 | promise 2024-03-12 | 2024-06-01 | running | 2027-03-12~       gives the defence up
2021-03-10 | demand-reached 2025-01-01 | 2024-06-01 | expired | 2024-03-11 has not happened yet
suspension in the last six months
2021-03-10 | suspension 2023-10-01..2023-11-01 | 2024-05-06 | running | 2024-05-06
2021-03-10 | suspension 2022-01-01..2022-12-31 | 2024-03-12 | expired | 2024-03-11
2021-03-10 | suspension 2022-01-01..2023-12-01 | 2024-06-01 | running | 2024-06-03
2021-03-10 | suspension 2023-10-01 | 2024-06-01 | running | ?
no later than twenty years
2003-05-12 | promise 2018-05-01, promise 2021-04-01 | 2023-05-12 | running | 2023-05-12
2003-05-12 | promise 2018-05-01, promise 2021-04-01 | 2023-05-13 | expired | 2023-05-12
the two years of before 2017-10-01 are known from memory only
2015-06-01 || 2017-05-31 | running | ?
2015-06-01 || 2018-01-10 | unknown | ?
2015-06-01 || 2018-07-01 | expired | ?
2016-06-01 || 2018-12-01 | unknown | ?
2016-06-01 | demand-reached 2018-05-02 | 2021-05-06 | running | 2021-05-06
2015-06-01 | demand-reached 2018-05-02 | 2021-04-06 | unknown | ?
2015-06-01 | demand-reached 2018-05-02 | 2021-05-06 | unknown | ?      the holidays of May
2015-06-01 | demand-reached 2018-05-02 | 2021-05-07 | expired | ?
2003-05-12 | demand-reached 2005-12-01 | 2009-06-01 | expired | ?
2015-06-01 | promise 2018-05-02 | 2021-05-06 | running | 2021-05-06
"""  # noqa: E501


@pytest.mark.parametrize("row", [row for row in CLOCKS.splitlines() if "|" in row])
def test_the_limitation_clock(row):
    due, happened, as_of, state, expires = (cell.strip() for cell in row.split("|"))
    found = clock(due, happened, as_of)
    expires = expires.split()[0]
    assert found.state == state
    assert (found.state is LimitationState.UNKNOWN) == (found.unknown is not None)
    if expires == "?":
        assert found.expires_on is None
    else:
        assert found.expires_on == day(expires.rstrip("~"))
        assert (found.provisional is not None) == expires.endswith("~")


def test_the_chain_names_every_cause():
    found = clock(
        "2021-03-10",
        "demand-reached 2021-03-01, part-payment 2022-05-06, suspension 2022-06-01..2022-07-01",
        "2024-06-01",
    )
    told = [(cause.effect, cause.entry_id and cause.entry_id.int) for cause in found.chain]
    assert told == [
        (Effect.STARTED, None),
        (Effect.TOO_EARLY, 1),
        (Effect.RESTARTED, 2),
        (Effect.NOT_NEEDED, 3),
    ]
    assert found.chain[2].runs_to == day("2025-05-06")
    assert "cn.limitation.consent" in found.rule_ids
    assert all(NEW.applies(rule) for rule in found.rule_ids)


def test_the_old_law_with_its_switch_on():
    pack = pack_of("cn@2026.2+two-years-before-2017")
    assert clock("2015-06-01", "", "2018-01-10", pack).state is LimitationState.EXPIRED
    kept = clock("2016-06-01", "", "2018-12-01", pack)  # not over by 2017-10-01: three years
    assert (kept.state, kept.expires_on) == (LimitationState.RUNNING, day("2019-06-03"))


def test_no_due_date_and_a_loan_called_in():
    assert clock("", "", "2024-01-01").state is LimitationState.UNKNOWN
    called = {"called_in_on": day("2021-05-06")}
    due = "2021-01-05 2023-12-05"
    assert clock(due, "", "2024-06-01", **called).unknown is not None
    pack = pack_of("cn@2026.2+limitation-from-acceleration")
    assert clock(due, "", "2024-06-01", pack, **called).expires_on == day("2024-05-06")


def test_an_unpublished_holiday_leaves_the_next_days_open():
    bare = Calendar({})
    question = LimitationQuestion(due_dates=(day("2021-03-10"),), as_of=day("2024-03-12"))
    found = limitation(question, bare, NEW)
    assert found.state is LimitationState.UNKNOWN
    demand = (event("demand-reached 2024-03-12"),)
    question = LimitationQuestion(
        due_dates=(day("2021-03-10"),), events=demand, as_of=day("2024-08-01")
    )
    found = limitation(question, bare, NEW)
    assert (found.state, found.chain[-1].effect) == (LimitationState.UNKNOWN, Effect.UNCERTAIN)
    late = LimitationQuestion(due_dates=(day("2021-03-10"),), as_of=day("2024-03-26"))
    assert limitation(late, bare, NEW).state is LimitationState.EXPIRED


WARNINGS = (
    ("2024-01-10", Weight.RESTARTS, "2027-01-10"),
    ("2024-06-01", Weight.GIVES_UP, "2027-06-01"),
)


@pytest.mark.parametrize(("on", "weight", "again"), WARNINGS)
def test_the_warning_before_a_promise(on, weight, again):
    now = clock("2021-03-10", "", on)
    found = warning_before_promise(now, LimitationKind.PROMISE, day(on))
    assert (found.weight, found.would_expire_on) == (weight, day(again))
    assert found.expires_on == day("2024-03-11")
    with pytest.raises(ValueError, match="not an act of the client"):
        warning_before_promise(now, LimitationKind.SUIT, day(on))


def test_the_warning_where_the_clock_is_not_known():
    now = clock("2015-06-01", "", "2018-01-10")
    found = warning_before_promise(now, LimitationKind.PART_PAYMENT, day("2018-01-10"))
    assert found.weight is Weight.MIGHT_GIVE_UP


KINDS = [kind for kind in LimitationKind if kind is not LimitationKind.SUSPENSION]
DAYS = st.dates(day("2018-01-01"), day("2026-11-22"))
EVENTS = st.lists(
    st.builds(
        LimitationEvent,
        kind=st.sampled_from(list(LimitationKind)),
        on=DAYS,
        entry_id=st.uuids(),
        until=st.none() | DAYS,
    ),
    max_size=6,
)


@given(DAYS, EVENTS, st.randoms())
def test_never_earlier_than_three_years_after_what_restarted_it(due, events, random):
    as_of = day("2026-11-22")
    found = limitation(
        LimitationQuestion(due_dates=(due,), events=tuple(events), as_of=as_of), CALENDAR, NEW
    )
    restarts = [c.on for c in found.chain if c.effect in (Effect.RESTARTED, Effect.WAIVED)]
    if found.expires_on is not None:
        assert found.expires_on >= after_years(max([due, *restarts]), 3)
    mixed = list(events)
    random.shuffle(mixed)
    again = LimitationQuestion(due_dates=(due,), events=tuple(mixed), as_of=as_of)
    assert limitation(again, CALENDAR, NEW) == found


@given(DAYS, st.lists(DAYS, max_size=5), DAYS)
def test_one_more_demand_never_ends_it_earlier(due, demands, extra):
    def asked(days):
        events = tuple(
            LimitationEvent(
                kind=LimitationKind.DEMAND_REACHED, on=on, entry_id=UUID(int=on.toordinal())
            )
            for on in sorted(set(days))
        )
        question = LimitationQuestion(due_dates=(due,), events=events, as_of=day("2026-11-22"))
        return limitation(question, CALENDAR, NEW).expires_on

    assert asked([*demands, extra]) >= asked(demands)


# contract | due | form | agreed until | debtor sued | guarantor asked | as of | state | ends
GUARANTEES = """
2022-01-05 | 2022-08-31 |         |            |            |            | 2023-02-28 | running | 2023-02-28
2022-01-05 | 2022-08-31 |         |            |            |            | 2023-03-01 | free    | 2023-02-28
2022-01-05 | 2023-08-31 |         |            |            |            | 2024-02-29 | running | 2024-02-29
2022-01-05 | 2025-08-31 |         |            |            |            | 2026-03-01 | free    | 2026-02-28
2022-01-05 | 2022-08-31 |         | 2022-08-31 |            |            | 2023-03-01 | free    | 2023-02-28
2022-01-05 | 2022-08-31 |         | 2022-06-30 |            |            | 2023-03-01 | free    | 2023-02-28
2022-01-05 | 2022-08-31 |         | 2023-12-29 |            |            | 2023-03-01 | running | 2023-12-29
2022-01-05 | 2022-08-31 |         |            | 2023-02-28 |            | 2024-03-01 | creditor-acted-in-time | 2023-02-28
2022-01-05 | 2022-08-31 |         |            | 2023-03-01 |            | 2024-03-01 | free    | 2023-02-28
2022-01-05 | 2022-08-31 | general |            |            | 2022-10-10 | 2024-03-01 | free    | 2023-02-28
2022-01-05 | 2022-08-31 | joint   |            |            | 2022-10-10 | 2024-03-01 | creditor-acted-in-time | 2023-02-28
2022-01-05 | 2022-08-31 | joint   |            | 2022-10-10 |            | 2024-03-01 | free    | 2023-02-28
2022-01-05 |            |         |            |            |            | 2024-03-01 | unknown | ?
2020-12-31 | 2022-08-31 |         |            |            |            | 2024-03-01 | unknown | ?
2021-01-01 | 2022-08-31 |         |            |            |            | 2023-03-01 | free    | 2023-02-28
2022-01-05 | 2026-08-01 |         |            |            |            | 2027-02-02 | unknown | 2027-02-01
"""  # noqa: E501


def guarantee(row, pack=NEW):
    cells = [cell.strip() for cell in row.split("|")]
    form = GuaranteeForm(cells[2]) if cells[2] else None
    contract, due, until, sued, asked, as_of = (day(cells[n]) for n in (0, 1, 3, 4, 5, 6))
    question = GuaranteeQuestion(
        contract_on=contract,
        due_on=due,
        form=form,
        agreed_until=until,
        debtor_sued_on=sued,
        guarantor_asked_on=asked,
        as_of=as_of,
    )
    return cells, guarantee_period(question, CALENDAR, pack)


@pytest.mark.parametrize("row", GUARANTEES.strip().splitlines())
def test_the_guarantee_period(row):
    cells, found = guarantee(row)
    assert found.state == cells[7]
    assert (found.unknown is not None) == (cells[7] == "unknown")
    assert found.ends_on is None if cells[8] == "?" else found.ends_on.on == day(cells[8])


def test_an_older_guarantee_with_its_switch_on_is_joint():
    row = "2020-12-31 | 2022-08-31 | | | | 2022-10-10 | 2024-03-01"
    _, found = guarantee(row, pack_of("cn@2026.2+guarantees-before-2021"))
    assert (found.form, found.state) == (GuaranteeForm.JOINT, "creditor-acted-in-time")


def test_the_last_day_of_a_period_in_an_unpublished_year_is_provisional():
    end = last_day(day("2027-05-01"), CALENDAR)
    assert end.provisional is not None
    assert end.is_past(day("2027-05-01")) is False
    assert isinstance(end.is_past(day("2027-05-02")), Unknown)
    assert end.is_past(day("2027-05-17")) is True
