"""Figures for funders: what was done in a period, over all cases, without personal data."""

from domain.statistics.counting import Counted, Period, counted
from domain.statistics.reading import Statistics, statistics
from domain.statistics.summing import Sums

__all__ = ["Counted", "Period", "Statistics", "Sums", "counted", "statistics"]
