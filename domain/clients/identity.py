"""Who a client is: all of it personal."""

from domain.facts import Fact
from domain.personal import Personal


class ClientRegistered(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="client-registered"
):
    """A person became a client. All of it is personal; the stream's id is the client's id."""

    name: Personal[str]
    id_number: Personal[str] | None = None
    phones: tuple[Personal[str], ...] = ()
    address: Personal[str] | None = None
    note: Personal[str] | None = None


class ClientCorrected(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="client-corrected"):
    """What we hold on a client was wrong or has changed; the earlier entry stays on record."""

    replacement: ClientRegistered
    reason: Personal[str]
