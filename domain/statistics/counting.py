"""What one case adds to the statistics of a period. Pure; nothing personal is looked at."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from domain.cases.complaints import ComplaintAnswered, ComplaintFiled
from domain.cases.contact_list import contacts_of
from domain.cases.court import PaymentOrderServed, SuitFiled
from domain.cases.history import CaseStatus, History
from domain.cases.insolvency import InsolvencyPetitioned
from domain.cases.intake import CaseClosed, CaseOpened, CaseReopened
from domain.cases.lending import LoanTaken
from domain.cases.plans import PlanAgreed, PlanBroken, PlanCompleted
from domain.conduct import conduct
from domain.figures.figure import Figure
from domain.figures.position import position
from domain.money import Money
from domain.rules.books import Books
from domain.statistics.tally import Group, Key, Tally

Added = tuple[Key, Tally]
ONE = Tally(count=1)


class Period(msgspec.Struct, frozen=True):
    """Both days are in it. ValueError where it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse what is no period."""
        if self.last < self.first:
            raise ValueError(f"the period ends on {self.last}, before it begins on {self.first}")

    def __contains__(self, day: date | None) -> bool:
        """Whether a day is in it."""
        return day is not None and self.first <= day <= self.last


class Counted(msgspec.Struct, frozen=True):
    """One case's part."""

    lines: dict[Key, Tally]
    days_to_close: int | None
    """From its opening to its closing, where it was closed in the period."""


def counted(history: History, period: Period, books: Books | None) -> Counted:
    """What a case adds. Entries that were withdrawn, or told after the period, do not count."""
    lines: dict[Key, Tally] = {}
    for key, tally in _lines(history, period, books):
        lines[key] = lines.get(key, Tally()) + tally
    return Counted(lines, _days_to_close(history, period))


def _lines(history: History, period: Period, books: Books | None) -> Iterator[Added]:
    opened = next((fact for _, fact in history.standing(CaseOpened)), None)
    if opened is None or opened.opened_on > period.last:
        return
    yield from _course(history, opened, period)
    yield from _money(history, Period(max(period.first, opened.opened_on), period.last))
    yield from _work(history, period)
    yield from _collection(history, period, books)


def _course(history: History, opened: CaseOpened, period: Period) -> Iterator[Added]:
    if opened.opened_on in period:
        yield Key(Group.CASES, "opened"), ONE
    for _, closed in history.standing(CaseClosed):
        if closed.closed_on in period:
            yield Key(Group.CASES, "closed"), ONE
            yield Key(Group.OUTCOMES, closed.outcome.value), ONE
    if not is_open(history, period.last):
        return
    yield Key(Group.CASES, "open-at-end"), ONE
    for _, loan in history.standing(LoanTaken):
        if loan.occurred_on <= period.last:
            yield Key(Group.LENDERS, loan.lender_class.value), ONE


def is_open(history: History, day: date) -> bool:
    """Whether the case was open at the end of a day: the last of its turns by then says so."""
    turns = [(fact.opened_on, 0, True) for _, fact in history.standing(CaseOpened)]
    turns += [(fact.closed_on, 1, False) for _, fact in history.standing(CaseClosed)]
    turns += [(fact.reopened_on, 2, True) for _, fact in history.standing(CaseReopened)]
    by_then = [turn for turn in turns if turn[0] <= day]
    if not by_then or history.status is CaseStatus.NONE:
        return False
    return max(by_then)[2]


def _days_to_close(history: History, period: Period) -> int | None:
    opened = [fact.opened_on for _, fact in history.standing(CaseOpened)]
    closed = [fact.closed_on for _, fact in history.standing(CaseClosed)]
    within = [day for day in closed if day in period]
    return (max(within) - opened[0]).days if within and opened else None


def _money(history: History, period: Period) -> Iterator[Added]:
    """Owed by the entries as recorded at the end; paid and given up by then since the case began.

    What was paid before anybody worked on the case is not its doing.
    """
    at_end = position(history, period.last)
    before = position(history, period.first - timedelta(days=1))
    paid_before = {loan.loan_id: loan.paid for loan in before.loans}
    still_open = is_open(history, period.last)
    for loan in at_end.loans:
        if still_open:
            yield _amount("owed-at-end", loan.owed, loan.currency)
        earlier = paid_before.get(loan.loan_id)
        if loan.paid.amount is not None:
            minor = loan.paid.amount.minor
            minor -= earlier.amount.minor if earlier and earlier.amount else 0
            if minor:
                yield (
                    Key(Group.MONEY, "paid-in-period", loan.currency),
                    Tally(count=1, minor=minor),
                )
    for _, plan in history.standing(PlanAgreed):
        if plan.waived is not None and plan.occurred_on in period:
            yield _given_up(plan.waived)


def _amount(code: str, figure: Figure, currency: str) -> Added:
    key = Key(Group.MONEY, code, currency)
    if figure.amount is None:
        return key, Tally(unknown=1)
    return key, Tally(count=1, minor=figure.amount.minor)


def _given_up(waived: Money) -> Added:
    return Key(Group.MONEY, "waived-in-period", waived.currency), Tally(1, waived.minor)


def _work(history: History, period: Period) -> Iterator[Added]:
    named = (
        (PlanAgreed, Group.PLANS, "agreed"),
        (PlanCompleted, Group.PLANS, "completed"),
        (PlanBroken, Group.PLANS, "broken"),
        (PaymentOrderServed, Group.PROCEEDINGS, "payment-orders"),
        (InsolvencyPetitioned, Group.PROCEEDINGS, "insolvency-petitions"),
    )
    for kind, group, code in named:
        for _, fact in history.standing(kind):
            if fact.occurred_on in period:
                yield Key(group, code), ONE
    for _, suit in history.standing(SuitFiled):
        if suit.occurred_on in period:
            yield Key(Group.PROCEEDINGS, f"suits-by-{suit.claimant.value}"), ONE
    for _, complaint in history.standing(ComplaintFiled):
        if complaint.occurred_on in period:
            yield Key(Group.COMPLAINTS, complaint.channel.value), ONE
    for _, answer in history.standing(ComplaintAnswered):
        if answer.occurred_on in period:
            yield Key(Group.ANSWERS, answer.outcome.value), ONE


def _collection(history: History, period: Period, books: Books | None) -> Iterator[Added]:
    for _, contact in contacts_of(history):
        if contact.occurred_at.date() in period:
            yield Key(Group.CONTACTS, contact.channel.value), ONE
    if books is None:
        return
    for finding in conduct(history, period.last, books).findings:
        if finding.day in period and finding.unknown is None:
            yield Key(Group.CONDUCT, finding.rule_id), ONE
