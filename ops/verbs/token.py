"""Making, listing and revoking the tokens of the API."""

import argparse
import sys
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from api.auth import StoredToken
from api.capabilities import GRANTABLE
from ops import loop
from ops.choosing import Unclear, add_organisation, organisation_of
from ops.settings import Settings
from ops.wiring import House, open_house, utc_now

SUMMARY = "make, list or revoke tokens of the API"

_HEADINGS = ("token", "member", "made", "ends", "state", "capabilities")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`new`, `list` and `revoke` with their options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    new = actions.add_parser("new", help="make a token; it is shown this once")
    new.add_argument("--actor", required=True, metavar="MEMBER", help="member id in the journal")
    new.add_argument(
        "--capability",
        action="append",
        choices=[str(each) for each in GRANTABLE],
        help="what it allows; give it several times (default: everything)",
    )
    new.add_argument("--days", type=_days, metavar="N", help="it ends after N days")
    listing = actions.add_parser("list", help="list the tokens, without their secrets")
    revoke = actions.add_parser("revoke", help="end a token at once")
    revoke.add_argument("token_id", metavar="TOKEN", help="the token's id: mz_THIS_...")
    for each in (new, listing, revoke):
        add_organisation(each)


def run(args: argparse.Namespace) -> int:
    """Do it; 0 when it is done."""
    return loop.run(_run(args))


async def _run(args: argparse.Namespace) -> int:
    async with open_house(Settings.load(args)) as house:
        organisation = await organisation_of(house, args)
        match args.action:
            case "new":
                await _new(house, organisation, args)
            case "list":
                _print_table(await house.tokens.all(organisation))
            case _:
                await _revoke(house, organisation, args.token_id)
    return 0


async def _new(house: House, organisation: UUID, args: argparse.Namespace) -> None:
    now = utc_now()
    _, text = await house.tokens.add(
        organisation,
        args.actor,
        now=now,
        capabilities=args.capability or [str(each) for each in GRANTABLE],
        expires_at=now + timedelta(days=args.days) if args.days else None,
    )
    print("Keep it now; it is not stored and cannot be shown again.", file=sys.stderr)
    print(text)


async def _revoke(house: House, organisation: UUID, given: str) -> None:
    token_id = given.split("_")[1] if given.startswith("mz_") else given
    if not await house.tokens.revoke(organisation, token_id, utc_now()):
        raise Unclear(f"No token {token_id} that could be revoked.")
    print(f"{token_id} is revoked.")


def _print_table(tokens: Iterable[StoredToken]) -> None:
    rows = [_HEADINGS, *(_row(token) for token in tokens)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    for row in rows:
        line = "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
        print(line.rstrip())


def _row(token: StoredToken) -> tuple[str, ...]:
    capabilities = set(token.capabilities)
    state = "revoked" if token.revoked_at else "valid" if token.is_valid(utc_now()) else "ended"
    return (
        token.token_id,
        token.actor,
        f"{token.created_at:%Y-%m-%d}",
        f"{token.expires_at:%Y-%m-%d}" if token.expires_at else "never",
        state,
        "all" if capabilities == set(GRANTABLE) else ", ".join(sorted(capabilities)),
    )


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 3650:
        raise argparse.ArgumentTypeError("a whole number of days, 1 to 3650")
    return int(text)
