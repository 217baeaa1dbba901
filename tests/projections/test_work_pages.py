"""Caseload by next action, deadlines and workload, by pages and filters, on a real PostgreSQL."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, settings
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain.cases.complaints import ComplaintChannel
from domain.cases.contacts import ContactParty
from domain.cases.erasing import CaseErased
from domain.cases.phases import Phase, PhaseBegun, Urgency, UrgencySet
from domain.cases.work import TaskKind, TaskSet
from ops.rules_desk import prepare
from projections.tables.caseload import CASELOAD
from projections.tables.deadlines import ANCHOR, DEADLINES
from projections.tables.pages import BadCursor
from projections.tables.reader import CaseOrder, CasesAsked, DeadlinesAsked
from tests.histories import CaseFile, day, opening, said
from tests.projections.tables import TODAY, borrower

pytestmark = pytest.mark.anyio

URGENCIES = (None, "ordinary", "urgent", "emergency")


def task(due, member=None):
    return TaskSet(
        set_on=day("2026-01-05"),
        title=said("打给客服"),
        kind=TaskKind.CALL,
        due_on=None if due is None else TODAY + timedelta(days=due),
        member=member,
    )


def worked_on(number: int) -> CaseFile:
    """Every `number` gives another case: its member, tasks, phase and urgency."""
    adviser = ("li", "wang", None)[number % 3]
    case = CaseFile(
        f"worked {number}", facts=(opening(f"2025-12-{number % 5 + 1:02d}", adviser=adviser),)
    )
    case.loan("2025-01-10", "10000.00", lender=f"Lender {number % 4}")
    for extra in range(number % 4):
        case.record(task(number * 7 % 23 - 9 + extra))
    if number % 5 == 0:
        case.record(task(None))
    if number % 4 == 1:
        case.complaint("2026-03-20", channel=ComplaintChannel.LENDER)
    if number % 2:
        case.record(PhaseBegun(phase=tuple(Phase)[number % 9], begun_on=day("2026-01-05")))
    level = URGENCIES[number % 4]
    if level:
        reviewed = {"review_on": day("2026-04-20"), "reason": said("x")} if number % 4 > 1 else {}
        case.record(UrgencySet(level=Urgency(level), set_on=day("2026-01-05"), **reviewed))
    if number % 7 == 3:
        spoken = {"initiated_by": ContactParty.CLIENT, "reached": ContactParty.ADVISER}
        case.contact("2026-03-25T10:00:00+08:00", **spoken)
    if number % 11 == 10:
        case.closed("2026-03-01")
    if number % 13 == 12:
        case.record(CaseErased(erased_on=day("2026-03-15")))
    return case


@pytest.fixture
async def cases(office):
    cases = [worked_on(number) for number in range(27)]
    await prepare(office, office.organisation)
    await office.take_in(*cases)
    await office.caught_up()
    return cases


async def lines(office, table):
    """The stored rows by column, by which every filter can be judged by hand."""
    rows = await office.rows(table)
    found = [dict(zip(table.columns, row, strict=True)) for row in rows]
    return [row for row in found if row.get("key") != ANCHOR]


async def by_pages(read, limit):
    items, cursor, sizes = [], None, []
    while True:
        page = await read(cursor=cursor, limit=limit)
        items += page.items
        sizes.append(len(page.items))
        cursor = page.next_cursor
        if cursor is None:
            assert set(sizes[:-1]) <= {limit}
            return items, page


CASE_FILTERS = {
    "all": (CasesAsked(), lambda row: True),
    "open": (CasesAsked(status="open"), lambda row: row["status"] == "open"),
    "adviser": (CasesAsked(adviser="li"), lambda row: row["adviser"] == "li"),
    "phase": (CasesAsked(phase="creditors"), lambda row: row["phase"] == "creditors"),
    "urgency": (CasesAsked(urgency="urgent"), lambda row: row["urgency"] == "urgent"),
    "lender": (CasesAsked(lender="Lender 2"), lambda row: "Lender 2" in row["lenders"]),
    "next before": (
        CasesAsked(next_before=TODAY),
        lambda row: row["next_on"] is not None and row["next_on"] < TODAY,
    ),
    "two at once": (
        CasesAsked(adviser="wang", urgency="ordinary"),
        lambda row: (row["adviser"], row["urgency"]) == ("wang", "ordinary"),
    ),
}


@pytest.mark.parametrize("name", CASE_FILTERS)
@pytest.mark.parametrize("order", CaseOrder)
async def test_every_filter_of_the_caseload_in_either_order(office, cases, name, order):
    asked, wanted = CASE_FILTERS[name]
    matching = [row for row in await lines(office, CASELOAD) if wanted(row)]
    shown = [row for row in matching if not row["erased"]]
    assert shown

    async def read(**page):
        return await office.reader.caseload(office.organisation, asked, order=order, **page)

    found, last = await by_pages(read, 2)
    if order is CaseOrder.NEXT:
        shown.sort(key=lambda row: (row["next_sort"], row["case_id"]))
    else:
        shown.sort(key=lambda row: (row["opened_on"], row["case_id"]), reverse=True)
    assert [row.case_id for row in found] == [row["case_id"] for row in shown]
    assert last.omitted == len(matching) - len(shown)


async def test_overdue_is_a_filter_either_way(office):
    late, paid, unknown = borrower(1), CaseFile("paid"), borrower(2)
    loan = late.loan("2026-01-01", "100.00")
    late.disbursed("2026-01-01", loan, "100.00")
    late.plan("2026-01-02", [loan], ("2026-02-01", "100.00"))
    await office.take_in(late, paid, unknown)
    await office.caught_up()
    for wanted, case in ((True, late), (False, paid)):
        page = await office.reader.caseload(office.organisation, CasesAsked(overdue=wanted))
        assert [row.case_id for row in page.items] == [case.case_id]


async def test_what_has_changed_since_a_position(office, cases):
    at = (await office.log.head(office.organisation)).position
    changed, version = cases[4], len(cases[4].events())
    changed.note("2026-03-31")
    await office.take_in(changed, skip=version)
    await office.caught_up()
    page = await office.reader.caseload(office.organisation, CasesAsked(changed_since=at))
    assert [row.case_id for row in page.items] == [changed.case_id]
    page = await office.reader.caseload(office.organisation, CasesAsked(changed_since=at + 1))
    assert page.items == ()


DEADLINE_FILTERS = {
    "all": (DeadlinesAsked(), lambda row: True),
    "adviser": (DeadlinesAsked(adviser="li"), lambda row: row["adviser"] == "li"),
    "from": (
        DeadlinesAsked(first_day=TODAY),
        lambda row: row["due_on"] is not None and row["due_on"] >= TODAY,
    ),
    "to": (
        DeadlinesAsked(last_day=TODAY),
        lambda row: row["due_on"] is not None and row["due_on"] <= TODAY,
    ),
    "missed": (DeadlinesAsked(state="missed"), lambda row: row["state"] == "missed"),
    "obliged": (DeadlinesAsked(obliged="lender"), lambda row: row["obliged"] == "lender"),
    "open cases": (DeadlinesAsked(status="open"), lambda row: row["status"] == "open"),
    "settled days": (DeadlinesAsked(provisional=False), lambda row: not row["provisional"]),
}


@pytest.mark.parametrize("name", DEADLINE_FILTERS)
async def test_every_filter_of_deadlines(office, cases, name):
    asked, wanted = DEADLINE_FILTERS[name]
    matching = [row for row in await lines(office, DEADLINES) if wanted(row)]
    shown = sorted(
        (row for row in matching if not row["erased"]),
        key=lambda row: (row["due_sort"], row["case_id"], row["key"]),
    )
    assert shown

    async def read(**page):
        return await office.reader.deadlines(office.organisation, asked, **page)

    found, last = await by_pages(read, 3)
    assert [(row.case_id, row.key) for row in found] == [
        (row["case_id"], row["key"]) for row in shown
    ]
    assert last.omitted == len(matching) - len(shown)


async def test_days_that_nobody_knows_come_last_over_several_pages(office):
    """No pack is adopted: the complaints have no day, and the tasks have theirs."""
    cases = [worked_on(number) for number in (1, 5, 9, 13, 2)]
    await office.take_in(*cases)
    await office.caught_up()

    async def read(**page):
        return await office.reader.deadlines(office.organisation, **page)

    found, _ = await by_pages(read, 2)
    days = [row.due_on for row in found]
    assert days.count(None) == 4
    known = [each for each in days if each is not None]
    assert days == [*sorted(known), *[None] * 4]
    assert all(row.unknown for row in found if row.due_on is None)
    page = await office.reader.deadlines(
        office.organisation, DeadlinesAsked(first_day=date(2020, 1, 1), last_day=date(2030, 1, 1))
    )
    assert [row.due_on for row in page.items] == known == sorted(known)


def reads(office):
    """Every listing by its name."""
    reader, organisation = office.reader, office.organisation
    return {
        "newest": lambda **page: reader.caseload(organisation, **page),
        "next": lambda **page: reader.caseload(organisation, order=CaseOrder.NEXT, **page),
        "deadlines": lambda **page: reader.deadlines(organisation, **page),
        "workload": lambda **page: reader.workload(organisation, **page),
    }


@pytest.mark.parametrize("name", ("newest", "next", "deadlines", "workload"))
async def test_no_row_is_lost_or_doubled_whatever_the_sizes_of_pages(office, cases, name):
    read = reads(office)[name]
    whole = (await read(limit=200)).items
    sizes_tried = set()

    @any_of(st.lists(st.integers(1, 12), min_size=1, max_size=6))
    @example([1])
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    def choose(sizes):
        sizes_tried.add(tuple(sizes))

    choose()
    for sizes in sizes_tried:
        items, cursor, number = [], None, 0
        while True:
            page = await read(cursor=cursor, limit=sizes[number % len(sizes)])
            items += page.items
            cursor, number = page.next_cursor, number + 1
            if cursor is None:
                break
        assert tuple(items) == whole, sizes


async def test_a_cursor_of_one_listing_is_refused_by_another(office, cases):
    reader, organisation = office.reader, office.organisation
    newest = (await reader.caseload(organisation, limit=1)).next_cursor
    following = (await reader.caseload(organisation, order=CaseOrder.NEXT, limit=1)).next_cursor
    day_by_day = (await reader.deadlines(organisation, limit=1)).next_cursor
    members = (await reader.workload(organisation, limit=1)).next_cursor
    for cursor in (newest, day_by_day, members, "nonsense", "WzEsMl0"):
        with pytest.raises(BadCursor):
            await reader.caseload(organisation, order=CaseOrder.NEXT, cursor=cursor)
    for cursor in (following, day_by_day, members):
        with pytest.raises(BadCursor):
            await reader.caseload(organisation, cursor=cursor)
    for cursor in (newest, following, members, "é"):
        with pytest.raises(BadCursor):
            await reader.deadlines(organisation, cursor=cursor)
    for cursor in (newest, following, day_by_day):
        with pytest.raises(BadCursor):
            await reader.workload(organisation, cursor=cursor)


async def test_the_workload_is_what_the_cases_come_to_by_member(office, cases):
    rows = [row for row in await lines(office, CASELOAD) if row["status"] == "open"]
    page = await office.reader.workload(office.organisation)
    assert [row.adviser for row in page.items] == [None, "li", "wang"]
    for line in page.items:
        own = [row for row in rows if row["adviser"] == line.adviser and not row["erased"]]
        quiet_since = TODAY - timedelta(days=30)
        assert line.open_cases == len(own) > 0
        assert line.urgent == sum(row["urgency"] == "urgent" for row in own)
        assert line.emergency == sum(row["urgency"] == "emergency" for row in own)
        assert line.overdue == sum(row["overdue"] is True for row in own)
        assert line.with_missed == sum(row["missed"] > 0 for row in own)
        for name in ("missed", "due_in_7", "due_in_14", "open_tasks"):
            assert getattr(line, name) == sum(row[name] for row in own), name
        assert line.without_action == sum(row["next_key"] is None for row in own)
        assert line.quiet == sum(
            (row["last_contact_on"] or row["opened_on"]) < quiet_since for row in own
        )
    assert sum(line.quiet for line in page.items) < sum(line.open_cases for line in page.items)
    assert page.omitted == sum(row["erased"] for row in rows) > 0
    assert (page.as_of, page.state) == (TODAY, "running")


async def test_tables_that_were_never_made_have_no_work(office):
    for page in (
        await office.reader.workload(office.organisation),
        await office.reader.deadlines(office.organisation),
    ):
        assert (page.items, page.state, page.rules) == ((), "missing", None)


async def test_another_organisation_sees_nothing_of_it(office, cases):
    stranger = UUID(int=7)
    assert (await office.reader.deadlines(stranger)).items == ()
    assert (await office.reader.workload(stranger)).items == ()
