"""What the client agreed to, and who objected, at the moment of a contact."""

from datetime import date
from uuid import UUID

import msgspec

from domain.cases.contacts import (
    Agreed,
    ContactConsented,
    ContactConsentEnded,
    ContactObjected,
    ContactPointNoted,
)
from domain.cases.history import History
from domain.conduct.seen import Seen


class Said(msgspec.Struct, frozen=True):
    """Everything of the case that allows or forbids contacts."""

    consents: tuple[tuple[UUID, ContactConsented], ...]
    ends: dict[UUID, ContactConsentEnded]
    objections: tuple[tuple[UUID, ContactObjected], ...]
    invalid: dict[UUID, date]
    """Contact points that reach nobody from a day on."""

    def agreed(self, contact: Seen, what: Agreed) -> bool:
        """Whether an earlier consent that was in force covers the contact."""
        at = contact.fact.occurred_at
        for consent_id, consent in self.consents:
            end = self.ends.get(consent_id)
            if (
                what in consent.what
                and consent.occurred_at <= at
                and consent.to in (None, contact.lender)
                and (end is None or at < end.occurred_at)
                and (consent.until is None or contact.day <= consent.until)
            ):
                return True
        return False

    def objected(self, contact: Seen) -> bool | None:
        """Whether whom it reached had objected before; None where it may be somebody else."""
        answer: bool | None = False
        for _, objection in self.objections:
            if (
                objection.by is not contact.fact.reached
                or objection.occurred_at >= contact.fact.occurred_at
                or objection.to not in (None, contact.lender)
            ):
                continue
            points = (objection.contact_point_id, contact.fact.contact_point_id)
            if None in points:
                answer = None
            elif points[0] == points[1]:
                return True
        return answer

    def is_invalid(self, point_id: UUID, contact: Seen) -> bool:
        """Whether a contact point reached nobody any more on the day of a contact."""
        since = self.invalid.get(point_id)
        return since is not None and since <= contact.day


def said(history: History) -> Said:
    """Look once through a history."""
    return Said(
        consents=tuple(history.standing(ContactConsented)),
        ends={fact.consent_id: fact for _, fact in history.standing(ContactConsentEnded)},
        objections=tuple(history.standing(ContactObjected)),
        invalid={
            point_id: fact.invalid_since
            for point_id, fact in history.standing(ContactPointNoted)
            if fact.invalid_since is not None
        },
    )
