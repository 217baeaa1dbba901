"""Every figure in every demo case explains itself: each loan, each line, around every day.

The days are those on which something happened, the days before and after them, and those on which
a rule turns. A tree that does not sum, or that names no entry, must be found: so it is broken here.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from domain.figures.ruled import ruled
from domain.money import Money
from domain.rules.pack import RELEASED
from ops.rechecking import shipped_books
from tests.explained import FIGURES, complaints
from tests.histories import day

TURNING = ("2020-08-19", "2020-08-20", "2020-12-31", "2021-01-01", "2026-10-19", "2026-10-20")
PACKS = [f"{name}@{version}" for name, version in RELEASED]


def days_of(history):
    """Every day of the case, the day before and the day after it, and the turning days."""
    found = {day(text) for text in TURNING}
    for entry in history.entries.values():
        happened = entry.fact.happened()
        if happened is not None:
            on = happened.date() if isinstance(happened, datetime) else happened
            found |= {on - timedelta(days=1), on, on + timedelta(days=1)}
    return sorted(found)


@pytest.mark.parametrize("pack", PACKS)
def test_every_figure_of_every_demo_case_is_the_sum_of_leaves_that_name_an_entry(told, pack):
    books, found, lines, loans = shipped_books(pack), [], 0, set()
    for history in told.sender.histories.values():
        for as_of in days_of(history):
            for loan in ruled(history, as_of, books).loans:
                loans.add(loan.loan_id)
                for line in loan.lines:
                    lines += 1
                    found += [
                        f"{history.case_id} {as_of} {line.line_id}: {said}"
                        for said in complaints(line, history, books.pack)
                    ]
    assert found == []
    taken = {key for h in told.sender.histories.values() for key, e in h.entries.items()
             if e.fact.TOPIC == "loan-taken" and not e.is_withdrawn}  # fmt: skip
    assert loans == taken
    assert lines > 10_000


def one_line(told):
    """A line with leaves in every branch that it has, and its case."""
    history, books = told.history("tanghe"), shipped_books()
    (loan,) = ruled(history, date(2023, 4, 15), books).loans
    (line,) = [one for one in loan.lines if one.line_id == "private-lending"]
    assert line.principal.parts
    assert line.cost.parts
    return line, history, books.pack


def changed(line, name, **part):
    """The line with the first leaf of a figure changed."""
    figure = getattr(line, name)
    first, *rest = figure.parts
    parts = (msgspec.structs.replace(first, **part), *rest)
    return msgspec.structs.replace(line, **{name: msgspec.structs.replace(figure, parts=parts)})


@pytest.mark.parametrize("name", ("principal", "cost"))
def test_a_leaf_that_is_wrong_by_a_fen_is_found(told, name):
    line, history, pack = one_line(told)
    assert complaints(line, history, pack) == []
    amount = getattr(line, name).parts[0].amount
    wrong = changed(line, name, amount=amount + Money(1, amount.currency))
    said = complaints(wrong, history, pack)
    assert any(name in one and "leaves" in one for one in said)
    assert "the shares by grade do not come to what is owed" in said


@pytest.mark.parametrize("name", ("principal", "cost"))
def test_a_leaf_that_names_no_entry_is_found(told, name):
    line, history, pack = one_line(told)
    wrong = changed(line, name, entry_id=UUID(int=7))
    assert any("no standing entry" in one for one in complaints(wrong, history, pack))


def test_a_sum_that_is_not_its_branches_is_found(told):
    line, history, pack = one_line(told)
    owed = msgspec.structs.replace(line.owed, amount=line.owed.amount + Money(1, "CNY"))
    said = complaints(msgspec.structs.replace(line, owed=owed), history, pack)
    assert "the branches do not come to what is owed" in said


def test_an_unknown_without_its_reason_is_found(told):
    line, history, pack = one_line(told)
    for name in FIGURES:
        bare = msgspec.structs.replace(getattr(line, name), amount=None, unknown=None)
        said = complaints(msgspec.structs.replace(line, **{name: bare}), history, pack)
        assert f"{name} is unknown and says not why" in said
