"""A journal's tree as the sealer grows it, event by event."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.log import StoredEvent
from domain.organisation import SigningKeyAdopted
from domain.recorded import recorded
from domain.tree import EMPTY_ROOT, Frontier, Node
from ops.faults import Mendable
from ops.sealing.store import STORED_BITS


class SealStopped(Mendable, RuntimeError):
    """Nothing more is signed for this journal: what is stored is not what it was. Says where."""


@dataclass
class Growth:
    """Where the sealer stands with one journal: the tree so far, and what is not sealed of it."""

    frontier: Frontier
    root: bytes = EMPTY_ROOT
    """Root at the last checkpoint."""
    key: str | None = None
    """Verifier key in force at the frontier's size."""
    last: datetime | None = None
    """When the last event taken in and not sealed yet was recorded."""
    leaves: dict[int, bytes] = field(default_factory=dict)
    """Taken in and not sealed yet, by index."""
    nodes: dict[Node, bytes] = field(default_factory=dict)
    """Likewise, of the levels that are kept."""

    def take(self, event: StoredEvent) -> None:
        """Go one event on; SealStopped when it is not what was recorded."""
        if event.position != self.frontier.size + 1:
            raise SealStopped(
                f"after position {self.frontier.size} comes {event.position}: events are missing"
            )
        if not event.is_intact():
            raise SealStopped(
                f"the event at position {event.position} is not as it was recorded: "
                "its fields do not give its leaf"
            )
        if event.stream == event.organisation and event.topic == SigningKeyAdopted.TOPIC:
            fact = recorded(event).fact
            self.key = fact.key if isinstance(fact, SigningKeyAdopted) else self.key
        self.last = event.recorded_at
        self.leaves[self.frontier.size] = event.leaf
        made = self.frontier.append(event.leaf)
        for level in range(STORED_BITS, len(made), STORED_BITS):
            self.nodes[level, (self.frontier.size >> level) - 1] = made[level]

    def sealed(self) -> "Growth":
        """The same place, with nothing left to be sealed."""
        return Growth(self.frontier, self.frontier.root(), self.key)
