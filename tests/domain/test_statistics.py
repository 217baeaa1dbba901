"""Statistics for funders: what counts in a period, and what is left out of small numbers."""

import pytest

from domain.statistics import Period, Sums, statistics
from domain.statistics.counting import Counted
from domain.statistics.reading import SMALL
from domain.statistics.tally import Group, Key, Tally
from tests.histories import day

PERIOD = Period(day("2026-01-01"), day("2026-03-31"))


def line(made, group, code):
    (of_group,) = [each for each in made.groups if each.group == group]
    found = [each for each in of_group.lines if each.code == code]
    return found[0] if found else None


def summed(*cases):
    sums = Sums()
    for case in cases:
        sums.add(case)
    return sums


def part(*keys, days=None):
    return Counted({key: Tally(count=1) for key in keys}, days)


def given_out(sums, *, hide=True):
    return statistics(sums, PERIOD, 7, ("cn@2026.3", "x"), hide=hide)


SETTLED = Key(Group.OUTCOMES, "settled")
REFERRED = Key(Group.OUTCOMES, "referred")
OTHER = Key(Group.OUTCOMES, "other")


def test_a_line_on_few_cases_is_left_out_and_the_smallest_other_with_it():
    """The total of the closed cases is shown: one hidden outcome could be found from it."""
    cases = [part(SETTLED)] * 9 + [part(REFERRED)] * 6 + [part(OTHER)] * 2
    made = given_out(summed(*cases))
    assert line(made, Group.OUTCOMES, "settled").count == 9
    for code in ("referred", "other"):
        hidden = line(made, Group.OUTCOMES, code)
        assert (hidden.is_left_out, hidden.count, hidden.cases, hidden.amount) == (
            True,
            None,
            None,
            None,
        )
    shown = given_out(summed(*cases), hide=False)
    assert line(shown, Group.OUTCOMES, "other").count == 2
    assert shown.suppression is None


def test_two_small_lines_hide_each_other():
    cases = [part(SETTLED)] * 9 + [part(REFERRED)] * 2 + [part(OTHER)] * 2
    made = given_out(summed(*cases))
    assert line(made, Group.OUTCOMES, "settled").count == 9


def test_many_things_in_one_case_rest_on_one_case():
    busy = Counted({Key(Group.CONTACTS, "call"): Tally(count=400)}, None)
    assert line(given_out(summed(busy)), Group.CONTACTS, "call").is_left_out


@pytest.mark.parametrize(("days", "median"), (([3, 9, 4, 40, 5], 5), ([1, 2, 3, 4, 5, 6], 3)))
def test_the_median_of_the_days_to_close(days, median):
    made = given_out(summed(*(part(SETTLED, days=each) for each in days)))
    assert made.median_days_to_close == median


def test_no_median_of_few():
    few = summed(*(part(SETTLED, days=each) for each in range(SMALL - 1)))
    assert given_out(few).median_days_to_close is None
    assert given_out(few, hide=False).median_days_to_close == 1


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        Period(day("2026-02-01"), day("2026-01-31"))
