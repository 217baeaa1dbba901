"""Casework: the one way to put a command to a case, and to fetch what its stream holds.

Fetch, fold, decide, seal, append. Nothing here touches the outside by itself: the log, the vault,
the clock and new ids come in as ports, so the same code runs on PostgreSQL and in memory.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final, Protocol, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.access_record import AccessRecord
from domain.cases.deciding import Command, Rules, decide, needs
from domain.cases.deciding.commands import Correct, KnownClient, Record
from domain.cases.exporting import CaseExported
from domain.cases.history import History, replay
from domain.cases.intake import CaseOpened
from domain.clients import (
    Client,
    ClientCommand,
    ClientRegistered,
    decide_client,
    replay_client,
)
from domain.clients.allowing import allowed_by
from domain.clients.deciding import check_case_may_open
from domain.codec import encode_body
from domain.facts import Fact
from domain.figures.figure import Unknown
from domain.log import (
    Append,
    Appended,
    CommandMismatch,
    EventLog,
    NewEvent,
    StoredEvent,
    StreamAppend,
    VersionConflict,
)
from domain.members import (
    InterestDeclared,
    MemberFact,
    decide_member,
    member_stream,
    replay_member,
)
from domain.organisation import RetentionRuleSet, decide_retention, replay_organisation
from domain.recorded import Recorded, recorded
from domain.refusals import Code, Refusal
from domain.rules.books import Books, books_of
from domain.sealing import Forgotten, Vault

HOME_ZONE: Final = "Asia/Shanghai"
"""Zone of the days in a client's stream, which has none of its own."""

TRIES_MAX: Final = 20
"""How often a plain fact is decided anew when someone else recorded in between."""


UNKNOWN: Final = (Code.CASE_UNKNOWN, Code.CLIENT_UNKNOWN, Code.CLIENT_ERASED)
"""Refusals that come before any version is compared: what is not there, or not any more."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Who wants a command carried out, and on what it rests."""

    organisation: UUID
    actor: str
    command_id: UUID
    command_digest: bytes | None = None
    """Keyed digest of the request; None when the caller gave no Idempotency-Key."""
    causation_id: UUID | None = None
    expected_version: int | None = None
    """Version that the caller saw; None for a plain fact, decided on the newest state."""
    dry_run: bool = False


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a command led to."""

    stream: UUID
    version: int
    """The stream's version after it."""
    position: int | None
    """Journal position of the last event; None after a dry run."""
    entry_ids: tuple[UUID, ...]
    facts: tuple[Fact, ...]
    """Plain as decided on a dry run, sealed as stored otherwise."""
    repeated: bool = False


class Stale(msgspec.Struct, frozen=True):
    """The stream is not at the version that the caller saw; nothing was recorded."""

    expected: int
    actual: int


Answer = Outcome | Refusal | Stale


class Decided(msgspec.Struct, frozen=True):
    """What one look at the newest state came to."""

    version: int
    decision: tuple[Fact, ...] | Refusal
    reads: tuple[tuple[UUID, int], ...] = ()
    """Other streams that it rested on, with the versions seen."""
    also: tuple[tuple[UUID, int, tuple[Fact, ...]], ...] = ()
    """Other streams that it writes to: id, version seen, facts. All of it or nothing."""


Attempt = Callable[[], Awaitable[Decided]]


class Clock(Protocol):
    """The present moment."""

    def __call__(self) -> datetime:
        """Now, in UTC."""
        ...


