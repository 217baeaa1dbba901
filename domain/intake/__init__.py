"""Intake of a case: how it came in, its phases and urgency, and the parties of its debts."""

from domain.intake.phases import (
    PhaseSpan,
    Standing,
    phase_on,
    phases_of,
    urgency_on,
)

__all__ = ["PhaseSpan", "Standing", "phase_on", "phases_of", "urgency_on"]
