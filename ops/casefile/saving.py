"""A case file saved from the shell: given out, recorded, and written beside its name first."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from domain.accesses import Purpose, Reader, Reading
from domain.casework import Order, Stale
from domain.clients.client import replay_client
from domain.clients.deciding import check_case_may_open
from domain.exports import ExportCase, ExportGone, ExportOutdated, NoSuchExport
from domain.giving_out import give_out
from domain.refusals import TABLE, Refusal
from ops.faults import Mendable
from ops.wiring import House


class NotGivenOut(Mendable, ValueError):
    """The case file cannot be given out as asked; the message says why."""


async def record_export(
    house: House, organisation: UUID, case_id: UUID, asked: ExportCase, actor: str
) -> UUID:
    """Record that a case file is given out; its entry id. Raises NotGivenOut."""
    order = Order(organisation=organisation, actor=actor, command_id=uuid4())
    await _on_record(house, organisation, case_id, actor)
    try:
        said = await give_out(house.casework, house.case_files, order, case_id, asked, _today)
    except ExportGone as error:
        raise NotGivenOut(str(error)) from None
    if isinstance(said, Refusal):
        where = f"{said.field}: " if said.field else ""
        raise NotGivenOut(f"{where}{TABLE[said.code].what} {said.detail}".strip())
    if isinstance(said, Stale):
        raise NotGivenOut("others are recording in this case all the time; try again")
    return said.entry_ids[0]


async def _on_record(house: House, organisation: UUID, case_id: UUID, actor: str) -> None:
    """Who takes personal values out of the house is on record first."""
    history = await house.casework.history(organisation, case_id)
    if history.client_id is not None:
        stands = await house.casework.events(organisation, history.client_id)
        if under_way := check_case_may_open(replay_client(history.client_id, stands)):
            raise NotGivenOut(TABLE[under_way.code].what)
        reader = Reader(organisation=organisation, actor=actor, purpose=Purpose.CASEWORK)
        await house.casework.accesses.reading(reader, history.client_id, Reading.EXPORT, case_id)


async def save(
    house: House, organisation: UUID, case_id: UUID, export_id: UUID, out: Path, actor: str
) -> int:
    """Write a recorded export to a file; its size. Raises NotGivenOut; nothing is left then."""
    await _on_record(house, organisation, case_id, actor)
    draft = out.with_name(out.name + ".part")
    try:
        with draft.open("wb") as file:
            async for piece in house.case_files.write(organisation, case_id, export_id):
                file.write(piece)
            size = file.tell()
        draft.replace(out)
    except (NoSuchExport, ExportOutdated, ExportGone) as error:
        raise NotGivenOut(f"{(type(error).__doc__ or '').strip()} ({error})") from None
    finally:
        draft.unlink(missing_ok=True)
    return size


def _today(zone: str) -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(zone)).date()
