"""A `Sender` that puts the demo's steps to the domain itself, in memory, without HTTP."""

import uuid
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from zoneinfo import available_timezones

import msgspec

from domain.cases.conflicts import ConflictAnswer, ConflictChecked, SoughtNumbers
from domain.cases.corrections import Correctable
from domain.cases.deciding import decide
from domain.cases.deciding.commands import Correct, KnownClient, Record, Rules, Withdraw
from domain.cases.erasing import CaseErased
from domain.cases.evidence import EvidenceAdded
from domain.cases.exporting import CaseExported
from domain.cases.history import History, evolve
from domain.clients import (
    ClientRegistered,
    CorrectClient,
    EraseClient,
    RecordOnClient,
    RegisterClient,
    decide_client,
    evolve_client,
    replay_client,
)
from domain.clients.allowing import allowed_by
from domain.codec import edge_in
from domain.exports import ExportCase
from domain.facts import FACTS
from domain.figures.figure import Unknown
from domain.figures.stating import StateFigures, statement
from domain.letters.drafting import Desk, DraftLetter, draft
from domain.members import decide_member, member_stream, replay_member
from domain.personal import Personal
from domain.recorded import Recorded
from domain.refusals import Refusal
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.demo.record import CLIENT_ROUTES, MEMBER_ROUTES, ROUTES
from ops.reference_files import read_reference

LATEST = date(2026, 11, 19)
BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())
ZONES = frozenset(available_timezones())


class Refused(AssertionError):
    """The domain said no."""


class Changed(AssertionError):
    """The same step came again with another request."""


