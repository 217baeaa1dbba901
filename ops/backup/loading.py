"""Putting a database back: all of it in one transaction, verified before it is committed."""

import gzip
import zlib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

from domain.log import StoredEvent
from ops.backup.journal_check import CLIENT_ERASED, JournalCheck
from ops.backup.manifest import BackupFault, DataManifest, Journal, Progress, Table
from ops.backup.reading import SEES_ALL, TABLES, connected
from ops.postgres.migrate import load, migrate
from ops.postgres.statements import EVENT_COLUMNS

_PIECE: Final = 1024 * 1024
_EVENTS_BETWEEN_WORDS: Final = 5000

_IS_OURS: Final = "SELECT to_regclass('mingzhang.organisations')"
_ACT_FOR: Final = "SELECT set_config('mingzhang.organisation', $1, true)"
_EVENTS: Final = f"""
SELECT {EVENT_COLUMNS} FROM mingzhang.events WHERE organisation = $1 ORDER BY position
"""  # noqa: S608
_STREAMS: Final = "SELECT stream, version, leaf FROM mingzhang.stream_heads WHERE organisation = $1"
# One revoked since the backup must not show anybody's deadlines again, and which ones were is
# lost: so all of them end.
_REVOKE_FEEDS: Final = """
UPDATE mingzhang.calendar_feeds SET revoked_at = clock_timestamp(), revoked_by = 'restore'
WHERE revoked_at IS NULL
"""
_HEAD: Final = "SELECT position FROM mingzhang.journal_heads WHERE organisation = $1"


class Loaded(NamedTuple):
    """What a database holds after it was put back."""

    events: int
    journals: Mapping[UUID, JournalCheck]


def check_migrations(manifest: DataManifest) -> list[str]:
    """The names of the backup's migrations. Raises BackupFault where this release lacks one."""
    here = {migration.name: migration.sha256 for migration in load()}
    for applied in manifest.migrations:
        if applied.name not in here:
            raise BackupFault(
                f"the backup has the migration {applied.name}, which this release does not know: "
                "a newer one made it. Restore it with that release or a later one."
            )
        if here[applied.name] != applied.sha256:
            raise BackupFault(
                f"the backup was made with another {applied.name} than this release has: "
                "restore it with the release that made it."
            )
    return [applied.name for applied in manifest.migrations]


async def put_back(
    dsn: str, folder: Path, manifest: DataManifest, progress: Progress, *, again: bool
) -> Loaded:
    """Fill an empty database from a backup and verify every leaf; or leave it as it was.

    `again`: a restore of this backup was cut short here, so the database may be full already; it
    is verified then. Raises BackupFault.
    """
    await migrate(dsn, only=check_migrations(manifest))
    connection = await connected(dsn)
    try:
        async with connection.transaction():
            loading = _Loading(connection, folder, manifest, progress)
            loaded = await loading.run(again=again)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BackupFault(
            f"the backup's rows cannot be unpacked ({error}); nothing kept."
        ) from error
    except asyncpg.PostgresError as error:
        raise BackupFault(
            f"the database refused the backup ({type(error).__name__}: {error}); nothing was "
            "kept. Its user has to be the owner of an empty database."
        ) from error
    finally:
        await connection.close(timeout=5)
    return loaded


async def bring_up(dsn: str) -> None:
    """Let the planner see what came, and bring the database to this release's schema."""
    connection = await connected(dsn)
    try:
        await connection.execute("ANALYZE")
    finally:
        await connection.close(timeout=5)
    await migrate(dsn)


async def refuse_full(dsn: str) -> None:
    """Raises BackupFault where a database holds an organisation already; changes nothing."""
    connection = await connected(dsn)
    try:
        if await connection.fetchval(_IS_OURS) is None:
            return
        count = await connection.fetchval("SELECT count(*) FROM mingzhang.organisations")
    finally:
        await connection.close(timeout=5)
    if count:
        raise BackupFault(
            f"the database is not empty: it holds {count} organisations. A restore never writes "
            "over anything: name another data folder, or an empty database. Nothing was changed."
        )


async def erased_in(dsn: str) -> dict[UUID, set[UUID]]:
    """Everyone whom the journals of a database say was forgotten; none where there is none."""
    connection = await connected(dsn)
    try:
        if await connection.fetchval(_IS_OURS) is None:
            return {}
        found: dict[UUID, set[UUID]] = {}
        async with connection.transaction(readonly=True):
            for row in await connection.fetch("SELECT organisation FROM mingzhang.organisations"):
                organisation = row["organisation"]
                await connection.execute(_ACT_FOR, str(organisation))
                query = (
                    "SELECT DISTINCT stream FROM mingzhang.events"
                    " WHERE organisation = $1 AND topic = $2"
                )
                streams = await connection.fetch(query, organisation, CLIENT_ERASED)
                found[organisation] = {row["stream"] for row in streams}
        return found
    finally:
        await connection.close(timeout=5)


