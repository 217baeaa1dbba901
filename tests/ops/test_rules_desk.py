"""Packs adopted and rows loaded: facts in the organisation's own stream, and nothing twice."""

import asyncio
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest

from domain.organisation import ReferenceDataLoaded, ReferenceKind, ReferenceRow, RulePackAdopted
from domain.recorded import recorded
from domain.rules.books import books_of
from domain.rules.pack import LATEST
from ops import rules_desk
from ops.memory_log import MemoryEventLog
from ops.reference_files import DATA, HOLIDAYS, LPR, BadReferenceFile, read_reference
from ops.reference_rows import holiday_rows, lpr_rows
from ops.rules_desk import RulesRefused, adopt, load, organisation_as_it_stands, prepare

pytestmark = pytest.mark.anyio

LPR_1Y, DAYS = ReferenceKind.LPR_1Y, ReferenceKind.HOLIDAYS


@pytest.fixture
def house():
    return SimpleNamespace(log=MemoryEventLog())


def rate(on, value, source="PBoC"):
    return ReferenceRow(on=date.fromisoformat(on), value=value, source=source)


async def facts(house, organisation):
    stored = await house.log.read_stream(organisation, organisation)
    return [recorded(event).fact for event in stored]


async def test_a_new_organisation_begins_with_the_newest_pack_and_the_shipped_rows(house):
    organisation = uuid4()
    await prepare(house, organisation)
    pack, rates, days = await facts(house, organisation)
    assert pack == RulePackAdopted(pack=LATEST)
    assert (rates.kind, days.kind) == (LPR_1Y, DAYS)
    books = books_of(await organisation_as_it_stands(house, organisation))
    shipped = read_reference()
    assert books.data.lpr_1y.rows == shipped.lpr_1y.rows
    assert dict(books.data.calendar.days) == dict(shipped.calendar.days)
    (event,) = {event.actor for event in await house.log.read_journal(organisation)}
    assert event == "ops"
    await prepare(house, organisation)
    assert (await house.log.head(organisation)).position == 3


async def test_an_organisation_that_chose_its_pack_keeps_it(house):
    organisation = uuid4()
    assert await adopt(house, organisation, "cn@2026.1", ["refund-above-four-lpr"]) == 1
    await prepare(house, organisation)
    assert await facts(house, organisation) == [
        RulePackAdopted(pack="cn@2026.1", switches=("refund-above-four-lpr",))
    ]


async def test_adopting_records_a_change_only(house):
    organisation = uuid4()
    positions = [
        await adopt(house, organisation, *asked)
        for asked in (
            ("cn@2026.1", ()),
            ("cn@2026.1", []),
            ("cn@2026.1", ["two-years-before-2017", "refund-above-four-lpr"]),
            ("cn@2026.1", ["refund-above-four-lpr", "two-years-before-2017"]),
            ("cn@2026.2", ()),
        )
    ]
    assert positions == [1, 1, 2, 2, 3]


@pytest.mark.parametrize(
    ("pack", "switches", "told"),
    (
        (
            "cn@1999.1",
            (),
            "There is no rule pack cn@1999.1; released: cn@2026.1, cn@2026.2, cn@2026.3.",
        ),
        ("cn", (), "released: cn@2026.1"),
        ("cn@2026.2", ("magic",), "has no switch magic; it has: bank-benchmark-before-2015, "),
    ),
)
async def test_what_was_not_released_is_refused_with_a_sentence(house, pack, switches, told):
    organisation = uuid4()
    with pytest.raises(RulesRefused) as refused:
        await adopt(house, organisation, pack, switches)
    assert told in str(refused.value)
    assert (await house.log.head(organisation)).position == 0


