"""Where an organisation takes a signing key into its own journal."""

from uuid import UUID

from domain.facts import Fact
from domain.organisation import KeyChange, Organisation, SigningKeyAdopted
from ops.keys.outer_key import KeyFault
from ops.keys.signing_key import SigningKey
from ops.rules_desk import Recording, organisation_as_it_stands, record


async def adopt_key(
    house: Recording, organisation: UUID, key: SigningKey, reason: KeyChange | None = None
) -> int:
    """Put the key in force; gives the journal position, of the earlier event if it was already.

    Another key in force is replaced only for a reason: KeyFault without one.
    """
    text = key.verifier(organisation).text()

    def decide(now: Organisation) -> tuple[Fact, ...]:
        held = now.keys[-1].key if now.keys else None
        if held == text:
            return ()
        if held is not None and reason is None:
            raise foreign(key, organisation, held)
        given = reason if held is not None else None
        return (SigningKeyAdopted(key=text, replaces=held, reason=given),)

    return await record(house, organisation, decide)


async def refuse_foreign_key(house: Recording, organisation: UUID, key: SigningKey) -> None:
    """KeyFault when the organisation's checkpoints are signed under another key than this."""
    held = await key_in_force(house, organisation)
    if held not in {None, key.verifier(organisation).text()}:
        raise foreign(key, organisation, str(held))


async def key_in_force(house: Recording, organisation: UUID) -> str | None:
    """The verifier key that checkpoints are signed under now. Raises LogUnavailable."""
    keys = (await organisation_as_it_stands(house, organisation)).keys
    return keys[-1].key if keys else None


def foreign(key: SigningKey, organisation: UUID, held: str) -> KeyFault:
    """The fault of a key that is not the one in force, with both named."""
    return KeyFault(
        f"this is not the signing key that organisation {organisation} works under: "
        f"its journal names {held}, this is {key.verifier(organisation).text()}",
        key.source,
        "Put the right file back. If the key was changed on purpose, or nobody has it any more, "
        "declare that: python3 -m ops keys replace-signing --reason routine|lost|exposed",
    )
