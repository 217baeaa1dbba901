"""A caseworker at a desk: an HTTP client with a token, and the services behind it."""

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from msgspec.structs import replace

from api.app import create_app
from api.auth import StoredToken, new_secret, new_token_id, secret_digest, token_text
from api.capabilities import GRANTABLE
from api.feeds import StoredFeed
from api.services import Services
from domain.casework import Casework
from domain.log import EventLog
from ops.casefile.desk import CaseFileDesk
from ops.evidence_files import FileEvidenceStore
from ops.feeds import PostgresFeedStore
from ops.keys.key_store import FileKeyStore
from ops.keys.opening import Opener
from ops.keys.outer_key import load_or_make
from ops.keys.sealing import AesVault
from ops.keys.signing_key import load_signing_key
from ops.postgres.event_log import PostgresEventLog
from ops.postgres.pool import Pool
from ops.sealing.memory_store import MemorySealStore
from ops.sealing.postgres_store import PostgresSealStore
from ops.sealing.proofs import Proofs
from ops.sealing.sealer import Sealer
from projections.people import PeopleIndex
from projections.tables.reader import TableReader

ZONES = frozenset(zoneinfo.available_timezones())


def utc_now() -> datetime:
    return datetime.now(UTC)


class MemoryTokens:
    """Tokens in memory, for what runs without a database."""

    def __init__(self):
        self._tokens: dict[str, StoredToken] = {}

    async def find(self, token_id):
        return self._tokens.get(token_id)

    async def add(self, organisation, actor, *, now, capabilities=GRANTABLE, expires_at=None):
        secret = new_secret()
        token = StoredToken(
            token_id=new_token_id(),
            organisation=organisation,
            secret_sha256=secret_digest(secret),
            actor=actor,
            capabilities=tuple(str(each) for each in capabilities),
            created_at=now,
            expires_at=expires_at,
        )
        self._tokens[token.token_id] = token
        return token, token_text(token.token_id, secret)


class MemoryFeeds:
    """Calendar feeds in memory, for what runs without a database."""

    def __init__(self):
        self._feeds: dict[tuple[UUID, UUID], StoredFeed] = {}

    async def add(self, feed):
        before = self._feeds.setdefault((feed.organisation, feed.feed_id), feed)
        return None if before is feed else before

    async def find(self, secret_sha256):
        for feed in self._feeds.values():
            if feed.secret_sha256 == secret_sha256 and feed.revoked_at is None:
                return feed
        return None

    async def some(self, organisation, *, adviser, after, limit):
        found = [each for (owner, _), each in self._feeds.items() if owner == organisation]
        found = [each for each in found if adviser in (None, each.adviser)]
        found = [each for each in found if after is None or (each.made_at, each.feed_id) > after]
        return sorted(found, key=lambda each: (each.made_at, each.feed_id))[:limit]

    async def revoke(self, organisation, feed_id, by, now):
        feed = self._feeds.get((organisation, feed_id))
        if feed is not None and feed.revoked_at is None:
            feed = replace(feed, revoked_at=now, revoked_by=by)
            self._feeds[organisation, feed_id] = feed
        return feed

    async def mark_read(self, feed, on):
        self._feeds[feed.organisation, feed.feed_id] = replace(feed, last_read_on=on)


def sealer_of(desk: "Desk") -> Sealer:
    """The sealer of a desk."""
    seal = desk.services.seal
    key = load_signing_key(desk.evidence_dir.parent / "signing.key", is_in_use=False)
    return Sealer(seal.log, seal._store, key)


