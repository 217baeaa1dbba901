"""Serving HTTP: uvicorn on a port, with tables and seals kept up to date beside it."""

import asyncio
import logging
import socket
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, Final
from uuid import UUID

import uvicorn

from api.app import create_app
from api.services import Services
from domain.cases.evidence import EvidenceAdded
from domain.clients.erasure import ClientErased
from domain.codec import decode_body
from domain.log import EventLog, LogUnavailable, StoredEvent
from ops.evidence_files import FileEvidenceStore
from ops.faults import Mendable
from ops.sealing.stamping import StampRefused, stamp_newest
from ops.wiring import House, utc_now
from projections.people import PeopleIndex

ASGIApplication = Any
"""Uvicorn's own type for it is private."""

LOG = logging.getLogger("mingzhang")
BACKLOG: Final = 1024
"""Connections that may wait to be accepted."""

LOOK_SECONDS: Final = 2.0
"""How often new organisations are looked for."""

DAY_SECONDS: Final = 24 * 60 * 60.0


class PortTaken(Mendable, OSError):
    """Nothing can listen there; the message says where and what to do."""


class _Server(uvicorn.Server):
    """Uvicorn that leaves signals alone: the verb that serves decides when it ends."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Catch nothing."""
        yield


def services_of(house: House) -> Services:
    """What the HTTP layer needs of a house."""
    return Services(
        casework=house.casework,
        evidence=house.evidence,
        case_files=house.case_files,
        tables=house.reader,
        people=PeopleIndex(house.casework),
        tokens=house.tokens,
        feeds=house.feeds,
        secret=house.secret,
        clock=utc_now,
        seal=house.proofs,
    )


@asynccontextmanager
async def serving(house: House, host: str, port: int) -> AsyncIterator[str]:
    """Serve the API and keep the tables while the block runs; gives the base URL.

    Port 0 takes a free one. Raises PortTaken. Nothing is left running when the block ends.
    """
    async with running(create_app(services_of(house)), host, port) as address:
        keeping = (keep_tables(house), keep_sealed(house), keep_swept(house), keep_stamped(house))
        keepers = [asyncio.create_task(each) for each in keeping]
        try:
            yield address
        finally:
            for keeper in keepers:
                keeper.cancel()
            await asyncio.gather(*keepers, return_exceptions=True)


@asynccontextmanager
async def running(app: ASGIApplication, host: str, port: int) -> AsyncIterator[str]:
    """Run an ASGI application while the block runs; gives its base URL. Raises PortTaken."""
    listening = _listen(host, port)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, loop="none", timeout_graceful_shutdown=5
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        while not server.started:
            if task.done():
                await task
                raise RuntimeError("the HTTP server ended while it was starting")
            await asyncio.sleep(0.02)
        address, bound_port = listening.getsockname()[:2]
        yield f"http://{f'[{address}]' if ':' in address else address}:{bound_port}"
    finally:
        server.should_exit = True
        await asyncio.gather(task, return_exceptions=True)
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        kind = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return _bound(kind[0], kind[4])
    except (OSError, OverflowError) as error:
        raise PortTaken(
            f"cannot listen on {host}:{port} ({error}); "
            "another program may be using it: choose another by --port, 0 for a free one"
        ) from error


def _bound(family: int, address: Any) -> socket.socket:
    # With its protocol named: asyncio switches Nagle's algorithm off only then, and with it on
    # a request waits 40 ms for the other side's delayed acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening


async def keep_tables(house: House) -> None:
    """Keep every organisation's tables until cancelled."""
    await keep_following(house, "tables", house.tables.run)


async def keep_sealed(house: House) -> None:
    """Seal every organisation's journal at the set intervals until cancelled."""
    await keep_following(house, "the seal", house.sealer.run)


async def keep_stamped(house: House) -> None:
    """Have the newest checkpoints stamped, now and at the set interval, until cancelled.

    A failure is reported and tried again at the next interval; sealing goes on regardless.
    """
    while house.stamper is not None:
        for organisation in await known_organisations(house):
            try:
                await stamp_newest(house.stamper, house.seals, organisation)
            except (StampRefused, LogUnavailable) as error:
                LOG.warning("the checkpoint of %s was not stamped: %s", organisation, error)
        await asyncio.sleep(house.settings.stamp_seconds)


async def known_organisations(house: House) -> list[UUID]:
    """The organisations; none while the database cannot be asked."""
    with suppress(LogUnavailable):
        return await house.organisations()
    return []


async def keep_following(
    house: House, what: str, follow: Callable[[UUID], Coroutine[None, None, None]]
) -> None:
    """Follow every organisation's journal until cancelled; new organisations join by themselves."""
    following: dict[UUID, asyncio.Task[None]] = {}
    try:
        while True:
            for organisation in await known_organisations(house):
                task = following.get(organisation)
                if task is None or task.done():
                    _report(what, organisation, task)
                    following[organisation] = asyncio.create_task(follow(organisation))
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        for task in following.values():
            task.cancel()
        await asyncio.gather(*following.values(), return_exceptions=True)


async def keep_swept(house: House) -> None:
    """Drop evidence files that no event names, now and every day, until cancelled.

    And finish erasures: one whose key or file could not be destroyed at once need not wait for
    the next start.
    """
    while True:
        try:
            await house.finish_erasures()
            for organisation in await house.organisations():
                swept = await sweep_evidence(house.log, house.evidence, organisation)
                if swept:
                    LOG.info("%s evidence files without an event were dropped", len(swept))
        except Exception as error:  # noqa: BLE001 - tomorrow is another day, and the rest goes on
            # Its words may quote a body; its kind does not.
            LOG.error("evidence was not swept: %s", type(error).__name__)  # noqa: TRY400
        await asyncio.sleep(DAY_SECONDS)


async def sweep_evidence(
    log: EventLog, evidence: FileEvidenceStore, organisation: UUID
) -> list[UUID]:
    """Drop an organisation's files older than a day that no event names, or that are erased.

    Gives their ids. Raises LogUnavailable, or whatever is wrong with an event that cannot be
    read: nothing is dropped then.
    """
    known: set[UUID] = set()
    position = 0
    topics = (EvidenceAdded.TOPIC, ClientErased.TOPIC)
    while page := await log.read_journal(organisation, after_position=position, topics=topics):
        for event in page:
            _heed(event, known)
        position = page[-1].position
    return await evidence.sweep(organisation, known, DAY_SECONDS)


def _heed(event: StoredEvent, known: set[UUID]) -> None:
    fact = decode_body(event.topic, event.schema_version, event.body)
    match fact:
        case EvidenceAdded():
            known.add(fact.file_id)
        case ClientErased():
            known.difference_update(fact.files)
        case _:
            raise TypeError(f"event {event.position} is not what its topic says")


def _report(what: str, organisation: UUID, ended: "asyncio.Task[None] | None") -> None:
    if ended is not None and not ended.cancelled() and ended.exception() is not None:
        LOG.error("%s of %s stopped: %s", what, organisation, ended.exception())
