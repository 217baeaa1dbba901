"""The desk at which the demo's clients are received and their cases opened."""

from dataclasses import dataclass
from typing import Any, Final

from ops.demo.dossier import Dossier
from ops.demo.people import Person
from ops.demo.record import CLIENT_ROUTES, MEMBER_ROUTES, Tally
from ops.demo.sender import Body, Sender
from ops.demo.sums import Day, day

ADVISERS: Final = ("member-01", "member-02", "member-03")


@dataclass(frozen=True)
class Mark:
    """A place in the record that the demo points its reader to."""

    case_id: str
    position: int
    """The journal's position just before what is interesting."""
    entry_id: str


@dataclass
class _Known:
    client_id: str
    version: int
    details: Body


class Desk:
    """Receives clients and opens cases; counts everything, and keeps the marks."""

    def __init__(self, sender: Sender) -> None:
        """All steps go through `sender`."""
        self.tally: Final = Tally()
        self.case_ids: Final[dict[str, str]] = {}
        self.marks: Final[dict[str, Mark]] = {}
        self._sender = sender
        self._clients: dict[str, _Known] = {}

    def open(self, key: str, who: Person, on: Day, summary: str, **more: Any) -> Dossier:
        """Open a case, registering the client who is new; `currency`, `zone`, `offset` abroad."""
        client_id = self._client(who, more.get("remark"))
        dossier = Dossier(
            self._sender,
            self.tally,
            key,
            currency=more.get("currency", "CNY"),
            offset=more.get("offset", "+08:00"),
        )
        dossier.open(
            {
                "client_id": client_id,
                "opened_on": day(on).isoformat(),
                "zone": more.get("zone"),
                "adviser": ADVISERS[len(self.case_ids) % len(ADVISERS)],
                "summary": summary,
            }
        )
        self.case_ids[key] = dossier.case_id
        return dossier

    def correct_client(self, who: Person, reason: str, **changes: Any) -> None:
        """Put right what we hold on a client."""
        known = self._clients[who.key]
        details = {**known.details, **changes}
        answer = self._sender.post(
            f"/clients/{known.client_id}/corrections",
            {"replacement": {"topic": "client-registered", **details}, "reason": reason},
            step=f"{who.key}/correction-{known.version}",
            if_match=known.version,
        )
        self.tally.count(who.key, "client-corrected", answer)
        self._clients[who.key] = _Known(known.client_id, int(answer["version"]), details)

    def step(self, who: Person, route: str, **body: Any) -> str:
        """Record a step towards forgetting a client; its entry id."""
        known = self._clients[who.key]
        answer = self._sender.post(
            f"/clients/{known.client_id}/{route}",
            body,
            step=f"{who.key}/{known.version}-{route}",
            if_match=known.version,
        )
        self.tally.count(who.key, CLIENT_ROUTES[route], answer)
        self._clients[who.key] = _Known(known.client_id, int(answer["version"]), known.details)
        return str(answer["entry_id"])

    def member(self, route: str, **body: Any) -> str:
        """Record what ties a member to a company, or that nothing does; its entry id."""
        key = f"member/{body['member']}"
        number = self.tally.events.get(key, 0)
        answer = self._sender.post(f"/{route}", body, step=f"{key}/{number}-{route}")
        self.tally.count(key, MEMBER_ROUTES[route], answer)
        return str(answer["entry_id"])

    def count_erased(self, key: str) -> None:
        """Count the event by which a case ended with its client; no answer tells of it."""
        self.tally.count(key, "case-erased", {"entry_ids": [key]})

    def mark(self, name: str, dossier: Dossier, position: int, entry_id: str) -> None:
        """Remember a place worth looking at."""
        self.marks[name] = Mark(dossier.case_id, position, entry_id)

    def _client(self, who: Person, remark: str | None) -> str:
        if who.key not in self._clients:
            details = who.details() | ({"note": remark} if remark else {})
            answer = self._sender.post("/clients", details, step=who.key)
            self.tally.count(who.key, "client-registered", answer)
            known = _Known(str(answer["client_id"]), int(answer["version"]), details)
            self._clients[who.key] = known
        return self._clients[who.key].client_id
