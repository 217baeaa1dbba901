"""The clocks as a document: how long each runs, by which rule, and where it ends in 2026."""

from datetime import date
from typing import Final

from domain.deadlines.clock import ends
from domain.rules.book import Mark, Rule
from domain.rules.cn.clocks import CLOCKS, Clock, Unit
from domain.rules.pack import latest
from ops.rechecking import shipped_books

HEAD: Final = """# Clocks

How long each period of complaints, courts and credit records runs, who has to act, and by which
rule. The day that sets a clock off does not count. A period of days, months or years that ends
on a day off ends on the first working day after it; a Saturday or Sunday that is worked instead
of a holiday is a working day. Working days count the make-up days and leave out every day off.
A rule that nobody has read in its own text stands behind a switch of the rule pack, which is off.

"""
TABLE_HEAD: Final = """
## Where they end

The last day of each clock, by the day that sets it off. The calendar of 2026 is published; a day
marked with `*` lies in a year whose calendar is not, and may still move.

"""
STARTS: Final = (
    (date(2026, 1, 31), "the end lies in the Spring Festival"),
    (date(2026, 2, 9), "a Saturday is worked before the festival"),
    (date(2026, 4, 30), "Labour Day, and a Saturday worked after it"),
    (date(2026, 6, 4), "the Dragon Boat days off"),
    (date(2026, 9, 18), "a Sunday is worked, then Mid-Autumn and National Day"),
    (date(2026, 12, 24), "the next year is not published"),
)
UNITS: Final = {
    Unit.DAYS: "days",
    Unit.WORKING_DAYS: "working days",
    Unit.MONTHS: "months",
    Unit.YEARS: "years",
}
MARKS: Final = {Mark.TEXT: "its text", Mark.SECONDARY: "a page that states it"}


def clocks() -> str:
    """The text of `ops/docs/clocks.md`."""
    pack = latest()
    rows = [
        "| clock | length | who acts | rule | known from | switch |",
        "|---|---|---|---|---|---|",
        *(_row(clock, pack.rule(clock.rule_id)) for clock in CLOCKS),
    ]
    return HEAD + "\n".join(rows) + "\n" + TABLE_HEAD + "\n".join(_table()) + "\n"


def _row(clock: Clock, rule: Rule) -> str:
    cited = rule.citation
    cells = (
        f"{clock.zh}<br>{clock.en}",
        f"{clock.count} {UNITS[clock.unit]}",
        clock.obliged,
        f"`{rule.rule_id}`<br>{cited.zh}",
        MARKS.get(cited.mark, "memory only"),
        f"`{rule.switch}`" if rule.switch else "",
    )
    return "| " + " | ".join(cells) + " |"


def _table() -> list[str]:
    calendar = shipped_books().data.calendar
    head = "| clock | " + " | ".join(f"{day} ({day:%a}): {why}" for day, why in STARTS) + " |"
    rows = [head, "|---|" + "---|" * len(STARTS)]
    for clock in CLOCKS:
        days = (ends(clock, day, calendar) for day, _ in STARTS)
        cells = (f"{last.on} ({last.on:%a}){'*' if last.provisional else ''}" for last in days)
        rows.append(f"| {clock.en} (`{clock.rule_id}`) | " + " | ".join(cells) + " |")
    return rows
