"""Plans: what client and lender agreed for paying the debt."""

from uuid import UUID

from domain.cases.lending import Instalment
from domain.facts import Dated
from domain.money import Money


class PlanAgreed(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="plan-agreed"):
    """A plan was agreed on `occurred_on`; it replaces an earlier one for the same loans."""

    loan_ids: tuple[UUID, ...]
    instalments: tuple[Instalment, ...]
    waived: Money | None = None
    """What the lender agreed to give up once the plan is kept, where it said so."""


PlanFact = PlanAgreed
