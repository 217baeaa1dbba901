"""The API's tokens in PostgreSQL: found, made, listed, revoked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from api.auth import StoredToken, new_secret, new_token_id, secret_digest, token_text
from api.capabilities import GRANTABLE
from ops.postgres.pool import Pool

_NOBODY = UUID(int=0)
"""A token is looked up before anyone knows whose it is: the session acts for no organisation."""

_ADD = """
INSERT INTO mingzhang.api_tokens (
    organisation, token_id, secret_sha256, actor, capabilities, created_at, expires_at
) VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_LIST = "SELECT * FROM mingzhang.api_tokens WHERE organisation = $1 ORDER BY created_at, token_id"
_REVOKE = """
UPDATE mingzhang.api_tokens SET revoked_at = $3
WHERE organisation = $1 AND token_id = $2 AND revoked_at IS NULL
RETURNING token_id
"""


class PostgresTokenStore:
    """`api.auth.TokenStore` on a pool. Each method may raise LogUnavailable."""

    def __init__(self, pool: Pool) -> None:
        """The pool stays the caller's."""
        self._pool = pool

    async def find(self, token_id: str) -> StoredToken | None:
        """See `TokenStore.find`."""
        async with self._pool.acquire(_NOBODY) as connection:
            row = await connection.fetchrow("SELECT * FROM mingzhang.token_by_id($1)", token_id)
        return None if row is None else _token(row)

    async def add(
        self,
        organisation: UUID,
        actor: str,
        *,
        now: datetime,
        capabilities: Sequence[str] = GRANTABLE,
        expires_at: datetime | None = None,
    ) -> tuple[StoredToken, str]:
        """Make a token; its text is in no other place than this answer.

        ValueError for a capability that there is not, or an actor without a name.
        """
        unknown = sorted(set(capabilities) - set(GRANTABLE))
        if unknown or not actor.strip():
            raise ValueError(f"no such capability: {', '.join(unknown)}" if unknown else "no actor")
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
        async with self._pool.acquire(organisation) as connection:
            await connection.execute(
                _ADD,
                organisation,
                token.token_id,
                token.secret_sha256,
                actor,
                list(token.capabilities),
                now,
                expires_at,
            )
        return token, token_text(token.token_id, secret)

    async def all(self, organisation: UUID) -> list[StoredToken]:
        """Every token of an organisation, oldest first, the invalid ones too."""
        async with self._pool.acquire(organisation) as connection:
            return [_token(row) for row in await connection.fetch(_LIST, organisation)]

    async def revoke(self, organisation: UUID, token_id: str, now: datetime) -> bool:
        """End a token at once; False when there is none, or it was revoked before."""
        async with self._pool.acquire(organisation) as connection:
            return await connection.fetchval(_REVOKE, organisation, token_id, now) is not None


def _token(row: Any) -> StoredToken:
    return StoredToken(**{**row, "capabilities": tuple(row["capabilities"])})
