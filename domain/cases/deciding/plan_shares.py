"""The shares of a plan for several loans: together they are its instalments, day by day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from domain.cases.plans import PlanAgreed
from domain.refusals import Code, Refusal
from domain.warnings import RaisedWarning, WarningCode


def check_shares(fact: PlanAgreed) -> Refusal | None:
    """Each share is of another loan of the plan, and no day's shares exceed its instalment."""
    seen = []
    for index, share in enumerate(fact.shares):
        field = f"shares/{index}/loan_id"
        if share.loan_id in seen:
            return Refusal(code=Code.LIST_REPEATS, field=field, detail=str(share.loan_id))
        if share.loan_id not in fact.loan_ids:
            detail = f"loan {share.loan_id} is not among the plan's"
            return Refusal(code=Code.ENTRY_WRONG_KIND, field=field, detail=detail)
        seen.append(share.loan_id)
    for day, (whole, shared) in _by_day(fact).items():
        if shared > whole:
            detail = f"{day}: shares of {shared} minor units, the instalment has {whole}"
            return Refusal(code=Code.SHARES_OVER, field="shares", detail=detail)
    return None


def share_warnings(fact: PlanAgreed) -> Iterator[RaisedWarning]:
    """Days on which the shares do not make up the instalment."""
    under = [str(day) for day, (whole, shared) in _by_day(fact).items() if shared < whole]
    if fact.shares and under:
        detail = f"less than the instalment on {', '.join(under[:12])}"
        yield RaisedWarning(code=WarningCode.SHARES_UNDER, field="shares", detail=detail)


def _by_day(fact: PlanAgreed) -> dict[date, tuple[int, int]]:
    """For each day, the plan's instalment and the sum of its shares, in minor units."""
    whole: dict[date, int] = defaultdict(int)
    shared: dict[date, int] = defaultdict(int)
    for instalment in fact.instalments:
        whole[instalment.due_on] += instalment.amount.minor
    for share in fact.shares:
        for instalment in share.instalments:
            shared[instalment.due_on] += instalment.amount.minor
    return {day: (whole[day], shared[day]) for day in sorted({*whole, *shared})}
