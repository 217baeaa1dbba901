"""The cap table of law/cn.md 1.2, cell by cell, and what is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.lending import LenderClass
from domain.rules.cn.caps import CapQuestion, cap_schedule
from domain.rules.pack import pack_of
from tests.domain.rules.conftest import NEW, OLD, SHIPPED, day


def ask(formation, sued, accepted, as_of, kind="private", **more):
    return CapQuestion(
        formation=day(formation),
        sued_on=day(sued),
        accepted_on=day(accepted),
        as_of=day(as_of),
        lender_class=LenderClass(kind),
        **more,
    )


def lines(question, pack=NEW, data=SHIPPED):
    return {line.line_id: line for line in cap_schedule(question, data, pack)}


def shown(line):
    """A line's periods in one row of text: `24/36 to 2020-08-19, then 13.8`."""
    if line.unknown is not None:
        return "unknown"
    parts = []
    for period in line.periods:
        rate = f"{period.annual_rate_pct.normalize():f}"
        void = period.refundable_above_pct
        rate += f"/{void}" if void is not None else ""
        parts.append(rate + (f" to {period.end}" if period.end else ""))
    return ", then ".join(parts)


# formation | sued | accepted | as of | cap. A dash: the same day as sued.
TABLE = """
accepted before 2015-09-01: four bank rates, whose table is not established
2013-05-06 | 2015-08-28 | 2015-08-31 | 2026-01-05 | unknown
accepted 2015-09-01 to 2020-08-19: 24 and 36, whenever made
2013-05-06 | 2015-09-01 | -          | 2026-01-05 | 24/36
2015-09-01 | 2016-03-01 | -          | 2026-01-05 | 24/36
2019-08-19 | 2020-08-19 | -          | 2026-01-05 | 24/36
2019-08-20 | 2020-08-19 | -          | 2026-01-05 | 24/36
2020-08-01 | 2020-08-10 | 2020-08-19 | 2026-01-05 | 24/36
accepted in autumn 2020, as it stood until 2020-12-31
2018-03-01 | 2020-08-20 | -          | 2020-12-31 | 15.4
2019-08-19 | 2020-08-20 | -          | 2020-12-31 | 15.4
2019-08-20 | 2020-08-20 | -          | 2020-12-31 | 17
2019-09-20 | 2020-10-09 | -          | 2020-12-31 | 16.8
2020-08-19 | 2020-12-31 | -          | 2020-12-31 | 15.4
2020-08-20 | 2020-12-31 | -          | 2020-12-31 | 15.4
2018-03-01 | 2020-08-18 | 2020-08-20 | 2020-12-31 | 15.4
the same cases from 2021-01-01 on, still undecided: split
2018-03-01 | 2020-08-20 | -          | 2021-01-01 | 24/36 to 2020-08-19, then 15.4
2019-08-19 | 2020-08-20 | -          | 2021-01-01 | 24/36 to 2020-08-19, then 15.4
2019-08-20 | 2020-08-20 | -          | 2021-01-01 | 24/36 to 2020-08-19, then 15.4
2020-08-20 | 2020-12-31 | -          | 2021-01-01 | 15.4
accepted from 2021-01-01
2013-05-06 | 2021-01-04 | -          | 2026-01-05 | 24/36 to 2020-08-19, then 15.4
2018-03-01 | 2021-01-01 | -          | 2026-01-05 | 24/36 to 2020-08-19, then 15.4
2018-03-01 | 2020-12-28 | 2021-01-01 | 2026-01-05 | 24/36 to 2020-08-19, then 15.4
2018-03-01 | 2024-01-15 | 2024-01-18 | 2026-01-05 | 24/36 to 2020-08-19, then 13.8
2019-09-05 | 2024-01-15 | 2024-01-18 | 2026-01-05 | 24/36 to 2020-08-19, then 13.8
2020-08-19 | 2025-06-03 | -          | 2026-01-05 | 24/36 to 2020-08-19, then 12
2020-08-20 | 2025-06-03 | -          | 2026-01-05 | 15.4
2021-02-06 | 2023-06-01 | -          | 2026-01-05 | 15.4
2022-01-20 | 2024-01-15 | -          | 2026-01-05 | 14.8
2025-05-20 | 2026-01-05 | -          | 2026-01-05 | 12
suing decides the rate, acceptance the rule
2018-03-01 | 2024-07-19 | 2024-07-22 | 2026-01-05 | 24/36 to 2020-08-19, then 13.8
"""


