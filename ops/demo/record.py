"""Sending steps to one case: counting them, and remembering what each entry says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from api.client_nouns import CLIENT_RECORDED, ENTRY_WITHDRAWALS
from api.import_routes import IMPORT_RECORDED
from api.write_routes import RECORDED
from domain.cases.conflicts import ConflictChecked
from domain.cases.corrections import EntryCorrected, EntryWithdrawn
from domain.cases.evidence import EvidenceAdded
from domain.cases.exporting import CaseExported
from domain.cases.intake import CaseClosed, CaseReopened
from domain.cases.letters import LetterApproved, LetterDrafted
from domain.cases.stating import FiguresStated
from domain.clients.entries import ClientEntryWithdrawn
from domain.members import InterestDeclared, InterestEnded, InterestWithdrawn
from ops.demo.papers import Paper
from ops.demo.sender import Body, Sender
from ops.demo.sums import Day, day, exact

ROUTES: Final = {
    **{noun: kind.TOPIC for noun, (kind, _) in (RECORDED | IMPORT_RECORDED).items()},
    "closures": CaseClosed.TOPIC,
    "reopenings": CaseReopened.TOPIC,
    "figures-statements": FiguresStated.TOPIC,
    "exports": CaseExported.TOPIC,
    "letter-drafts": LetterDrafted.TOPIC,
    "letter-approvals": LetterApproved.TOPIC,
    "conflict-checks": ConflictChecked.TOPIC,
    "evidence": EvidenceAdded.TOPIC,
    "corrections": EntryCorrected.TOPIC,
    "withdrawals": EntryWithdrawn.TOPIC,
}
"""Where each kind of fact is posted, below a case."""

CLIENT_ROUTES: Final = {
    "corrections": "client-corrected",
    "erasure-requests": "erasure-requested",
    "erasure-grants": "erasure-granted",
    "erasure-refusals": "erasure-refused",
    "erasure": "client-erased",
    "legal-holds": "legal-hold-placed",
    "legal-hold-liftings": "legal-hold-lifted",
    **{noun: kind.TOPIC for noun, (kind, _) in CLIENT_RECORDED.items()},
    ENTRY_WITHDRAWALS: ClientEntryWithdrawn.TOPIC,
}
"""The same below a client."""

MEMBER_ROUTES: Final = {
    "interests": InterestDeclared.TOPIC,
    "interest-endings": InterestEnded.TOPIC,
    "interest-withdrawals": InterestWithdrawn.TOPIC,
}
"""The same for what a member declares, which lies below nothing."""

Entry = str
"""Entry id."""
Amount = int | str
Dues = Sequence[tuple[Day, Amount]]


@dataclass
class Tally:
    """What has been loaded so far."""

    events: dict[str, int] = field(default_factory=dict)
    """Events of each stream, by the story's name for it."""
    topics: dict[str, int] = field(default_factory=dict)

    def count(self, stream: str, topic: str, answer: Body) -> None:
        """Count the events of one answer."""
        number = len(answer["entry_ids"])
        self.events[stream] = self.events.get(stream, 0) + number
        self.topics[topic] = self.topics.get(topic, 0) + number


class Record:
    """Sends steps to one case and remembers what each entry says, for later corrections."""

    def __init__(
        self, sender: Sender, tally: Tally, key: str, *, currency: str = "CNY", offset: str
    ) -> None:
        """`key` names the case in the demo; `offset` is its time zone's, like "+08:00"."""
        self.key, self.currency = key, currency
        self.case_id = ""
        self.version = 0
        self.position = 0
        """Journal position of the last entry."""
        self._sender, self._tally, self._offset = sender, tally, offset
        self._steps = 0
        self._said: dict[Entry, Body] = {}

    def open(self, body: Body) -> Entry:
        """Open the case; comes first."""
        answer = self._sender.post("/cases", _clean(body), step=self._step("open"))
        self.case_id = str(answer["case_id"])
        return self._noted(answer, "case-opened", body)

    def correct(self, entry: Entry, reason: str, **changes: Any) -> None:
        """Replace what an entry says; `changes` are fields, and None leaves one out."""
        said = _clean({**self._said[entry], **self._spelled(changes)})
        body = {"entry_id": entry, "replacement": said, "reason": reason}
        self._record("corrections", body, if_match=self.version)
        self._said[entry] = said

    def withdraw(self, entry: Entry, reason: str) -> None:
        """Say that an entry should never have been recorded."""
        self._record("withdrawals", {"entry_id": entry, "reason": reason}, if_match=self.version)

    def record(self, route: str, body: Body) -> Entry:
        """Post any body, as the API reads it, to a route of the case."""
        return self._record(route, body)

    def decide(self, route: str, body: Body) -> Entry:
        """The same where the decision rests on the case as it stands."""
        return self._record(route, body, if_match=self.version)

    def file(
        self, paper: Paper, source: str, obtained_on: Day, description: str, by: str | None = None
    ) -> Entry:
        """Take a paper into custody."""
        metadata = {
            "source": source,
            "obtained_on": day(obtained_on).isoformat(),
            "obtained_by": by,
            "description": description,
        }
        step = self._step("evidence")
        answer = self._sender.upload(self.case_id, _clean(metadata), paper, step=step)
        return self._noted(answer, ROUTES["evidence"], metadata)

    def money(self, amount: Amount) -> Body:
        """An amount in the case's currency."""
        return {"amount": exact(amount), "currency": self.currency}

    def dues(self, instalments: Dues) -> list[Body]:
        """Instalments as the API reads them."""
        return [
            {"due_on": day(due).isoformat(), "amount": self.money(amount)}
            for due, amount in instalments
        ]

    def moment(self, at: str) -> str:
        """A local time like "2025-03-02 22:41" with its offset."""
        return f"{at.replace(' ', 'T')}:00{self._offset}"

    def _record(self, route: str, body: Body, *, if_match: int | None = None) -> Entry:
        said = _clean(body)
        path, step = f"/cases/{self.case_id}/{route}", self._step(route)
        answer = self._sender.post(path, said, step=step, if_match=if_match)
        return self._noted(answer, ROUTES[route], said)

    def _spelled(self, changes: Body) -> Body:
        """Changes as the API reads them: amounts and days have short forms in a story."""
        spelled = dict(changes)
        for name in ("amount", "face_amount", "received", "withheld", "promised", "waived"):
            if isinstance(spelled.get(name), int | str):
                spelled[name] = self.money(spelled[name])
        if isinstance(spelled.get("instalments"), list):
            spelled["instalments"] = self.dues(spelled["instalments"])
        return spelled

    def _step(self, what: str) -> str:
        self._steps += 1
        return f"{self.key}/{self._steps:03d}-{what}"

    def _noted(self, answer: Body, topic: str, body: Body) -> Entry:
        entry = str(answer["entry_id"])
        self.version, self.position = int(answer["version"]), int(answer["position"])
        self._said[entry] = {"topic": topic, **body}
        self._tally.count(self.key, topic, answer)
        return entry


def _clean(body: Body) -> Body:
    """Without what was left out."""
    return {name: value for name, value in body.items() if value not in (None, [], ())}
