"""Calendar feeds as they are kept, and the port to where they are kept.

A feed shows one member's deadlines to whoever has its secret address. Only the SHA-256 of the
secret is stored; 32 random bytes need no slow hash.
"""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

import msgspec

from api.auth import new_secret, secret_digest

FOLDER: Final = "/v1/calendar"
_SUFFIX: Final = ".ics"
_FILE: Final = re.compile(r"([A-Za-z0-9_-]{43})\.ics", re.ASCII)


class Label(StrEnum):
    """Where a feed is kept, so that whoever loses a phone knows which one to revoke.

    A choice and no free text, for this stands in clear.
    """

    PHONE = "phone"
    COMPUTER = "computer"
    SHARED_CALENDAR = "shared-calendar"
    OTHER = "other"


class StoredFeed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed as it is kept: nothing in it lets anyone in."""

    organisation: UUID
    feed_id: UUID
    secret_sha256: bytes
    adviser: str
    """Member id of those whose deadlines it shows."""
    label: Label
    made_at: datetime
    made_by: str
    """Member id."""
    last_read_on: date | None = None
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    """Member id, or `restore`: a restored database begins with every feed revoked."""


def new_feed(
    organisation: UUID, feed_id: UUID, adviser: str, label: Label, *, by: str, now: datetime
) -> tuple[StoredFeed, str]:
    """A feed to be kept, and the path of its address, which is in no other place than here."""
    secret = new_secret()
    feed = StoredFeed(
        organisation=organisation,
        feed_id=feed_id,
        secret_sha256=secret_digest(secret),
        adviser=adviser,
        label=label,
        made_at=now,
        made_by=by,
    )
    return feed, f"{FOLDER}/{secret}{_SUFFIX}"


def digest_in(file: str) -> bytes | None:
    """The digest of the secret in an address's last part; None where it cannot hold one."""
    match = _FILE.fullmatch(file)
    return secret_digest(match[1]) if match else None


class FeedStore(Protocol):
    """Keeps feeds. Implementation: `ops/feeds.py`. Every method may raise LogUnavailable."""

    async def add(self, feed: StoredFeed) -> StoredFeed | None:
        """Keep a feed; where its id is taken nothing changes, and that feed is the answer."""
        ...

    async def find(self, secret_sha256: bytes) -> StoredFeed | None:
        """The feed of this secret, in whichever organisation; None once it is revoked."""
        ...

    async def some(
        self,
        organisation: UUID,
        *,
        adviser: str | None,
        after: tuple[datetime, UUID] | None,
        limit: int,
    ) -> list[StoredFeed]:
        """Feeds in the order in which they were made, the revoked ones too."""
        ...

    async def revoke(
        self, organisation: UUID, feed_id: UUID, by: str, now: datetime
    ) -> StoredFeed | None:
        """End a feed at once and for ever; what ended before stays as it is. None: no such feed."""
        ...

    async def mark_read(self, feed: StoredFeed, on: date) -> None:
        """Note the day on which it was read last."""
        ...