async def test_loading_takes_in_what_is_new_or_other(house):
    organisation = uuid4()
    first = [rate("2026-01-20", "3.00"), rate("2026-02-20", "3.00")]
    assert await load(house, organisation, LPR_1Y, first) == 1
    again = [rate("2026-01-20", "3.0", "another page"), rate("2026-02-20", "3.00")]
    assert await load(house, organisation, LPR_1Y, again) == 1
    more = [*first[:1], rate("2026-02-20", "2.95"), rate("2026-03-20", "2.95")]
    assert await load(house, organisation, LPR_1Y, more) == 2
    assert (await facts(house, organisation))[-1] == ReferenceDataLoaded(
        kind=LPR_1Y, rows=tuple(more[1:])
    )
    assert await load(house, organisation, DAYS, []) == 2


@pytest.mark.parametrize(
    ("kind", "rows"),
    (
        (LPR_1Y, [rate("2026-01-20", "NaN")]),
        (LPR_1Y, [rate("2026-01-20", "three")]),
        (LPR_1Y, [rate("2026-01-20", "-3")]),
        (LPR_1Y, [rate("2026-01-20", "100")]),
        (LPR_1Y, [rate("2026-01-20", "off")]),
        (DAYS, [rate("2026-01-01", "3.00")]),
        (DAYS, [rate("2026-01-01", "holiday")]),
        (DAYS, [rate("2026-01-01", "off", " ")]),
        (DAYS, [rate("2026-01-01", "off"), rate("2026-01-01", "work")]),
    ),
)
async def test_a_row_that_no_reader_could_use_never_reaches_the_stream(house, kind, rows):
    organisation = uuid4()
    with pytest.raises(RulesRefused):
        await load(house, organisation, kind, rows)
    assert (await house.log.head(organisation)).position == 0


async def test_whoever_loses_a_race_decides_anew(house, monkeypatch):
    organisation = uuid4()
    read = rules_desk.organisation_as_it_stands

    async def slow(*asked):
        found = await read(*asked)
        await asyncio.sleep(0.01)
        return found

    monkeypatch.setattr(rules_desk, "organisation_as_it_stands", slow)
    rows = [[rate(f"2010-0{month}-20", "3.00")] for month in range(1, 7)]
    given = [load(house, organisation, LPR_1Y, one) for one in rows]
    positions = await asyncio.gather(*given, prepare(house, organisation))
    assert sorted(positions[:-1]) == sorted(set(positions[:-1]))
    now = await read(house, organisation)
    assert now.pack == RulePackAdopted(pack=LATEST)
    assert now.version == 9
    assert {row.on for (row,) in rows} <= set(now.rows[LPR_1Y])


async def test_the_same_rows_have_one_version_however_they_came(house):
    at_once, in_parts = uuid4(), uuid4()
    rows = lpr_rows(DATA / LPR)
    await adopt(house, at_once, LATEST)
    await adopt(house, in_parts, LATEST)
    await load(house, at_once, LPR_1Y, rows)
    await load(house, in_parts, LPR_1Y, rows[10:])
    await load(house, in_parts, LPR_1Y, rows[:10])
    one, other = [
        books_of(await organisation_as_it_stands(house, each)) for each in (at_once, in_parts)
    ]
    assert one.data.version == other.data.version
    assert one.data.lpr_1y.rows == other.data.lpr_1y.rows


def test_rows_of_a_file_keep_their_sources_and_gain_the_loads():
    (first, *_) = holiday_rows(DATA / HOLIDAYS, "gov.cn, 2026-11-01")
    assert first.on == date(2019, 1, 1)
    assert first.value == "off"
    assert first.source.startswith("gov.cn, 2026-11-01; State Council holiday notice for 2019")


@pytest.mark.parametrize(
    ("reader", "text", "told"),
    (
        (lpr_rows, "date,rate\n", "line 1"),
        (lpr_rows, "date,lpr_1y_pct,lpr_5y_pct,status,source\n2026-01-20,3%,3.5,A,x\n", "line 2"),
        (holiday_rows, "day,kind,source\n2026-01-01,off,x\n2026-13-01,off,x\n", "line 3"),
        (holiday_rows, "day,kind,source\n2026-01-01,maybe,x\n", "line 2"),
    ),
)
def test_a_malformed_row_is_named_by_its_line(tmp_path, reader, text, told):
    path = tmp_path / "rows.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadReferenceFile, match=told):
        reader(path)
