"""Intake of a case: how it came in, its phases and urgency, and the parties of its debts."""

from domain.intake.course import Intake, IntakeLacking, Referral, intake_of
from domain.intake.parties import (
    Lacking,
    NoticeLine,
    PartyLine,
    notices_of,
    notified_on,
    parties_of,
)
from domain.intake.phases import (
    PhaseSpan,
    Standing,
    phase_on,
    phases_of,
    urgency_on,
)

__all__ = [
    "Intake",
    "IntakeLacking",
    "Lacking",
    "NoticeLine",
    "PartyLine",
    "PhaseSpan",
    "Referral",
    "Standing",
    "intake_of",
    "notices_of",
    "notified_on",
    "parties_of",
    "phase_on",
    "phases_of",
    "urgency_on",
]
