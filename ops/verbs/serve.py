"""Serving the API until it is stopped."""

import argparse
import asyncio
import signal

from ops import loop
from ops.serving import serving
from ops.settings import Settings
from ops.wiring import open_house

SUMMARY = "serve the API until Ctrl-C"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, help="TCP port; 0 takes a free one (default: 8321)")


def run(args: argparse.Namespace) -> int:
    """Serve; 0 when stopped by Ctrl-C or SIGTERM."""
    return loop.run(_serve(Settings.load(args)))


async def _serve(settings: Settings) -> int:
    stop = asyncio.Event()
    running = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        running.add_signal_handler(number, stop.set)
    async with open_house(settings) as house:
        if not await house.organisations():
            organisation = await house.new_organisation()
            print(f"a first organisation was made: {organisation}", flush=True)
        async with serving(house, settings.host, settings.port) as address:
            print(f"API:  {address}/v1", flush=True)
            print(f"docs: {address}/docs", flush=True)
            print("make a token with: python3 -m ops token new --actor MEMBER", flush=True)
            await stop.wait()
            print("stopping", flush=True)
    return 0
