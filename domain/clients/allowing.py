"""What a client allowed, as the decision on one of their cases looks at it."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from domain.cases.deciding.acting import ACTS, Allowed
from domain.clients.authority import AuthorityGiven
from domain.clients.consent import ConsentGiven
from domain.clients.entries import ClientEntry
from domain.clients.periods import period_of


def allowed_by(entries: Mapping[UUID, ClientEntry]) -> tuple[Allowed, ...]:
    """Consents and authorities for what goes out to others, with the days on which they hold."""
    return tuple(_allowed(entries))


def _allowed(entries: Mapping[UUID, ClientEntry]) -> Iterator[Allowed]:
    for entry_id, fact in entries.items():
        match fact:
            case ConsentGiven(purpose=purpose, to_whom=towards):
                acts: tuple[str, ...] = (purpose,)
            case AuthorityGiven(scopes=scopes, towards=towards):
                acts = scopes
            case _:
                continue
        period = period_of(entries, entry_id, fact)
        for act in ACTS & set(acts):
            yield Allowed(
                entry_id=entry_id, act=act, towards=towards, first=period.first, last=period.last
            )
