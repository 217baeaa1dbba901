"""Looking for conflicts of interest: whom the record knows of those who are named. Pure.

An identity number or a telephone number fits whole or not at all, and hardly by chance. A name
alone is a weak match, and says so; where both identity numbers are known and differ it says that,
too, and is told all the same: a number may be mistyped.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.conflicts import Closeness, ConflictFound, HeldAs, MatchKind, SoughtNumbers
from domain.conflicts.known import KnownPerson, KnownTie

PART_MIN: Final = 4
"""Characters of a company's name that is looked for inside another."""


class SoughtAs(StrEnum):
    """As what somebody is looked for."""

    CLIENT = "client"
    """Who asks for help."""
    HOUSEHOLD = "household"
    """Who lives with them, or helps or stands in for them."""
    OTHER_SIDE = "other-side"
    """A private lender, a collector, whoever claims something."""


class SoughtPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is looked for, made plain."""

    place: str
    """Where the request names them, `persons/0`, or as what they are held: `held/household`."""
    role: SoughtAs
    name: str = ""
    id_number: str = ""
    phones: tuple[str, ...] = ()


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody and every company that is looked for."""

    people: tuple[SoughtPerson, ...]
    companies: tuple[tuple[str, str], ...]
    """Place in the request, and the name made plain."""

    def __add__(self, other: "Sought") -> "Sought":
        """Both together."""
        return Sought(people=self.people + other.people, companies=self.companies + other.companies)

    def numbers(self) -> SoughtNumbers:
        """How much it is: all that is kept of it."""
        return SoughtNumbers(
            people=len(self.people),
            names=sum(bool(each.name) for each in self.people),
            id_numbers=sum(bool(each.id_number) for each in self.people),
            phones=sum(len(each.phones) for each in self.people),
            companies=len(self.companies),
        )


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """What one who is looked for leads to; ids only, never a name."""

    kind: MatchKind
    held_as: HeldAs
    closeness: Closeness
    place: str
    numbers_differ: bool = False
    """Both identity numbers are known, and are not the same."""
    subjects: tuple[UUID, ...] = ()
    """Clients it leads to."""
    cases: tuple[UUID, ...] = ()
    """Cases it leads to: those that name them, or those of the clients."""
    members: tuple[str, ...] = ()
    interests: tuple[UUID, ...] = ()


_OURS: Final = (HeldAs.CLIENT, HeldAs.HOUSEHOLD)
_CLAIMING: Final = (HeldAs.LENDER, HeldAs.PARTY)


def look(
    people: Iterable[KnownPerson],
    ties: Iterable[KnownTie],
    sought: Sought,
    cases_of: Mapping[UUID, Sequence[UUID]],
    leave_out: UUID | None = None,
) -> tuple[Match, ...]:
    """Matches, the surest first. `leave_out`: the client whom it is all about."""
    groups: dict[tuple[object, ...], list[KnownPerson]] = defaultdict(list)
    for known, asked, closeness in _fitting(people, sought.people, leave_out):
        kind = _kind(asked.role, known.held_as)
        if kind is not None:
            differ = bool(asked.id_number and known.id_number) and (
                closeness is not Closeness.ID_NUMBER and asked.id_number != known.id_number
            )
            groups[kind, known.held_as, closeness, asked.place, differ].append(known)
    found = [_match(key, held, cases_of) for key, held in groups.items()]
    found += _tied(list(ties), sought)
    return tuple(sorted(found, key=_order))


def _fitting(
    people: Iterable[KnownPerson], sought: Sequence[SoughtPerson], leave_out: UUID | None
) -> Iterator[tuple[KnownPerson, SoughtPerson, Closeness]]:
    """Pairs that fit, each by its surest sign. One pass over all, whatever is looked for."""
    ids, phones, names = _by_sign(sought)
    for known in people:
        if known.subject == leave_out:
            continue
        fits: dict[int, tuple[SoughtPerson, Closeness]] = {}
        for asked in ids.get(known.id_number, ()):
            fits.setdefault(id(asked), (asked, Closeness.ID_NUMBER))
        for phone in known.phones:
            for asked in phones.get(phone, ()):
                fits.setdefault(id(asked), (asked, Closeness.PHONE))
        for asked in names.get(known.name, ()):
            fits.setdefault(id(asked), (asked, Closeness.NAME))
        for asked, closeness in fits.values():
            yield known, asked, closeness


