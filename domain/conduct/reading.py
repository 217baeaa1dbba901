"""The reading: every check over the contact log of a case."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from domain.cases.complaints import Ground
from domain.cases.history import History
from domain.cases.lending import LenderClass
from domain.conduct.consents import said
from domain.conduct.counted import MAY_BE_DOUBLES, UNCLEAR, Count, at_least, counts
from domain.conduct.each import LostContact, hits
from domain.conduct.finding import Conduct, Finding, RuleCount
from domain.conduct.seen import Seen, doubles, seen
from domain.figures.figure import Unknown
from domain.rules.books import Books
from domain.rules.cn.conduct import ConductRule

CLASS_UNKNOWN: Final = Unknown(
    reason="whether the rule binds this lender is not known: its class is not on record",
    settled_by="the lender's licence",
)
LENDER_UNKNOWN: Final = Unknown(
    reason="for which creditor the contact was made is not on record",
    settled_by="the company or the loan that it was about",
)


def conduct(history: History, as_of: date, books: Books | Unknown) -> Conduct:
    """What the log of up to `as_of` shows to be out of bounds. Pure.

    A contact counts by its start, in the zone where it was received; the day rolls at midnight
    there. Withdrawn entries do not count, corrected ones count as they stand.
    """
    contacts = seen(history, as_of)
    theirs = [each for each in contacts if each.is_theirs]
    groups = doubles(theirs)
    findings: list[Finding] = []
    if isinstance(books, Books):
        findings += _of_each(contacts, history, books)
        findings += _of_counts(theirs, history, groups, books)
    findings.sort(key=_place)
    return Conduct(
        case_id=history.case_id,
        position=history.position,
        as_of=as_of,
        pack=books.pack.reference if isinstance(books, Books) else None,
        data=books.data.version if isinstance(books, Books) else None,
        unknown=None if isinstance(books, Books) else books,
        contacts=len(theirs),
        findings=tuple(findings),
        summary=tuple(_summary(findings)),
        possible_doubles=tuple(sorted(groups)),
    )


def _place(found: Finding) -> tuple[object, ...]:
    return (found.window_start, found.rule_id, found.ground, found.entries)


def _of_each(contacts: Sequence[Seen], history: History, books: Books) -> Iterator[Finding]:
    heard = said(history)
    lost = LostContact(heard)
    for contact in contacts:
        if contact.is_theirs:
            for rule, ground, unknown in hits(contact, heard, is_lost=lost.before(contact)):
                applied = _applies(rule, contact, books)
                if applied is not False:
                    doubt = unknown or (None if applied is True else applied)
                    yield _finding(rule, ground, (contact,), books, doubt)
        lost.heed(contact)


def _of_counts(
    theirs: Sequence[Seen], history: History, groups: list[tuple[UUID, ...]], books: Books
) -> Iterator[Finding]:
    for count in counts(theirs, said(history)):
        counted = sorted((*count.sure, *count.unclear), key=lambda e: (e.local, e.entry_id.int))
        applied = _applies(count.rule, counted[0], books)
        if applied is False:
            continue
        sure = at_least(count, groups)
        doubt = _doubt(count, sure, counted[0]) or (None if applied is True else applied)
        yield _finding(
            count.rule, count.ground, tuple(counted), books, doubt, count.threshold, sure
        )


def _doubt(count: Count, sure: int, contact: Seen) -> Unknown | None:
    if sure <= count.threshold:
        return MAY_BE_DOUBLES if len(count.sure) > count.threshold else UNCLEAR
    return LENDER_UNKNOWN if contact.lender is None else None


def _applies(rule: ConductRule, contact: Seen, books: Books) -> bool | Unknown:
    if contact.day < rule.start or not books.pack.applies(rule.rule_id):
        return False
    if rule.binds is None or contact.lender_class in rule.binds:
        return True
    return CLASS_UNKNOWN if contact.lender_class is LenderClass.UNKNOWN else False


def _finding(
    rule: ConductRule,
    ground: Ground,
    contacts: tuple[Seen, ...],
    books: Books,
    unknown: Unknown | None,
    threshold: int | None = None,
    sure: int = 1,
) -> Finding:
    return Finding(
        rule_id=rule.rule_id,
        force=rule.force,
        ground=ground,
        lender=contacts[0].lender,
        day=contacts[0].day,
        window_start=contacts[0].local,
        window_end=contacts[-1].local,
        threshold=threshold,
        observed=len(contacts),
        observed_at_least=sure if unknown is None or threshold is not None else 0,
        entries=tuple(each.entry_id for each in contacts),
        unknown=unknown,
        citation=books.pack.rule(rule.rule_id).citation,
    )


def _summary(findings: Sequence[Finding]) -> Iterator[RuleCount]:
    keys = sorted({(each.rule_id, each.lender or "") for each in findings})
    for rule_id, lender in keys:
        own = [e for e in findings if (e.rule_id, e.lender or "") == (rule_id, lender)]
        yield RuleCount(
            rule_id=rule_id,
            lender=lender or None,
            findings=len(own),
            established=sum(each.unknown is None for each in own),
            days=len({each.day for each in own}),
        )