class _Loading:
    def __init__(
        self, connection: Any, folder: Path, manifest: DataManifest, progress: Progress
    ) -> None:
        self._connection = connection
        self._folder = folder
        self._manifest = manifest
        self._progress = progress

    async def run(self, *, again: bool) -> Loaded:
        rows = await self._connection.fetch(TABLES)
        self._check_tables({row["name"]: set(row["columns"]) for row in rows})
        sees_all = await self._connection.fetchval(SEES_ALL)
        guarded = [row["name"] for row in rows if row["guarded"] and not sees_all]
        # An owner is bound by forced row-level security, and COPY does not go past it. Nobody
        # sees it lifted: other sessions wait until the transaction is over.
        await self._each(guarded, "ALTER TABLE mingzhang.{} NO FORCE ROW LEVEL SECURITY")
        await self._each([row["name"] for row in rows], "LOCK TABLE mingzhang.{}")
        if not await self._is_there(again=again):
            for table in self._manifest.tables:
                await self._fill(table)
        if any(table.name == "calendar_feeds" for table in self._manifest.tables):
            await self._connection.execute(_REVOKE_FEEDS)
        journals = {each.organisation: await self._verify(each) for each in self._manifest.journals}
        await self._each(guarded, "ALTER TABLE mingzhang.{} FORCE ROW LEVEL SECURITY")
        return Loaded(sum(check.position for check in journals.values()), journals)

    async def _each(self, tables: list[str], statement: str) -> None:
        for table in tables:
            await self._connection.execute(statement.format(table))

    def _check_tables(self, there: dict[str, set[str]]) -> None:
        listed = {table.name: set(table.columns) for table in self._manifest.tables}
        if there != listed:
            odd = sorted(name for name in there.keys() | listed.keys())
            odd = [name for name in odd if there.get(name) != listed.get(name)]
            raise BackupFault(
                f"the backup's tables do not fit the database's ({', '.join(odd)}): the database "
                "was set up by a newer release, or not by us. Name an empty database."
            )

    async def _is_there(self, *, again: bool) -> bool:
        counts = {table.name: await self._count(table.name) for table in self._manifest.tables}
        if not any(counts.values()):
            return False
        if again and counts == {table.name: table.rows for table in self._manifest.tables}:
            return True
        full = ", ".join(f"{name} ({rows} rows)" for name, rows in counts.items() if rows)
        raise BackupFault(
            f"the database is not empty: {full}. A restore never writes over anything: name "
            "another data folder, or an empty database. Nothing was changed."
        )

    async def _fill(self, table: Table) -> None:
        self._progress(f"rows of {table.name}", 0, table.rows)
        with gzip.open(self._folder / table.path, "rb") as file:

            async def pieces() -> AsyncIterator[bytes]:
                while piece := file.read(_PIECE):
                    yield piece

            await self._connection.copy_to_table(
                table.name, schema_name="mingzhang", columns=list(table.columns), source=pieces()
            )
        found = await self._count(table.name)
        if found != table.rows:
            raise BackupFault(
                f"{table.name} has {found} rows after the restore, and the manifest says "
                f"{table.rows}: they do not fit. Nothing was kept."
            )
        self._progress(f"rows of {table.name}", table.rows, table.rows)

    async def _count(self, table: str) -> int:
        return int(await self._connection.fetchval(f"SELECT count(*) FROM mingzhang.{table}"))  # noqa: S608

    async def _verify(self, journal: Journal) -> JournalCheck:
        check = JournalCheck(journal.organisation)
        what = f"leaves of {journal.organisation} verified"
        async for row in self._connection.cursor(_EVENTS, journal.organisation, prefetch=1000):
            check.take(StoredEvent(*row))
            if check.position % _EVENTS_BETWEEN_WORDS == 0:
                self._progress(what, check.position, journal.position)
        streams = await self._connection.fetch(_STREAMS, journal.organisation)
        head = await self._connection.fetchval(_HEAD, journal.organisation)
        check.end(journal, head or 0, [tuple(row) for row in streams])
        self._progress(what, check.position, journal.position)
        return check