@pytest.mark.parametrize("row", [row for row in TABLE.splitlines() if "|" in row])
def test_the_cap_table(row):
    formation, sued, accepted, as_of, expected = (cell.strip() for cell in row.split("|"))
    line = lines(ask(formation, sued, sued if accepted == "-" else accepted, as_of))
    assert list(line) == ["private-lending"]
    assert shown(line["private-lending"]) == expected
    assert not line["private-lending"].hypothetical


# Published: Netease legal column IRL6F8820514BTGS (2024), law/worked-examples.md "Transition".
def test_the_published_transition():
    a = lines(ask("2018-06-01", "2024-01-10", "2024-01-12", "2024-03-01"))["private-lending"]
    assert shown(a) == "24/36 to 2020-08-19, then 13.8"
    assert a.at(day("2020-08-19")).annual_rate == Decimal("0.24")
    assert a.at(day("2020-08-20")).annual_rate == Decimal("0.138")
    b = lines(ask("2020-09-15", "2024-01-10", "2024-01-12", "2024-03-01"))["private-lending"]
    assert shown(b) == "15.4"


def test_rules_and_their_reason_are_named():
    line = lines(ask("2018-06-01", "2024-01-10", "2024-01-12", "2024-03-01"))["private-lending"]
    assert line.rule_ids == ("cn.cap.2021-split", "cn.cap.2015-24-36", "cn.cap.2015-natural-debt")
    assert "2020-08-19" in line.why
    assert all(NEW.applies(rule) for rule in line.rule_ids)


# The same unsued loan of 2018, asked on two days.
UNSUED = """
2020-08-19 | 24/36
2020-08-20 | 15.4
2020-12-01 | 15.4
2020-12-31 | 15.4
2021-01-01 | 24/36 to 2020-08-19, then 15.4
2021-01-02 | 24/36 to 2020-08-19, then 15.4
2024-01-15 | 24/36 to 2020-08-19, then 13.8
2026-10-19 | 24/36 to 2020-08-19, then 12
2026-10-20 | unknown
2026-11-22 | unknown
"""


@pytest.mark.parametrize("row", UNSUED.strip().splitlines())
def test_a_loan_of_2018_not_sued_over_is_answered_for_the_day_asked(row):
    as_of, expected = (cell.strip() for cell in row.split("|"))
    line = lines(ask("2018-03-01", None, None, as_of))["private-lending"]
    assert shown(line) == expected
    assert line.hypothetical


def test_suing_later_than_the_day_asked_has_not_happened_yet():
    later = ask("2018-03-01", "2024-01-10", "2024-01-12", "2020-12-01")
    assert lines(later) == lines(ask("2018-03-01", None, None, "2020-12-01"))


def test_a_case_of_autumn_2020_that_was_decided_then_stays_unsplit():
    case = ("2018-03-01", "2020-09-01", "2020-09-03", "2024-01-05")
    for decided, expected in (
        (None, "24/36 to 2020-08-19, then 15.4"),
        ("2020-12-31", "15.4"),
        ("2021-01-01", "24/36 to 2020-08-19, then 15.4"),
    ):
        found = lines(ask(*case, decided_on=day(decided)))["private-lending"]
        assert shown(found) == expected


def test_the_first_release_leaves_pending_cases_of_autumn_2020_unsplit():
    case = ask("2018-03-01", "2020-09-01", "2020-09-03", "2024-01-05")
    assert shown(lines(case, OLD)["private-lending"]) == "15.4"
    assert shown(lines(case, NEW)["private-lending"]) == "24/36 to 2020-08-19, then 15.4"


