"""The keys that lie outside the database: what may be done with them."""

import argparse
import sys
from collections.abc import Callable
from typing import Final

from ops.settings import Settings

SUMMARY = "rotate the outer key"

Action = Callable[[Settings], int]


def _rotate_outer(settings: Settings) -> int:
    from ops.keys.outer_source import source_of
    from ops.keys.rotation import rotate

    done = rotate(settings.keys_dir, source_of(settings), _say_progress)
    print(f"{done.keys} keys are under the outer key {done.new_id}; {done.old_id} is retired.")
    print(done.left_to_do)
    return 0


ACTIONS: Final[dict[str, tuple[Action, str]]] = {
    "rotate-outer": (_rotate_outer, "put every key under a new outer key, and retire the old one"),
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


def _say_progress(done: int, total: int) -> None:
    end = "\r" if sys.stderr.isatty() and done < total else "\n"
    print(f"keys under the new outer key: {done} of {total}", end=end, file=sys.stderr, flush=True)
