"""The signing key: shown, made, replaced."""

import argparse
from pathlib import Path
from uuid import UUID

from domain.organisation import KeyChange
from ops import loop
from ops.faults import Mendable
from ops.keys.durable import sync_folder
from ops.keys.outer_key import KeyFault
from ops.keys.signing_key import SigningKey, load_signing_key
from ops.organisations import all_organisations
from ops.sealing.adopting import adopt_key, key_in_force
from ops.sealing.postgres_store import PostgresSealStore
from ops.sealing.proofs import Proofs
from ops.sealing.sealer import Sealer
from ops.settings import Settings
from ops.wiring import House, open_house, open_record

SUMMARY = "show, make or replace the key that signs checkpoints"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`show`, `make-signing` and `replace-signing`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("show", help="the public keys, as verifiers take them")
    actions.add_parser("make-signing", help="make the signing key before the first start")
    replacing = actions.add_parser(
        "replace-signing", help="make a new signing key and put it in force in every journal"
    )
    replacing.add_argument(
        "--reason",
        required=True,
        choices=[str(each) for each in KeyChange],
        help="recorded in the journal: a change by routine, a key that is lost, one that others "
        "may have",
    )


def run(args: argparse.Namespace) -> int:
    """Do it; 0 when it is done."""
    settings = Settings.load(args)
    match args.action:
        case "show":
            return loop.run(_show(settings))
        case "make-signing":
            return _make(settings)
        case _:
            return loop.run(_replace(settings, KeyChange(args.reason)))


def _make(settings: Settings) -> int:
    key = load_signing_key(settings.signing_key_file, is_in_use=False)
    print(f"{'made' if key.made else 'there already'}: {key.source}, id {key.key_id}")
    return 0


async def _show(settings: Settings) -> int:
    key = _present(settings.signing_key_file)
    print(f"signing key {key.key_id if key else '(none)'} in {settings.signing_key_file}")
    async with open_record(settings) as (pool, log):
        proofs = Proofs(log, PostgresSealStore(pool))
        for organisation in await all_organisations(pool):
            for held in await proofs.keys(organisation):
                print(f"from position {held.position}: {held.key}")
            ours = key.verifier(organisation).text() if key else None
            if await key_in_force(proofs, organisation) not in {None, ours}:
                print("  the last one is NOT the key in the file")
    return 0


def _present(path: Path) -> SigningKey | None:
    try:
        return load_signing_key(path, is_in_use=True)
    except KeyFault:
        if path.exists():
            raise
        return None


async def _replace(settings: Settings, reason: KeyChange) -> int:
    """New file first, then the journals, then the old file's place: at each step it can go on."""
    path = settings.signing_key_file
    new = path.with_name(f"{path.name}.new")
    old = _present(path)
    if old is None and reason is not KeyChange.LOST:
        raise Mendable(f"there is no key in {path}; if it is lost, say --reason lost")
    key = load_signing_key(new, is_in_use=False)
    async with open_house(settings, signing_key=key) as house:
        for organisation in await house.organisations():
            await _seal_under(old, house, organisation)
            position = await adopt_key(house, organisation, key, reason)
            print(f"in force from position {position}: {key.verifier(organisation).text()}")
    new.rename(path)
    sync_folder(path.parent)
    print(f"the new key is in {path}, the old one is gone; what it signed still verifies")
    return 0


async def _seal_under(old: SigningKey | None, house: House, organisation: UUID) -> None:
    """What was recorded under the old key is sealed under it, while there is one."""
    held = await key_in_force(house, organisation)
    if old is not None and held == old.verifier(organisation).text():
        await Sealer(house.log, house.seals, old).seal(organisation)
