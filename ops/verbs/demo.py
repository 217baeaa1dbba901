"""The demo: fictional cases, loaded through real HTTP and served until Ctrl-C."""

import argparse
import asyncio
import json
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from http.client import UNAUTHORIZED, HTTPException
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from api.feeds import Label, digest_in, new_feed
from ops import loop
from ops.cli import INTERRUPTED
from ops.demo.desk import ADVISERS
from ops.demo.load import DemoReport, load_demo
from ops.demo.presenting import faults, invitation, read_back
from ops.demo.sender import Body, DemoRefused, HttpSender
from ops.demo.state import DemoState, read_state
from ops.serving import serving
from ops.settings import DEFAULT_HOST, Settings
from ops.wiring import House, open_house, utc_now

SUMMARY = "load fictional cases, serve them, and say what to ask"
ACTOR: Final = "demo"


class _Stopped(Exception):
    """Somebody asked to stop in the middle of loading."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and whether only to check."""
    parser.add_argument("--port", type=int, help="TCP port (default: a free one)")
    parser.add_argument(
        "--check",
        action="store_true",
        help="load into a temporary folder, read back, print one line of JSON, and end",
    )


def run(args: argparse.Namespace) -> int:
    """Serve the demo, or check it: 1 when it falls short of what it promises."""
    settings = replace(Settings.load(args), host=DEFAULT_HOST, port=args.port or 0)
    if not args.check:
        return loop.run(_demo(settings, check=False))
    with tempfile.TemporaryDirectory(prefix="mingzhang-", ignore_cleanup_errors=True) as folder:
        apart = replace(
            settings,
            data_dir=Path(folder),
            outer_key_file=Path(folder) / "outer.key",
            # Nothing of this may reach a database that somebody uses.
            database_url=None,
        )
        return loop.run(_demo(apart, check=True))


async def _demo(settings: Settings, *, check: bool) -> int:
    stop, halt = asyncio.Event(), threading.Event()

    def end() -> None:
        halt.set()
        stop.set()

    _on_signals(end)
    async with (
        open_house(settings, say=_unheard if check else _heard) as house,
        serving(house, settings.host, settings.port) as address,
    ):
        try:
            state, report = await _loaded(house, address, halt)
        except (DemoRefused, HTTPException, OSError, _Stopped) as error:
            if halt.is_set():
                print("Stopped; the next start goes on from here.", file=sys.stderr)
                return INTERRUPTED
            print(f"the demo could not be loaded: {error}", file=sys.stderr)
            return 1
        if check:
            return await asyncio.to_thread(_checked, address, state.token, report)
        print(invitation(address, state.token, state.calendar, report), flush=True)
        print("\nServing until Ctrl-C.", flush=True)
        await stop.wait()
    return 0


def _on_signals(end: Callable[[], None]) -> None:
    running = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no handlers on its loop.
            running.add_signal_handler(number, end)


def _heard(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _unheard(_: str) -> None:
    """Keys and migrations of a folder that is gone in a moment concern nobody."""


async def _loaded(
    house: House, address: str, halt: threading.Event
) -> tuple[DemoState, DemoReport]:
    folder = house.settings.data_dir
    state = read_state(folder)
    if state is None or state.organisation not in await house.organisations():
        # Kept before it is made: a start that is cut off leaves no organisation behind.
        state = DemoState(uuid4(), token="")
        state.write(folder)
        await house.new_organisation(state.organisation)
    if not await asyncio.to_thread(_is_welcome, address, state.token):
        state = replace(state, token=await _new_token(house, state.organisation))
        state.write(folder)
    if not await _shows_deadlines(house, state.calendar):
        state = replace(state, calendar=await _new_calendar(house, state.organisation))
        state.write(folder)
    if state.report is not None:
        return state, state.report
    report = await asyncio.to_thread(_load, address, state.token, halt)
    state = replace(state, report=report)
    state.write(folder)
    return state, report


async def _new_token(house: House, organisation: UUID) -> str:
    _, text = await house.tokens.add(organisation, ACTOR, now=utc_now())
    return text


async def _new_calendar(house: House, organisation: UUID) -> str:
    feed, path = new_feed(organisation, uuid4(), ADVISERS[0], Label.OTHER, by=ACTOR, now=utc_now())
    await house.feeds.add(feed)
    return path


async def _shows_deadlines(house: House, path: str) -> bool:
    digest = digest_in(path.rpartition("/")[2])
    return digest is not None and await house.feeds.find(digest) is not None


def _is_welcome(address: str, token: str) -> bool:
    sender = HttpSender(address, token)
    try:
        sender.get("/journal/head")
    except DemoRefused as refused:
        if refused.status != UNAUTHORIZED:
            raise
        return False
    finally:
        sender.close()
    return True


def _load(address: str, token: str, halt: threading.Event) -> DemoReport:
    def progress(story: str, done: int, total: int) -> None:
        if halt.is_set():
            raise _Stopped
        end = "\n" if done == total or not sys.stderr.isatty() else "\r"
        line = f"loading the demo: {done}/{total} {story}"
        if end == "\r" or done % 10 == 0 or done == total:
            print(f"{line:<60}", end=end, file=sys.stderr, flush=True)

    sender = HttpSender(address, token)
    try:
        return load_demo(sender, progress)
    finally:
        sender.close()


def _checked(address: str, token: str, report: DemoReport) -> int:
    sender = HttpSender(address, token)
    try:
        read: Body = read_back(sender, report)
        short = faults(sender, report, read)
    finally:
        sender.close()
    for fault in short:
        print(f"the demo falls short: {fault}", file=sys.stderr)
    print(json.dumps(read, ensure_ascii=False), flush=True)
    return 1 if short else 0