class DomainSender:
    """Histories and clients by id, events in order of position."""

    def __init__(self):
        self.histories: dict[str, History] = {}
        self.clients = {}
        self.events: list[Recorded] = []
        self.answers = {}
        self._rules = Rules(now=datetime(2026, 11, 19, 12, tzinfo=UTC), today=LATEST, zones=ZONES)

    def post(self, path, body, *, step, if_match=None):
        return self._once(step, (path, body, if_match), lambda: self._post(path, body, if_match))

    def upload(self, case_id, metadata, paper, *, step):
        fact = _decoded(
            {
                **metadata,
                "file_id": str(uuid.uuid5(uuid.NAMESPACE_URL, step)),
                "name": paper.name,
                "sha256": sha256(paper.data).hexdigest(),
                "size_bytes": len(paper.data),
                "media_type": paper.media_type,
            },
            EvidenceAdded,
        )
        asked = (case_id, metadata, paper)
        return self._once(step, asked, lambda: self._case(case_id, Record(fact), None))

    def _once(self, step, asked, carry_out):
        # One visible ASCII key of at most 200 characters, and one request for each.
        assert step.isascii(), step
        assert step.isprintable(), step
        assert 0 < len(step) < 190, step
        if step not in self.answers:
            self.answers[step] = (asked, carry_out())
        elif self.answers[step][0] != asked:
            raise Changed(step)
        return self.answers[step][1]

    def _post(self, path, body, if_match):
        _, kind, *rest = path.split("/")
        if kind == "clients":
            return self._client(rest, body, if_match)
        if kind in MEMBER_ROUTES:
            return self._member(_decoded(body, FACTS[MEMBER_ROUTES[kind]]))
        if not rest:
            case_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"case-{len(self.histories)}"))
            self.histories[case_id] = History(case_id=uuid.UUID(case_id))
            command = Record(_decoded(body, FACTS["case-opened"]))
            return {**self._case(case_id, command, None), "case_id": case_id}
        case_id, route = rest
        if route == "figures-statements":
            return self._stated(case_id, body)
        if route == "exports":
            return self._exported(case_id, body)
        if route == "conflict-checks":
            return self._checked(case_id, body)
        if route == "letter-drafts":
            return self._drafted(case_id, body)
        return self._case(case_id, _command(route, body), if_match)

    def _case(self, case_id, command, if_match):
        history = self.histories[case_id]
        if if_match is not None and if_match != history.version:
            raise Refused(f"stale: {if_match}, at {history.version}")
        decided = decide(history, command, self._rules_for(history))
        if isinstance(decided, Refusal):
            raise Refused(f"{decided} for {command}")
        for fact in decided:
            history = evolve(history, self._recorded(case_id, history.version + 1, fact))
        self.histories[case_id] = history
        return self._answer(history.version, len(decided))

    def _rules_for(self, history):
        client = self.clients.get(str(history.client_id))
        known = client and KnownClient(
            name=client.details.name.value,
            id_number=client.details.id_number.value,
            allowed=allowed_by(client.entries),
        )
        return msgspec.structs.replace(self._rules, books=BOOKS, client=known)

    def _stated(self, case_id, body):
        raw = msgspec.json.encode(body)
        asked = msgspec.json.decode(raw, type=StateFigures, dec_hook=edge_in)
        history = self.histories[case_id]
        fact = statement(history, asked, None, LATEST)
        return self._case(case_id, Record(fact), None)

    def _drafted(self, case_id, body):
        raw = msgspec.json.encode(body)
        asked = msgspec.json.decode(raw, type=DraftLetter, dec_hook=edge_in)
        history = self.histories[case_id]
        name = self.clients[str(history.client_id)].details.name.value
        books = Unknown(reason="no books here", settled_by="adopting a pack")
        client = KnownClient(name=name)
        fact = draft(asked, Desk(history=history, client=client, books=books, today=LATEST))
        if isinstance(fact, Refusal):
            raise Refused(f"{fact} for {asked}")
        return self._case(case_id, Record(fact), None)

    def _checked(self, case_id, body):
        fact = ConflictChecked(
            checked_on=LATEST,
            known_at=len(self.events),
            sought=SoughtNumbers(people=0, names=0, id_numbers=0, phones=0, companies=0),
            searched=len(self.clients),
            answer=ConflictAnswer(body["answer"]),
            reason=Personal(None, body["reason"]),
        )
        return self._case(case_id, Record(fact), None)

    def _member(self, fact):
        stream = member_stream(uuid.NAMESPACE_URL, fact.member)
        told = [event for event in self.events if event.originator_id == stream]
        decided = decide_member(replay_member(stream, told), fact, self._rules)
        if isinstance(decided, Refusal):
            raise Refused(f"{decided} for {fact}")
        for one in decided:
            self._recorded(str(stream), len(told) + 1, one)
        return self._answer(len(told) + 1, len(decided))

    def _exported(self, case_id, body):
        asked = msgspec.json.decode(msgspec.json.encode(body), type=ExportCase, dec_hook=edge_in)
        fact = CaseExported(
            exported_on=LATEST,
            exported_to=asked.exported_to,
            as_of=LATEST,
            known_at=len(self.events),
            pack="none",
            data="none",
            opens=asked.opens,
            purpose=asked.purpose,
            files=Personal(None, f"{'0' * 64}  readings/none.json\n"),
        )
        return self._case(case_id, Record(fact), None)

    def _client(self, rest, body, if_match):
        if rest:
            client = self.clients[rest[0]]
            assert if_match == client.version
            command = self._client_command(client, rest[1], body)
        else:
            client = replay_client(uuid.uuid5(uuid.NAMESPACE_URL, f"p{len(self.clients)}"), ())
            command = RegisterClient(_decoded(body, ClientRegistered))
        decided = decide_client(client, command, self._rules)
        if isinstance(decided, Refusal):
            raise Refused(str(decided))
        client_id = str(client.client_id)
        for fact in decided:
            client = evolve_client(client, self._recorded(client_id, client.version + 1, fact))
        self.clients[client_id] = client
        answer = self._answer(client.version, len(decided))
        if isinstance(command, EraseClient):
            self._end_cases(command)
        return {**answer, "client_id": client_id}

    def _client_command(self, client, route, body):
        if route == "corrections":
            replacement = _decoded(body["replacement"], ClientRegistered)
            return CorrectClient(replacement=replacement, reason=Personal(None, body["reason"]))
        if route == "erasure":
            mine = [h for h in self.histories.values() if h.client_id == client.client_id]
            return EraseClient(
                decision_id=uuid.UUID(body["decision_id"]),
                erased_on=LATEST,
                cases=tuple(history.case_id for history in mine),
            )
        return RecordOnClient(_decoded(body, FACTS[CLIENT_ROUTES[route]]))

    def _end_cases(self, command):
        for case_id in map(str, command.cases):
            history = self.histories[case_id]
            fact = CaseErased(erased_on=LATEST)
            self.histories[case_id] = evolve(
                history, self._recorded(case_id, history.version + 1, fact)
            )

    def _recorded(self, stream, version, fact):
        position = len(self.events) + 1
        event = Recorded(
            originator_id=uuid.UUID(stream),
            originator_version=version,
            event_id=uuid.uuid5(uuid.NAMESPACE_URL, f"event-{position}"),
            position=position,
            recorded_at=datetime(2026, 11, 19, tzinfo=UTC) + timedelta(milliseconds=position),
            actor="demo",
            fact=fact,
        )
        self.events.append(event)
        return event

    def _answer(self, version, count):
        ids = [str(event.event_id) for event in self.events[-count:]]
        position = len(self.events)
        return {"version": version, "position": position, "entry_id": ids[-1], "entry_ids": ids}


def _decoded(body, kind):
    tagged = {"topic": kind.TOPIC, **body}
    return msgspec.json.decode(msgspec.json.encode(tagged), type=kind, dec_hook=edge_in)


def _command(route, body):
    reason = Personal(None, body.get("reason"))
    if route == "withdrawals":
        return Withdraw(entry_id=uuid.UUID(body["entry_id"]), reason=reason)
    if route == "corrections":
        raw = msgspec.json.encode(body["replacement"])
        replacement = msgspec.json.decode(raw, type=Correctable, dec_hook=edge_in)
        return Correct(entry_id=uuid.UUID(body["entry_id"]), replacement=replacement, reason=reason)
    return Record(_decoded(body, FACTS[ROUTES[route]]))
