"""Measuring arms against each other on a noisy machine.

The arms take turns, round by round, so a slow minute hits all of them; what is compared is the
ratio within a round. A single rate means little here, the median ratio and its spread do.
"""

import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec

Arm = Callable[[], Awaitable[int]]
"""One turn; gives how many things it did."""


class Spread(msgspec.Struct, frozen=True):
    """Least, middle and greatest of several rounds."""

    least: float
    median: float
    greatest: float


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """What several rounds of several arms came to."""

    title: str
    unit: str
    """What a rate counts in a second."""
    rounds: int
    rates: dict[str, Spread]
    ratios: dict[str, Spread]
    """Rate of the arm over the yardstick's rate of the same round."""
    yardstick: str


def spread(values: list[float]) -> Spread:
    """Least, median, greatest."""
    return Spread(min(values), statistics.median(values), max(values))


async def compare(
    title: str,
    unit: str,
    arms: Mapping[str, Arm],
    *,
    yardstick: str,
    rounds: int,
    settle: Callable[[], Awaitable[object]] | None = None,
) -> Compared:
    """Run every arm once for warm-up and then `rounds` times, in turn.

    `settle` runs untimed after each turn: work that one arm leaves behind must not be another's.
    """
    rates: dict[str, list[float]] = {name: [] for name in arms}
    for number in range(-1, rounds):
        order = list(arms) if number % 2 else list(arms)[::-1]
        for name in order:
            started = time.perf_counter()
            done = await arms[name]()
            taken = time.perf_counter() - started
            if settle is not None:
                await settle()
            if number >= 0:
                rates[name].append(done / taken)
    ratios = {
        name: spread([a / b for a, b in zip(rates[name], rates[yardstick], strict=True)])
        for name in arms
    }
    return Compared(
        title=title,
        unit=unit,
        rounds=rounds,
        rates={name: spread(values) for name, values in rates.items()},
        ratios=ratios,
        yardstick=yardstick,
    )


def table(compared: Compared) -> str:
    """A table for people: median rate, spread, ratio to the yardstick."""
    width = max(map(len, compared.rates))
    head = f"{compared.title} ({compared.unit} a second, {compared.rounds} rounds, interleaved)"
    lines = [head, f"  {'':{width}}  {'median':>10}  {'least to greatest':>22}  ratio"]
    for name, rate in compared.rates.items():
        ratio = compared.ratios[name]
        span = f"{rate.least:,.0f} to {rate.greatest:,.0f}"
        against = f"{ratio.median:.2f} ({ratio.least:.2f} to {ratio.greatest:.2f})"
        said = "yardstick" if name == compared.yardstick else against
        lines.append(f"  {name:{width}}  {rate.median:>10,.0f}  {span:>22}  {said}")
    return "\n".join(lines)


def as_json(found: list[Compared], **more: Any) -> bytes:
    """The results as a JSON document, for keeping."""
    encoded = msgspec.json.encode({**more, "compared": found}, order="deterministic")
    return msgspec.json.format(encoded, indent=2) + b"\n"
