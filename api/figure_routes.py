"""The calculators: figures for a quick answer without a case. Nothing is recorded."""

from typing import Any, Final

from api.calculators import RateAnswer, RateQuestion, compute_rate
from api.call import Route
from api.capabilities import Capability
from api.law_calculators import (
    CapAnswer,
    CapAsked,
    FeeAnswer,
    FeeAsked,
    compute_cap,
    compute_court_fee,
)
from api.ruled_readings import PACK
from api.schedule_calculator import ScheduleAnswer, ScheduleQuestion, compute_schedule
from api.time_calculators import (
    LimitationAnswer,
    LimitationAsked,
    WorkingDaysAnswer,
    WorkingDaysAsked,
    compute_limitation,
    compute_working_days,
)
from api.writing import Handler

_STATELESS: Final = (
    "Computed from the request, the adopted rule pack and the loaded rows; nothing is recorded. "
    "Where there is no figure, `unknown` says why, and what would settle it."
)


def _cny(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


def _compute(
    name: str, summary: str, handle: Handler, kinds: tuple[type, type], example: dict[str, Any],
    *problems: str,
) -> Route:  # fmt: skip
    body, answer = kinds
    return Route(
        method="POST",
        path=f"/v1/figures/{name}",
        capability=Capability.FIGURES_COMPUTE,
        summary=summary,
        description=_STATELESS,
        handle=handle,
        body=body,
        answer=answer,
        parameters=(PACK,),
        problems=problems,
        example=example,
    )


FIGURES: Final = (
    _compute(
        "rate",
        "The annual rate of flows by a named method, or what a stated rate means.",
        compute_rate,
        (RateQuestion, RateAnswer),
        {
            "method": "cn-nominal",
            "periods_a_year": 12,
            "flows": [
                {"at": "0", "amount": _cny("10000.00")},
                *({"at": str(month), "amount": _cny("-3500.00")} for month in (1, 2, 3)),
            ],
        },
        "currency-mixed",
    ),
    _compute(
        "schedule",
        "What falls due when, split into principal and interest.",
        compute_schedule,
        (ScheduleQuestion, ScheduleAnswer),
        {
            "principal": _cny("10000.00"),
            "start": "2026-01-15",
            "months": 12,
            "repayment": "level-instalments",
            "rate_pct": "1.5",
            "rate_period": "month",
        },
        "currency-mixed",
        "never-amortises",
    ),
    _compute(
        "cap",
        "Every interest cap that could apply to a loan, each with its reason.",
        compute_cap,
        (CapAsked, CapAnswer),
        {"formed_on": "2021-02-01", "lender_class": "private", "as_of": "2026-03-01"},
    ),
    _compute(
        "limitation",
        "Until when a debt can be sued for, and what moved that day.",
        compute_limitation,
        (LimitationAsked, LimitationAnswer),
        {
            "due_dates": ["2022-06-30"],
            "events": [{"kind": "part-payment", "on": "2023-01-15"}],
            "as_of": "2026-03-01",
        },
    ),
    _compute(
        "working-days",
        "Working days by the yearly holiday notices.",
        compute_working_days,
        (WorkingDaysAsked, WorkingDaysAnswer),
        {"start": "2026-09-30", "days": 7},
    ),
    _compute(
        "court-fee",
        "The court's fee for a claim of money, and half of it.",
        compute_court_fee,
        (FeeAsked, FeeAnswer),
        {"claim": _cny("37000.00")},
    ),
)
"""Every calculator."""