MISSING = """
acceptance missing: from the day of suing to the day asked, each rule between
2018-03-01 | 2020-08-10 |            | 2024-01-15 | accepted-2020-08-10: 24/36
                                                   | accepted-2020-08-20: 24/36 to 2020-08-19, then 15.4
                                                   | accepted-2021-01-01: 24/36 to 2020-08-19, then 15.4
                                                   | accepted-2024-01-15: 24/36 to 2020-08-19, then 15.4
2021-02-06 | 2023-06-01 |            | 2024-01-15 | accepted-2023-06-01: 15.4 | accepted-2024-01-15: 15.4
sued on the day asked: one day only
2021-02-06 | 2023-06-01 |            | 2023-06-01 | accepted-2023-06-01: 15.4
suing missing: from formation, or the first LPR, to acceptance
2018-03-01 |            | 2024-01-18 | 2024-03-01 | sued-2019-08-20: 24/36 to 2020-08-19, then 17
                                                   | sued-2024-01-18: 24/36 to 2020-08-19, then 13.8
2021-02-06 |            | 2023-06-01 | 2024-01-15 | sued-2021-02-06: 15.4 | sued-2023-06-01: 15.4
2021-02-06 |            | 2021-02-06 | 2024-01-15 | sued-2021-02-06: 15.4
"""  # noqa: E501


def missing_rows():
    rows = []
    for line in MISSING.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if line.startswith("2"):
            rows.append((cells[:4], list(cells[4:])))
        elif "|" in line:
            rows[-1][1].extend(cells[1:])
    return rows


@pytest.mark.parametrize(("days", "expected"), missing_rows())
def test_one_day_missing_is_unknown_with_a_line_for_each_end(days, expected):
    found = cap_schedule(ask(*days), SHIPPED, NEW)
    assert found[0].line_id == "private-lending"
    assert found[0].unknown is not None
    assert found[0].periods == ()
    assert len({line.line_id for line in found}) == len(found) >= 2
    told = [f"{line.line_id.partition(':')[2]}: {shown(line)}" for line in found[1:]]
    assert told == expected
    assert all(line.hypothetical for line in found[1:])


CONTRADICTIONS = (
    ("accepted before suing", ("2021-02-06", "2023-06-05", "2023-06-01", "2024-01-15")),
    ("before the loan", ("2021-02-06", "2021-01-05", "2021-02-10", "2024-01-15")),
    ("day of formation is not on record", (None, "2023-06-01", "2023-06-01", "2024-01-15")),
    ("the loan was made on", ("2024-02-06", None, None, "2024-01-15")),
)


@pytest.mark.parametrize(("reason", "days"), CONTRADICTIONS)
@pytest.mark.parametrize("kind", ("private", "bank", "unknown"))
def test_days_that_cannot_be_are_unknown(reason, days, kind):
    found = lines(ask(*days, kind))
    licensed = [] if kind == "private" else ["licensed-four-lpr", "licensed-24"]
    assert list(found) == [*(["private-lending"] if kind != "bank" else []), *licensed]
    assert all(line.periods == () for line in found.values())
    shown_lines = [line for line in found.values() if not line.information_only]
    assert all(reason in line.unknown.reason for line in shown_lines)


def test_switches_add_what_is_known_from_memory():
    case = ask("2013-05-06", "2024-01-15", "2024-01-15", "2024-03-01")
    refund = lines(case, pack_of("cn@2026.2+refund-above-four-lpr"))["private-lending"]
    assert shown(refund) == "24/36 to 2020-08-19, then 13.8/13.80"
    old = lines(case, pack_of("cn@2026.2+rule-of-1991-for-old-contracts"))["private-lending"]
    assert old.unknown is not None


