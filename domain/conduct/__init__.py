"""Collection conduct: what the contact log shows to be out of bounds, by which rule."""

from domain.conduct.finding import Conduct, Finding
from domain.conduct.reading import conduct

__all__ = ["Conduct", "Finding", "conduct"]
