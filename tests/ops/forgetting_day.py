"""A day on which a client of the demo is forgotten, told with the verbs that an operator has."""

import asyncio
import gzip
import shutil
import zipfile
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

import httpx

from domain.cases.evidence import EvidenceAdded
from domain.cases.lending import LoanTaken
from domain.personal import map_personal
from ops.cli import main
from ops.demo.load import load_demo
from ops.demo.sender import HttpSender
from ops.serving import serving
from ops.settings import Settings
from ops.wiring import House, open_house, utc_now
from tests.api.desk import bearer
from tests.api.people import GRANT

GONE, STAYS = "escalated-01", "late-payment"
"""Two cases of the demo: the first one's client is forgotten, the second's is not."""

OPENED = ("names", "numbers", "texts", "files")


@dataclass
class Day:
    """What lies where, and what was known of the client before they were forgotten."""

    folder: Path
    organisation: UUID | None = None
    token: str = ""
    client: str = ""
    cases: dict[str, str] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    lenders: set[str] = field(default_factory=set)
    totals: dict[str, object] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def held(self) -> Path:
        """Where others keep the checkpoints that they were given."""
        return self.folder / "held"

    @property
    def settings(self) -> Settings:
        """Of the house on the embedded server."""
        return replace(Settings.load(None, {"MINGZHANG_DATA": str(self.data)}), port=0)

    def bundle(self, story: str) -> Path:
        """Where a case file lies that was given out."""
        return self.folder / "given-out" / f"{story}.zip"

    def verb(self, *words: object) -> int:
        """The status of one verb on the data folder."""
        return main([*map(str, words), "--data", str(self.data)])

    def checkpoint(self) -> Path:
        """Sealed now, and handed to somebody else."""
        before = set(self.held.glob("*"))
        assert self.verb("checkpoint", "--out", self.held) == 0
        (new,) = set(self.held.glob("*")) - before
        return new

    def served(self, work: "Callable[[House, httpx.AsyncClient], Awaitable[object]]") -> None:
        """The house serves over a real port meanwhile; what it says at its start is kept."""

        async def run() -> None:
            async with (
                open_house(self.settings, say=self.said.append) as house,
                serving(house, "127.0.0.1", 0) as address,
                httpx.AsyncClient(base_url=address, timeout=60) as http,
            ):
                http.headers.update(bearer(self.token))
                await work(house, http)

        asyncio.run(run())


async def load(day: Day, house: House, http: httpx.AsyncClient) -> None:
    """The demo, loaded through the API; and everything personal of the one client is noted."""
    day.organisation = await house.new_organisation()
    _, day.token = await house.tokens.add(day.organisation, "demo", now=utc_now())
    http.headers.update(bearer(day.token))
    with closing(HttpSender(str(http.base_url), day.token)) as sender:
        report = await asyncio.to_thread(load_demo, sender, lambda *_: None)
    day.cases = {story: report.case_ids[story] for story in (GONE, STAYS)}
    history = await house.casework.history(day.organisation, UUID(day.cases[GONE]))
    day.client = str(history.client_id)
    for stream in (day.client, day.cases[GONE]):
        await _note_texts(day, house, UUID(stream))
    everything = await house.casework.journal(day.organisation, (LoanTaken.TOPIC,))
    day.lenders = {event.fact.lender for event in everything}
    # Companies stand in clear, and some papers have a line that is part of a company's name.
    clear = "\n".join(day.lenders)
    day.texts = {text for text in day.texts if len(text.encode()) > 5 and text not in clear}


async def _note_texts(day: Day, house: House, stream: UUID) -> None:
    def look(_, personal):
        if isinstance(personal.value, str):
            day.texts.update(personal.value.split("\n"))
        return personal

    stored = await house.casework.events(day.organisation, stream)
    for event in await house.casework.open(day.organisation, stored):
        map_personal(event.fact, look)
        if isinstance(event.fact, EvidenceAdded) and event.fact.media_type.startswith("text/"):
            pieces = house.evidence.get(day.organisation, UUID(day.client), event.fact.file_id)
            day.texts.update(b"".join([each async for each in pieces]).decode().splitlines())


async def totals(http: httpx.AsyncClient) -> dict[str, object]:
    """What the tables across cases come to: the caseload's size, and every loan's figures."""
    head = (await http.get("/v1/journal/head")).json()["position"]
    caseload = await _rows(http, f"/v1/cases?limit=200&min_position={head}")
    balances = await _rows(http, f"/v1/balances?limit=200&min_position={head}")
    # An erasure is an event in each case: its position moves, and no figure does.
    for row in balances[0]:
        del row["position"]
    return {"cases": len(caseload[0]) + caseload[1], "balances": balances[0]}


async def _rows(http: httpx.AsyncClient, path: str) -> tuple[list[dict[str, object]], int]:
    rows: list[dict[str, object]] = []
    omitted = 0
    following: str | None = path
    while following is not None:
        answer = await http.get(following)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert page["state"] == "running", page
        rows += page["items"]
        omitted = page.get("omitted", 0)
        following = page["next"]
    return rows, omitted


async def erase(day: Day, http: httpx.AsyncClient, **words: str) -> dict[str, object]:
    """The client asks, it is granted, and done; `words`: the reason, where it can be sealed."""
    path = f"/v1/clients/{day.client}"
    asked = {"requested_on": "2026-03-01", "requested_by": "client"}
    await _posted(http, path, "erasure-requests", asked)
    grant = {name: value for name, value in GRANT.items() if name != "reason"} | words
    decision = (await _posted(http, path, "erasure-grants", grant))["entry_id"]
    return await _posted(http, path, "erasure", {"decision_id": decision})


async def _posted(http: httpx.AsyncClient, path: str, noun: str, body: object) -> dict[str, object]:
    version = (await http.get(f"{path}/erasure")).headers["etag"]
    answer = await http.post(f"{path}/{noun}", json=body, headers={"If-Match": version})
    assert answer.status_code == 201, answer.text
    return answer.json()


def database_lost(day: Day) -> None:
    """The database is gone; the evidence is moved aside, for a restore never writes over any."""
    shutil.rmtree(day.data / "postgres")
    (day.data / "evidence").rename(day.folder / "evidence-aside")


def all_lost(day: Day) -> None:
    """The whole data folder is gone, and from the safe comes the outer key."""
    safe = day.folder / "safe"
    safe.mkdir()
    for name in ("outer.key", "signing.key"):
        (day.data / name).rename(safe / name)
    shutil.rmtree(day.data)
    day.data.mkdir(0o700)
    shutil.copy(safe / "outer.key", day.data)


def signing_key_from_the_safe(day: Day) -> None:
    """Put back before the first start, where it was lost."""
    if not (day.data / "signing.key").exists():
        shutil.copy(day.folder / "safe" / "signing.key", day.data)


def unpacked(day: Day, target: Path) -> Path:
    """What is in the backups and in the case files, without their compression."""
    for path in (day.folder / "backups").rglob("*.gz"):
        out = target / path.relative_to(day.folder).with_suffix("")
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(gzip.decompress(path.read_bytes()))
    for story in (GONE, STAYS):
        with zipfile.ZipFile(day.bundle(story)) as bundle:
            bundle.extractall(target / story)
    return target
