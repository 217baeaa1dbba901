"""The connection pool: sessions that act as one organisation each, and what failing means.

Every session runs as the role `mingzhang_app`, which row-level security binds. The organisation
is set by `set_config` only when it changes, and nothing is reset on release: the one thing that
differs between sessions is the organisation, and each acquire names it.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, Final, Self
from uuid import UUID

import asyncpg

from domain.log import LogUnavailable
from ops.postgres.migrate import APP_ROLE

_SETTINGS: Final = {
    "application_name": "mingzhang",
    "role": APP_ROLE,
    "search_path": "mingzhang, pg_catalog, pg_temp",
    # The append reads what was committed before it got the head row's lock.
    "default_transaction_isolation": "read committed",
    # Compiling costs more than any statement here takes.
    "jit": "off",
    # A journal is read in key order by pages: without statistics a young table would be read
    # through a bitmap and sorted, in a temporary file.
    "enable_bitmapscan": "off",
    # A forgotten transaction would hold a snapshot, and dead versions of head rows pile up.
    "idle_in_transaction_session_timeout": "60s",
}

UNREACHABLE: Final = (
    OSError,  # refused, reset, no such socket; TimeoutError is one
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # shutting down, starting up, statement_timeout
    asyncpg.InsufficientResourcesError,  # too many connections, disk full
    asyncpg.LockNotAvailableError,
    asyncpg.ReadOnlySQLTransactionError,  # we reached a standby
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    # At run time these too are for an operator to mend: a password changed, a database renamed.
    asyncpg.InvalidAuthorizationSpecificationError,  # a wrong password is one
    asyncpg.InvalidCatalogNameError,
)
"""What the driver raises when the server cannot be used now, but may be later."""


_LEFT: Final = (
    BrokenPipeError,
    ConnectionResetError,
    asyncpg.ConnectionDoesNotExistError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
)


class SessionConnection(asyncpg.Connection):  # type: ignore[misc]
    """A connection that remembers which organisation its session acts as."""

    organisation: UUID | None = None

    async def act_as(self, organisation: UUID) -> None:
        """Name the session's organisation: one statement, and only when it changes."""
        if self.organisation != organisation:
            # Forgotten first, so that a failure halfway is not remembered as done.
            self.organisation = None
            await self.execute(
                "SELECT set_config('mingzhang.organisation', $1, false)", str(organisation)
            )
            self.organisation = organisation


@contextmanager
def unavailable_when_unreachable() -> Iterator[None]:
    """Raise LogUnavailable for what the driver raises when the server cannot be used."""
    try:
        yield
    except UNREACHABLE as error:
        raise LogUnavailable(_reason(error)) from error
    except (asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
        if connection_is_dead(error):
            raise LogUnavailable(_reason(error)) from error
        raise


def connection_is_dead(error: BaseException | None) -> bool:
    """Whether an error is the driver's word for a connection that the server has left.

    Between the server's last message ("terminating connection", sent to idle sessions when one
    of its processes is killed) and the closing of the socket, asyncpg holds such a connection
    for busy, and says so by an InternalClientError before it sends anything.
    """
    if isinstance(error, asyncpg.InternalClientError):
        return "cannot switch to state" in str(error)
    if isinstance(error, asyncpg.InterfaceError):
        return "closed" in str(error) or "closing" in str(error)
    return isinstance(error, _LEFT)


def _reason(error: BaseException) -> str:
    return f"PostgreSQL cannot be used now: {type(error).__name__}: {error}"


class Pool:
    """Connections to one database, made when they are needed.

    It opens without a server, and finds the server again after a restart: a connection found
    dead is thrown away and another is made.
    """

    def __init__(
        self,
        dsn: str,
        *,
        max_size: int = 10,
        acquire_timeout: float = 5.0,
        statement_timeout: float = 30.0,
    ) -> None:
        """`acquire_timeout` and `statement_timeout` are in seconds."""
        self.dsn = dsn
        self._max_size = max_size
        self._acquire_timeout = acquire_timeout
        self._statement_timeout = statement_timeout
        self._pool: Any = None

    async def open(self) -> None:
        """Make the pool ready; connects to nothing yet."""
        settings = _SETTINGS | {
            "statement_timeout": f"{int(self._statement_timeout * 1000)}ms",
        }
        self._pool = await asyncpg.create_pool(
            self.dsn,
            min_size=0,
            max_size=self._max_size,
            connection_class=SessionConnection,
            server_settings=settings,
            timeout=self._acquire_timeout,
            reset=_keep_session,
        )

    async def close(self) -> None:
        """Close every connection, waiting at most five seconds for those in use."""
        if self._pool is None:
            return
        try:
            await asyncio.wait_for(self._pool.close(), 5.0)
        except TimeoutError:
            self._pool.terminate()
        self._pool = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    @asynccontextmanager
    async def acquire(self, organisation: UUID) -> AsyncIterator[Any]:
        """An asyncpg connection whose session acts as `organisation`, for a short while.

        Raises LogUnavailable when none can be had, or when the server is lost inside the block.
        In the second case a statement that was under way may or may not have been done.
        """
        with unavailable_when_unreachable():
            connection = await self._session(organisation)
            pool = self._pool
            try:
                yield connection
            except Exception as error:
                if connection_is_dead(error):
                    _discard(connection)
                    # A server that was restarted has left every other idle one as well.
                    await pool.expire_connections()
                raise
            finally:
                await pool.release(connection)

    async def _session(self, organisation: UUID) -> Any:
        try:
            return await self._try_session(organisation)
        except TimeoutError:
            raise  # every connection is in use, or the network is silent: waited long enough
        except (*UNREACHABLE, asyncpg.InterfaceError, asyncpg.InternalClientError):
            # Nothing of the caller's was sent yet. After a restart of the server the first
            # connection taken may be one that died unnoticed; every other idle one did, too.
            await self._pool.expire_connections()
            return await self._try_session(organisation)

    async def _try_session(self, organisation: UUID) -> Any:
        connection = await self._pool.acquire(timeout=self._acquire_timeout)
        try:
            await connection.act_as(organisation)
        except BaseException:
            _discard(connection)
            await self._pool.release(connection)
            raise
        return connection


def _discard(connection: Any) -> None:
    """Close a connection hard, so that it does not go back among the idle ones."""
    # The driver may have noticed by now, and then taken it out of the pool by itself.
    with suppress(asyncpg.InterfaceError):
        connection.terminate()


async def _keep_session(_connection: Any) -> None:
    """Nothing to reset; the driver has rolled back an open transaction before it calls this."""