_Index = dict[str, list[SoughtPerson]]


def _by_sign(sought: Sequence[SoughtPerson]) -> tuple[_Index, _Index, _Index]:
    ids: _Index = defaultdict(list)
    phones: _Index = defaultdict(list)
    names: _Index = defaultdict(list)
    for asked in sought:
        if asked.id_number:
            ids[asked.id_number].append(asked)
        if asked.name:
            names[asked.name].append(asked)
        for phone in asked.phones:
            phones[phone].append(asked)
    return ids, phones, names


def _kind(role: SoughtAs, held_as: HeldAs) -> MatchKind | None:
    """What a match may mean; None for the same lender in two cases, which is no conflict."""
    if role is SoughtAs.OTHER_SIDE:
        return None if held_as in _CLAIMING else MatchKind.OTHER_SIDE
    if held_as not in _OURS:
        return MatchKind.OTHER_SIDE
    if role is SoughtAs.CLIENT and held_as is HeldAs.CLIENT:
        return MatchKind.SAME_PERSON
    return MatchKind.SAME_HOUSEHOLD


def _match(
    key: tuple[object, ...], held: Sequence[KnownPerson], cases_of: Mapping[UUID, Sequence[UUID]]
) -> Match:
    kind, held_as, closeness, place, differ = key
    cases: dict[UUID, None] = {}
    for known in held:
        mine = cases_of.get(known.subject, ()) if known.case_id is None else (known.case_id,)
        cases |= dict.fromkeys(mine)
    return Match(
        kind=MatchKind(str(kind)),
        held_as=HeldAs(str(held_as)),
        closeness=Closeness(str(closeness)),
        place=str(place),
        numbers_differ=bool(differ),
        subjects=tuple(dict.fromkeys(known.subject for known in held)),
        cases=tuple(cases),
    )


def _tied(ties: Sequence[KnownTie], sought: Sought) -> Iterator[Match]:
    """Ties of members to what is looked for."""
    asked = [(place, name, "") for place, name in sought.companies]
    asked += [(each.place, "", each.name) for each in sought.people if each.name]
    for place, company, person in asked:
        groups: dict[Closeness, list[KnownTie]] = defaultdict(list)
        for tie in ties:
            closeness = _tie_closeness(tie, company, person)
            if closeness is not None:
                groups[closeness].append(tie)
        for closeness, found in groups.items():
            yield Match(
                kind=MatchKind.LENDER_STAFF,
                held_as=HeldAs.MEMBER_TIE,
                closeness=closeness,
                place=place,
                members=tuple(dict.fromkeys(tie.member for tie in found)),
                interests=tuple(tie.interest_id for tie in found),
            )


def _tie_closeness(tie: KnownTie, company: str, person: str) -> Closeness | None:
    if person:
        return Closeness.NAME if person == tie.person else None
    if not company or not tie.company:
        return None
    if company == tie.company:
        return Closeness.COMPANY
    short, long = sorted((company, tie.company), key=len)
    return Closeness.COMPANY_PART if len(short) >= PART_MIN and short in long else None


def _order(match: Match) -> tuple[int, int, str, str, bool]:
    kinds, signs = list(MatchKind), list(Closeness)
    return (
        signs.index(match.closeness),
        kinds.index(match.kind),
        match.held_as,
        match.place,
        match.numbers_differ,
    )


def found_of(matches: Iterable[Match]) -> tuple[ConflictFound, ...]:
    """The same as numbers, by kind: what is kept of it."""
    groups: dict[tuple[MatchKind, HeldAs, Closeness], list[Match]] = defaultdict(list)
    for match in matches:
        groups[match.kind, match.held_as, match.closeness].append(match)
    return tuple(
        ConflictFound(
            kind=kind,
            held_as=held_as,
            closeness=closeness,
            people=len({one for match in some for one in (*match.subjects, *match.members)}),
            cases=len({case for match in some for case in match.cases}),
        )
        for (kind, held_as, closeness), some in groups.items()
    )