class Casework:
    """Commands to cases and clients over one event log."""

    def __init__(
        self,
        log: EventLog,
        vault: Vault,
        *,
        clock: Clock,
        new_id: Callable[[], UUID],
        zones: frozenset[str],
    ) -> None:
        """Put the ports together; `zones` are the IANA names that may be used."""
        self.log = log
        self.vault = vault
        self._clock = clock
        self._new_id = new_id
        self._zones = zones
        self.accesses = AccessRecord(log, clock=clock, new_id=new_id)

    async def events(
        self, organisation: UUID, stream: UUID, known_at: int | None = None, *, opened: bool = False
    ) -> list[Recorded]:
        """A stream's facts up to position `known_at`; `opened` unseals personal values."""
        stored = await self.log.read_stream(organisation, stream, up_to_position=known_at)
        events = [recorded(event) for event in stored]
        return await self.open(organisation, events) if opened else events

    async def open(self, organisation: UUID, events: Sequence[Recorded]) -> list[Recorded]:
        """The same facts with their personal values opened, or marked erased."""
        facts = await self.vault.open(organisation, [(e.event_id, e.fact) for e in events])
        return [
            msgspec.structs.replace(event, fact=fact)
            for event, fact in zip(events, facts, strict=True)
        ]

    async def journal(self, organisation: UUID, topics: Sequence[str]) -> list[Recorded]:
        """Every fact of these topics in the journal, in order, sealed; walks all of it by pages."""
        found: list[Recorded] = []
        position = 0
        while page := await self.log.read_journal(
            organisation, after_position=position, topics=topics
        ):
            found += [recorded(event) for event in page]
            position = page[-1].position
        return found

    async def history(
        self,
        organisation: UUID,
        case_id: UUID,
        known_at: int | None = None,
        *,
        opened: bool = False,
    ) -> History:
        """A case as known at a position; status NONE when there is no such case."""
        events = await self.events(organisation, case_id, known_at, opened=opened)
        # A stream of another kind, such as a client's, is no case.
        is_case = bool(events) and isinstance(events[0].fact, CaseOpened)
        return replay(case_id, events if is_case else ())

    async def books(
        self, organisation: UUID, known_at: int | None = None, pack: str | None = None
    ) -> Books | Unknown:
        """The rule pack and data in force at a position, or another pack with that data.

        Unknown until the organisation has adopted one; PackUnknown for one never released.
        """
        events = await self.events(organisation, organisation, known_at)
        return books_of(replay_organisation(organisation, events), pack)

    async def client(
        self, organisation: UUID, client_id: UUID, known_at: int | None = None
    ) -> Client:
        """A client with details opened; `details` None when there is no such client."""
        events = await self.events(organisation, client_id, known_at, opened=True)
        is_client = bool(events) and isinstance(events[0].fact, ClientRegistered)
        return replay_client(client_id, events if is_client else ())

    async def case_command(self, order: Order, case_id: UUID, command: Command) -> Answer:
        """Put a command to a case.

        May raise LogUnavailable, after which the same `command_id` finds out what happened, and
        CommandMismatch when that id came before with another request.
        """

        async def attempt() -> Decided:
            history = await self.history(order.organisation, case_id, opened=_needs_opened(command))
            zone = _zone(history, command)
            rules = self.rules(zone if zone in self._zones else "UTC")
            rules = msgspec.structs.replace(rules, actor=order.actor)
            rules = await self._rules_for(order.organisation, history, command, rules)
            decided = decide(history, command, rules)
            reads: tuple[tuple[UUID, int], ...] = ()
            client_id = _client_read(history, command)
            if client_id is not None:
                client = await self.client(order.organisation, client_id)
                if not isinstance(decided, Refusal):
                    decided = check_case_may_open(client) or decided
                reads = ((client_id, client.version),)
            return Decided(history.version, decided, reads)

        return await self.settle(order, case_id, attempt)

    async def _rules_for(
        self, organisation: UUID, history: History, command: Command, rules: Rules
    ) -> Rules:
        """The same with what this command's decision needs beside the case."""
        kind = _kind(command)
        if kind in needs.BOOKS:
            rules = msgspec.structs.replace(rules, books=await self.books(organisation))
        if kind in needs.CLIENT and history.client_id is not None:
            client = await self.client(organisation, history.client_id)
            rules = msgspec.structs.replace(rules, client=_known(client))
        return rules

    async def client_command(self, order: Order, client_id: UUID, command: ClientCommand) -> Answer:
        """Put a command to a client; raises as `case_command`.

        Erasing one takes their cases along: see `domain.forgetting`, the only one to ask for it.
        """

        async def attempt() -> Decided:
            client = await self.client(order.organisation, client_id)
            return Decided(client.version, decide_client(client, command, self.rules(HOME_ZONE)))

        return await self.settle(order, client_id, attempt)

    async def organisation_command(self, order: Order, fact: RetentionRuleSet) -> Answer:
        """Set a retention rule; raises as `case_command`."""

        async def attempt() -> Decided:
            events = await self.events(order.organisation, order.organisation)
            state = replay_organisation(order.organisation, events)
            decided = decide_retention(state, fact, self.rules("UTC").text_chars_max)
            return Decided(state.version, decided)

        return await self.settle(order, order.organisation, attempt)

    async def member_command(self, order: Order, fact: MemberFact) -> Answer:
        """Record what ties a member to a lender, or that it does not; raises as `case_command`."""
        stream = member_stream(order.organisation, fact.member)

        async def attempt() -> Decided:
            events = await self.events(order.organisation, stream, opened=True)
            member = replay_member(stream, events)
            return Decided(member.version, decide_member(member, fact, self.rules(HOME_ZONE)))

        return await self.settle(order, stream, attempt)

    async def repeated(self, order: Order, stream: UUID) -> Outcome | None:
        """The first outcome of a command that came before; None for one that did not.

        For who has to prepare something before the command can be put. Raises CommandMismatch.
        """
        return await self._repeated(order, stream)

    def rules(self, zone: str) -> Rules:
        """What a decision may look at now; `today` is the day in that IANA zone."""
        now = self._clock()
        return Rules(now=now, today=now.astimezone(ZoneInfo(zone)).date(), zones=self._zones)

    async def settle(self, order: Order, stream: UUID, attempt: Attempt) -> Answer:
        """Decide and append; a plain fact that lost a race is decided anew on the newer state."""
        repeated = await self._repeated(order, stream)
        if repeated:
            return repeated
        last: Exception = RuntimeError("nothing was tried")
        for _ in range(TRIES_MAX):
            decided = await attempt()
            if isinstance(decided.decision, Refusal) and decided.decision.code in UNKNOWN:
                return decided.decision
            if order.expected_version not in (None, decided.version):
                stale = Stale(order.expected_version, decided.version)
                return await self._repeated(order, stream) or stale
            if isinstance(decided.decision, Refusal):
                # The same request may have been recorded while this one was deciding.
                return await self._repeated(order, stream) or decided.decision
            if order.dry_run:
                return _rehearsed(stream, decided.version, decided.decision)
            try:
                return await self._append(order, stream, decided.version, decided)
            except Forgotten as gone:
                # Erased while this was deciding: the newer state says so.
                last = gone
            except VersionConflict as conflict:
                if order.expected_version is not None and conflict.stream == stream:
                    stale = Stale(order.expected_version, conflict.actual)
                    return await self._repeated(order, stream) or stale
                last = conflict
        raise last

    async def _repeated(self, order: Order, stream: UUID) -> Outcome | None:
        """The first outcome of a command that came before. Only a keyed one can come again."""
        if order.command_digest is None:
            return None
        appended = await self.log.find_command(order.organisation, order.command_id)
        if appended is None:
            return None
        known = await self.log.command_digest(order.organisation, order.command_id)
        if known != order.command_digest:
            raise CommandMismatch(f"command {order.command_id} came before with another request")
        return _outcome(stream, appended)

    async def _append(self, order: Order, stream: UUID, version: int, decided: Decided) -> Outcome:
        facts = cast("tuple[Fact, ...]", decided.decision)
        if any(isinstance(fact, ClientRegistered | InterestDeclared) for fact in facts):
            # The data key is on disk before anything is sealed under it.
            await self.vault.admit(order.organisation, stream)
        written = ((stream, version, facts), *decided.also)
        appended = await self.log.append(
            Append(
                organisation=order.organisation,
                command_id=order.command_id,
                actor=order.actor,
                causation_id=order.causation_id,
                command_digest=order.command_digest,
                writes=tuple([await self._write(order.organisation, *each) for each in written]),
                reads=decided.reads,
            )
        )
        return _outcome(stream, appended)

    async def _write(
        self, organisation: UUID, stream: UUID, version: int, facts: tuple[Fact, ...]
    ) -> StreamAppend:
        events = tuple([await self._sealed(organisation, fact) for fact in facts])
        return StreamAppend(stream=stream, expected_version=version, events=events)

    async def _sealed(self, organisation: UUID, fact: Fact) -> NewEvent:
        event_id = self._new_id()
        sealed = await self.vault.seal(organisation, event_id, fact)
        return NewEvent(
            event_id=event_id,
            topic=fact.TOPIC,
            schema_version=fact.class_version,
            body=encode_body(sealed),
        )


