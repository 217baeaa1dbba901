"""The end of a case whose client is forgotten."""

from datetime import date

from domain.facts import Fact


class CaseErased(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="case-erased"):
    """The case's client was erased by the same command; nothing more is recorded in it.

    It changes no figure and is no entry: amounts, days and kinds stay as they were.
    """

    erased_on: date

    def happened(self) -> date:
        """The day it was done."""
        return self.erased_on
