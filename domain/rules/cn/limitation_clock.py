"""The clock itself: it starts, is restarted, prolonged and stopped, and keeps the chain."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec

from domain.figures.figure import Unknown
from domain.rules.book import RulePack
from domain.rules.cn import rule_ids as ids
from domain.rules.cn.counting import after_months, after_years, last_day
from domain.rules.cn.limitation_facts import (
    PROCEEDINGS,
    RULE_OF,
    WAIVING,
    Cause,
    Effect,
    LimitationEvent,
    LimitationKind,
)
from domain.rules.reference import Calendar

THREE_YEARS_FROM: Final = date(2017, 10, 1)
YEARS: Final = 3
OLD_YEARS: Final = 2
LONG_STOP_YEARS: Final = 20
SUSPENSION_MONTHS: Final = 6


class Ends(msgspec.Struct, frozen=True):
    """The end as counted, under the reading that ends first and the one that ends last.

    They differ for time before 2017-10-01 and after a demand that may have come too late. None
    while a suspension is open.
    """

    early: date | None
    late: date | None


class Clock:
    """Follows one debt through its events; only those up to `as_of` have happened."""

    def __init__(self, start: date, as_of: date, pack: RulePack, calendar: Calendar) -> None:
        """Start the clock on `start`, which itself does not count (民法典 200)."""
        self._as_of, self._pack, self._calendar = as_of, pack, calendar
        self._start = self._base = start
        self._suspensions: list[LimitationEvent] = []
        self.ends = self._counted()
        self.doubt: Unknown | None = None
        self.open_proceedings: Unknown | None = None
        self.chain: list[Cause] = []
        self._note(None, start, Effect.STARTED, ids.LAST_INSTALMENT)

    def take(self, events: Iterable[LimitationEvent]) -> None:
        """Take the events in order of days; on one day in order of kind and entry."""
        happened = [event for event in events if event.on <= self._as_of]
        for event in sorted(happened, key=lambda e: (e.on, e.kind, e.entry_id)):
            if event.kind is LimitationKind.SUSPENSION:
                self._suspend(event)
            else:
                self._interrupt(event)
        self._stop_after_twenty_years()

    @staticmethod
    def old_law(ends: Ends) -> Unknown:
        """Why two readings part."""
        return Unknown(
            reason=f"under the two years of before 2017-10-01 it ended on {ends.early}, under "
            f"three it ends on {ends.late}; the old law is known from memory only (K)",
            settled_by="a lawyer's word on the old law, and the pack switch two-years-before-2017",
        )

    def _counted(self) -> Ends:
        late = after_years(self._base, YEARS)
        early = late
        if self._base < THREE_YEARS_FROM:
            early = after_years(self._base, OLD_YEARS)
            if self._pack.applies(ids.TWO_YEARS):
                # Two years that had not ended by then became three.
                early = late = early if early < THREE_YEARS_FROM else late
        return Ends(self._after_obstacles(early), self._after_obstacles(late))

    def _after_obstacles(self, counted: date) -> date | None:
        end: date | None = counted
        for event in self._suspensions:
            if end is not None:
                end = self._prolonged(end, event)
        return end

    def _prolonged(self, end: date, event: LimitationEvent) -> date | None:
        """The end after an obstacle that lay in the last six months (194)."""
        over = event.until if event.until is not None and event.until <= self._as_of else None
        if event.on > end or (over is not None and over < after_months(end, -SUSPENSION_MONTHS)):
            return end
        return None if over is None else max(end, after_months(over, SUSPENSION_MONTHS))

    def _suspend(self, event: LimitationEvent) -> None:
        before = self.ends
        self._suspensions.append(event)
        if self.doubt is None:
            self.ends = self._counted()
        elif before.late is not None:
            self.ends = Ends(before.early, self._prolonged(before.late, event))
        effect = Effect.NOT_NEEDED if self.ends == before else Effect.PROLONGED
        self._note(event, event.on, effect, ids.SUSPENSION)

    def _interrupt(self, event: LimitationEvent) -> None:
        rule = RULE_OF[event.kind]
        if event.on <= self._start:
            self._note(event, event.on, Effect.TOO_EARLY, rule)
            return
        if self._is_over(self.ends.early, event.on) is False:
            self._restart(event, Effect.RESTARTED, rule)
        elif event.kind in WAIVING:
            # Consent restarts a clock that runs and gives up the defence where it had run out.
            self._restart(event, Effect.WAIVED, ids.WAIVER)
        elif self.open_proceedings is None and self._is_over(self.ends.late, event.on) is True:
            self._note(event, event.on, Effect.TOO_LATE, rule)
        else:
            self._leave_open(event)
            self._note(event, event.on, Effect.UNCERTAIN, rule)

    def _is_over(self, end: date | None, day: date) -> bool | Unknown:
        return False if end is None else last_day(end, self._calendar).is_past(day)

    def _restart(self, event: LimitationEvent, effect: Effect, rule: str) -> None:
        again = event.on
        if event.kind in PROCEEDINGS:
            if event.until is not None and event.until <= self._as_of:
                again = max(event.on, event.until)
            else:
                # Kept for good: their end, once known, may lie after any later event.
                self.open_proceedings = _no_end(event)
        # An end of proceedings further on is not taken back by a demand made meanwhile.
        self._base, self.doubt = max(self._base, again), None
        self.ends = self._counted()
        self._note(event, event.on, effect, rule)

    def _leave_open(self, event: LimitationEvent) -> None:
        """Follow both readings: it came too late, and it came in time and started anew."""
        self.doubt = self.doubt or self._uncertain(event)
        again = event.on
        if event.kind in PROCEEDINGS and event.until is not None and event.until <= self._as_of:
            again = max(again, event.until)
        elif event.kind in PROCEEDINGS:
            self.open_proceedings = _no_end(event)
        late = self._after_obstacles(after_years(again, YEARS))
        if self.ends.late is not None and late is not None:
            late = max(late, self.ends.late)
        self.ends = Ends(self.ends.early, late)

    def _uncertain(self, event: LimitationEvent) -> Unknown:
        if self.open_proceedings is not None:
            return self.open_proceedings
        if self.ends.early != self.ends.late:
            return self.old_law(self.ends)
        return Unknown(
            reason=f"{event.kind} on {event.on} lies where an unpublished holiday may have moved "
            f"the end of {self.ends.early}",
            settled_by=f"the holiday notice for {event.on.year}, loaded with its source",
        )

    def _stop_after_twenty_years(self) -> None:
        stop = after_years(self._start, LONG_STOP_YEARS)
        if (self.ends.late or self._as_of) <= stop:
            return
        self.ends = Ends(min(self.ends.early or stop, stop), stop)
        self._note(None, stop, Effect.LONG_STOP, ids.THREE_YEARS)

    def _note(self, event: LimitationEvent | None, on: date, effect: Effect, rule: str) -> None:
        self.chain.append(
            Cause(
                on=on,
                effect=effect,
                kind=event.kind if event else None,
                entry_id=event.entry_id if event else None,
                runs_to=self.ends.early,
                rule_id=rule,
            )
        )


def _no_end(event: LimitationEvent) -> Unknown:
    return Unknown(
        reason=f"the end of the {event.kind} of {event.on} is not on record; the clock runs anew "
        "from that end",
        settled_by="the day the proceedings ended",
    )
