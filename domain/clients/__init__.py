"""The client: a person, in a stream of their own, so that they can be forgotten as one.

`identity` says who they are, `consent` and `authority` what they agreed to, `wishes` how to reach
them, `household` with whom they live, `erasure` and `holds` whether they may be forgotten. `client`
folds a stream, `deciding` says what may be recorded in it, `standing` how it stands on a day.
"""

from domain.clients.client import Client, ClientFact, evolve_client, replay_client
from domain.clients.commands import (
    ClientCommand,
    CorrectClient,
    EraseClient,
    RecordOnClient,
    RegisterClient,
)
from domain.clients.deciding import decide_client
from domain.clients.identity import ClientCorrected, ClientRegistered

__all__ = [
    "Client",
    "ClientCommand",
    "ClientCorrected",
    "ClientFact",
    "ClientRegistered",
    "CorrectClient",
    "EraseClient",
    "RecordOnClient",
    "RegisterClient",
    "decide_client",
    "evolve_client",
    "replay_client",
]
