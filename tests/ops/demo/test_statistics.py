"""The statistics of the demo, beside what is counted straight from its events."""

from collections import Counter

from domain.cases.complaints import ComplaintFiled
from domain.cases.court import SuitFiled
from domain.cases.intake import CaseClosed, CaseOpened
from domain.statistics import Period, Sums, counted, statistics
from domain.statistics.tally import Group
from ops.rechecking import shipped_books
from tests.histories import day

PERIOD = Period(day("2025-01-01"), day("2025-12-31"))


def made(told, period=PERIOD):
    sums = Sums()
    for history in told.sender.histories.values():
        sums.add(counted(history, period, shipped_books()))
    return statistics(sums, period, 1, (None, None), hide=False)


def counts(found, group):
    (of_group,) = [each for each in found.groups if each.group == group]
    return {line.code: line.count for line in of_group.lines}


def standing(told, kind):
    """Every fact of a kind that stands, corrected ones as they read now."""
    histories = told.sender.histories.values()
    return [fact for history in histories for _, fact in history.standing(kind)]


def test_each_line_is_what_the_entries_come_to(told):
    found = made(told)
    assert found.cases == len(told.sender.histories)
    cases = counts(found, Group.CASES)
    opened = [fact for fact in standing(told, CaseOpened) if fact.opened_on in PERIOD]
    closed = [fact for fact in standing(told, CaseClosed) if fact.closed_on in PERIOD]
    assert (cases["opened"], cases["closed"]) == (len(opened), len(closed))
    assert counts(found, Group.OUTCOMES) == Counter(fact.outcome.value for fact in closed)
    complaints = [f for f in standing(told, ComplaintFiled) if f.occurred_on in PERIOD]
    assert counts(found, Group.COMPLAINTS) == Counter(fact.channel.value for fact in complaints)
    suits = [fact for fact in standing(told, SuitFiled) if fact.occurred_on in PERIOD]
    proceedings = counts(found, Group.PROCEEDINGS)
    by = Counter(f"suits-by-{fact.claimant.value}" for fact in suits)
    assert {code: proceedings[code] for code in by} == by
    assert by.total() > 1
    assert counts(found, Group.CONDUCT) != {}


def test_what_was_paid_in_two_halves_is_what_was_paid_in_the_year(told):
    halves = (
        Period(day("2025-01-01"), day("2025-06-30")),
        Period(day("2025-07-01"), day("2025-12-31")),
    )
    amounts = []
    for period in (PERIOD, *halves):
        (money,) = [each for each in made(told, period).groups if each.group == Group.MONEY]
        (paid,) = [
            line.amount.minor
            for line in money.lines
            if line.code == "paid-in-period" and line.amount.currency == "CNY"
        ]
        amounts.append(paid)
    assert amounts[0] == amounts[1] + amounts[2] > 0
