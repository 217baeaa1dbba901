"""What a table cannot take stops it, and it says so, on a real PostgreSQL."""

import logging
from dataclasses import replace
from datetime import date

import pytest

from projections.tables.balances import BALANCES
from projections.tables.caseload import CASELOAD
from tests.projections.tables import assert_right, borrower

pytestmark = pytest.mark.anyio


async def test_an_event_it_cannot_read_stops_it_just_before_and_says_so(office, caplog):
    good, bad = borrower(1), borrower(2)
    await office.take_in(good, bad)
    poisoned = await office.poison(bad)
    later = borrower(3)
    await office.take_in(later)

    with caplog.at_level(logging.ERROR, "mingzhang"):
        await office.caught_up()

    lag = await office.lag()
    assert {one.state for one in lag.values()} == {"stopped"}
    assert {one.position for one in lag.values()} == {poisoned - 1}
    assert lag["caseload"].error == f"event {poisoned} of stream {bad.case_id}: ValidationError"
    assert f"stopped after event {poisoned - 1}" in caplog.text
    assert "Wang" not in caplog.text + str(lag)
    await assert_right(office, good, bad)


async def test_an_unknown_topic_is_not_passed_over(office):
    case = borrower(1)
    await office.take_in(case)
    position = await office.poison(case, topic="payment-forgiven", body=b"{}")
    await office.caught_up()
    lag = (await office.lag())["balances"]
    assert (lag.state, lag.position) == ("stopped", position - 1)
    assert "unknown topic 'payment-forgiven'" in lag.error


async def test_a_stopped_table_stays_so_until_it_is_resumed(office):
    case = borrower(1)
    await office.take_in(case)
    await office.poison(case)
    runner = office.runner()
    await office.caught_up(runner)
    assert await runner.run_once(office.organisation) == 0
    assert await runner.refresh(office.organisation, date(2027, 1, 1)) == 0
    assert (await office.lag())["caseload"].state == "stopped"

    assert await runner.resume(office.organisation, "caseload")
    assert (await office.lag())["caseload"].state == "running"
    assert await runner.run_once(office.organisation) == 0
    assert (await office.lag())["caseload"].state == "stopped"


async def test_resuming_what_runs_does_nothing(office):
    await office.caught_up()
    assert not await office.runner().resume(office.organisation, "caseload")


async def test_a_table_that_cannot_make_a_row_stops_alone(office):
    def refuse(history, as_of, books):
        raise ZeroDivisionError("Wang owes nothing")

    await office.take_in(borrower(1))
    await office.caught_up(office.runner((replace(CASELOAD, rows=refuse), BALANCES)))
    lag = await office.lag()
    assert (lag["caseload"].state, lag["caseload"].position) == ("stopped", 0)
    assert lag["caseload"].error == f"case {borrower(1).case_id}: ZeroDivisionError"
    assert (lag["balances"].state, lag["balances"].behind) == ("running", 0)


async def test_a_row_that_the_server_refuses_stops_the_table(office):
    def wide(history, as_of, books):
        return [(*row[:-1], 2**63) for row in BALANCES.rows(history, as_of, books)]

    await office.take_in(borrower(1))
    await office.caught_up(office.runner((replace(BALANCES, rows=wide),)))
    lag = (await office.lag())["balances"]
    assert (lag.state, lag.position) == ("stopped", 0)
    assert "refused: DataError" in lag.error


async def test_rows_of_an_older_version_are_not_mixed_with_newer_ones(office):
    await office.take_in(borrower(1))
    await office.caught_up()
    await office.take_in(borrower(2))
    runner = office.runner((replace(CASELOAD, version=CASELOAD.version + 1), BALANCES))
    await office.caught_up(runner)
    lag = await office.lag()
    assert lag["caseload"].state == "stopped"
    assert f"version {CASELOAD.version}" in lag["caseload"].error
    assert not await runner.resume(office.organisation, "caseload")
    assert lag["balances"].behind == 0


async def test_an_older_release_leaves_a_newer_ones_table_alone(office):
    await office.caught_up(office.runner((replace(CASELOAD, version=CASELOAD.version + 1),)))
    await office.take_in(borrower(1))
    await office.caught_up(office.runner((CASELOAD,)))
    lag = (await office.lag())["caseload"]
    assert (lag.state, lag.version, lag.position) == ("running", CASELOAD.version + 1, 0)
