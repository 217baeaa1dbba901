"""Everything that the API is served by, put together outside (`ops/wiring.py`)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from api.auth import TokenStore
from api.feeds import FeedStore
from domain.casework import Casework
from domain.exports import CaseFiles
from domain.seal import Seal
from domain.sealing import EvidenceStore
from projections.people import PeopleIndex
from projections.tables.reader import TableReader

MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Services:
    """The parts behind the routes. Nothing else is reached from `api`."""

    casework: Casework
    evidence: EvidenceStore
    case_files: CaseFiles
    tables: TableReader
    people: PeopleIndex
    tokens: TokenStore
    feeds: FeedStore
    seal: Seal
    secret: bytes
    """Key for the digests of requests; at least 32 bytes, the same in every process."""
    clock: Callable[[], datetime]
    """Now, in UTC."""
    new_id: Callable[[], UUID] = uuid4
    json_bytes_max: int = MEBIBYTE
    evidence_bytes_max: int = 2048 * MEBIBYTE
    wait_seconds: float = 2.0
    """How long a read with `min_position` waits."""
    idle_seconds: float = 60.0
    """How long a request's body may stand still."""

    def today(self, zone: str) -> date:
        """The day it is in a time zone, by its IANA name."""
        return self.clock().astimezone(ZoneInfo(zone)).date()
