"""What sealing costs an append: the same appends with the sealer beside them, and without."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from ops.bench.journal import appends
from ops.bench.measure import Compared, compare
from ops.wiring import House

CALLERS = 8


async def compare_sealing(house: House, rounds: int, count: int) -> Compared:
    """One event a transaction, eight callers; the sealer as `serve` runs it.

    The third arm is the bound: its turn ends only when the last of its events is sealed.
    """
    plain, sealed, caught_up = [await house.new_organisation() for _ in range(3)]

    async def beside() -> int:
        async with _sealing(house, sealed):
            return await appends(house.log, sealed, count, CALLERS)

    async def to_the_end() -> int:
        async with _sealing(house, caught_up):
            done = await appends(house.log, caught_up, count, CALLERS)
            await house.sealer.seal(caught_up)
            return done

    async def settle() -> None:
        # What the sealer had not come to yet must not be the next arm's.
        await house.sealer.seal(sealed)

    arms = {
        "without a sealer": lambda: appends(house.log, plain, count, CALLERS),
        "with the sealer beside": beside,
        "and every event sealed": to_the_end,
    }
    return await compare(
        "append while sealing",
        "events",
        arms,
        yardstick="without a sealer",
        rounds=rounds,
        settle=settle,
    )


@asynccontextmanager
async def _sealing(house: House, organisation: UUID) -> AsyncIterator[None]:
    task = asyncio.create_task(house.sealer.run(organisation))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
