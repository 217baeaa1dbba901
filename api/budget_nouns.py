"""Nouns below a case for the financial statement and for help; what each records."""

from typing import Any, Final

from domain.cases.budget import FinancialStatementMade
from domain.cases.helpers import (
    HelpContributed,
    HelpForgiven,
    HelpPledged,
    HelpPotOpened,
    HelpPotSettled,
    HelpRepaid,
    HelpRepaymentAgreed,
    PledgeTakenBack,
)
from domain.facts import Fact

BUDGET_RECORDED: Final[dict[str, tuple[type[Fact], str]]] = {
    "financial-statements": (
        FinancialStatementMade,
        "Record a version of the financial statement.",
    ),
    "help-pots": (HelpPotOpened, "Record that people are to bring up a sum together."),
    "help-pledges": (HelpPledged, "Record a helper's share of it."),
    "help-contributions": (HelpContributed, "Record money that a helper gave."),
    "help-pledge-returns": (PledgeTakenBack, "Record that a pledge was taken back."),
    "help-repayment-plans": (HelpRepaymentAgreed, "Record how a helper is paid back."),
    "help-repayments": (HelpRepaid, "Record that a helper was paid back."),
    "help-waivers": (HelpForgiven, "Record that a helper gave up what is owed."),
    "help-pot-settlements": (HelpPotSettled, "Record that the shares are agreed."),
}
"""Last part of the path, and what is recorded by it."""

_PLEDGE: Final = "5c2e3d4f-6071-4b8c-9dae-000000000031"
_POT: Final = "5c2e3d4f-6071-4b8c-9dae-000000000030"


def _said(on: str = "2026-03-10", **more: Any) -> dict[str, Any]:
    return {"occurred_on": on, "grade": "client-says", **more}


def _cny(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


BUDGET_BODIES: Final[dict[type, dict[str, Any]]] = {
    FinancialStatementMade: _said(
        lines=[
            {
                "side": "income",
                "category": "wages",
                "amount": _cny("5200.00"),
                "frequency": "monthly",
            },
            {
                "side": "expenditure",
                "category": "food",
                "amount": _cny("350.00"),
                "frequency": "weekly",
            },
        ],
        stated_income=_cny("5200.00"),
    ),
    HelpPotOpened: _said(
        loan_ids=["5c2e3d4f-6071-4b8c-9dae-000000000004"],
        whole=_cny("6000.00"),
        due_on="2026-04-01",
    ),
    HelpPledged: _said(pot_id=_POT, helper="王大明", relation="sibling", share=_cny("2000.00")),
    HelpContributed: _said(pledge_id=_PLEDGE, amount=_cny("2000.00")),
    PledgeTakenBack: _said(pledge_id=_PLEDGE, reason="家中另有急用"),
    HelpRepaymentAgreed: _said(
        pledge_id=_PLEDGE,
        instalments=[{"due_on": "2026-05-01", "amount": _cny("500.00")}],
    ),
    HelpRepaid: _said("2026-05-01", pledge_id=_PLEDGE, amount=_cny("500.00")),
    HelpForgiven: _said("2026-06-01", pledge_id=_PLEDGE, amount=_cny("500.00")),
    HelpPotSettled: _said(pot_id=_POT),
}
"""An example for each."""