@dataclass
class Desk:
    """One member of one organisation, with everything behind them at hand."""

    services: Services
    http: httpx.AsyncClient
    organisation: UUID
    evidence_dir: Path
    tokens: Any

    async def colleague(self, actor="m-2", organisation=None, **options) -> httpx.AsyncClient:
        """Another client of the same app with a token of its own."""
        _, text = await self.tokens.add(
            organisation or self.organisation, actor, now=utc_now(), **options
        )
        return httpx.AsyncClient(
            transport=self.http._transport, base_url=self.http.base_url, headers=bearer(text)
        )

    async def head(self) -> int:
        """Where the journal ends."""
        return (await self.services.casework.log.head(self.organisation)).position

    def files(self) -> list[Path]:
        """Every file of the evidence store, finished or not."""
        return [path for path in self.evidence_dir.rglob("*") if path.is_file()]

    async def client(self, name="王小明") -> str:
        answer = await self.http.post("/v1/clients", json={"name": name})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["client_id"])

    async def case(self, **more) -> str:
        body = {"client_id": await self.client(), "opened_on": "2025-01-01", **more}
        answer = await self.http.post("/v1/cases", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["case_id"])

    async def post(self, case_id, noun, body, status=201, **options) -> dict[str, Any]:
        answer = await self.http.post(f"/v1/cases/{case_id}/{noun}", json=body, **options)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def loan(self, case_id, **more) -> str:
        return (await self.post(case_id, "loans", {**LOAN, **more}))["entry_id"]

    async def version(self, case_id) -> str:
        """The case's ETag."""
        return (await self.http.get(f"/v1/cases/{case_id}")).headers["etag"]


LOAN = {
    "occurred_on": "2025-01-10",
    "grade": "document",
    "lender": "某某小贷",
    "face_amount": {"amount": "10000.00", "currency": "CNY"},
}


def cny(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


def payment(loan_id: str, amount="100.00", on="2025-03-01", **more) -> dict[str, Any]:
    return {
        "loan_id": loan_id,
        "occurred_on": on,
        "credited_on": on,
        "grade": "bank-line",
        "channel": "alipay",
        "amount": cny(amount),
        **more,
    }


def disbursed(loan_id: str, amount="10000.00", on="2025-01-10") -> dict[str, Any]:
    return {"loan_id": loan_id, "occurred_on": on, "grade": "bank-line", "received": cny(amount)}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def services_over(log: EventLog, tokens: Any, folder: Path, pool: Pool, **options) -> Services:
    """Services over a log, with keys and evidence in a folder."""
    keys = FileKeyStore(folder / "keys", load_or_make(folder / "outer.key", True))
    casework = Casework(log, AesVault(keys), clock=utc_now, new_id=uuid4, zones=ZONES)
    stored = isinstance(log, PostgresEventLog)
    seals = PostgresSealStore(pool) if stored else MemorySealStore(log)
    proofs = Proofs(log, seals)
    evidence = FileEvidenceStore(folder / "evidence", keys)
    sealer = Sealer(log, seals, load_signing_key(folder / "signing.key", is_in_use=False))
    return Services(
        casework=casework,
        evidence=evidence,
        case_files=CaseFileDesk(casework, Opener(keys), evidence, proofs, sealer.seal),
        tables=TableReader(pool),
        people=PeopleIndex(casework),
        tokens=tokens,
        feeds=PostgresFeedStore(pool) if stored else MemoryFeeds(),
        seal=proofs,
        secret=b"k" * 32,
        clock=utc_now,
        **options,
    )


async def sit_down(services: Services, tokens: Any, folder: Path, organisation=None) -> Desk:
    """A desk at an app over these services, without a network."""
    organisation = organisation or uuid4()
    _, text = await tokens.add(organisation, "m-1", now=utc_now())
    transport = httpx.ASGITransport(create_app(services), raise_app_exceptions=False)
    http = httpx.AsyncClient(transport=transport, base_url="http://desk", headers=bearer(text))
    return Desk(services, http, organisation, folder / "evidence", tokens)


def today() -> date:
    return utc_now().date()


def assert_problem(answer, status, code, field):
    problem = answer.json()
    assert answer.status_code == status, problem
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["type"] == f"/problems/{problem['code']}"
    assert code in (None, problem["code"]), problem
    if field is not None:
        assert [error["field"] for error in problem["errors"]] == [field]
