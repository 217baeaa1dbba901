"""The house put together: the only place that knows which part plugs into which."""

import asyncio
import sys
import zoneinfo
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from domain.casework import Casework
from domain.forgetting import Forgetting
from ops.backup import notes
from ops.backup.manifest import BackupFault
from ops.casefile.desk import CaseFileDesk
from ops.evidence_files import FileEvidenceStore
from ops.feeds import PostgresFeedStore
from ops.keys.key_folder import KeyFolder
from ops.keys.key_store import FileKeyStore, key_store_is_empty
from ops.keys.opening import Opener
from ops.keys.outer_key import KeyFault
from ops.keys.outer_source import keyring_of, source_of
from ops.keys.rotation import settle
from ops.keys.sealing import AesVault
from ops.keys.signing_key import SigningKey, load_signing_key
from ops.organisations import (
    add_organisation,
    all_organisations,
    has_events,
    journal_positions,
)
from ops.postgres.embedded import EmbeddedServer
from ops.postgres.event_log import PostgresEventLog
from ops.postgres.keeping import keep_running
from ops.postgres.migrate import WEB_ROLE, make_web_role, migrate
from ops.postgres.pool import Pool
from ops.rules_desk import prepare
from ops.sealing.adopting import adopt_key, key_in_force, refuse_foreign_key
from ops.sealing.postgres_store import PostgresSealStore
from ops.sealing.proofs import Proofs
from ops.sealing.sealer import Sealer
from ops.sealing.stamping import Stamper
from ops.settings import Settings
from ops.tokens import PostgresTokenStore
from projections.tables.balances import BALANCES
from projections.tables.caseload import CASELOAD
from projections.tables.deadlines import DEADLINES
from projections.tables.reader import TableReader
from projections.tables.runner import TableRunner

HOME_ZONE: Final = "Asia/Shanghai"
"""Zone of the calendar that tables across cases are kept by."""

TABLES: Final = (CASELOAD, BALANCES, DEADLINES)

Say = Callable[[str], None]


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def utc_now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def usable_zones() -> frozenset[str]:
    """IANA names of places, and UTC: none that means another place on another machine."""
    names = zoneinfo.available_timezones()
    apart = ("posix/", "right/", "SystemV/")
    places = (name for name in names if "/" in name and not name.startswith(apart))
    return frozenset(places) | {"UTC"}


def today_at_home() -> date:
    """The present day in the zone that the tables are kept by."""
    return datetime.now(ZoneInfo(HOME_ZONE)).date()


@dataclass(frozen=True, kw_only=True)
class House:
    """Everything that runs, ready to be used."""

    settings: Settings
    pool: Pool
    log: PostgresEventLog
    casework: Casework
    evidence: FileEvidenceStore
    case_files: CaseFileDesk
    tables: TableRunner
    reader: TableReader
    tokens: PostgresTokenStore
    feeds: PostgresFeedStore
    secret: bytes
    """For keyed digests of requests; the same after every rotation of the outer key."""
    signing_key: SigningKey
    sealer: Sealer
    seals: PostgresSealStore
    proofs: Proofs
    stamper: Stamper | None
    """Where a stamping authority is configured."""

    async def organisations(self) -> list[UUID]:
        """The organisations in this database, oldest first."""
        return await all_organisations(self.pool)

    async def finish_erasures(self) -> None:
        """Destroy again whatever a journal says is erased: done before anything is served.

        It ends what a crash cut off, and takes back what an older copy of the key store or of
        the evidence folder brought. Raises LogUnavailable, and OSError when a file stays.
        """
        forgetting = Forgetting(self.casework, self.evidence)
        for organisation in await self.organisations():
            await forgetting.finish(organisation)

    async def new_organisation(self, organisation: UUID | None = None) -> UUID:
        """Take an organisation in, under a new id unless one is given.

        It begins with the newest rule pack and the shipped rows, unless it has chosen a pack, and
        with the signing key of this house.
        """
        added = organisation or uuid4()
        await add_organisation(self.pool, added)
        await prepare(self, added)
        await adopt_key(self, added, self.signing_key)
        return added


@asynccontextmanager
async def open_record(
    settings: Settings, *, say: Say = _say
) -> AsyncIterator[tuple[Pool, PostgresEventLog]]:
    """Start or reach the database and bring it up to date: the record alone, without any key.

    Raises ServerError when no server can be started, MigrationError for a database that does not
    fit this release.
    """
    _refuse_half_restored(settings)
    async with AsyncExitStack() as stack:
        dsn = await _database(settings, stack, say)
        pool = await stack.enter_async_context(Pool(dsn))
        log = PostgresEventLog(pool)
        stack.push_async_callback(log.close)
        yield pool, log


@asynccontextmanager
async def open_house(
    settings: Settings, *, say: Say = _say, signing_key: SigningKey | None = None
) -> AsyncIterator[House]:
    """Open the record and put everything together.

    `signing_key` is for putting a new one in force; else it is the file's, and has to be the one
    that every journal names. Raises KeyFault for a wrong or missing outer or signing key, and
    what `open_record` raises. Nothing is half open then.
    """
    _refuse_half_restored(settings)
    key_store = None if key_store_is_empty(settings.keys_dir) else _key_store(settings, say)
    async with open_record(settings, say=say) as (pool, log):
        if key_store is None:
            await _refuse_lost_keys(settings, pool)
            key_store = _key_store(settings, say)
        await _say_where_behind(settings, pool, say)
        seals = Proofs(log, PostgresSealStore(pool))
        signing = signing_key or await _signing_key(settings, pool, seals, say)
        house = _together(settings, pool, log, key_store, signing)
        await house.finish_erasures()
        yield house


