"""A fixed export and what `recheck` prints of it: the same bytes on any Python, on any machine.

`golden/case.jsonl` was exported once and stays as it is. After a change of figures that is meant,
look at the difference and write the answers anew: `python -m tests.ops.golden_recheck`. The export
itself is made anew only with `--export`, when the stored form has changed.
"""

import argparse
import asyncio
import contextlib
import io
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from domain.cases.court import Claimant, SuitFiled
from domain.cases.findings import Finding, FindingRecorded, FoundBy
from domain.cases.lending import ChargeKind, LenderClass, RatePeriod, Terms
from domain.facts import Grade
from domain.figures.stating import StateFigures, statement
from domain.log import Append, StreamAppend
from domain.rules.books import Books
from ops import journal_file
from ops.memory_log import MemoryEventLog
from ops.rechecking import shipped_books
from ops.verbs import recheck as verb
from tests.histories import CaseFile, cny, day, due

GOLDEN = Path(__file__).parent / "golden"
EXPORT = GOLDEN / "case.jsonl"
DIGESTS = GOLDEN / "answers.sha256"
"""A line for each answer: its SHA-256 and its name."""
ASKED = {
    "before-the-split.json": ("--as-of", "2020-12-01"),
    "after-the-split.json": ("--as-of", "2021-06-01", "--against", "cn@2026.1"),
    "past-the-data.json": ("--as-of", "2026-11-23"),
}
"""Answers by name, and the arguments that give them."""
IN_FULL = "after-the-split.json"
"""Kept in full too, so that a difference can be looked at."""
ORGANISATION = UUID("6d1f0c1e-0000-5000-8000-00000000000a")
BEGUN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def told() -> CaseFile:
    """A private loan of 2018 with everything that can befall one, and a bank's beside it."""
    case = CaseFile("golden")
    a_year = {"rate_period": RatePeriod.YEAR}
    private = case.loan(
        "2018-03-15",
        "100000",
        terms=Terms(rate_pct="24", due_on=day("2019-03-14"), overdue_rate_pct="30",
                    overdue_rate_period=RatePeriod.YEAR, **a_year),
        lender_class=LenderClass.PRIVATE,
    )  # fmt: skip
    case.disbursed("2018-03-15", private, "90000", withheld="4000")
    case.disbursed("2020-02-29", private, "6000", grade=Grade.CLIENT_SAYS)
    fee = case.charge("2018-04-15", private, "800", ChargeKind.SERVICE_FEE)
    case.charge("2020-11-02", private, "3000", ChargeKind.LAWYER_FEE)
    kept = case.payment("2018-06-15", private, "5000.50")
    case.corrected(kept, amount=cny("5000.05"))
    bounced = case.payment("2019-01-15", private, "7000", credited_on=None)
    case.credited("2019-01-16", bounced)
    case.reversed("2019-01-20", bounced)
    case.withdrawn(case.payment("2019-02-15", private, "1"))
    case.record(
        FindingRecorded(
            occurred_on=day("2020-12-01"), loan_id=private, finding=Finding.NOT_A_COST,
            found_by=FoundBy.ADVISER, about_id=fee, grade=Grade.DOCUMENT,
        )
    )  # fmt: skip
    case.record(
        SuitFiled(
            occurred_on=day("2020-10-10"), loan_ids=(private,), claimant=Claimant.LENDER,
            accepted_on=day("2020-10-15"), grade=Grade.DOCUMENT,
        )
    )  # fmt: skip
    case.claim("2020-10-10", private, {"principal": "100000", "interest": "55000.01"})
    bank = case.loan(
        "2019-09-30",
        "20000",
        lender="Bank",
        terms=Terms(rate_pct="1.5", rate_period=RatePeriod.MONTH,
                    schedule=due(("2019-10-31", "3500"), ("2019-11-30", "3500"))),
        lender_class=LenderClass.BANK,
    )  # fmt: skip
    case.disbursed("2019-09-30", bank, "20000")
    case.payment("2019-10-31", bank, "3500", grade=Grade.LENDER_SAYS)
    stated(case, shipped_books("cn@2026.2"))
    stated(case, None)
    return case


def stated(case: CaseFile, books: Books | None) -> None:
    """Figures given out, with a pack or as recorded."""
    asked = StateFigures(stated_to="court", as_of=day("2021-06-01"))
    case.record(statement(case.history(), asked, books, day("2021-06-01")))


async def _stored(case: CaseFile) -> list[journal_file.StoredEvent]:
    moments = iter(BEGUN + timedelta(minutes=n) for n in range(1000))
    log = MemoryEventLog(lambda: next(moments))
    for number, event in enumerate(case.new_events()):
        await log.append(
            Append(
                organisation=ORGANISATION,
                actor="li",
                command_id=UUID(int=number + 1),
                writes=(
                    StreamAppend(stream=case.case_id, expected_version=number, events=(event,)),
                ),
            )
        )
    return list(await log.read_stream(ORGANISATION, case.case_id))


def answer(arguments: tuple[str, ...]) -> str:
    """What the verb prints, as JSON, of the fixed export."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data")
    verb.add_arguments(parser)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        status = verb.run(parser.parse_args([str(EXPORT), *arguments, "--json"]))
    if status != 0:
        raise SystemExit(f"recheck ended with {status}")
    return printed.getvalue()


def digest(text: str) -> str:
    """SHA-256 of an answer's bytes, lower-case hex."""
    return sha256(text.encode()).hexdigest()


def kept() -> dict[str, str]:
    """The digests kept, by the answers' names."""
    lines = DIGESTS.read_text(encoding="utf-8").splitlines()
    return {name: found for found, name in (line.split() for line in lines)}


if __name__ == "__main__":
    if "--export" in sys.argv:
        with EXPORT.open("wb") as out:
            journal_file.write(asyncio.run(_stored(told())), out)
    answers = {name: answer(arguments) for name, arguments in ASKED.items()}
    DIGESTS.write_text("".join(f"{digest(text)}  {name}\n" for name, text in answers.items()))
    (GOLDEN / IN_FULL).write_text(answers[IN_FULL], encoding="utf-8")
