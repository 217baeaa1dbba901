"""Bearer tokens, `mz_<token id>_<secret>`: the holder acts as one member of one organisation.

The store knows the SHA-256 of the secret only; 32 random bytes need no slow hash.
"""

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, Protocol
from uuid import UUID

import msgspec
from litestar.connection import ASGIConnection
from litestar.exceptions import MethodNotAllowedException
from litestar.handlers.base import BaseRouteHandler

from api.capabilities import WITHOUT_TOKEN
from api.problems import Problem

SECRET_BYTES: Final = 32
_TOKEN: Final = re.compile(r"mz_([0-9a-f]{16})_([A-Za-z0-9_-]{43})", re.ASCII)


class StoredToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token as it is kept: nothing in it lets anyone in."""

    token_id: str
    """Sixteen lower-case hex digits."""
    organisation: UUID
    secret_sha256: bytes
    actor: str
    """Member id, as it stands in the journal; never a name."""
    capabilities: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        """Whether it lets anyone in at that moment."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class TokenStore(Protocol):
    """Finds tokens. Implementation: `ops/tokens.py`."""

    async def find(self, token_id: str) -> StoredToken | None:
        """The token of this id, in whichever organisation; may raise LogUnavailable."""
        ...


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """On whose behalf a request is made."""

    organisation: UUID
    actor: str
    capabilities: frozenset[str]


def new_token_id() -> str:
    """A random token id."""
    return secrets.token_hex(8)


def new_secret() -> str:
    """A random secret of SECRET_BYTES bytes, as text."""
    return secrets.token_urlsafe(SECRET_BYTES)


def token_text(token_id: str, secret: str) -> str:
    """What the caller keeps; shown once."""
    return f"mz_{token_id}_{secret}"


def secret_digest(secret: str) -> bytes:
    """What is stored of a secret."""
    return sha256(secret.encode()).digest()


async def authenticate(header: str | None, tokens: TokenStore, now: datetime) -> Caller:
    """The caller whom an Authorization header names; Problem `unauthenticated` otherwise."""
    scheme, _, text = (header or "").partition(" ")
    match = _TOKEN.fullmatch(text.strip())
    if scheme.lower() != "bearer" or match is None:
        raise _unauthenticated("send `Authorization: Bearer mz_...`")
    token = await tokens.find(match[1])
    # Compared also where there is no such token: the time taken must not tell.
    known = token.secret_sha256 if token else bytes(32)
    if not secrets.compare_digest(known, secret_digest(match[2])) or token is None:
        raise _unauthenticated("no such token")
    if not token.is_valid(now):
        raise _unauthenticated("the token was revoked or has expired")
    return Caller(
        organisation=token.organisation,
        actor=token.actor,
        capabilities=frozenset(token.capabilities),
    )


def _unauthenticated(detail: str) -> Problem:
    return Problem("unauthenticated", detail, headers={"WWW-Authenticate": "Bearer"})


Guard = Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], Awaitable[None]]


def guard_of(
    tokens: TokenStore, clock: Callable[[], datetime], methods: Mapping[str, str]
) -> Guard:
    """The one guard of the app: a route that names no capability answers nobody.

    `methods` are those of each path, as the header Allow has them.
    """

    async def guard(
        connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
    ) -> None:
        needed = handler.opt.get("capability")
        if needed is None:
            # Only litestar's own OPTIONS handlers come here; a test walks all the others.
            allowed = methods.get(connection.scope["path_template"], "")
            raise MethodNotAllowedException(headers={"Allow": allowed})
        if needed in WITHOUT_TOKEN:
            return
        caller = await authenticate(connection.headers.get("authorization"), tokens, clock())
        if needed not in caller.capabilities:
            raise Problem("capability-missing", f"this needs the capability `{needed}`")
        connection.scope["auth"] = caller

    return guard
