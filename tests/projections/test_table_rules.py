"""Rows follow the rules that the organisation works by, on a real PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from domain.cases.complaints import ComplaintChannel
from domain.organisation import ReferenceKind, ReferenceRow, RulePackAdopted
from domain.rules.books import Books, data_of
from domain.rules.pack import latest
from ops.reference_files import DATA, HOLIDAYS, LPR
from ops.reference_rows import holiday_rows, lpr_rows
from ops.rules_desk import adopt, load, prepare, record
from projections.tables.books import NO_BOOKS, BooksAt, label_of
from projections.tables.caseload import CASELOAD
from projections.tables.deadlines import ANCHOR, DEADLINES
from tests.histories import CaseFile, opening
from tests.projections.tables import TODAY, assert_right, borrower

pytestmark = pytest.mark.anyio

BOOKS = Books(
    pack=latest(),
    data=data_of(
        {
            ReferenceKind.LPR_1Y: {row.on: row for row in lpr_rows(DATA / LPR)},
            ReferenceKind.HOLIDAYS: {row.on: row for row in holiday_rows(DATA / HOLIDAYS)},
        }
    ),
)
"""What a new organisation begins with."""
LATEST = label_of(BOOKS)


def complained(name="complained", on="2026-03-20"):
    case = CaseFile(name, facts=(opening("2026-03-01", adviser="li"),))
    case.complaint(on, channel=ComplaintChannel.LENDER)
    return case


async def brought_up(office):
    """As a house that serves does it."""
    runner = office.runner()
    await office.caught_up(runner)
    return await runner.refresh(office.organisation, office.today)


async def labels(office, table=DEADLINES):
    place = table.columns.index("rules")
    return {row[place] for row in await office.rows(table)}


async def said(office):
    """What the checkpoints say of the rules."""
    pages = (
        await office.reader.caseload(office.organisation),
        await office.reader.deadlines(office.organisation),
    )
    return {page.rules for page in pages}


async def test_rows_made_without_a_pack_are_made_again_when_one_is_adopted(office):
    case, plain = complained(), borrower(1)
    await office.take_in(case, plain)
    await brought_up(office)
    (before,) = (await office.reader.deadlines(office.organisation)).items
    assert (before.due_on, before.rules) == (None, NO_BOOKS)
    assert "no rule pack" in before.unknown

    await prepare(office, office.organisation)
    # Two cases in two tables; what is owed as recorded rests on no pack.
    assert await brought_up(office) == 4

    page = await office.reader.deadlines(office.organisation)
    (after,) = page.items
    assert (after.due_on, after.unknown, after.rules) == (date(2026, 4, 7), None, LATEST)
    assert (page.as_of, page.rules) == (TODAY, LATEST)
    await assert_right(office, case, plain, books=BOOKS)
    assert await brought_up(office) == 0


async def test_a_case_without_deadlines_is_found_by_its_anchor(office):
    await office.take_in(borrower(1))
    await brought_up(office)
    await prepare(office, office.organisation)
    await brought_up(office)
    ((_, key, *_),) = await office.rows(DEADLINES)
    assert (key, await labels(office)) == (ANCHOR, {LATEST})
    assert (await office.reader.deadlines(office.organisation)).items == ()


async def test_another_pack_and_new_rows_are_other_rules(office):
    await prepare(office, office.organisation)
    await office.take_in(complained())
    await brought_up(office)
    await adopt(office, office.organisation, "cn@2026.2")
    assert await brought_up(office) == 2
    (label,) = await labels(office)
    assert label.startswith("cn@2026.2 ")
    day_off = ReferenceRow(on=date(2027, 1, 1), value="off", source="a notice made up for a test")
    await load(office, office.organisation, ReferenceKind.HOLIDAYS, [day_off])
    assert await brought_up(office) == 2
    assert label not in await labels(office)
    assert await said(office) == await labels(office)


async def test_a_calendar_that_is_published_settles_provisional_days(office):
    await prepare(office, office.organisation)
    office.today = date(2027, 1, 10)
    await office.take_in(complained(on="2027-01-05"))
    await brought_up(office)
    (row,) = (await office.reader.deadlines(office.organisation)).items
    assert (row.due_on, row.provisional) == (date(2027, 1, 20), True)
    notice = [
        ReferenceRow(on=date(2027, 1, day), value="off", source="a notice made up for a test")
        for day in (1, 20)
    ]
    await load(office, office.organisation, ReferenceKind.HOLIDAYS, notice)
    await brought_up(office)
    (row,) = (await office.reader.deadlines(office.organisation)).items
    assert (row.due_on, row.provisional) == (date(2027, 1, 21), False)


async def test_the_rules_that_are_adopted_while_following_are_noticed(office):
    await office.take_in(complained())
    task = asyncio.create_task(office.runner(poll_seconds=0.02).run(office.organisation))
    await prepare(office, office.organisation)
    for _ in range(500):
        if await said(office) == await labels(office) == {LATEST}:
            break
        await asyncio.sleep(0.02)
    assert await said(office) == await labels(office) == await labels(office, CASELOAD) == {LATEST}
    task.cancel()
    await asyncio.wait([task])


async def test_a_rebuild_finds_rows_right_by_the_rules_that_they_were_made_by(office):
    await prepare(office, office.organisation)
    cases = [complained(f"case {number}") for number in range(3)]
    await office.take_in(*cases)
    await brought_up(office)
    await adopt(office, office.organisation, "cn@2026.2")
    # The journal is taken in, and the rows not made again yet.
    await office.caught_up()
    assert await labels(office) == {LATEST}
    for table in (DEADLINES, CASELOAD):
        report = await office.runner().rebuild(office.organisation, table.name)
        assert (report.is_compared, report.same, report.differing) == (True, 3, ())
        # And it ends with the rules in force.
        (label,) = await labels(office, table)
        assert label.startswith("cn@2026.2 ")


async def test_a_deadline_that_was_changed_by_hand_is_found_by_a_rebuild(office):
    await prepare(office, office.organisation)
    cases = [complained(f"case {number}") for number in range(3)]
    await office.take_in(*cases)
    await brought_up(office)
    await office.fetch(
        "UPDATE mingzhang.deadlines SET due_on = due_on + 1"
        " WHERE organisation = $1 AND case_id = $2",
        cases[1].case_id,
    )
    report = await office.runner().rebuild(office.organisation, "deadlines")
    assert (report.differing, report.same) == ((cases[1].case_id,), 2)
    await assert_right(office, *cases, books=BOOKS)


async def test_the_day_moves_deadlines_though_nothing_was_recorded(office):
    await prepare(office, office.organisation)
    case = complained()
    await office.take_in(case)
    await brought_up(office)
    office.today = date(2026, 4, 8)
    await brought_up(office)
    (row,) = (await office.reader.deadlines(office.organisation)).items
    assert (row.state, row.days_late, row.as_of) == ("missed", 1, office.today)
    await assert_right(office, case, books=BOOKS)


async def test_a_pack_of_a_newer_release_stops_the_tables_before_it(office):
    case, later = complained(), borrower(2)
    at = await office.take_in(case)
    newer = RulePackAdopted(pack="cn@2099.1")
    await record(office, office.organisation, lambda _: (newer,))
    await office.take_in(later)
    await office.caught_up()
    lag = (await office.lag())["deadlines"]
    assert (lag.state, lag.position) == ("stopped", at)
    assert lag.error == f"event {at + 1} of stream {office.organisation}: PackUnknown"


async def test_rows_of_version_two_of_the_caseload_stay_readable_until_they_are_rebuilt(office):
    """As a database has them that comes from the release before."""
    await prepare(office, office.organisation)
    await office.take_in(complained())
    old = replace(CASELOAD, version=2)
    await office.caught_up(office.runner((old,)))
    await office.fetch(
        "UPDATE mingzhang.caseload SET phase = NULL, next_sort = DEFAULT, next_on = NULL,"
        " next_code = NULL, next_kind = NULL, next_key = NULL, missed = NULL, due_in_7 = NULL,"
        " due_in_14 = NULL, open_tasks = NULL, rules = DEFAULT WHERE organisation = $1"
    )
    await brought_up(office)
    lag = await office.lag()
    assert (lag["caseload"].state, lag["deadlines"].state) == ("stopped", "running")
    assert lag["caseload"].error == (
        "the rows are of version 2, this release makes 3: rebuild caseload"
    )
    (row,) = (await office.reader.caseload(office.organisation)).items
    assert (row.missed, row.next_code, row.rules) == (None, None, "")
    (work,) = (await office.reader.workload(office.organisation)).items
    assert (work.open_cases, work.missed, work.without_action) == (1, None, 0)

    report = await office.runner().rebuild(office.organisation, "caseload")

    assert (report.is_compared, report.version) == (False, 3)
    (row,) = (await office.reader.caseload(office.organisation)).items
    assert (row.missed, row.rules) == (0, LATEST)


async def test_books_by_position_are_those_that_were_in_force_then(office):
    books = BooksAt(office.log)
    assert label_of(await books.at(office.organisation, 0)) == NO_BOOKS
    first = await prepare_at(office)
    second = await adopt(office, office.organisation, "cn@2026.2")
    found = [
        label_of(await books.at(office.organisation, position))
        for position in (second, first, 0, second)
    ]
    assert found[1:3] == [LATEST, NO_BOOKS]
    assert found[0] == found[3] != LATEST
    back = [label_of(each) async for each in books.back_from(office.organisation, second)]
    assert (back[0], back[1], back[-1]) == (found[0], LATEST, NO_BOOKS)


async def prepare_at(office):
    await prepare(office, office.organisation)
    return (await office.log.head(office.organisation)).position
