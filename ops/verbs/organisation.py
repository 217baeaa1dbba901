"""Making and listing organisations: each has its own journal, tokens and keys."""

import argparse

from ops import loop
from ops.settings import Settings
from ops.wiring import open_house

SUMMARY = "make a new organisation, or list those that are here"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`new` and `list`."""
    parser.add_argument("action", choices=("new", "list"))


def run(args: argparse.Namespace) -> int:
    """Print the new organisation's id, or every id, oldest first."""
    return loop.run(_run(Settings.load(args), args.action))


async def _run(settings: Settings, action: str) -> int:
    async with open_house(settings) as house:
        listed = (
            [await house.new_organisation()] if action == "new" else await house.organisations()
        )
    for organisation in listed:
        print(organisation)
    return 0
