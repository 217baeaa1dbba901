"""`keys rotate-outer`, said to a person."""

import sys

from ops.keys.outer_source import source_of
from ops.keys.rotation import rotate
from ops.settings import Settings


def rotate_outer(settings: Settings) -> int:
    """Rotate the outer key, or go on; 0 when it is done. Raises KeyFault."""
    done = rotate(settings.keys_dir, source_of(settings), _say_progress)
    print(f"{done.keys} keys are under the outer key {done.new_id}; {done.old_id} is retired.")
    print(done.left_to_do)
    return 0


def _say_progress(done: int, total: int) -> None:
    end = "\r" if sys.stderr.isatty() and done < total else "\n"
    print(f"keys under the new outer key: {done} of {total}", end=end, file=sys.stderr, flush=True)
