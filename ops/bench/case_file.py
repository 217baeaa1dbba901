"""How much memory and time a large case file takes to write and to verify."""

import asyncio
import re
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import msgspec

from domain.cases.deciding import Record
from domain.cases.evidence import EvidenceAdded
from domain.casework import Order, Outcome
from ops.bench.reading import long_case
from ops.installation import ROOT
from ops.tamper.world import evidence_added
from ops.wiring import House

VERIFIER: Final = ROOT / "ops" / "verifier" / "verify.py"
MIB: Final = 1 << 20
_PEAK: Final = """
import atexit, resource, runpy, sys
def peak():
    try:
        # Of this program alone: what the kernel reports to a parent holds the parent's own too.
        lines = open("/proc/self/status").read().splitlines()
        kib = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    except OSError:
        kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print("peak", kib, "KiB", file=sys.stderr)
atexit.register(peak)
"""
_EXPORT: Final = f"{_PEAK}\nfrom ops.cli import main\nsys.exit(main(sys.argv[1:]))"
_VERIFY: Final = f"{_PEAK}\ndel sys.argv[0]\nrunpy.run_path(sys.argv[0], run_name='__main__')"


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What one program took."""

    seconds: float
    peak_mib: float


class CaseFileCost(msgspec.Struct, frozen=True, kw_only=True):
    """A case file, and what it took to write and to verify it."""

    events: int
    evidence_mib: float
    file_mib: float
    written: Cost
    verified: Cost

    def line(self) -> str:
        """For people."""
        return (
            f"case file of {self.events:,} events and {self.evidence_mib:,.0f} MiB of evidence "
            f"({self.file_mib:,.1f} MiB): written in {self.written.seconds:.1f} s, peak memory "
            f"{self.written.peak_mib:.0f} MiB; verified in {self.verified.seconds:.1f} s, peak "
            f"memory {self.verified.peak_mib:.0f} MiB"
        )


async def measure_case_file(
    house: House, folder: Path, events: int, evidence_mib: int
) -> CaseFileCost:
    """Make a case with so many events and so much evidence, give it out, and verify it.

    Both programs run by themselves: what they take is theirs alone.
    """
    organisation = await house.new_organisation()
    # The evidence and the export are events too.
    case_id = await long_case(house, organisation, events - 2)
    client = (await house.casework.history(organisation, case_id)).client_id
    if client is None:
        raise ValueError("a case without a client")
    stored = await house.evidence.put(organisation, client, uuid4(), _bytes(evidence_mib))
    item = await _record(house, organisation, case_id, evidence_added(stored, "video.mp4"))
    out = folder / "case-file.zip"
    asked = ["--for", "court", "--purpose", "bench", "--evidence", str(item)]
    opens = ["--open", "texts", "--open", "names", "--open", "numbers", "--open", "files"]
    settings = house.settings
    where = ["--data", str(settings.data_dir), "--organisation", str(organisation)]
    written = await _cost(
        [*("-c", _EXPORT, "export", str(case_id)), *where, "--out", str(out), *asked, *opens]
    )
    verified = await _cost(["-I", "-c", _VERIFY, str(VERIFIER), str(out)])
    size = out.stat().st_size
    out.unlink()
    return CaseFileCost(
        events=events,
        evidence_mib=evidence_mib,
        file_mib=size / MIB,
        written=written,
        verified=verified,
    )


async def _cost(arguments: list[str]) -> Cost:
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, errors = await process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"it failed: {said.decode()[-500:]} {errors.decode()[-500:]}")
    [kib] = re.findall(r"^peak (\d+) KiB", errors.decode(), re.MULTILINE)
    return Cost(seconds=time.perf_counter() - started, peak_mib=int(kib) / 1024)


async def _record(house: House, organisation: UUID, case_id: UUID, fact: EvidenceAdded) -> UUID:
    order = Order(organisation=organisation, actor="bench", command_id=uuid4())
    said = await house.casework.case_command(order, case_id, Record(fact))
    if not isinstance(said, Outcome):
        raise TypeError(f"{fact.TOPIC} was refused: {said}")
    return said.entry_ids[0]


async def _bytes(mib: int) -> AsyncIterator[bytes]:
    for number in range(mib):
        yield number.to_bytes(4, "big") * (MIB // 4)
