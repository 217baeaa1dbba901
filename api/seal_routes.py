"""The routes of the seal: checkpoints, which anyone may have, and proofs."""

from typing import Final

from api.call import Route
from api.capabilities import Capability
from api.parameters import Parameter, ParameterKind
from api.sealed import (
    CheckpointView,
    ConsistencyView,
    InclusionView,
    read_checkpoint,
    read_consistency,
    read_inclusion,
    read_latest,
    show_checkpoint,
    show_verifier_key,
)

_SIZE: Final = Parameter(
    name="size",
    kind=ParameterKind.POSITION,
    description="Size of the checkpoint to prove against; by default the newest.",
)
_ORGANISATION: Final = "/v1/organisations/{organisation_id}"

SEALS: Final = (
    Route(
        method="GET",
        path=f"{_ORGANISATION}/checkpoint",
        capability=Capability.PUBLIC,
        summary="The newest signed checkpoint of a journal, for anyone to keep.",
        description="A C2SP signed note: how many events, the root of the tree over them, and the "
        "signature. It holds nothing about anybody. Keep it: whatever is changed in the journal "
        "later cannot be brought into agreement with it.",
        handle=show_checkpoint,
        answer_media="text/plain",
        problems=("checkpoint-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_ORGANISATION}/verifier-key",
        capability=Capability.PUBLIC,
        summary="The public key that a journal's checkpoints are signed under.",
        description="One line, as C2SP signed-note writes verifier keys. Whoever means to rely on "
        "it should have it by another way as well.",
        handle=show_verifier_key,
        answer_media="text/plain",
    ),
    Route(
        method="GET",
        path="/v1/checkpoints/latest",
        capability=Capability.JOURNAL_READ,
        summary="The newest checkpoint.",
        handle=read_latest,
        answer=CheckpointView,
        problems=("checkpoint-unknown",),
    ),
    Route(
        method="GET",
        path="/v1/checkpoints/{size}",
        capability=Capability.JOURNAL_READ,
        summary="The checkpoint over so many events.",
        handle=read_checkpoint,
        answer=CheckpointView,
        problems=("checkpoint-unknown",),
    ),
    Route(
        method="GET",
        path="/v1/proofs/inclusion",
        capability=Capability.JOURNAL_READ,
        summary="That an event is in what a checkpoint was signed over.",
        description="RFC 6962, section 2.1.1; the leaf index is the position less one.",
        handle=read_inclusion,
        answer=InclusionView,
        parameters=(
            Parameter(
                name="position",
                kind=ParameterKind.POSITION,
                description="Journal position of the event; by default the checkpoint's last.",
            ),
            _SIZE,
        ),
        problems=("checkpoint-unknown", "position-unsealed"),
    ),
    Route(
        method="GET",
        path="/v1/proofs/consistency",
        capability=Capability.JOURNAL_READ,
        summary="That a checkpoint continues an older one: nothing before it was changed.",
        description="RFC 6962, section 2.1.2.",
        handle=read_consistency,
        answer=ConsistencyView,
        parameters=(
            Parameter(
                name="old_size",
                kind=ParameterKind.POSITION,
                description="Size of the older checkpoint; by default the one before.",
            ),
            _SIZE,
        ),
        problems=("checkpoint-unknown", "position-unsealed"),
    ),
)
"""Every route of the seal."""