def _together(
    settings: Settings,
    pool: Pool,
    log: PostgresEventLog,
    key_store: FileKeyStore,
    signing: SigningKey,
) -> House:
    casework = Casework(
        log,
        AesVault(key_store),
        clock=utc_now,
        new_id=uuid4,
        zones=usable_zones(),
    )
    seals = PostgresSealStore(pool)
    proofs, evidence = Proofs(log, seals), FileEvidenceStore(settings.evidence_dir, key_store)
    sealer = Sealer(
        log,
        seals,
        signing,
        every_events=settings.seal_events,
        every_seconds=settings.seal_seconds,
        signed=partial(_mark_sealed, settings),
    )
    return House(
        settings=settings,
        pool=pool,
        log=log,
        casework=casework,
        evidence=evidence,
        case_files=CaseFileDesk(casework, Opener(key_store), evidence, proofs, sealer.seal),
        tables=TableRunner(log, pool, TABLES, today=today_at_home),
        reader=TableReader(pool),
        tokens=PostgresTokenStore(pool),
        feeds=PostgresFeedStore(pool),
        secret=key_store.request_secret(),
        signing_key=signing,
        sealer=sealer,
        seals=seals,
        proofs=proofs,
        stamper=Stamper(settings.stamp_url, settings.stamp_roots) if settings.stamp_url else None,
    )


def _mark_sealed(settings: Settings, organisation: UUID, size: int) -> None:
    notes.mark_sealed(settings.data_dir, str(organisation), size, utc_now())


async def _signing_key(settings: Settings, pool: Pool, proofs: Proofs, say: Say) -> SigningKey:
    """The file's key, made where no journal names one; refused where one names another."""
    organisations = await all_organisations(pool)
    held = [await key_in_force(proofs, organisation) for organisation in organisations]
    key = load_signing_key(settings.signing_key_file, is_in_use=any(held))
    if key.made:
        say(
            f"A new signing key was made: {settings.signing_key_file}\n"
            "Checkpoints of the journal are signed under it. Keep a copy in a safe place, apart "
            "from the data: whoever has it can sign in your name."
        )
    for organisation in organisations:
        await refuse_foreign_key(proofs, organisation, key)
    return key


def _key_store(settings: Settings, say: Say) -> FileKeyStore:
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    source, folder = source_of(settings), KeyFolder(settings.keys_dir)
    if folder.is_empty():
        outer = source.first()
        if outer.made:
            say(
                f"A new outer key was made: {outer.source}\n"
                "Keep a copy in a safe place, apart from the data and its backups: without it "
                "nobody can read any client's name again, and with it anyone who has the data can."
            )
    if left_to_do := settle(folder, source):
        say(left_to_do)
    return FileKeyStore(settings.keys_dir, keyring_of(source))


async def _refuse_lost_keys(settings: Settings, pool: Pool) -> None:
    """New keys under old people would make every name unreadable: better not to start.

    Asked before a store is made, so that the next start is refused as well.
    """
    if await has_events(pool) and key_store_is_empty(settings.keys_dir):
        raise KeyFault(
            "the database holds events, and the key store that seals their names is not here",
            str(settings.keys_dir),
            "Put the key store back (python3 -m ops restore --keys FOLDER), or point --data at its "
            "folder. Nothing was made.",
        )


def _refuse_half_restored(settings: Settings) -> None:
    """What was not verified, or still holds keys of people forgotten, is not to be served."""
    if notes.is_restoring(settings.data_dir):
        raise BackupFault(f"{settings.data_dir}: {notes.UNDER_WAY}")


async def _say_where_behind(settings: Settings, pool: Pool, say: Say) -> None:
    """A journal put back to an older position no longer fits what was given out since."""
    noted = notes.read(settings.data_dir)
    if noted:
        heads = await journal_positions(pool)
        now = {str(organisation): position for organisation, position in heads.items()}
        known = {one.organisation for one in notes.behind(noted)}
        for one in notes.behind(noted, now):
            say(f"{notes.sentence(one)}.")
            if one.organisation not in known and one.position:
                # Kept: once the journal has grown past what it had reached nothing shows it.
                at = {one.organisation: one.position}
                notes.put_back(settings.data_dir, notes.Note("found", utc_now(), "", at))


async def _database(settings: Settings, stack: AsyncExitStack, say: Say) -> str:
    """The address that the pool logs in at, of a database brought up to date."""
    if settings.database_url is not None:
        await _migrated(settings.database_url, say)
        return settings.database_url
    server = EmbeddedServer(settings.postgres_dir, notify=say)
    await asyncio.to_thread(server.start)
    stack.push_async_callback(asyncio.to_thread, server.stop)
    keeper = asyncio.create_task(keep_running(server, say))
    stack.push_async_callback(_ended, keeper)
    await _migrated(server.dsn(), say)
    # A session that leaves its role is then nobody who owns anything: see ops/decisions/0006.
    await make_web_role(server.dsn())
    return server.dsn(user=WEB_ROLE)


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _migrated(dsn: str, say: Say) -> None:
    for name in await migrate(dsn):
        say(f"migrated: {name}")