def _outcome(stream: UUID, appended: Appended) -> Outcome:
    events: Sequence[StoredEvent] = [e for e in appended.events if e.stream == stream]
    return Outcome(
        stream=stream,
        version=events[-1].version,
        position=appended.position,
        entry_ids=tuple(event.event_id for event in events),
        facts=tuple(recorded(event).fact for event in events),
        repeated=appended.repeated,
    )


def _rehearsed(stream: UUID, version: int, facts: tuple[Fact, ...]) -> Outcome:
    return Outcome(
        stream=stream,
        version=version + len(facts),
        position=None,
        entry_ids=(),
        facts=facts,
    )


def _kind(command: Command) -> type[Fact] | None:
    match command:
        case Record():
            return type(command.fact)
        case Correct():
            return type(command.replacement)
        case _:
            return None


def _needs_opened(command: Command) -> bool:
    """Whether a correction changes anything shows only with personal values open."""
    return isinstance(command, Correct) or _kind(command) in needs.OPENED


def _known(client: Client) -> KnownClient | None:
    details = client.details
    if details is None or details.name.value is None:
        return None
    number = details.id_number.value if details.id_number else None
    allowed = allowed_by(client.entries)
    return KnownClient(name=details.name.value, id_number=number, allowed=allowed)


def _zone(history: History, command: Command) -> str:
    fact = command.fact if isinstance(command, Record) else None
    fact = command.replacement if isinstance(command, Correct) else fact
    return fact.zone if isinstance(fact, CaseOpened) else case_zone(history)


def _client_read(history: History, command: Command) -> UUID | None:
    """The client whose own stream a command rests on, so that it may not move meanwhile.

    A case is opened for a client who is there. A case file takes their personal values out: an
    erasure that begins in between has to win.
    """
    fact = command.fact if isinstance(command, Record) else None
    if isinstance(fact, CaseExported):
        return history.client_id
    return fact.client_id if isinstance(fact, CaseOpened) else None


def case_zone(history: History) -> str:
    """The case's own time zone; UTC while it has none."""
    for _, opened in history.standing(CaseOpened):
        return opened.zone
    return "UTC"
