"""An invented case with two loans, a wish for every template, and the letters they give.

The approved letters are in `golden_letters.zh.txt` and `.en.txt` beside this file. After a change
of words: `python -m tests.domain.letter_cases`, and read the difference.
"""

from pathlib import Path

from domain.cases.deciding.commands import KnownClient
from domain.cases.lending import LenderClass, Terms
from domain.cases.letters import Addressee, Language
from domain.letters.drafting import Desk, DraftLetter, draft
from domain.letters.templates import TEMPLATES
from domain.personal import Personal
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests.histories import CaseFile, cny, day, due, said

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())
TODAY = day("2026-03-20")
CLIENT = KnownClient(name="例甲子", id_number="990000199001010000")
PEOPLE = {Addressee.CLIENT, Addressee.HELPER, Addressee.GUARANTOR}


def two_loans():
    """A loan of an app with head interest and a payment, and one of which nothing arrived yet."""
    case = CaseFile()
    terms = Terms(rate_pct="2", rate_period="month", schedule=due(("2026-01-10", "5600")))
    first = case.loan(
        "2025-06-10",
        "5000.00",
        lender="示例快借小贷（虚构）",
        lender_class=LenderClass.SMALL_LOAN,
        contract_number=said("HT-0001"),
        terms=terms,
    )
    case.disbursed("2025-06-10", first, "4500.00", withheld="500.00")
    case.charge("2025-12-10", first, "600.00")
    case.payment("2026-02-01", first, "850.05")
    second = case.loan("2025-08-01", "3000.00", lender="样例青禾平台（虚构）")
    return case, first, second


def desk(case, books=BOOKS):
    return Desk(history=case.history(), client=CLIENT, books=books, today=TODAY)


def wish(template, loans=(), **more):
    """What a caseworker asks for: every text named by what belongs there."""
    kind = TEMPLATES[template].addressees[0]
    person = kind in PEOPLE
    body = {
        "template": template,
        "addressee_kind": kind,
        "addressee": None if person else "示例收件机构（虚构）",
        "addressee_name": said("例乙丑") if person else None,
        "loan_ids": tuple(loans) if TEMPLATES[template].speaks_of_loans else (),
        "texts": {
            slot.name: Personal(None, f"〈{slot.zh}〉") for slot in TEMPLATES[template].texts
        },
        "amounts": {slot.name: cny("650.00") for slot in TEMPLATES[template].amounts},
        "answer_wanted_on": day("2026-04-10"),
    }
    return DraftLetter(**{**body, **more})


def letter(template, language, **more):
    """The letter of one template in the invented case."""
    case, first, second = two_loans()
    # What is owed must be known in a proposal to all; elsewhere it may be said that it is not.
    loans = (first,) if template == "proposal-to-creditors" else (first, second)
    return draft(wish(template, loans, language=language, **more), desk(case))


def golden(language):
    """Every letter in one language, under its name."""
    return "\n".join(
        f"===== {template}\n{letter(template, language).text.value}"
        for template in sorted(TEMPLATES)
    )


def golden_file(language):
    return Path(__file__).with_name(f"golden_letters.{language.value}.txt")


if __name__ == "__main__":
    for each in Language:
        golden_file(each).write_text(golden(each), encoding="utf-8")
