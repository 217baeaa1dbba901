"""The organisations that a database holds, by id."""

from uuid import UUID

from ops.postgres.pool import Pool

_NOBODY = UUID(int=0)
"""The list is nobody's: a session that reads it acts for no organisation."""


async def all_organisations(pool: Pool) -> list[UUID]:
    """Every organisation's id, oldest first. Raises LogUnavailable."""
    async with pool.acquire(_NOBODY) as connection:
        rows = await connection.fetch(
            "SELECT organisation FROM mingzhang.organisations ORDER BY made_at, organisation"
        )
    return [row["organisation"] for row in rows]


async def add_organisation(pool: Pool, organisation: UUID) -> None:
    """Take an organisation in; nothing happens when it is there. Raises LogUnavailable."""
    async with pool.acquire(_NOBODY) as connection:
        await connection.execute(
            "INSERT INTO mingzhang.organisations (organisation) VALUES ($1)"
            " ON CONFLICT (organisation) DO NOTHING",
            organisation,
        )


async def journal_positions(pool: Pool) -> dict[UUID, int]:
    """Where each organisation's journal stands. Raises LogUnavailable."""
    found = {}
    for organisation in await all_organisations(pool):
        async with pool.acquire(organisation) as connection:
            position = await connection.fetchval(
                "SELECT position FROM mingzhang.journal_heads WHERE organisation = $1",
                organisation,
            )
        found[organisation] = position or 0
    return found


async def has_events(pool: Pool) -> bool:
    """Whether any organisation has recorded anything. Raises LogUnavailable."""
    return any((await journal_positions(pool)).values())