# lender class | as of | lines, for an unsued loan of 2024-01-22 (LPR 3.45).
CLASSES = """
private          | 2026-09-01 | private-lending 13.8
bank             | 2026-09-01 | licensed-four-lpr 13.8, licensed-24 24
consumer-finance | 2026-09-01 | licensed-four-lpr 13.8, licensed-24 24
small-loan       | 2026-09-01 | licensed-four-lpr 13.8, licensed-24 24
factoring        | 2026-09-01 | licensed-four-lpr 13.8, licensed-24 24
unknown          | 2026-09-01 | private-lending 13.8, licensed-four-lpr 13.8, licensed-24 24
"""


@pytest.mark.parametrize("row", CLASSES.strip().splitlines())
def test_lines_by_lender_class(row):
    kind, as_of, expected = (cell.strip() for cell in row.split("|"))
    found = lines(ask("2024-01-22", None, None, as_of, kind))
    assert [f"{name} {shown(line)}" for name, line in found.items()] == expected.split(", ")


def test_a_local_kind_before_the_reply_of_2021_gets_both_lines():
    found = lines(ask("2019-03-01", "2020-03-02", "2020-03-02", "2026-01-05", "pawnshop"))
    assert list(found) == ["private-lending", "licensed-four-lpr", "licensed-24"]
    later = lines(ask("2019-03-01", "2021-03-02", "2021-03-02", "2026-01-05", "pawnshop"))
    assert list(later) == ["licensed-four-lpr", "licensed-24"]


def test_the_24_line_is_not_older_than_the_opinion():
    for judged, expected in (("2017-08-03", "unknown"), ("2017-08-04", "24")):
        found = lines(ask("2016-03-01", judged, judged, "2026-01-05", "bank"))
        assert shown(found["licensed-24"]) == expected


def test_the_disclosed_cost_from_august_2026():
    before = lines(ask("2026-07-31", None, None, "2026-09-01", "bank"))
    assert "disclosed-cost" not in before
    silent = lines(ask("2026-08-01", None, None, "2026-09-01", "bank"))
    assert shown(silent["disclosed-cost"]) == "unknown"
    told = ask("2026-08-01", None, None, "2026-09-01", "bank", disclosed_cost_pct=Decimal("11.5"))
    assert shown(lines(told)["disclosed-cost"]) == "11.5"
    assert "disclosed-cost" not in lines(ask("2026-08-01", None, None, "2026-09-01", "pawnshop"))


def test_the_small_loan_target_is_information_only():
    found = lines(ask("2026-03-02", None, None, "2026-09-01", "small-loan"))
    assert found["small-loan-target"].information_only
    assert found["small-loan-target"].periods == ()


DAYS = st.dates(day("2012-01-01"), day("2026-10-19"))


@given(DAYS, DAYS, DAYS, st.sampled_from(list(LenderClass)), st.sampled_from((OLD, NEW)))
def test_periods_tile_the_time_from_formation(formed, sued, accepted, kind, pack):
    question = CapQuestion(
        formation=formed,
        sued_on=sued,
        accepted_on=accepted,
        as_of=day("2026-10-19"),
        lender_class=kind,
    )
    for line in cap_schedule(question, SHIPPED, pack):
        if line.information_only:
            continue
        assert (line.unknown is None) == bool(line.periods)
        expected = formed.toordinal()
        for period in line.periods:
            assert period.start.toordinal() == expected
            assert period.annual_rate_pct > 0
            expected = period.end.toordinal() + 1 if period.end else 0
        assert not line.periods or expected == 0
        for rule in line.rule_ids:
            assert pack.applies(rule)


@given(DAYS, DAYS, st.sampled_from((OLD, NEW)))
def test_the_answer_never_rests_on_a_later_day(formed, sued, pack):
    """What was answered for a day is answered the same, whatever happened after it."""
    base = CapQuestion(formation=formed, sued_on=None, accepted_on=None, as_of=formed)
    later = CapQuestion(formation=formed, sued_on=sued, accepted_on=sued, as_of=formed)
    if sued > formed:
        assert cap_schedule(base, SHIPPED, pack) == cap_schedule(later, SHIPPED, pack)
