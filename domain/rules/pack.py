"""Released rule packs by name and version. Released versions stay, so old figures repeat."""

from typing import Final

from domain.rules.book import NOT_REVIEWED, Citation, Mark, Rule, RulePack, RuleUnknown
from domain.rules.cn import releases as cn

__all__ = [
    "LATEST",
    "NOT_REVIEWED",
    "RELEASED",
    "Citation",
    "Mark",
    "PackUnknown",
    "Rule",
    "RulePack",
    "RuleUnknown",
    "latest",
    "pack_named",
    "pack_of",
    "versions_of",
]


class PackUnknown(LookupError):
    """No pack was released under this name and version; the message lists those that were."""


RELEASED: Final[dict[tuple[str, str], RulePack]] = {
    (pack.name, pack.version): pack for pack in cn.RELEASES
}

LATEST: Final = "cn@2026.3"
"""What a new organisation adopts."""


def pack_named(name: str, version: str, switches: frozenset[str] = frozenset()) -> RulePack:
    """The released pack, with `switches` on.

    PackUnknown for a name or version that was not released, ValueError for a switch that the
    pack does not have.
    """
    pack = RELEASED.get((name, version))
    if pack is None:
        known = ", ".join(f"{n}@{v}" for n, v in RELEASED)
        raise PackUnknown(f"no rule pack {name}@{version}; released: {known}")
    return pack.with_switches(switches) if switches else pack


def pack_of(reference: str) -> RulePack:
    """The pack behind a reference such as `cn@2026.2` or `cn@2026.2+switch`; as `pack_named`."""
    release, *switches = reference.split("+")
    name, _, version = release.partition("@")
    return pack_named(name, version, frozenset(switches))


def versions_of(name: str) -> tuple[str, ...]:
    """Released versions of a pack, oldest first; empty for an unknown name."""
    return tuple(version for known, version in RELEASED if known == name)


def latest() -> RulePack:
    """The newest release that new organisations adopt."""
    return pack_of(LATEST)
