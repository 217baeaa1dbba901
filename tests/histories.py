"""Arranging a case for a test, with past facts only.

    case = CaseFile()
    loan = case.loan("2025-01-10", "10000.00", lender="Kuaidai")
    case.disbursed("2025-01-10", loan, "9000.00", withheld="1000.00")
    payment = case.payment("2025-02-10", loan, "500.00")
    case.corrected(payment, amount=cny("550.00"))
    history = case.history()

Every method records one fact and returns its entry id. Ids, positions, versions and the moments
of recording are the same in every run; personal values are plain, as after opening. `given(...)`
makes a file from facts alone. `record(fact)` takes any fact that has no method here.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

import msgspec

from domain.cases.complaints import ComplaintChannel, ComplaintFiled, Ground
from domain.cases.contacts import ContactChannel, ContactLogged, ContactParty
from domain.cases.corrections import EntryCorrected, EntryWithdrawn
from domain.cases.evidence import EvidenceAdded, EvidenceLinked, EvidenceSource, NoteAdded
from domain.cases.history import History, replay
from domain.cases.intake import CaseClosed, CaseOpened, CaseReopened, CloseReason
from domain.cases.lending import (
    ChargeKind,
    ChargeMade,
    ClaimItem,
    ClaimKind,
    Instalment,
    LenderClaimed,
    LoanDisbursed,
    LoanTaken,
    Terms,
    WithheldBy,
)
from domain.cases.payments import (
    PaymentChannel,
    PaymentCredited,
    PaymentExpired,
    PaymentMade,
    PaymentMissed,
    PaymentReversed,
    ReversedBy,
)
from domain.cases.plans import PlanAgreed
from domain.codec import encode_body
from domain.facts import Fact, Grade, bind
from domain.log import NewEvent
from domain.money import Money
from domain.personal import Personal, map_personal
from domain.recorded import Recorded

NAMES = UUID("6d1f0c1e-0000-5000-8000-000000000000")
CLIENT = uuid5(NAMES, "client")
FIRST_RECORDED = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
SAYS, PAPER, BANK = Grade.CLIENT_SAYS, Grade.DOCUMENT, Grade.BANK_LINE


def cny(text: str) -> Money:
    """Yuan from a decimal string."""
    return Money.parse(text, "CNY")


def day(text: str | date) -> date:
    """A day from `2026-03-01`."""
    return text if isinstance(text, date) else date.fromisoformat(text)


def said(text: str | None) -> Personal[str] | None:
    """A personal text, plain, its subject still to be bound."""
    return None if text is None else Personal(None, text)


def due(*pairs: tuple[str, str]) -> tuple[Instalment, ...]:
    """Instalments from days and amounts."""
    return tuple(Instalment(due_on=day(when), amount=cny(much)) for when, much in pairs)


def opening(on: str = "2025-01-01", **fields: Any) -> CaseOpened:
    """The fact that a case was opened."""
    values: dict[str, Any] = {"client_id": CLIENT, "opened_on": day(on)}
    return CaseOpened(**(values | fields))


def given(*facts: Fact, name: str = "case") -> "CaseFile":
    """A case in which these facts were recorded one after another, its opening first."""
    opens = any(isinstance(fact, CaseOpened) for fact in facts)
    return CaseFile(name, facts=facts if opens else (opening(), *facts))


class CaseFile:
    """One case's past. Recording anything later gets the next position, version and minute."""

    def __init__(
        self,
        name: str = "case",
        *,
        facts: Iterable[Fact] | None = None,
        first_position: int = 1,
        first_recorded: datetime = FIRST_RECORDED,
    ) -> None:
        """`name` decides the ids; `facts` None opens the case on 2025-01-01."""
        self.name = name
        self.case_id = uuid5(NAMES, name)
        self.client_id = CLIENT
        self._first_position = first_position
        self._first_recorded = first_recorded
        self._events: list[Recorded] = []
        for fact in (opening(),) if facts is None else facts:
            self.record(fact)

    def events(self, known_at: int | None = None) -> list[Recorded]:
        """What was recorded, up to position `known_at`."""
        return [e for e in self._events if known_at is None or e.position <= known_at]

    def history(self, known_at: int | None = None) -> History:
        """The case as known at a position."""
        return replay(self.case_id, self.events(known_at))

    @property
    def position(self) -> int:
        """Position of what was recorded last; hand it to `history` later on."""
        return self._events[-1].position

    def new_events(self) -> tuple[NewEvent, ...]:
        """The same as bodies for a log, personal values under a seal that opens for nobody."""
        return tuple(
            NewEvent(
                event_id=event.event_id,
                topic=event.fact.TOPIC,
                schema_version=event.fact.class_version,
                body=encode_body(sealed(event.event_id, event.fact)),
            )
            for event in self._events
        )

    def record(self, fact: Fact, *, actor: str = "li", at: datetime | None = None) -> UUID:
        """Record any fact; `at` is the moment of recording, a minute after the last one if None."""
        number = len(self._events)
        event_id = uuid5(self.case_id, str(number + 1))
        self._events.append(
            Recorded(
                originator_id=self.case_id,
                originator_version=number + 1,
                event_id=event_id,
                position=self._first_position + number,
                recorded_at=at or self._next_moment(),
                actor=actor,
                command_id=uuid5(event_id, "command"),
                fact=bind(fact, self.client_id),
            )
        )
        return event_id

    def _next_moment(self) -> datetime:
        last = self._events[-1].recorded_at if self._events else None
        return last + timedelta(minutes=1) if last else self._first_recorded

    def fact(self, entry_id: UUID) -> Any:
        """What an entry says now."""
        return self.history().entries[entry_id].fact

    def corrected(self, entry_id: UUID, *, reason: str = "misread", **fields: Any) -> UUID:
        """Correct some fields of an entry; returns the id of the correction."""
        replacement = msgspec.structs.replace(self.fact(entry_id), **fields)
        return self.record(
            EntryCorrected(
                entry_id=entry_id, replacement=replacement, reason=Personal(None, reason)
            )
        )

    def withdrawn(self, entry_id: UUID, *, reason: str = "entered twice") -> UUID:
        """Withdraw an entry; returns the id of the withdrawal."""
        return self.record(EntryWithdrawn(entry_id=entry_id, reason=Personal(None, reason)))

    def loan(
        self,
        on: str,
        face: str,
        *,
        lender: str = "Kuaidai",
        grade: Grade = PAPER,
        terms: Terms | None = None,
        **fields: Any,
    ) -> UUID:
        """A contract was made; the id returned is the loan's."""
        values: dict[str, Any] = {
            "occurred_on": day(on),
            "face_amount": cny(face),
            "lender": lender,
            "grade": grade,
            "terms": terms or Terms(),
        }
        return self.record(LoanTaken(**(values | fields)))

    def disbursed(
        self, on: str, loan: UUID, received: str, *, withheld: str | None = None, **fields: Any
    ) -> UUID:
        """Money reached the client."""
        values: dict[str, Any] = {
            "occurred_on": day(on),
            "loan_id": loan,
            "received": cny(received),
            "grade": BANK,
        }
        if withheld is not None:
            values |= {"withheld": cny(withheld), "withheld_by": WithheldBy.LENDER}
        return self.record(LoanDisbursed(**(values | fields)))

    def charge(
        self,
        on: str,
        loan: UUID,
        amount: str,
        kind: ChargeKind | str = ChargeKind.INTEREST,
        **fields: Any,
    ) -> UUID:
        """The lender charged something."""
        values: dict[str, Any] = {
            "occurred_on": day(on),
            "loan_id": loan,
            "amount": cny(amount),
            "grade": PAPER,
        }
        return self.record(ChargeMade(**(values | {"kind": ChargeKind(kind)} | fields)))

    def claim(
        self,
        on: str,
        loan: UUID,
        items: dict[str, str],
        *,
        stated_total: str | None = None,
        **fields: Any,
    ) -> UUID:
        """The lender claimed: `{"principal": "1000.00", "interest": "20.00"}`."""
        values: dict[str, Any] = {
            "occurred_on": day(on),
            "loan_id": loan,
            "claimed_as_of": day(on),
            "items": tuple(
                ClaimItem(kind=ClaimKind(kind), amount=cny(much)) for kind, much in items.items()
            ),
            "stated_total": None if stated_total is None else cny(stated_total),
            "grade": Grade.LENDER_SAYS,
        }
        return self.record(LenderClaimed(**(values | fields)))

    def payment(
        self, on: str, loan: UUID, paid: str, *, credited_on: str | None = "same day", **more: Any
    ) -> UUID:
        """A payment was sent, credited the same day; `credited_on=None` leaves it pending."""
        credited = on if credited_on == "same day" else credited_on
        values: dict[str, Any] = {
            "occurred_on": day(on),
            "loan_id": loan,
            "amount": cny(paid),
            "credited_on": None if credited is None else day(credited),
            "channel": PaymentChannel.BANK_TRANSFER,
            "grade": BANK,
        }
        return self.record(PaymentMade(**(values | more)))

    def credited(self, on: str, payment: UUID, **fields: Any) -> UUID:
        """A pending payment reached the lender."""
        values: dict[str, Any] = {"occurred_on": day(on), "payment_id": payment, "grade": BANK}
        return self.record(PaymentCredited(**(values | fields)))

    def expired(self, on: str, payment: UUID, **fields: Any) -> UUID:
        """A pending payment went back."""
        values: dict[str, Any] = {"occurred_on": day(on), "payment_id": payment, "grade": BANK}
        return self.record(PaymentExpired(**(values | fields)))

    def reversed(self, on: str, payment: UUID, **fields: Any) -> UUID:
        """A credited payment was taken back."""
        values: dict[str, Any] = {
            "occurred_on": day(on),
            "payment_id": payment,
            "reversed_by": ReversedBy.BANK,
            "grade": BANK,
        }
        return self.record(PaymentReversed(**(values | fields)))

    def missed(self, on: str, loan: UUID, amount: str | None = None, **fields: Any) -> UUID:
        """A payment that was due did not come."""
        values: dict[str, Any] = {
            "occurred_on": day(on),
            "loan_id": loan,
            "amount": None if amount is None else cny(amount),
            "grade": Grade.LENDER_SAYS,
        }
        return self.record(PaymentMissed(**(values | fields)))

    def contact(self, at: str, **fields: Any) -> UUID:
        """A contact: a collector called the client unless said otherwise.

        `at` is like `2026-03-01T21:59:00+08:00`.
        """
        values: dict[str, Any] = {
            "occurred_at": datetime.fromisoformat(at),
            "channel": ContactChannel.CALL,
            "initiated_by": ContactParty.COLLECTOR,
            "reached": ContactParty.CLIENT,
            "grade": SAYS,
        }
        return self.record(ContactLogged(**(values | fields)))

    def plan(self, on: str, loans: Iterable[UUID], *pairs: tuple[str, str], **fields: Any) -> UUID:
        """A plan with its instalments: `("2026-03-01", "300.00"), ...`."""
        values: dict[str, Any] = {
            "occurred_on": day(on),
            "loan_ids": tuple(loans),
            "instalments": due(*pairs),
            "grade": PAPER,
        }
        return self.record(PlanAgreed(**(values | fields)))

    def complaint(self, on: str, *, respondent: str = "Kuaidai", **fields: Any) -> UUID:
        """A complaint was handed in."""
        values: dict[str, Any] = {
            "occurred_on": day(on),
            "channel": ComplaintChannel.NFRA_12378,
            "respondent": respondent,
            "grounds": (Ground.OVERCHARGE,),
            "grade": PAPER,
        }
        return self.record(ComplaintFiled(**(values | fields)))

    def evidence(self, on: str, name: str = "receipt.png", **fields: Any) -> UUID:
        """A file was taken into custody; the id returned is the item's."""
        values: dict[str, Any] = {
            "file_id": uuid5(self.case_id, f"file {name} {len(self._events)}"),
            "name": said(name),
            "sha256": said(sha256(name.encode()).hexdigest()),
            "size_bytes": 2048,
            "media_type": "image/png",
            "source": EvidenceSource.CLIENT_PHONE,
            "obtained_on": day(on),
            "obtained_by": said("Li"),
        }
        return self.record(EvidenceAdded(**(values | fields)))

    def linked(self, item: UUID, entry: UUID, shows: str | None = None) -> UUID:
        """An item was found to show an entry."""
        return self.record(EvidenceLinked(item_id=item, entry_id=entry, shows=said(shows)))

    def note(self, on: str, text: str = "call back on Monday", entry: UUID | None = None) -> UUID:
        """A caseworker wrote something down."""
        note = NoteAdded(noted_on=day(on), text=Personal(None, text), entry_id=entry)
        return self.record(note)

    def closed(self, on: str, outcome: CloseReason = CloseReason.SETTLED) -> UUID:
        """The case was closed."""
        reason: Personal[str] = Personal(None, "paid in full")
        return self.record(CaseClosed(closed_on=day(on), outcome=outcome, reason=reason))

    def reopened(self, on: str) -> UUID:
        """The closed case was taken up again."""
        reason: Personal[str] = Personal(None, "the lender calls again")
        return self.record(CaseReopened(reopened_on=day(on), reason=reason))


def sealed(event_id: UUID, fact: Any) -> Any:
    """The fact as stored, its personal values replaced by bytes that no key opens."""

    def seal(path: str, personal: Personal[Any]) -> Personal[Any]:
        digest = sha256(event_id.bytes + path.encode()).digest()
        return Personal(personal.subject, ciphertext=digest * 2, commitment=digest)

    return map_personal(fact, seal)


def in_order(case: CaseFile, order: Callable[[list[Recorded]], list[Recorded]]) -> list[Recorded]:
    """The same facts under the same ids, recorded in another order: the opening stays first.

    Corrections and withdrawals keep to the end, in their order, for they need what they change.
    """
    events = case.events()
    late = [e for e in events if isinstance(e.fact, EntryCorrected | EntryWithdrawn)]
    early = [e for e in events[1:] if e not in late]
    shuffled = [events[0], *order(early), *late]
    return [
        msgspec.structs.replace(
            event,
            position=stamp.position,
            originator_version=stamp.originator_version,
            recorded_at=stamp.recorded_at,
        )
        for event, stamp in zip(shuffled, events, strict=True)
    ]
