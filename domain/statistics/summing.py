"""Adding cases up, one at a time: what is held does not grow with how many there are."""

from collections import Counter

from domain.statistics.counting import Counted
from domain.statistics.tally import Key, Tally


class Sums:
    """Sums over cases; the order in which they are added does not matter."""

    def __init__(self) -> None:
        """Nothing added yet."""
        self.tallies: dict[Key, Tally] = {}
        self.cases: Counter[Key] = Counter()
        """How many cases each line rests on."""
        self.looked_at = 0
        self._days: Counter[int] = Counter()

    def add(self, case: Counted) -> None:
        """One more case."""
        self.looked_at += 1
        for key, tally in case.lines.items():
            self.tallies[key] = self.tallies.get(key, Tally()) + tally
            self.cases[key] += 1
        if case.days_to_close is not None:
            self._days[case.days_to_close] += 1

    @property
    def closed(self) -> int:
        """How many cases the median rests on."""
        return self._days.total()

    def median_days(self) -> int | None:
        """Half of the cases closed in the period took no longer; None where there were none."""
        half, passed = (self.closed + 1) // 2, 0
        for days in sorted(self._days):
            passed += self._days[days]
            if passed >= half:
                return days
        return None
