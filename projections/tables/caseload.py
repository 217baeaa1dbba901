"""Caseload: one line for each case, for whoever decides what to take up next."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from domain.cases.complaints import ComplaintFiled
from domain.cases.contact_list import contacts_of
from domain.cases.history import CaseStatus, Entry, History
from domain.cases.intake import CaseClosed, CaseOpened
from domain.cases.lending import LoanTaken
from domain.deadlines import Deadline, State, deadlines
from domain.figures.figure import Unknown
from domain.figures.position import LoanPosition, Position, position
from domain.intake import phase_on, urgency_on
from domain.rules.books import Books
from domain.work import in_charge, open_tasks
from domain.work.contact import last_contact_on
from domain.work.next_action import NONE_LAST, due_within, next_action, unmet
from projections.days import day_of, zone_of
from projections.tables.books import label_of
from projections.tables.definition import CaseTable, Row

SOON: Final = 7
LATER: Final = 14
"""Days ahead for which deadlines are counted."""


def rows(history: History, as_of: date, books: Books | Unknown) -> list[Row]:
    """The case's row; none for a case whose opening was not read."""
    opening = next((fact for _, fact in history.standing(CaseOpened)), None)
    if opening is None:
        return []
    standing = [entry for entry in history.entries.values() if not entry.is_withdrawn]
    loans = [fact for _, fact in history.standing(LoanTaken)]
    figures = position(history, as_of)
    row = (
        history.case_id,
        opening.client_id,
        history.status.value,
        in_charge(history, as_of),
        opening.opened_on,
        _closed_on(history),
        len(loans),
        sorted({loan.lender for loan in loans}),
        sorted({loan.face_amount.currency for loan in loans}),
        len(standing),
        sum(1 for _ in contacts_of(history)),
        sum(isinstance(entry.fact, ComplaintFiled) for entry in standing),
        _last_occurred_on(standing, as_of),
        _last_recorded_at(history),
        _next_due_on(history, figures),
        _overdue(figures),
        history.erased_at is not None,
        *_work(history, as_of, deadlines(history, as_of, books)),
        label_of(books),
        as_of,
        history.position,
    )
    return [row]


def _work(history: History, as_of: date, found: Sequence[Deadline]) -> list[Any]:
    """The columns from `phase` to `last_contact_on`. A closed case has nothing left to do."""
    phase, urgency = phase_on(history, as_of), urgency_on(history, as_of)
    action = next_action(history, as_of, found)
    ours = unmet(found) if history.status is CaseStatus.OPEN else ()
    return [
        phase.phase.value if phase else None,
        urgency.level.value if urgency else None,
        action.due_on if action else None,
        action.sort if action else NONE_LAST,
        action.code if action else None,
        action.kind.value if action else None,
        action.key if action else None,
        sum(each.state is State.MISSED for each in ours),
        due_within(ours, as_of, SOON),
        due_within(ours, as_of, LATER),
        len(open_tasks(history, as_of)) if history.status is CaseStatus.OPEN else 0,
        last_contact_on(history, as_of),
    ]


def _closed_on(history: History) -> date | None:
    if history.status is not CaseStatus.CLOSED:
        return None
    # The entries are in the order of recording, and the last closing is the one in force.
    return [fact.closed_on for _, fact in history.standing(CaseClosed)][-1]


def _last_occurred_on(standing: list[Entry], as_of: date) -> date | None:
    zone = zone_of(entry.fact for entry in standing)
    days = (day_of(entry.fact, zone) for entry in standing)
    return max((day for day in days if day is not None and day <= as_of), default=None)


def _last_recorded_at(history: History) -> datetime:
    stamps = [entry.stamp for entry in history.entries.values()]
    stamps += [c.stamp for entry in history.entries.values() for c in entry.changes]
    return max(stamp.recorded_at for stamp in stamps)


def _next_due_on(history: History, figures: Position) -> date | None:
    """The next day, the present one included, on which a plan or a contract wants a payment."""
    by_plan = [plan.next_due_on for plan in figures.plans]
    by_contract = [_due_by_contract(history, loan, figures.as_of) for loan in figures.loans]
    return min((day for day in by_plan + by_contract if day is not None), default=None)


def _due_by_contract(history: History, loan: LoanPosition, as_of: date) -> date | None:
    taken = history.get(loan.loan_id, LoanTaken)
    is_paid_off = loan.owed.amount is not None and loan.owed.amount.minor <= 0
    if taken is None or is_paid_off or loan.arrears_basis == "plan":
        return None
    days = [instalment.due_on for instalment in taken.terms.schedule]
    if not days and taken.terms.due_on is not None:
        days = [taken.terms.due_on]
    return min((day for day in days if day >= as_of), default=None)


def _overdue(figures: Position) -> bool | None:
    """Whether anything is in arrears; None where the record cannot tell."""
    # A plan for several loans has the arrears that its loans cannot each have.
    late = [loan.arrears for loan in figures.loans if loan.arrears_basis != "plan"]
    late += [plan.arrears for plan in figures.plans]
    amounts = [figure.amount for figure in late]
    if any(amount is not None and amount.minor > 0 for amount in amounts):
        return True
    return None if any(amount is None for amount in amounts) else False


CASELOAD: Final = CaseTable(
    name="caseload",
    version=3,
    columns=(
        "case_id",
        "client_id",
        "status",
        "adviser",
        "opened_on",
        "closed_on",
        "loans",
        "lenders",
        "currencies",
        "entries",
        "contacts",
        "open_complaints",
        "last_occurred_on",
        "last_recorded_at",
        "next_due_on",
        "overdue",
        "erased",
        "phase",
        "urgency",
        "next_on",
        "next_sort",
        "next_code",
        "next_kind",
        "next_key",
        "missed",
        "due_in_7",
        "due_in_14",
        "open_tasks",
        "last_contact_on",
        "rules",
        "as_of",
        "position",
    ),
    rows=rows,
    label=label_of,
)
