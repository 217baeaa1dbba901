"""Handlers of the seal: checkpoints as they were signed, and proofs against them."""

from typing import Final
from uuid import UUID

import msgspec
from litestar import Response

from api.call import Answered, Call
from api.parameters import POSITION_MAX
from api.problems import Problem
from api.responses import SECURITY_HEADERS, json_answer
from domain.checkpoints import parse_checkpoint, parse_note
from domain.seal import SealedCheckpoint

_DIGITS_MAX: Final = len(str(POSITION_MAX))


class CheckpointView(msgspec.Struct, frozen=True, kw_only=True):
    """A signed checkpoint."""

    size: int
    """Events it is over."""
    root: str
    """Root of the tree over their leaves, in hex."""
    note: str
    """The signed note, to be kept as it is."""
    verifier_key: str
    """The public key that it is signed under."""
    is_stamped: bool
    """Whether a stamping authority has confirmed that it was there at a time."""


class InclusionView(msgspec.Struct, frozen=True, kw_only=True):
    """A proof that an event is in a checkpoint."""

    position: int
    size: int
    root: str
    path: tuple[str, ...]
    """From the leaf up, in hex."""


class ConsistencyView(msgspec.Struct, frozen=True, kw_only=True):
    """A proof that a checkpoint continues an older one."""

    old_size: int
    old_root: str
    size: int
    root: str
    path: tuple[str, ...]
    """In hex."""


async def show_checkpoint(call: Call) -> Answered:
    """`GET /v1/organisations/{organisation_id}/checkpoint`."""
    checkpoint = await call.services.seal.latest(call.id("organisation_id"))
    return _text(_known(checkpoint).note)


async def show_verifier_key(call: Call) -> Answered:
    """`GET /v1/organisations/{organisation_id}/verifier-key`."""
    keys = await call.services.seal.keys(call.id("organisation_id"))
    if not keys:
        raise Problem("not-found", "no journal here is signed under that name")
    return _text(f"{keys[-1].key}\n")


async def read_latest(call: Call) -> Answered:
    """`GET /v1/checkpoints/latest`."""
    return await _view(call, _known(await call.services.seal.latest(call.organisation)))


async def read_checkpoint(call: Call) -> Answered:
    """`GET /v1/checkpoints/{size}`."""
    text = call.request.path_params["size"]
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS_MAX):
        raise Problem("checkpoint-unknown", "a size is a whole number")
    size = min(int(text), POSITION_MAX)
    return await _view(call, _known(await call.services.seal.at(call.organisation, size)))


async def read_inclusion(call: Call) -> Answered:
    """`GET /v1/proofs/inclusion`."""
    checkpoint = await _asked(call)
    position = call.query.get("position", checkpoint.size)
    if not 1 <= position <= checkpoint.size:
        detail = f"the checkpoint is over positions 1 to {checkpoint.size}"
        raise Problem("position-unsealed", detail, field="position")
    (path,) = await call.services.seal.inclusion(call.organisation, [position], checkpoint)
    return json_answer(
        InclusionView(
            position=position, size=checkpoint.size, root=_root(checkpoint), path=_hex(path)
        )
    )


async def read_consistency(call: Call) -> Answered:
    """`GET /v1/proofs/consistency`."""
    checkpoint = await _asked(call)
    seal, old_size = call.services.seal, call.query.get("old_size")
    if old_size is None:
        old = _known(await seal.before(call.organisation, checkpoint.size))
    else:
        old = _known(await seal.at(call.organisation, old_size), "old_size")
    if old.size > checkpoint.size:
        raise Problem("position-unsealed", "`old_size` is above `size`", field="old_size")
    path = await seal.consistency(call.organisation, old, checkpoint)
    return json_answer(
        ConsistencyView(
            old_size=old.size,
            old_root=_root(old),
            size=checkpoint.size,
            root=_root(checkpoint),
            path=_hex(path),
        )
    )


async def _asked(call: Call) -> SealedCheckpoint:
    size = call.query.get("size")
    if size is None:
        return _known(await call.services.seal.latest(call.organisation))
    return _known(await call.services.seal.at(call.organisation, size), "size")


def _known(checkpoint: SealedCheckpoint | None, field: str | None = None) -> SealedCheckpoint:
    if checkpoint is None:
        raise Problem("checkpoint-unknown", field=field)
    return checkpoint


async def _view(call: Call, checkpoint: SealedCheckpoint) -> Answered:
    seal, organisation = call.services.seal, call.organisation
    return json_answer(
        CheckpointView(
            size=checkpoint.size,
            root=_root(checkpoint),
            note=checkpoint.note,
            verifier_key=await _key_of(call, organisation, checkpoint.size),
            is_stamped=await seal.stamp(organisation, checkpoint.size) is not None,
        )
    )


async def _key_of(call: Call, organisation: UUID, size: int) -> str:
    keys = await call.services.seal.keys(organisation)
    return next(held.key for held in reversed(keys) if held.position <= size)


def _root(checkpoint: SealedCheckpoint) -> str:
    return parse_checkpoint(parse_note(checkpoint.note).text).root.hex()


def _hex(path: tuple[bytes, ...]) -> tuple[str, ...]:
    return tuple(each.hex() for each in path)


def _text(text: str) -> Answered:
    # litestar adds the charset.
    return Response(text.encode(), media_type="text/plain", headers=dict(SECURITY_HEADERS))
