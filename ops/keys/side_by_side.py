"""Many small durable writes at once, for a disk commits several of them as slowly as one."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

THREADS: Final = 16

_T = TypeVar("_T")
_R = TypeVar("_R")


def side_by_side(work: Callable[[_T], _R], items: Iterable[_T]) -> Iterator[_R]:
    """What `work` gives for each item, in order. The first exception ends it: no more is begun."""
    with ThreadPoolExecutor(THREADS) as pool:
        try:
            yield from pool.map(work, items)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
