"""The demo's cases, each a story told by a function."""

from collections.abc import Callable
from typing import Final

from ops.demo.cases import (
    abroad,
    app_loans,
    cards,
    corrected,
    escalated,
    family,
    forgotten,
    guarantors,
    imported,
    negotiated,
    plans,
    private_loans,
    proceedings,
    rates,
    referred,
    returning,
    schedules,
    small_loans,
    taken_in,
    working,
    writing,
)
from ops.demo.desk import Desk

Story = Callable[[Desk], None]

STORIES: Final[tuple[tuple[str, Story], ...]] = (
    *corrected.STORIES,
    *app_loans.STORIES,
    *private_loans.STORIES,
    *rates.STORIES,
    *schedules.STORIES,
    *abroad.STORIES,
    *cards.STORIES,
    *small_loans.STORIES,
    *guarantors.STORIES,
    *plans.STORIES,
    *family.STORIES,
    *escalated.STORIES,
    *proceedings.STORIES,
    *returning.STORIES,
    *forgotten.STORIES,
    *negotiated.STORIES,
    *writing.STORIES,
    *working.STORIES,
    *referred.STORIES,
    *imported.STORIES,
    *taken_in.STORIES,
)
"""Each story with its name; one story may open several cases."""
