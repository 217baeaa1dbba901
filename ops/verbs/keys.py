"""The keys that lie outside the database: what may be done with them."""

import argparse
from collections.abc import Callable
from typing import Final

from ops.settings import Settings
from ops.verbs._rotate_outer import rotate_outer

SUMMARY = "rotate the outer key"

ACTIONS: Final[dict[str, tuple[Callable[[Settings], int], str]]] = {
    "rotate-outer": (rotate_outer, "put every key under a new outer key, and retire the old one"),
}
"""Each sub-command with what it does, and its line of help."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command for each of `ACTIONS`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, (_, summary) in ACTIONS.items():
        actions.add_parser(name, help=summary)


def run(args: argparse.Namespace) -> int:
    """Do it; 0 when it is done."""
    action, _ = ACTIONS[args.action]
    return action(Settings.load(args))
