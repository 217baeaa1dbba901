"""When entries about personal insolvency may be recorded."""

from typing import assert_never

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need_before
from domain.cases.history import History
from domain.cases.insolvency import (
    InsolvencyDecided,
    InsolvencyFact,
    InsolvencyFactsNoted,
    InsolvencyPetitioned,
)
from domain.refusals import Refusal


def check(history: History, fact: InsolvencyFact, rules: Rules) -> Refusal | None:
    """Whether facts for eligibility, a petition or a decision on it may be recorded."""
    match fact:
        case InsolvencyFactsNoted() | InsolvencyPetitioned():
            return None
        case InsolvencyDecided():
            return need_before(
                history, fact.petition_id, InsolvencyPetitioned, fact.occurred_on, "petition_id"
            )
        case _:
            assert_never(fact)
