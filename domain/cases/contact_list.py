"""Which contacts count: every one that stands, but for those found to be another's double."""

from collections.abc import Iterator
from uuid import UUID

from domain.cases.contacts import ContactLogged, ContactsFoundSame
from domain.cases.history import History
from domain.cases.imported import imported_contacts


def contacts_of(history: History) -> Iterator[tuple[UUID, ContactLogged]]:
    """Id and contact: what was logged in the order of recording, then the rows of imports."""
    doubles = {same for _, found in history.standing(ContactsFoundSame) for same in found.same_ids}
    for entry_id, contact in history.standing(ContactLogged):
        if entry_id not in doubles:
            yield entry_id, contact
    for row in imported_contacts(history):
        if row.row_id not in doubles:
            yield row.row_id, row.contact
