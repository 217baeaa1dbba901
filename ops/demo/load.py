"""Loading the demo: every story told once, to whoever carries the steps out."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Final, get_args

from domain.cases.corrections import CaseFact
from domain.clients import ClientFact
from domain.members import MemberFact
from ops.demo.cases import STORIES
from ops.demo.desk import Desk, Mark
from ops.demo.sender import Sender

CASES_MIN: Final = 40
EVENTS_MIN: Final = 1200
MEDIAN_MIN: Final = 20

Progress = Callable[[str, int, int], None]
"""Told of each story before it begins: its name, how many are done, how many there are."""


@dataclass(frozen=True)
class DemoReport:
    """What was loaded.

    Attributes:
        cases: how many cases there are.
        events: how many events, the clients' included.
        median: the middle case's number of events.
        topics: how often each kind of fact was recorded.
        case_ids: ids by the story's name for the case.
        marks: places worth looking at.
        best: the id of the case that shows most.
        unused: kinds of fact that none of the cases has.
    """

    cases: int
    events: int
    median: float
    topics: dict[str, int]
    case_ids: dict[str, str]
    marks: dict[str, Mark]
    best: str
    unused: list[str]


TOPICS: Final = frozenset(
    kind.TOPIC for union in (CaseFact, ClientFact, MemberFact) for kind in get_args(union)
)
"""Every topic that a case's, a client's or a member's stream can hold."""


def load_demo(sender: Sender, progress: Progress) -> DemoReport:
    """Tell every story to `sender`. Done again it changes nothing, and answers the same."""
    desk = Desk(sender)
    for number, (name, tell) in enumerate(STORIES):
        progress(name, number, len(STORIES))
        tell(desk)
    progress("", len(STORIES), len(STORIES))
    counts = desk.tally.events
    return DemoReport(
        cases=len(desk.case_ids),
        events=sum(counts.values()),
        median=median(counts[key] for key in desk.case_ids),
        topics=dict(desk.tally.topics),
        case_ids=dict(desk.case_ids),
        marks=dict(desk.marks),
        best=desk.case_ids["late-payment"],
        unused=sorted(TOPICS - set(desk.tally.topics)),
    )
