"""Reading a database out: every table as of one moment, while it goes on being used.

By COPY in one read-only snapshot and not by pg_dump: no program has to be found that fits the
server, a backup of one major version is restored into another, and a database's ordinary owner,
whom row-level security binds, can make one.
"""

from dataclasses import dataclass
from datetime import datetime
from gzip import GzipFile
from typing import Any, Final
from uuid import UUID

import asyncpg

import domain.cases.corrections  # noqa: F401 - makes every topic of a case known
from domain.cases.evidence import EvidenceAdded
from domain.codec import decode_body
from ops.backup.draft import Draft
from ops.backup.manifest import AppliedMigration, BackupFault, Journal, Table
from ops.postgres.pool import UNREACHABLE

PLAIN: Final = {
    "application_name": "mingzhang-backup",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    # The text form of values depends on these.
    "bytea_output": "hex",
    "datestyle": "ISO, YMD",
    "intervalstyle": "iso_8601",
    "timezone": "UTC",
    "extra_float_digits": "1",
}

TABLES: Final = """
SELECT c.relname AS name, c.relrowsecurity AS guarded,
    array_agg(a.attname::text ORDER BY a.attnum) AS columns
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'mingzhang'
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'schema_migrations'
GROUP BY c.relname, c.relrowsecurity ORDER BY c.relname
"""

SEES_ALL: Final = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"

_ACT_FOR: Final = "SELECT set_config('mingzhang.organisation', $1, true)"
_HEAD: Final = """
SELECT h.position, e.leaf
FROM mingzhang.journal_heads h
LEFT JOIN mingzhang.events e ON e.organisation = h.organisation AND e.position = h.position
WHERE h.organisation = $1
"""
_EVIDENCE: Final = """
SELECT schema_version, body FROM mingzhang.events
WHERE organisation = $1 AND topic = $2 ORDER BY position
"""


@dataclass(frozen=True, kw_only=True)
class ReadOut:
    """What was read, and what its events say about files.

    Attributes:
        taken_at: the snapshot's moment, by the server's clock.
        server: its version, such as `18.6`.
        evidence: for each organisation the files that events name, with their subjects.
    """

    taken_at: datetime
    server: str
    migrations: tuple[AppliedMigration, ...]
    journals: tuple[Journal, ...]
    tables: tuple[Table, ...]
    evidence: dict[UUID, dict[UUID, UUID | None]]


async def connected(dsn: str) -> Any:
    """A connection of one's own. Raises BackupFault, which does not repeat the address."""
    try:
        return await asyncpg.connect(dsn, server_settings=PLAIN)
    except (*UNREACHABLE, asyncpg.InterfaceError) as error:
        raise BackupFault(
            f"the database does not let us in ({type(error).__name__}: {error});"
            " is the server running, and is DATABASE_URL right?"
        ) from error


async def read_out(dsn: str, draft: Draft) -> ReadOut:
    """Write every table's rows into the draft, all as of one moment. Raises BackupFault."""
    connection = await connected(dsn)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            return await _Reader(connection, draft).read()
    except (*UNREACHABLE, asyncpg.InterfaceError) as error:
        raise BackupFault(
            f"the database was lost ({type(error).__name__}); run it again"
        ) from error
    finally:
        await connection.close(timeout=5)


class _Reader:
    def __init__(self, connection: Any, draft: Draft) -> None:
        self._connection = connection
        self._draft = draft

    async def read(self) -> ReadOut:
        ask = self._connection.fetchval
        if await ask("SELECT to_regclass('mingzhang.schema_migrations')") is None:
            raise BackupFault("the database holds nothing yet; the first `serve` makes it ready")
        sees_all = bool(await ask(SEES_ALL))
        organisations = await self._organisations(sees_all=sees_all)
        tables = [
            await self._table(row, None if sees_all or not row["guarded"] else organisations)
            for row in await self._connection.fetch(TABLES)
        ]
        journals, evidence = [], {}
        for organisation in organisations:
            await self._connection.execute(_ACT_FOR, str(organisation))
            journals.append(await self._journal(organisation))
            evidence[organisation] = await self._evidence(organisation)
        return ReadOut(
            taken_at=await ask("SELECT transaction_timestamp()"),
            server=".".join((await ask("SHOW server_version")).split()[0].split(".")[:2]),
            migrations=await self._migrations(),
            journals=tuple(journals),
            tables=tuple(tables),
            evidence=evidence,
        )

    async def _organisations(self, *, sees_all: bool) -> list[UUID]:
        # Only who sees past row-level security sees a journal that is not in the list.
        more = " UNION SELECT organisation FROM mingzhang.journal_heads" if sees_all else ""
        query = f"SELECT organisation FROM mingzhang.organisations{more} ORDER BY organisation"  # noqa: S608
        return [row["organisation"] for row in await self._connection.fetch(query)]

    async def _migrations(self) -> tuple[AppliedMigration, ...]:
        query = "SELECT name, sha256 FROM mingzhang.schema_migrations ORDER BY name"
        rows = await self._connection.fetch(query)
        return tuple(AppliedMigration(name=row["name"], sha256=row["sha256"]) for row in rows)

    async def _table(self, row: Any, organisations: list[UUID] | None) -> Table:
        table = Table(name=row["name"], columns=tuple(row["columns"]), rows=0)
        columns = ", ".join(f'"{column}"' for column in table.columns)
        select = f"SELECT {columns} FROM mingzhang.{table.name}"  # noqa: S608
        rows = 0
        with self._draft.compressed(table.path) as out:
            if organisations is None:
                rows += await self._copy(select, out)
            for organisation in organisations or ():
                await self._connection.execute(_ACT_FOR, str(organisation))
                rows += await self._copy(f"{select} WHERE organisation = $1", out, organisation)
        return Table(name=table.name, columns=table.columns, rows=rows)

    async def _copy(self, select: str, out: GzipFile, *arguments: UUID) -> int:
        async def write(data: bytes) -> None:
            out.write(data)

        done = await self._connection.copy_from_query(select, *arguments, output=write)
        return int(done.removeprefix("COPY "))

    async def _journal(self, organisation: UUID) -> Journal:
        row = await self._connection.fetchrow(_HEAD, organisation)
        if row is None or row["leaf"] is None:
            return Journal(organisation=organisation, position=0, leaf=None)
        leaf = row["leaf"].hex()
        return Journal(organisation=organisation, position=row["position"], leaf=leaf)

    async def _evidence(self, organisation: UUID) -> dict[UUID, UUID | None]:
        found: dict[UUID, UUID | None] = {}
        topic = EvidenceAdded.TOPIC
        async for row in self._connection.cursor(_EVIDENCE, organisation, topic):
            fact = decode_body(topic, row["schema_version"], row["body"])
            if isinstance(fact, EvidenceAdded):
                found[fact.file_id] = fact.name.subject
        return found
