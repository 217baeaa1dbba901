"""Warnings over facts of a case: each chapter raises its own, and all must be answered.

They are looked at when something is recorded or corrected, never on what stands already.
"""

from collections.abc import Iterator

from domain.cases.corrections import Recordable
from domain.cases.deciding import (
    acting,
    helpers,
    letters,
    negotiating,
    paying,
    payments,
    plans,
    work,
)
from domain.cases.deciding.commands import Rules
from domain.cases.helpers import HelperFact
from domain.cases.history import History
from domain.cases.letters import LetterFact, LetterFixed
from domain.cases.negotiating import NegotiatingFact
from domain.cases.paying import PayingFact
from domain.cases.payments import PaymentFact
from domain.cases.plans import PlanFact
from domain.cases.work import WorkFact
from domain.refusals import Code, Refusal
from domain.warnings import RaisedWarning, unanswered


def check(history: History, fact: Recordable, rules: Rules) -> Refusal | None:
    """Refuse while a warning is not answered; the refusal carries all that are not."""
    answered = getattr(fact, "answered", ())
    left = unanswered(warnings(history, fact, rules), answered)
    if not left:
        return None
    codes = ", ".join(dict.fromkeys(each.code.value for each in left))
    return Refusal(
        code=Code.WARNING_UNANSWERED,
        field="answered",
        detail=f"not answered: {codes}",
        warnings=left,
    )


def warnings(
    history: History,
    fact: Recordable,
    rules: Rules,
) -> Iterator[RaisedWarning]:
    """What the fact's own chapter warns of."""
    if isinstance(fact, PaymentFact):
        yield from payments.warnings(history, fact)
    if isinstance(fact, PayingFact):
        yield from paying.warnings(history, fact, rules)
    if isinstance(fact, PlanFact):
        yield from plans.warnings(history, fact, rules)
    if isinstance(fact, HelperFact):
        yield from helpers.warnings(history, fact)
    if isinstance(fact, NegotiatingFact):
        yield from negotiating.warnings(history, fact, rules)
    if isinstance(fact, LetterFact | LetterFixed):
        yield from letters.warnings(history, fact, rules)
    if isinstance(fact, WorkFact):
        yield from work.warnings(history, fact)
    if rules.client is not None:
        yield from acting.warnings(history, fact, rules.client.allowed)
