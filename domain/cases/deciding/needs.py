"""What the decision on a kind of fact rests on beside the sealed history of its case.

Fetched only for these kinds: a plain fact pays for nothing that it does not need.
"""

from typing import Final

from domain.cases.complaints import ComplaintFiled
from domain.cases.letters import LetterApproved, LetterSent
from domain.cases.negotiating import PapersHandedIn, ProposalMade
from domain.cases.paying import PaymentChecked
from domain.cases.plans import PlanAgreed
from domain.facts import Fact

BOOKS: Final[frozenset[type[Fact]]] = frozenset(
    {PlanAgreed, ProposalMade, LetterApproved, LetterSent}
)
"""Decided by rule pack and reference data (`Rules.books`)."""

CLIENT: Final[frozenset[type[Fact]]] = frozenset(
    {PaymentChecked, ProposalMade, PapersHandedIn, LetterSent, ComplaintFiled}
)
"""Compared with who the client is, or with what they allow (`Rules.client`)."""

OPENED: Final[frozenset[type[Fact]]] = frozenset({PaymentChecked})
"""Compared with personal values of earlier entries: the history comes opened."""
