"""The event loop that everything here runs on: uvloop where it is, the standard one elsewhere."""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run(work: "Coroutine[Any, Any, T]") -> T:
    """Run a coroutine to its end on a new loop, as `asyncio.run` does."""
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop

    return uvloop.run(work)
