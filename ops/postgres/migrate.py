"""Bring a database's schema up to date: `migrations/*.sql`, in order, each in one transaction.

The files have dbmate's form (`-- migrate:up`, `-- migrate:down`), so they can be read and run by
that tool as well; what was applied is remembered in `mingzhang.schema_migrations` with the
digest of each file.
"""

from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import asyncpg
import msgspec

from ops.faults import Mendable

FOLDER: Final = Path(__file__).parent / "migrations"
APP_ROLE: Final = "mingzhang_app"
WEB_ROLE: Final = "mingzhang_web"
"""Who the pool logs in as on the embedded server: may become APP_ROLE, and nobody else."""
OLDEST_SERVER: Final = 150000

_PREPARE: Final = """
CREATE SCHEMA IF NOT EXISTS mingzhang;
CREATE TABLE IF NOT EXISTS mingzhang.schema_migrations (
    name text PRIMARY KEY,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
"""
_RACES: Final = (
    asyncpg.UniqueViolationError,
    asyncpg.DuplicateObjectError,
    asyncpg.DuplicateSchemaError,
    asyncpg.DuplicateTableError,
)


_PATIENCE: Final = {"lock_timeout": "1min", "statement_timeout": "30min"}
"""How long a migration may wait for others, and how long one statement may take."""


_MAKE_WEB_ROLE: Final = f"""
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{WEB_ROLE}') THEN
        CREATE ROLE {WEB_ROLE} LOGIN IN ROLE {APP_ROLE};
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;  -- another process was first
END
$$
"""


class MigrationError(Mendable, RuntimeError):
    """The database cannot be brought up to date; the message says why and what to do."""


class Migration(msgspec.Struct, frozen=True):
    """One file: its name, the SQL of its up part, and the SHA-256 of the whole file in hex."""

    name: str
    up: str
    sha256: str


def load(folder: Path = FOLDER) -> list[Migration]:
    """The migrations of a folder, in the order in which they are applied."""
    return [_read(path) for path in sorted(folder.glob("*.sql"))]


async def migrate(
    dsn: str, *, folder: Path = FOLDER, only: Collection[str] | None = None
) -> list[str]:
    """Apply what is pending and return the names; safe to run from several places at once.

    `only` leaves the others pending: a restore brings a database to where its backup was.

    Raises MigrationError for a server older than PostgreSQL 15, a database not in UTF-8, a file
    edited after it was applied, migrations unknown here, or a missing right to make the role.
    """
    known = load(folder)
    wanted = [migration for migration in known if only is None or migration.name in only]
    connection = await _connected(dsn)
    try:
        await _check_server(connection)
        await _ensure_role(connection)
        await _prepare(connection)
        applied = []
        while (name := await _apply_next(connection, known, wanted)) is not None:
            applied.append(name)
        return applied
    finally:
        await connection.close()


async def make_web_role(dsn: str) -> None:
    """Make WEB_ROLE where it is not; for the embedded server, after `migrate`."""
    connection = await _connected(dsn)
    try:
        await connection.execute(_MAKE_WEB_ROLE)
    finally:
        await connection.close()


async def _connected(dsn: str) -> Any:
    try:
        return await asyncpg.connect(dsn, server_settings=_PATIENCE)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        # Not the address: it may hold a password.
        raise MigrationError(
            f"the database does not let us in ({type(error).__name__}: {error});"
            " is the server running, and is DATABASE_URL right?"
        ) from error


def _read(path: Path) -> Migration:
    raw = path.read_bytes()
    _, marker, rest = raw.decode().partition("-- migrate:up")
    if not marker:
        raise MigrationError(f"{path.name} has no '-- migrate:up' line")
    return Migration(path.name, rest.partition("-- migrate:down")[0], sha256(raw).hexdigest())


async def _check_server(connection: Any) -> None:
    version = int(await connection.fetchval("SELECT current_setting('server_version_num')"))
    if version < OLDEST_SERVER:
        raise MigrationError(
            f"PostgreSQL 15 or later is needed, this is {version // 10000}: views that run with"
            " the reader's rights (security_invoker) came with 15"
        )
    encoding = await connection.fetchval("SELECT current_setting('server_encoding')")
    if encoding != "UTF8":
        raise MigrationError(f"the database must be in UTF8, not {encoding}")


async def _ensure_role(connection: Any) -> None:
    """Make the role that the application runs as, and let the login user become it.

    Roles belong to the whole cluster, so another database's migration may be doing the same.
    """
    try:
        if not await connection.fetchval("SELECT true FROM pg_roles WHERE rolname=$1", APP_ROLE):
            await _tolerating_races(connection, f"CREATE ROLE {APP_ROLE} NOLOGIN")
        if not await _may_set_role(connection):
            await connection.execute(f"GRANT {APP_ROLE} TO CURRENT_USER")
    except asyncpg.InsufficientPrivilegeError as error:
        user = await connection.fetchval("SELECT current_user")
        raise MigrationError(
            f"user {user!r} may not make or join the role {APP_ROLE}; as a superuser run:"
            f" CREATE ROLE {APP_ROLE} NOLOGIN; GRANT {APP_ROLE} TO {user};"
        ) from error


async def _may_set_role(connection: Any) -> bool:
    version = int(await connection.fetchval("SELECT current_setting('server_version_num')"))
    kind = "SET" if version >= 160000 else "MEMBER"
    return bool(await connection.fetchval("SELECT pg_has_role($1, $2)", APP_ROLE, kind))


async def _prepare(connection: Any) -> None:
    # IF NOT EXISTS looks first and creates then; two at once can both come to the creating.
    # The loser of such a race finds everything there the second time.
    if await connection.fetchval("SELECT to_regclass('mingzhang.schema_migrations')") is None:
        await _tolerating_races(connection, _PREPARE)
        await connection.execute(_PREPARE)


async def _tolerating_races(connection: Any, statement: str) -> None:
    try:
        await connection.execute(statement)
    except _RACES:
        return


async def _apply_next(
    connection: Any, known: list[Migration], wanted: list[Migration]
) -> str | None:
    async with connection.transaction():
        # The lock, so that of two migrators one waits and then finds the work done. It lets
        # readers pass and ends with the transaction.
        await connection.execute(
            "LOCK TABLE mingzhang.schema_migrations IN SHARE ROW EXCLUSIVE MODE"
        )
        rows = await connection.fetch("SELECT name, sha256 FROM mingzhang.schema_migrations")
        done = {row["name"]: row["sha256"] for row in rows}
        _check_history(done, known)
        for migration in wanted:
            if migration.name not in done:
                await connection.execute(migration.up)
                await connection.execute(
                    "INSERT INTO mingzhang.schema_migrations (name, sha256) VALUES ($1, $2)",
                    migration.name,
                    migration.sha256,
                )
                return migration.name
    return None


def _check_history(done: dict[str, str], wanted: list[Migration]) -> None:
    files = {migration.name: migration.sha256 for migration in wanted}
    if unknown := sorted(done.keys() - files.keys()):
        raise MigrationError(
            f"the database has migrations that this program does not know: {', '.join(unknown)};"
            " it was made by a newer program, use that one"
        )
    for name, digest in done.items():
        if files[name] != digest:
            raise MigrationError(
                f"{name} was changed after it was applied (applied {digest[:12]}, file"
                f" {files[name][:12]}); restore the file and put the change into a new one"
            )
